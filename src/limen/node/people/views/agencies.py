"""The directory of agencies, and the own agency's policy."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limen.node.people import actions
from limen.node.people.forms import AgencyForm, FirstAdministratorForm, PolicyForm
from limen.node.people.models import ADMINISTRATOR, Agency
from limen.node.people.rights import require_node_operator
from limen.node.people.views.helping import NotDone, asked, page_of, posted, telling
from limen.node.people.views.officers import show_link


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List all agencies; whoever operates the node also sees what can be done."""
    has_administrator = Count("officers", filter=Q(officers__is_active=True, officers__roles__contains=[ADMINISTRATOR]))
    found = Agency.objects.annotate(administrators=has_administrator).order_by("name")
    text = asked(request)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(code__icontains=text) | Q(country__iexact=text))
    operates = request.user.operates_node
    if not operates:
        found = found.filter(is_active=True)
    context = {"agencies": page_of(request, found), "q": text, "operates": operates}
    return render(request, "people/agencies.html", context)


@require_http_methods(["GET", "POST"])
def new_agency(request: HttpRequest) -> HttpResponse:
    """Make an agency, then invite its first administrator."""
    require_node_operator(request.user)
    form = AgencyForm(posted(request))
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                agency = actions.make_agency(request.user, **form.cleaned_data)
            return redirect("people:first_administrator", agency.code)
    except NotDone:
        pass
    return render(request, "people/new_agency.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def first_administrator(request: HttpRequest, code: str) -> HttpResponse:
    """Invite the first administrator of an agency."""
    require_node_operator(request.user)
    agency = get_object_or_404(Agency, code=code)
    form = FirstAdministratorForm(posted(request))
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                invitation, token = actions.invite(request.user, agency, roles=[ADMINISTRATOR], **form.cleaned_data)
            return show_link(request, invitation, token)
    except NotDone:
        pass
    status = 422 if form.errors else 200
    return render(request, "people/invite.html", {"form": form, "agency": agency}, status=status)


_DOINGS = {"deactivate": actions.deactivate_agency, "reactivate": actions.reactivate_agency}


@require_http_methods(["GET", "POST"])
def agency_doing(request: HttpRequest, code: str, doing: str) -> HttpResponse:
    """Deactivate or reactivate an agency: asks first."""
    require_node_operator(request.user)
    agency = get_object_or_404(Agency, code=code)
    if doing not in _DOINGS:
        raise Http404
    if request.method != "POST":
        return render(request, "people/agency_doing.html", {"agency": agency, "doing": doing})
    _DOINGS[doing](request.user, agency)
    messages.success(request, _("%(name)s was changed.") % {"name": agency.name})
    return redirect("people:agencies")


@require_http_methods(["GET", "POST"])
def my_agency(request: HttpRequest) -> HttpResponse:
    """Show what the own agency has decided for itself; its administrators change it."""
    agency = get_object_or_404(Agency, pk=request.user.agency_id)
    form = PolicyForm(posted(request), instance=Agency.objects.get(pk=agency.pk))
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                actions.change_policy(request.user, agency, **form.cleaned_data)
            messages.success(request, _("The policy was changed."))
            return redirect("people:my_agency")
    except NotDone:
        pass
    context = {"agency": agency, "form": form, "administers": request.user.administers(agency)}
    return render(request, "people/my_agency.html", context, status=422 if form.errors else 200)

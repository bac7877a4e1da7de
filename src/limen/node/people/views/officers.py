"""The officers of the own agency."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.people import actions
from limen.node.people.forms import InviteForm, RolesForm
from limen.node.people.mail import send_invitation
from limen.node.people.models import Invitation, Officer, Role
from limen.node.people.rights import require_administrator
from limen.node.people.views.helping import NotDone, asked, page_of, posted, telling


@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """List the officers of the own agency; whoever administers it also sees invitations and what can be done."""
    agency = request.user.agency
    found = Officer.objects.filter(agency=agency)
    text, role = asked(request), request.GET.get("role", "")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if role in Role.values:
        found = found.filter(roles__contains=[role])
    context = {"agency": agency, "officers": page_of(request, found), "q": text, "role": role, "roles": Role.choices}
    context["administers"] = request.user.administers(agency)
    if context["administers"]:
        context["invitations"] = Invitation.objects.filter(agency=agency, accepted_at=None, withdrawn_at=None)
    part = request.headers.get("HX-Target", "").endswith("officers")
    return render(request, "people/officers_table.html" if part else "people/officers.html", context)


def _of_my_agency(request: HttpRequest, number: int) -> Officer:
    officer = get_object_or_404(Officer.objects.select_related("agency"), pk=number, agency=request.user.agency)
    require_administrator(request.user, officer.agency)
    return officer


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, number: int) -> HttpResponse:
    """Change an officer's roles."""
    officer = _of_my_agency(request, number)
    form = RolesForm(posted(request), initial={"roles": officer.roles})
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                actions.change_roles(request.user, officer, form.cleaned_data["roles"])
            messages.success(request, _("The roles of %(name)s were changed.") % {"name": officer.name})
            return redirect("people:list")
    except NotDone:
        pass
    status = 422 if form.errors else 200
    return render(request, "people/roles.html", {"form": form, "officer": officer}, status=status)


_DOINGS = {
    "deactivate": (actions.deactivate_officer, _lazy("%(name)s was deactivated and signed out everywhere.")),
    "reactivate": (actions.reactivate_officer, _lazy("%(name)s may sign in again.")),
    "reset": (actions.reset_second_factor, _lazy("%(name)s must enrol a second factor anew.")),
}


@require_http_methods(["GET", "POST"])
def officer_doing(request: HttpRequest, number: int, doing: str) -> HttpResponse:
    """Deactivate or reactivate an officer, or reset the second factor: asks first."""
    officer = _of_my_agency(request, number)
    if doing not in _DOINGS:
        raise Http404
    if request.method != "POST":
        return render(request, "people/officer_doing.html", {"officer": officer, "doing": doing})
    act, words = _DOINGS[doing]
    act(request.user, officer)
    messages.success(request, words % {"name": officer.name})
    return redirect("people:list")


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person to the own agency; the link is shown once, to be handed over where no e-mail goes."""
    agency = request.user.agency
    require_administrator(request.user, agency)
    form = InviteForm(posted(request), initial={"language": request.user.language})
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                invitation, token = actions.invite(request.user, agency, **form.cleaned_data)
            return show_link(request, invitation, token)
    except NotDone:
        pass
    status = 422 if form.errors else 200
    return render(request, "people/invite.html", {"form": form, "agency": agency}, status=status)


def show_link(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Send an invitation by e-mail if the node can, and show its link once."""
    link = request.build_absolute_uri(reverse("people:open_invitation", args=[token]))
    sent = send_invitation(invitation, link)
    return render(request, "people/invited.html", {"invitation": invitation, "link": link, "sent": sent})


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Make an invitation void."""
    invitation = get_object_or_404(Invitation, pk=number, agency=request.user.agency)
    actions.withdraw_invitation(request.user, invitation)
    messages.success(request, _("The invitation of %(email)s is void.") % {"email": invitation.email})
    return redirect("people:list")

"""Becoming an officer: the first-run page, and accepting an invitation.

The token of a link goes into the session at once and out of the address, so that no Referer, history or screenshot of
the form gives it away.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limen.node.people import actions
from limen.node.people.actions.agencies import require_setup
from limen.node.people.actions.invitations import digest_of
from limen.node.people.forms import JoinForm, SetupAgencyForm, SetupOfficerForm
from limen.node.people.models import Invitation
from limen.node.people.views.helping import NotDone, posted, sign_in_new, telling

_INVITATION = "people_invitation"


@login_not_required
@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address into the session."""
    if not ratelimit.consume(request, app="allauth.account", action="join", limit_get=True):
        return ratelimit.respond_429(request)
    digest = digest_of(token)
    actions.find_invitation(digest)
    request.session[_INVITATION] = digest
    return redirect("people:join")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Accept the invitation that the session holds."""
    if request.user.is_authenticated:
        return render(request, "people/join_signed_in.html", status=409)
    digest = request.session.get(_INVITATION)
    if digest is None:
        raise Http404
    invitation = actions.find_invitation(digest)
    with translation.override(invitation.language):
        return _join(request, invitation)


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    initial = {"name": invitation.name, "language": invitation.language}
    form = JoinForm(posted(request), initial=initial)
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                officer = actions.accept_invitation(
                    invitation.digest,
                    name=form.cleaned_data["name"],
                    password=form.cleaned_data["password"] or None,
                    language=form.cleaned_data["language"],
                )
            return sign_in_new(request, officer, reverse("mfa_index"))
    except NotDone:
        pass
    status = 422 if form.errors else 200
    return render(request, "people/join.html", {"form": form, "invitation": invitation}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Make the agency that operates this node, and its administrator; the page exists until they do."""
    if not ratelimit.consume(request, app="allauth.account", action="setup", limit_get=True):
        return ratelimit.respond_429(request)
    require_setup(token)
    agency = SetupAgencyForm(posted(request))
    person = SetupOfficerForm(posted(request), initial={"language": translation.get_language()})
    try:
        if request.method == "POST" and all([agency.is_valid(), person.is_valid()]):
            with telling(person):
                officer = actions.set_up_node(token, agency.cleaned_data, **person.cleaned_data)
            return sign_in_new(request, officer, reverse("mfa_index"))
    except NotDone:
        pass
    status = 422 if agency.errors or person.errors else 200
    return render(request, "people/setup.html", {"agency": agency, "person": person}, status=status)

"""The own name, language, ways to sign in, and sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.people import actions, second_factor
from limen.node.people.actions.sessions import sessions_of
from limen.node.people.forms import MeForm
from limen.node.people.views.helping import NotDone, posted, telling


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show and change the own details."""
    form = MeForm(posted(request), initial={"name": request.user.name, "language": request.user.language})
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                actions.change_own_details(request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            response = redirect("people:profile")
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                request.user.language,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
            return response
    except NotDone:
        pass
    factors = list(second_factor.factors(request.user))
    return render(request, "people/me.html", {"form": form, "factors": factors}, status=422 if form.errors else 200)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List where the officer is signed in."""
    context = {"sessions": sessions_of(request.user), "current": request.session.session_key}
    return render(request, "people/sessions.html", context)


@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one session; ending the current one leads to the sign-in page."""
    actions.end_session(request.user, number)
    messages.success(request, _("The session was ended."))
    return redirect("people:sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    count = actions.end_other_sessions(request.user, request.session.session_key)
    messages.success(request, ngettext("%d session was ended.", "%d sessions were ended.", count) % count)
    return redirect("people:sessions")

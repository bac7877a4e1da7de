"""What allauth tells of: sign-ins, second factors and passwords, written to the audit log."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from limen.node.people import second_factor
from limen.node.people.models import Officer
from limen.node.people.noting import note, note_own


def on_step(request: HttpRequest, user: Officer, method: str, **kwargs: Any) -> None:
    """Remember a second factor that was shown."""
    trusted = method == "socialaccount" and second_factor.provider_is_trusted(kwargs.get("provider", ""))
    if method == "mfa" or trusted:
        second_factor.remember(request, user)


def on_signed_in(request: HttpRequest, user: Officer, **kwargs: Any) -> None:
    """Record a sign-in that was completed."""
    records = request.session.get("account_authentication_methods") or []
    note_own("officer.signed_in", user, methods=[_method(record) for record in records])


def _method(record: dict[str, Any]) -> str:
    return str(record.get("type") or record.get("provider") or record["method"])


def on_signed_out(request: HttpRequest, user: Officer | None, **kwargs: Any) -> None:
    """Record a sign-out."""
    if user is not None:
        note("officer.signed_out", user)


def on_factor_added(request: HttpRequest, user: Officer, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record a new second factor, which this session has shown by enrolling it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        second_factor.remember(request, user)
    note("officer.second_factor_added", user, type=authenticator.type)


def on_factor_removed(request: HttpRequest, user: Officer, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record a second factor's end; with the last, the session needs one anew."""
    if not second_factor.factors(user).exists():
        second_factor.forget(request)
    note("officer.second_factor_removed", user, type=authenticator.type)


def on_factor_renewed(user: Officer, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record that recovery codes were made anew."""
    note("officer.second_factor_renewed", user, type=authenticator.type)


def on_factor_failed(user: Officer, **kwargs: Any) -> None:
    """Record a wrong code."""
    note("officer.sign_in_failed", user, method="second_factor")


def on_password(user: Officer, **kwargs: Any) -> None:
    """Record a changed password."""
    note_own("officer.password_changed", user)


def connect() -> None:
    """Listen; called once, when the site is ready."""
    account.authentication_step_completed.connect(on_step)
    account.user_logged_in.connect(on_signed_in)
    user_logged_out.connect(on_signed_out)
    mfa.authenticator_added.connect(on_factor_added)
    mfa.authenticator_removed.connect(on_factor_removed)
    mfa.authenticator_reset.connect(on_factor_renewed)
    mfa.authentication_failed.connect(on_factor_failed)
    for signal in (account.password_set, account.password_changed, account.password_reset):
        signal.connect(on_password)

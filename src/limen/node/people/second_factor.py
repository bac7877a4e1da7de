"""Whether the officer of this session has shown more than a password.

The session remembers for whom: a passkey or a code was used or enrolled in it, or an identity provider vouched that the
setting `second_factor` trusts. What a session was shown is forgotten with the last second factor.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from limen.node.people.models import Officer

_KEY = "people_second_factor"
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_JUST_NOW = 300


def factors(officer: Officer) -> Any:
    """Query the officer's passkeys and authenticator app; recovery codes alone are none."""
    return Authenticator.objects.filter(user=officer, type__in=_FACTORS)


def remember(request: HttpRequest, officer: Officer) -> None:
    """Note that this session has shown a second factor of the officer."""
    request.session[_KEY] = officer.pk


def forget(request: HttpRequest) -> None:
    """Ask this session for a second factor again."""
    request.session.pop(_KEY, None)


def is_missing(request: HttpRequest) -> bool:
    """Say whether the officer must show or enrol a second factor before anything else."""
    if not settings.LIMEN_REQUIRE_SECOND_FACTOR:
        return False
    return request.session.get(_KEY) != request.user.pk


def provider_is_trusted(provider_id: str) -> bool:
    """Whether a sign-in by this identity provider counts as two factors."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return any(app["provider_id"] == provider_id and app["settings"].get("second_factor") is True for app in apps)


def came_by_provider_just_now(request: HttpRequest) -> bool:
    """Whether an officer with nothing else to sign in by came from an identity provider in the last five minutes."""
    officer = request.user
    if not officer.is_authenticated or officer.has_usable_password() or factors(officer).exists():
        return False
    records = get_authentication_records(request, officer)
    return any(record.get("method") == "socialaccount" and time.time() - record["at"] < _JUST_NOW for record in records)

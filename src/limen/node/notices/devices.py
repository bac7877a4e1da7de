"""The browsers in which an officer is told."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.notices import hosts
from limen.node.notices.encrypting import browser_key
from limen.node.notices.keys import as_bytes
from limen.node.notices.models import Device
from limen.node.people.models import Officer
from limen.node.web.errors import Invalid, Refused

MOST = 10
"""Devices of one officer."""


def digest(endpoint: str) -> str:
    """Name an endpoint without telling it."""
    return hashlib.sha256(endpoint.encode("utf-8", "replace")).hexdigest()


def devices_of(officer: Officer) -> list[Device]:
    """The officer's devices, the newest first."""
    return list(Device.objects.filter(officer=officer).order_by("-pk"))


def add(officer: Officer, name: str, given: Any, *, instead_of: str = "") -> Device:
    """Tell the officer in one more browser, which gave this subscription (`PushSubscription.toJSON`).

    One that another officer switched on in the same browser ends; so does the one with the endpoint `instead_of`, which
    the push service has just replaced. Raises `Refused`, `Invalid`.
    """
    if not settings.LIMEN_PUSH:
        raise Refused(_("This node does not send push messages."))
    endpoint, p256dh, auth = _read(given)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT notices_leave_device(%s)", [digest(endpoint)])
        Device.objects.filter(officer=officer, endpoint_digest=digest(instead_of)).delete()
        if Device.objects.filter(officer=officer).exclude(endpoint_digest=digest(endpoint)).count() >= MOST:
            raise Invalid(_("You are told on %(most)d devices already; remove one first.") % {"most": MOST})
        values = {"name": name[:80], "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "created_at": timezone.now()}
        device, _made = Device.objects.update_or_create(
            officer=officer, endpoint_digest=digest(endpoint), defaults=values
        )
        log("notices.device_added", subject=f"officer:{officer.pk}", details={"device": device.pk})
    return device


def remove(officer: Officer, number: int) -> None:
    """No longer tell the officer there. Raises `Http404`."""
    with transaction.atomic():
        gone, _each = Device.objects.filter(officer=officer, pk=number).delete()
        if not gone:
            raise Http404
        log("notices.device_removed", subject=f"officer:{officer.pk}", details={"device": number})


def _read(given: Any) -> tuple[str, str, str]:
    """Endpoint, public key and secret. Raises `Invalid` for what no browser gives, and for unknown push services."""
    refused = Invalid(_("The browser's subscription was not understood."))
    try:
        endpoint, keys = given["endpoint"], given["keys"]
        browser_key(as_bytes(keys["p256dh"]))
        fits = len(as_bytes(keys["auth"])) == 16 and max(len(keys["p256dh"]), len(keys["auth"])) <= 100
    except (KeyError, TypeError, ValueError, AttributeError):
        raise refused from None
    if not fits or not isinstance(endpoint, str) or len(keys["auth"]) > 40:
        raise refused
    if not hosts.is_allowed(endpoint):
        raise Invalid(_("The push service of this browser is not one that the node talks to."))
    return endpoint, keys["p256dh"], keys["auth"]

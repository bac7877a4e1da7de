"""Notices to browsers through their push services (RFC 8030): encrypted, signed, and even so without protected data."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from limen.node.errors import FilesError
from limen.node.notices import hosts
from limen.node.notices.encrypting import encrypt, padded
from limen.node.notices.keys import as_bytes, as_text, private_key
from limen.node.notices.models import Delivery, Device
from limen.node.notices.outcomes import Outcome
from limen.node.notices.subjects import subject_of
from limen.node.notices.vapid import authorization

TIME_TO_LIVE = 24 * 3600
"""Seconds that a push service keeps it for a browser that is not reached."""
AT_ONCE = 8
_TIMEOUT = (5, 10)
_GONE = (404, 410)
_LATER = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What is posted, made before any thread runs."""

    delivery: Delivery
    device: Device
    body: bytes
    headers: dict[str, str]


def send(deliveries: list[Delivery]) -> Iterator[Outcome]:
    """Send to several services at once; what becomes of each is said as it is known."""
    devices = Device.objects.in_bulk([delivery.device_id for delivery in deliveries])
    try:
        key = private_key()
    except FilesError as error:
        yield from (Outcome(delivery, sent=False, reason=str(error)) for delivery in deliveries)
        return
    letters = []
    for delivery in deliveries:
        device = devices.get(delivery.device_id)
        if device is None or not settings.LIMEN_PUSH:
            yield Outcome(delivery, sent=False, again=False)
        elif not hosts.is_allowed(device.endpoint):
            yield Outcome(delivery, sent=False, again=False, reason="its push service is not one the node talks to")
        else:
            letters.append(_write(delivery, device, key))
    with requests.Session() as session, ThreadPoolExecutor(AT_ONCE) as pool:
        for letter, answer in zip(letters, pool.map(partial(_post, session), letters), strict=True):
            yield _settled(letter, answer)


def _write(delivery: Delivery, device: Device, key: ec.EllipticCurvePrivateKey) -> _Letter:
    notice = delivery.notice
    headers = {
        "Authorization": authorization(device.endpoint, key, timezone.now()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TIME_TO_LIVE),
        "Urgency": "high" if notice.urgent else "normal",
        "Topic": topic(notice.kind, notice.number),
    }
    body = encrypt(padded(text_of(delivery)), as_bytes(device.p256dh), as_bytes(device.auth))
    return _Letter(delivery, device, body, headers)


def text_of(delivery: Delivery) -> bytes:
    """What the service worker shows: a sentence in the officer's language, and where it leads."""
    notice = delivery.notice
    with translation.override(notice.officer.language):
        sentence = subject_of(notice.kind).say(notice.number, urgent=notice.urgent)
        shown = {
            "text": sentence + " " + _("Sign in to read it."),
            "lang": notice.officer.language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "url": reverse("notices:open", args=[notice.pk]),
            "tag": topic(notice.kind, notice.number),
            "urgent": notice.urgent,
        }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()


def topic(kind: str, number: str) -> str:
    """A word by which a later notice of the same thing replaces one not yet shown; it tells nothing (32 at most)."""
    return as_text(hashlib.sha256(f"{kind}\0{number}".encode()).digest()[:18])


def _post(session: requests.Session, letter: _Letter) -> requests.Response | str:
    """Post it; a redirect is not followed. Gives the answer, or the name of what went wrong."""
    try:
        return session.post(
            letter.device.endpoint,
            data=letter.body,
            headers=letter.headers,
            timeout=_TIMEOUT,
            allow_redirects=False,
            stream=True,  # what a service says beyond its status is not read
        )
    except requests.RequestException as error:
        return type(error).__name__


def _settled(letter: _Letter, answer: requests.Response | str) -> Outcome:
    delivery = letter.delivery
    if isinstance(answer, str):
        return Outcome(delivery, sent=False, reason=answer)
    answer.close()
    status = answer.status_code
    if 200 <= status < 300:
        return Outcome(delivery, sent=True)
    if status in _GONE:
        Device.objects.filter(pk=letter.device.pk, endpoint_digest=letter.device.endpoint_digest).delete()
    again = status in _LATER or status >= 500
    return Outcome(delivery, sent=False, again=again, wait=_wait(answer), reason=f"answer {status}")


def _wait(answer: requests.Response) -> datetime.timedelta | None:
    """How long the service asks to wait, in seconds; its other form, a date, is not taken."""
    said = answer.headers.get("Retry-After", "")
    return datetime.timedelta(seconds=int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else None

"""Saying to a push service who sends (VAPID, RFC 8292): a token signed with the node's key, and the public key."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from limen.node.notices.keys import as_text, uncompressed

LIFETIME = datetime.timedelta(hours=12)
"""Half of what the standard allows."""


def authorization(endpoint: str, key: ec.EllipticCurvePrivateKey, now: datetime.datetime) -> str:
    """The header for a message to this address."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now + LIFETIME, "sub": _contact()}
    return f"vapid t={jwt.encode(claims, key, algorithm='ES256')}, k={as_text(uncompressed(key.public_key()))}"


def _contact() -> str:
    """Where the push service reaches whoever operates the node."""
    return settings.ORIGIN if settings.ORIGIN.startswith("https://") else f"mailto:{settings.DEFAULT_FROM_EMAIL}"

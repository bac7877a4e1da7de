"""The node's key for push services (RFC 8292): made by the first migration, sealed with the key of files.

Devices are bound to it: whoever loses it loses them, so it lies in the database and is in every backup.
"""

from __future__ import annotations

import io
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import connection

from limen.node.files.cipher import Reader, encrypt
from limen.node.files.keys import keyring


def as_text(data: bytes) -> str:
    """Base64 for addresses, without padding (RFC 7515)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def as_bytes(text: str) -> bytes:
    """The same back. Raises ValueError."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def uncompressed(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes (X9.62), as push services and browsers write it."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def keep_push_key(**_: Any) -> None:
    """Make the key where there is none; the keeper does, after migrating."""
    from limen.node.notices.models import PushKey  # noqa: PLC0415 - the apps are loaded first

    if not PushKey.objects.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        PushKey.objects.create(pk=1, public=as_text(uncompressed(key.public_key())), sealed=_seal(key))


def public_key() -> str:
    """What browsers are told, so that none but this node may push to them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT notices_push_public()")
        return cursor.fetchone()[0] or ""


def private_key() -> ec.EllipticCurvePrivateKey:
    """What the worker signs with."""
    from limen.node.notices.models import PushKey  # noqa: PLC0415 - the apps are loaded first

    sealed = bytes(PushKey.objects.get().sealed)
    number = Reader(io.BytesIO(sealed), len(sealed), keyring(settings.CONFIG).find).piece(0)
    return ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())


def _seal(key: ec.EllipticCurvePrivateKey) -> bytes:
    number = key.private_numbers().private_value.to_bytes(32, "big")
    return b"".join(encrypt([number], *keyring(settings.CONFIG).current))

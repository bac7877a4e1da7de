"""What a token's secret looks like, and what is kept of it."""

from __future__ import annotations

import hashlib
import re
import secrets

PREFIX = "limen_"
"""Lets people, and programs that search code for secrets, recognise one."""

_SHAPE = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def new_secret() -> str:
    """Make a secret of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes | None:
    """Say what is kept of a secret; None for what cannot be one. A plain hash is enough for what nobody can guess."""
    return hashlib.sha256(secret.encode()).digest() if _SHAPE.fullmatch(secret) else None

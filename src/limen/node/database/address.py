"""Where the database is and as whom: addresses, and Django's description of them. No connection is made here."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from limen.node.home import Home

DATABASE = "limen"
KEEPER = "limen_keeper"
"""Owns the tables, migrates, backs up, runs the worker. No superuser: it cannot reach the operating system."""
WEB = "limen_web"
"""As whom web processes sign in; all it may do is be the site."""
SITE = "limen_site"
"""The role for which row-level security holds."""
SUPERUSER = "postgres"
"""Of the embedded server: sets it up, and does nothing else."""

_SECRETS = {KEEPER: "keeper-password", WEB: "web-password", SUPERUSER: "postgres-password"}


def password_of(home: Home, login: str) -> str:
    """Read the password of a login of the embedded server, or make it."""
    return home.secret(_SECRETS[login])


def embedded_address(home: Home, login: str, database: str = DATABASE) -> str:
    """Give the address of the embedded server's database for one login."""
    return f"postgresql://{login}:{password_of(home, login)}@/{database}?host={quote(str(home.run), safe='')}"


def describe(address: str, role: str | None) -> dict[str, Any]:
    """Describe a database for Django. Connections stay open, and are looked at before each request that uses them."""
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    if role:
        options["assume_role"] = role
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }

"""What the environment says about this node, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one node."""

    home: Path
    secret_key: str
    database_url: str
    assume_role: str | None
    """The role that connections take on; `limen_site` for web processes, None for the keeper's."""
    debug: bool
    allowed_hosts: list[str]

    def database(self) -> dict[str, Any]:
        """Django's description of the database."""
        parts = urlsplit(self.database_url)
        query = dict(parse_qsl(parts.query))
        host = query.pop("host", None) or (unquote(parts.hostname) if parts.hostname else "")
        options: dict[str, Any] = dict(query)
        if self.assume_role:
            options["assume_role"] = self.assume_role
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/") or "limen",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }


def load_config() -> Config:
    """Read the environment."""
    home = Path(os.environ.get("LIMEN_HOME", Path.home() / ".local" / "share" / "limen"))
    return Config(
        home=home,
        secret_key=os.environ.get("LIMEN_SECRET_KEY", "x" * 50),
        database_url=os.environ.get("DATABASE_URL", "postgresql:///limen"),
        assume_role=os.environ.get("LIMEN_DATABASE_ROLE") or None,
        debug=os.environ.get("LIMEN_DEBUG") == "1",
        allowed_hosts=os.environ.get("LIMEN_HOSTS", "localhost,127.0.0.1,[::1]").split(","),
    )

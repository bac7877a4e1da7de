"""Which push services the node talks to: browsers name theirs, so only those that are known are believed (no SSRF).

An endpoint is an https address at one of them, at its usual port, without a user in it. Asked when a browser is
entered and again at each sending; redirects are never followed.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

KNOWN = (
    "fcm.googleapis.com",  # Chrome and its kin
    "updates.push.services.mozilla.com",  # Firefox
    "*.push.services.mozilla.com",
    "*.notify.windows.com",  # Edge
    "web.push.apple.com",  # Safari
)
LONGEST = 1024


def is_allowed(endpoint: str) -> bool:
    """Whether this is an address at a push service that the node may talk to."""
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint or len(endpoint) > LONGEST:
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or "@" in parts.netloc or "\\" in endpoint or parts.fragment:
        return False
    name = host if port in (None, 443) else f"{host}:{port}"
    return any(_fits(name, pattern) for pattern in (*KNOWN, *settings.LIMEN_PUSH_HOSTS))


def _fits(name: str, pattern: str) -> bool:
    return name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern

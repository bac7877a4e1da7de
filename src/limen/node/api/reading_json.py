"""Reading a request's JSON strictly: what two programs could read in two ways is refused."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from limen.node.api.problems import Fault

MOST_BYTES = 1 << 20


class StrictParser(Parser):
    """JSON in UTF-8: no name twice, no NaN, no NUL, no half of a surrogate pair, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Read the body. Raises `Fault`."""
        if request.content_type != "application/json":
            raise Fault(415, _("Send JSON, with the header Content-Type: application/json."))
        if len(request.body) > MOST_BYTES:
            raise Fault(413, _("What you sent is larger than this node accepts."))
        try:
            value = json.loads(request.body.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
            written = json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise Fault(400, _("The body is not JSON in UTF-8 that can be understood in one way.")) from error
        if b"\\u0000" in written and "\x00" in _strings(value):
            raise Fault(400, _("The body holds a NUL character."))
        return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _strings(value: Any) -> str:
    """Every string in it, one after the other."""
    if isinstance(value, dict):
        return "".join(key + _strings(each) for key, each in value.items())
    if isinstance(value, list):
        return "".join(map(_strings, value))
    return value if isinstance(value, str) else ""

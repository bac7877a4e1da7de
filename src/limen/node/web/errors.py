"""What a person did that cannot be done, said in one translated sentence.

    Problem
      Refused    403  the officer may not do this, and may know that it exists
      Invalid    422  what was sent is not acceptable; may name the field

Absent and forbidden things raise `django.http.Http404` alike. `limen.node.web.middleware` turns these into a page, a
toast for htmx, or a problem document (RFC 9457) for the API.
"""

from __future__ import annotations

from typing import ClassVar


class Problem(Exception):  # noqa: N818 - it is not the program's error
    """Something that is told to the person or program that asked, instead of an answer."""

    status: ClassVar[int] = 400
    kind: ClassVar[str] = "problem"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Refused(Problem):
    """The officer may not do this."""

    status = 403
    kind = "refused"


class Invalid(Problem):
    """What was sent is not acceptable; `field` names the form field that it is about, if one."""

    status = 422
    kind = "invalid"

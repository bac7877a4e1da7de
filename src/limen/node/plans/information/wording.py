"""What may not stand in words that everybody of the two agencies reads: numbers, names, machine readable zones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from limen.node.reports.release import personal_in
from limen.node.web.errors import Invalid

_NUMBER_LIKE = re.compile(r"\b(?=[A-Z0-9]{6,14}\b)[A-Z]{0,4}[0-9]{5,}[A-Z0-9]*\b")


def clean(text: object, most: int) -> str:
    """A text as it is stored."""
    return str(text or "").replace("\x00", "").strip()[:most]


def open_text(text: object, most: int, field: str, details: Iterable[str] = ()) -> str:
    """A text of class 0. Raises `Invalid` where it holds what is told by class: a number, or one of the details."""
    said = clean(text, most)
    squeezed = _squeezed(said)
    held = personal_in(said) or (_("a number") if _NUMBER_LIKE.search(said.upper()) else "")
    if not held and any(5 <= len(key) <= 60 and key in squeezed for key in map(_squeezed, details)):
        held = _("what is told by class below")
    if held:
        raise Invalid(
            _("Everybody of the two agencies reads this, and it holds %(what)s; tell it in the protected field.")
            % {"what": held},
            field=field,
        )
    return said


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text.upper())

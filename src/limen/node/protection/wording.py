"""What is shown to the person, in their language.

A site language comes from its catalogue. Others are data, `texts/<code>.json`: translations of ours that no native
speaker confirmed, which the officer is told. An agency confirms a text or puts its own in its place, for its officers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.protection import reading
from limen.node.protection.models import Wording
from limen.node.protection.questions import SPOKEN
from limen.node.web.errors import Invalid, Refused

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Text:
    """One text: what it says, and whether somebody vouches for it. Empty where there is none."""

    code: str
    text: str
    confirmed: bool
    own: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A language that questions can be shown in."""

    code: str
    name: str
    is_site: bool

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, as HTML says it."""
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"


@cache
def _beyond() -> dict[str, dict[str, Any]]:
    """The languages that are data, by code."""
    found = {}
    for file in resources.files(__package__).joinpath("texts").iterdir():
        if file.name.endswith(".json"):
            found[file.name.removesuffix(".json")] = json.loads(file.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def languages() -> list[Language]:
    """All of them: the site's own first."""
    site = [Language(code, name, True) for code, name in settings.LANGUAGES]
    known = {each.code for each in site}
    return site + [Language(code, data["name"], False) for code, data in _beyond().items() if code not in known]


def language_of(code: str) -> Language:
    """The language of a code. Raises `Invalid` for one that is not offered."""
    for each in languages():
        if each.code == code:
            return each
    raise Invalid(_("Choose a language."), field="language")


def built_in(language: Language) -> dict[str, str]:
    """Our own texts, by code; those that are missing are empty."""
    if language.is_site:
        with override(language.code):
            return {code: str(text) for code, text in SPOKEN.items()}
    texts = _beyond()[language.code]["texts"]
    return {code: str(texts.get(code, "")) for code in SPOKEN}


def texts(language: Language) -> dict[str, Text]:
    """What the viewer's officers show: the agency's own text, or ours, by code."""
    own = {each.code: each.text for each in Wording.objects.filter(language=language.code)}
    return {
        code: Text(code, own[code], True, True) if code in own else Text(code, text, language.is_site)
        for code, text in built_in(language).items()
    }


@transaction.atomic
def confirm(officer: Officer, language: Language, said: dict[str, str]) -> int:
    """Confirm these texts, or put them in the place of ours, as read by somebody who speaks the language. How many."""
    if not reading.may_keep(officer):
        raise Refused(_("Coordinators and protection officers of the agency keep contacts and texts."))
    for code, text in said.items():
        if code not in SPOKEN or not text.strip() or len(text) > LONGEST:
            raise Invalid(_("A text holds 1 to 400 characters."), field=code)
        Wording.objects.update_or_create(
            agency=officer.agency,
            language=language.code,
            code=code,
            defaults={"text": text.strip(), "confirmed_by": officer},
        )
    if said:
        log("screening.text_confirmed", details={"language": language.code, "texts": sorted(said)})
    return len(said)


@transaction.atomic
def take_back(officer: Officer, language: Language, code: str) -> None:
    """Show our own text again, unconfirmed as it is."""
    if not reading.may_keep(officer):
        raise Refused(_("Coordinators and protection officers of the agency keep contacts and texts."))
    if Wording.objects.filter(language=language.code, code=code).delete()[0]:
        log("screening.text_taken_back", details={"language": language.code, "texts": [code]})

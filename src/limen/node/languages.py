"""The languages of the site: English, in which its sentences are written, and each language that has a catalogue.

A language is a folder in `locale/` named as Django names locales (`th`, `pt_BR`), with `LC_MESSAGES/django.po`: nothing
else of the site has to be told. docs/translating.md says how to add one.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

LOCALE = Path(__file__).parent / "locale"
CATALOGUE = Path("LC_MESSAGES") / "django.po"
SOURCE = ("en", "English")

_NAME = re.compile(r'^"X-Language-Name: (.+?)\\n"$', re.MULTILINE)
_HEADER = 2000
"""Characters within which the header of a catalogue names its language."""


def known(folder: Path = LOCALE) -> list[tuple[str, str]]:
    """Codes and names of the languages, each named in itself; English first, the others by code."""
    catalogues = sorted(folder.glob(f"*/{CATALOGUE}"))
    return [SOURCE, *((to_language(file.parents[1].name), _name(file)) for file in catalogues)]


def _name(catalogue: Path) -> str:
    """What the language calls itself: as the catalogue's header says, or as Django knows."""
    with catalogue.open(encoding="utf-8") as file:
        found = _NAME.search(file.read(_HEADER))
    code = to_language(catalogue.parents[1].name)
    return found[1] if found else str(LANG_INFO.get(code, {}).get("name_local", code))

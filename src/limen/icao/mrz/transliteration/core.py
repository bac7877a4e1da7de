"""Writes names in the zone's alphabet, in one way or in all: Doc 9303-3, 8th edition, 4.6 and section 6."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice, product

from limen.icao.mrz.alphabet import DIGITS, FILLER, LETTERS
from limen.icao.mrz.errors import MrzError
from limen.icao.mrz.transliteration import arabic, cyrillic, latin


class Language(StrEnum):
    """Languages for which the Cyrillic table makes exceptions."""

    BELARUSIAN = "belarusian"
    BULGARIAN = "bulgarian"
    MACEDONIAN = "macedonian"
    SERBIAN = "serbian"
    UKRAINIAN = "ukrainian"


class TransliterationError(MrzError):
    """A character of a script that Doc 9303-3, section 6, has no table for."""

    def __init__(self, char: str) -> None:
        self.char = char
        super().__init__(f"no transliteration for {char!r} ({unicodedata.name(char, 'unnamed')})")


# Punctuation that parts components; all other punctuation is left out (Doc 9303-3, 4.6).
_PARTING = frozenset(" \t\n,<\N{NO-BREAK SPACE}-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}")
# Letters by Unicode's book, apostrophes by use.
_APOSTROPHES = frozenset("\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{MODIFIER LETTER PRIME}")


def transliterate(text: str, language: Language | None = None) -> str:
    """The text in letters A to Z and fillers, by the first recommendation for each character.

    Components are parted by one filler; apostrophes and other punctuation go. Digits stay, though no name may
    have them. Raises `TransliterationError` for scripts without a table.
    """
    return _joined(options[0] for options in _options(text, language))


def candidates(text: str, limit: int = 256) -> tuple[str, ...]:
    """What issuers may write for the text, the first recommendation first, at most `limit` of them."""
    combinations = product(*_options(text, None, every=True))
    return tuple(dict.fromkeys(_joined(choice) for choice in islice(combinations, limit)))


def matches(text: str, zone: str, *, truncated: bool = False) -> bool:
    """Whether `zone`, as a zone writes a name, can stand for `text`.

    With `truncated` it is enough that each component of the zone begins the text's one in the same place.
    """
    parts = [part for part in re.split("<+", zone) if part]
    wanted = _components(list(_options(text, None, every=True)))
    if len(parts) != len(wanted) and not (truncated and len(parts) <= len(wanted)):
        return False
    return all(_stands_for(part, options, truncated=truncated) for options, part in zip(wanted, parts, strict=False))


def _joined(pieces: Iterator[str] | tuple[str, ...]) -> str:
    return re.sub("<+", FILLER, "".join(pieces)).strip(FILLER)


def _options(text: str, language: Language | None, *, every: bool = False) -> Iterator[tuple[str, ...]]:
    """For each character what may stand for it: the language's form first, with `every` all forms."""
    chars = unicodedata.normalize("NFC", text.replace("ß", "ẞ").upper())
    previous: tuple[str, ...] = (FILLER,)
    for index, char in enumerate(chars):
        first = index == 0 or chars[index - 1] in _PARTING
        last = index + 1 == len(chars) or chars[index + 1] in _PARTING
        if char == arabic.SHADDA:
            # The letter is already written once; its doubling is this option.
            again = tuple(option.removeprefix("X").removeprefix(FILLER) for option in previous)
            yield tuple(dict.fromkeys((*again, ""))) if every else again[:1]
            continue
        forms = _character(char, language, first=first, last=last, every=every)
        # Unicode sorts vowel signs before a shadda; it still doubles the letter below both.
        previous = previous if char in arabic.NOT_ENCODED else forms
        yield forms


def _character(char: str, language: Language | None, *, first: bool, last: bool, every: bool) -> tuple[str, ...]:
    if char in LETTERS or char in DIGITS:
        return (char,)
    if char in _PARTING:
        return (FILLER,)
    if char in latin.TABLE:
        return latin.TABLE[char]
    if char in cyrillic.TABLE:
        return _cyrillic(char, language, first=first, every=every)
    if char in arabic.TABLE or char in arabic.NOT_ENCODED:
        return _arabic(char, last=last, every=every)
    return (_plain(char),)


def _cyrillic(char: str, language: Language | None, *, first: bool, every: bool) -> tuple[str, ...]:
    general = cyrillic.TABLE[char]
    if every:
        others = [table[char] for table in cyrillic.EXCEPTIONS.values() if char in table]
        starts = [cyrillic.FIRST[char]] if first and char in cyrillic.FIRST else []
        return tuple(dict.fromkeys([general, *others, *starts]))
    if language is Language.UKRAINIAN and first and char in cyrillic.FIRST:
        return (cyrillic.FIRST[char],)
    return (cyrillic.EXCEPTIONS[language].get(char, general) if language else general,)


def _arabic(char: str, *, last: bool, every: bool) -> tuple[str, ...]:
    if char in arabic.NOT_ENCODED:
        return ("",)
    usual = arabic.TABLE[char]
    if char == arabic.TEH_MARBUTA:
        pair = (arabic.TEH_MARBUTA_FINAL, usual) if last else (usual, arabic.TEH_MARBUTA_FINAL)
        return pair if every else pair[:1]
    if char == arabic.FARSI_YEH and every:
        return (usual, "Y", "XAY")
    return (usual,)


def _plain(char: str) -> str:
    """The letter below the marks of a Latin letter; nothing for marks and punctuation."""
    base = [part for part in unicodedata.normalize("NFKD", char) if part in LETTERS]
    if base:
        return "".join(base)
    if char in _APOSTROPHES or unicodedata.category(char)[0] in "MPSZC":
        return ""
    raise TransliterationError(char)


def _components(options: list[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    components: list[list[tuple[str, ...]]] = [[]]
    for option in options:
        if option == (FILLER,):
            components.append([])
        elif option != ("",):
            components[-1].append(option)
    return [component for component in components if component]


def _stands_for(part: str, options: list[tuple[str, ...]], *, truncated: bool) -> bool:
    """Whether `part` is one of the forms, or begins one: walks the set of places reached so far."""
    reached = {0}
    for option in options:
        if truncated and any(form.startswith(part[place:]) for place in reached for form in option):
            return True
        reached = {_step(part, place, form) for place in reached for form in option} - {-1}
    return len(part) in reached


def _step(part: str, place: int, form: str) -> int:
    """The place behind `form` in `part`, or -1 where it does not stand at `place`."""
    if part.startswith(form, place):
        return place + len(form)
    return -1

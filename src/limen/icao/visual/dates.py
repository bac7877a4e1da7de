"""Dates of the visual zone in the forms that are in use: Doc 9303-3, 8th edition, 3.8, and national practice.

"12 AUG 1974", "12 AUG/AOÛT 74", "12.08.1974", "1974-08-12", "12 08 1974", "AUG 12 1974", "12081974", "XX AUG 1974", and
Thai years (543 more). Day and month in figures can stand in either order: both are tried.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from limen.icao.visual.compared import Compared, agreeing, best, differing
from limen.icao.visual.months import months, words_of


@dataclass(frozen=True, slots=True)
class Day:
    """A day, perhaps with parts that are not known."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int


_BUDDHIST = 543
_LIKE_DIGITS = str.maketrans({"O": "0", "o": "0", "D": "0", "Q": "0", "I": "1", "l": "1", "i": "1", "|": "1", "S": "5",
                              "s": "5", "B": "8", "Z": "2", "z": "2", "G": "6"})  # fmt: skip
_LIKE_LETTERS = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G"})
_D = r"[0-9OoIl|SB]"
_WORD = r"[^\W_]{2,}"
_SECOND = r"(?:\s?[/,.-]?\s?[^\W\d_]{3,})?"
_UNKNOWN = r"[X*?-]{2}"
_SPACE = r"[\s.,/-]{0,3}"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![^\W_])(?P<d>{_D}{{1,2}}|{_UNKNOWN}){_SPACE}(?P<w>{_WORD}{_SECOND}){_SPACE}"
        rf"(?<!\d)(?P<y>{_D}{{4}}|{_D}{{2}})(?!\d)",
        rf"(?<![^\W_])(?P<y>{_D}{{4}}){_SPACE}(?P<w>{_WORD}{_SECOND}){_SPACE}(?P<d>{_D}{{1,2}})(?!\d)",
        rf"(?<![^\W_])(?P<w>[^\W\d_]{{3,}}){_SPACE}(?P<d>{_D}{{1,2}}){_SPACE}(?P<y>{_D}{{4}})(?!\d)",
    )
)
_FIGURES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<a>{_D}{{2}}|\d|{_UNKNOWN})[\s./-]{{1,2}}(?P<b>{_D}{{2}}|\d|{_UNKNOWN})[\s./-]{{1,2}}"
        rf"(?P<y>{_D}{{4}}|{_D}{{2}})(?!\d)",
        rf"(?<!\d)(?P<y>{_D}{{4}})[\s./-]{{1,2}}(?P<a>{_D}{{2}}|\d)[\s./-]{{1,2}}(?P<b>{_D}{{2}}|\d)(?!\d)",
        r"(?<!\d)(?P<a>\d{2})(?P<b>\d{2})(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<y>\d{4})(?P<a>\d{2})(?P<b>\d{2})(?!\d)",
    )
)


def compare_date(text: str, days: Sequence[Day]) -> Compared:
    """A printed date, perhaps with other words beside it, against the days that may be meant (of each century one)."""
    return best([one for day in days for one in _against(text, day)], text)


def has_date(text: str) -> bool:
    """Whether something in the text has the form of a date."""
    if any(pattern.search(text) for pattern in _FIGURES):
        return True
    return any(_months_of(match.group("w"))[0] for pattern in _PATTERNS for match in pattern.finditer(text))


def _against(text: str, day: Day) -> Iterator[Compared]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            word = _month_word(_token(match, "w"), day.month)
            if word:
                yield _compared(text, [*_number(_token(match, "d"), day.day), *word, *_year(_token(match, "y"), day)])
    for pattern in _FIGURES:
        for match in pattern.finditer(text):
            for first, second in (("a", "b"), ("b", "a")):
                parts = (*_number(_token(match, first), day.day), *_number(_token(match, second), day.month))
                yield _compared(text, [*parts, *_year(_token(match, "y"), day)])


def _token(match: re.Match[str], group: str) -> _Token:
    return _Token(match.group(group), match.start(group))


_Change = tuple[_Token, str]
"""A token and what should stand in its place."""


def _compared(text: str, changes: Iterable[_Change]) -> Compared:
    edits, places, nearest = 0, [], text
    for token, wanted in sorted(changes, key=lambda change: -change[0].start):
        nearest = nearest[: token.start] + wanted + nearest[token.start + len(token.text) :]
        differ = _differing(token.text, wanted)
        edits += max(len(differ), abs(len(token.text) - len(wanted)))
        places += [token.start + place for place in differ]
    return differing(text, nearest, edits, tuple(sorted(places))) if edits else agreeing(text)


def _differing(text: str, wanted: str) -> list[int]:
    if len(text) == len(wanted):
        return [index for index, (one, other) in enumerate(zip(text, wanted, strict=True)) if one != other]
    return list(range(len(text)))


def _number(token: _Token, wanted: int | None) -> Iterator[_Change]:
    """The day or month in figures; nothing where the zone does not know it. A digit read as a letter is no change."""
    if wanted is None:
        return
    read = token.text.translate(_LIKE_DIGITS)
    if not read.isdigit() or int(read) != wanted:
        yield token, f"{wanted:0{len(token.text)}d}"


def _year(token: _Token, day: Day) -> Iterator[_Change]:
    read = token.text.translate(_LIKE_DIGITS)
    years = [f"{day.year:04d}", f"{day.year + _BUDDHIST:04d}"] if len(read) == 4 else [f"{day.year % 100:02d}"]
    if read not in years:
        yield token, min(years, key=lambda year: len(_differing(read, year)))


def _month_word(token: _Token, wanted: int | None) -> list[_Change]:
    """The month in one word or two; empty where the words name none, nor nearly so."""
    changes: list[_Change] = []
    known = False
    for match in re.finditer(r"[^\W_]{1,}", token.text):
        part = _Token(match.group(), token.start + match.start())
        named, bare = _months_of(part.text)
        if named:
            known = True
            if wanted is not None and wanted not in named:
                changes.append((part, _nearest_word(bare, wanted)))
            else:
                changes.append((part, part.text))
        elif wanted is not None and len(bare) >= 3 and len(_differing(bare, _nearest_word(bare, wanted))) == 1:
            known = True
            changes.append((part, _nearest_word(bare, wanted)))
    return changes if known else []


def _months_of(text: str) -> tuple[frozenset[int], str]:
    """The months that any word of the text names, and the text in capitals without marks."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text).upper() if char.isalnum())
    bare = bare if bare.isdigit() else bare.translate(_LIKE_LETTERS)
    for word in (bare, *re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKD", text).upper())):
        if word in months():
            return months()[word], bare
    return frozenset(), bare


def _nearest_word(bare: str, month: int) -> str:
    """The word for that month that takes the fewest changes, of the same length if there is one."""
    words = words_of(month)
    same = [word for word in words if len(word) == len(bare)]
    return min(same or words, key=lambda word: (len(_differing(bare, word)), word))

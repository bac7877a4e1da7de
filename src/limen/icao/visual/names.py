"""Names of the visual zone against those of the machine readable zone.

Doc 9303-3, 8th edition, 3.4 and 4.6 and section 6 (transliteration); truncation: 9303-4, -5, -6 and -7, 4.2.3. What is
printed may keep national letters, apostrophes, hyphens and titles that the zone leaves out, and more given names than
its field has room for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from limen.icao.mrz import Name
from limen.icao.mrz.alphabet import FILLER
from limen.icao.mrz.transliteration import TransliterationError, candidates
from limen.icao.visual.aligning import align
from limen.icao.visual.compared import Compared, agreeing, best, differing, unclear

_LOST_MARKS = {"A": "ÄÅ", "O": "ÖØ", "U": "Ü", "N": "Ñ", "P": "Þ", "B": "ß"}
"""By letter, those that a reader of print may have taken for it."""
_LIGATURES = {"Æ": "AE", "Œ": "OE"}
_DIGITS = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G", "|": "I"}
"""Names have no digits (4.6): one that is read is the letter like it."""
_MOST = 24


def compare_name(text: str, name: str, *, truncated: bool = False, machine_read: bool = False) -> Compared:
    """A printed name, or a part of one, against the zone's (components parted by spaces or fillers).

    `machine_read` allows for what readers of print do: marks overlooked, digits for the letters like them.
    """
    zone = name.upper().replace(" ", FILLER).replace(FILLER * 2, FILLER).strip(FILLER)
    if not zone or not any(char.isalpha() for char in text):
        return unclear(text)
    try:
        found = align(text, zone, partial(_forms, machine_read), truncated=truncated, most=_MOST)
    except TransliterationError:
        return unclear(text)
    if found is None:
        return unclear(text)
    if found.edits and _is_part(text, zone):
        return unclear(text)
    return differing(text, found.nearest, found.edits, found.places) if found.edits else agreeing(text)


def _is_part(text: str, zone: str) -> bool:
    """Whether the text is some of the zone's components: one line of a name in several, say."""
    printed, components = text.upper().split(), zone.split(FILLER)
    return len(printed) < len(components) and all(part in components for part in printed)


def compare_full_name(text: str, name: Name, *, machine_read: bool = False) -> Compared:
    """The same where both parts of the name may be meant, in either order, or only one of them."""
    against: Callable[..., Compared] = partial(compare_name, text, machine_read=machine_read)
    whole = [against(f"{name.primary} {name.secondary}".strip(), truncated=name.truncated)]
    if name.secondary:
        whole += [against(f"{name.secondary} {name.primary}", truncated=name.truncated)]
    return best(whole, text)


@lru_cache(maxsize=4096)
def _forms(machine_read: bool, char: str) -> tuple[str, ...]:
    """What the zone may have for a printed character: nothing for a space or an apostrophe."""
    if char.isdigit() or char == "|":
        return (_DIGITS.get(char, char),) if machine_read else (char,)
    forms = candidates(char)
    letter = char.upper()
    if machine_read and letter in _LOST_MARKS:
        lost = (form for one in _LOST_MARKS[letter] for form in candidates(one))
        forms = tuple(dict.fromkeys((*forms, *lost)))
    return tuple(dict.fromkeys((*forms, _LIGATURES[letter]))) if letter in _LIGATURES else forms or ("",)

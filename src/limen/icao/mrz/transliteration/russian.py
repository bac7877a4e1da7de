"""The Russian domestic passport's own letters: one character for each Cyrillic one, digits where Latin lacks.

Not of Doc 9303; it is what the layout RUS-INTERNAL uses, and can be turned back without loss.
"""

from limen.icao.mrz.alphabet import FILLER

_CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_LATIN = "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678"

_TO_LATIN = str.maketrans(_CYRILLIC + " -", _LATIN + FILLER * 2)
_TO_CYRILLIC = str.maketrans(_LATIN + FILLER, _CYRILLIC + " ")


def from_russian(text: str) -> str:
    """The zone's characters for a Russian name; other characters than Russian letters stay as they are."""
    return text.upper().translate(_TO_LATIN)


def to_russian(text: str) -> str:
    """The Russian name that the zone's characters stand for."""
    return text.translate(_TO_CYRILLIC)

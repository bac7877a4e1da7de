"""From national characters to the alphabet of the zone, and back: Doc 9303-3, 8th edition, 6 and Appendix B.

`transliterate` writes a text as Doc 9303 recommends first; `candidates` lists what issuers may write instead;
`matches` asks whether a text and what a zone holds can be the same; `to_arabic` and `to_russian` go back.
"""

from limen.icao.mrz.transliteration.arabic import to_arabic
from limen.icao.mrz.transliteration.core import (
    Language,
    TransliterationError,
    candidates,
    matches,
    transliterate,
)
from limen.icao.mrz.transliteration.russian import from_russian, to_russian

__all__ = [
    "Language",
    "TransliterationError",
    "candidates",
    "from_russian",
    "matches",
    "to_arabic",
    "to_russian",
    "transliterate",
]

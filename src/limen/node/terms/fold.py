"""Folding: what people type and what lists say, made alike.

Case, accents of Latin, Greek and Cyrillic letters, and punctuation go; Thai, Lao, Khmer, Burmese and Indic vowel signs
stay, since without them words become others. Folding what is folded changes nothing.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ŋ": "n", "ħ": "h"}
)
_ACCENTS = re.compile("[\u0300-\u036f\u200b-\u200f\ufe00-\ufe0f]+")
_SEPARATING = frozenset("PSZC")


def fold(text: str) -> str:
    """The text as it is compared: lower case, no accents, words separated by single blanks."""
    if text.isascii():
        return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = _ACCENTS.sub("", plain.translate(_LETTERS))
    return " ".join("".join(" " if unicodedata.category(c)[0] in _SEPARATING else c for c in plain).split())


def squeeze(text: str) -> str:
    """The folded text without blanks: "photo-substitution" and "photosubstitution" become one."""
    return fold(text).replace(" ", "")

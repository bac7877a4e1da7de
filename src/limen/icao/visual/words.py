"""Sex, nationality, issuer and document code of the visual zone: Doc 9303-3, 8th edition, 3.5 to 3.7 and section 5."""

from __future__ import annotations

import re
import unicodedata

from limen.icao.codes import lookup
from limen.icao.mrz.alphabet import FILLER
from limen.icao.visual.compared import Compared, agreeing, differing, unclear

_LETTERS = {"M": "M", "F": "F", FILLER: "X", "": "X", "X": "X"}
"""By what the zone has, the letter that the visual zone has (9303-4, 4.1.1.1)."""
_SEXES = {
    "M": "MALE MASCULIN MASCULINO MASCHIO HOMME HOMBRE H MANN MAN MANNLICH MANNELIJK MANLIG MIES MEZCZYZNA MUZ "
    "MUSKI MUSKO FERFI FFI ERKEK E BARBAT VYRAS VIRIETIS V LAKILAKI NAM",
    "F": "FEMALE FEMININ FEMENINO FEMMINA FEMININO FEMME MUJER FRAU WEIBLICH W VROUW VROUWELIJK KVINNA KVINDE "
    "KVINNE K NAINEN KOBIETA ZENA Z ZENSKI NO KADIN FEMEIE MOTERIS SIEVIETE S PEREMPUAN NU",
    "X": "UNSPECIFIED DIVERS INDETERMINATE NONBINARY",
}
_WORDS = {sex: frozenset(words.split()) for sex, words in _SEXES.items()}
_CODE_LENGTH = 3


def compare_sex(text: str, sex: str) -> Compared:
    """The letter M, F or X, beside it or alone a national letter or word; words that are not known are unclear."""
    wanted = _LETTERS.get(sex.upper())
    tokens = [(match.start(), _bare(match.group())) for match in re.finditer(r"[^\W_]+", text)]
    if wanted is None or not tokens or len(tokens) > 3:
        return unclear(text)
    letters = [(start, token) for start, token in tokens if token in ("M", "F", "X")]
    words = {token for _, token in tokens}
    if any(token == wanted for _, token in letters):
        return agreeing(text)
    if letters:
        start = letters[-1][0]
        return differing(text, text[:start] + wanted + text[start + 1 :], 1, (start,))
    if not words <= frozenset().union(*_WORDS.values()):
        return unclear(text)
    return agreeing(text) if words & _WORDS[wanted] else differing(text, "", len(text), tuple(range(len(text))))


def compare_state(text: str, code: str) -> Compared:
    """A State's or nationality's code, or its English name, against the zone's code.

    A code of three letters has to be the zone's; another word than the known name of the State is unclear.
    """
    wanted = code.strip(FILLER).upper()
    word = _bare(text)
    known = lookup(wanted)
    if not wanted or not word:
        return unclear(text)
    if word == wanted or (known and word == _bare(known.name)):
        return agreeing(text)
    if any(_bare(part) == wanted for part in re.split(r"[^\w]+", text)):
        return agreeing(text)
    if len(text.strip()) == len(wanted) == _CODE_LENGTH and text.strip().isupper() and text.strip().isascii():
        places = tuple(index for index, char in enumerate(text.strip()) if char != wanted[index])
        return differing(text.strip(), wanted, len(places), places)
    return unclear(text)


def compare_code(text: str, code: str) -> Compared:
    """The document code: the zone's, or its first letter alone, which all passports bore before 2026."""
    wanted, word = code.strip(FILLER).upper(), _bare(text)
    if not wanted or not word:
        return unclear(text)
    if word in (wanted, wanted[0]):
        return agreeing(text)
    if len(word) == len(text.strip()) <= 2:
        return differing(text.strip(), wanted[: len(word)], 1, (0,))
    return unclear(text)


def _bare(text: str) -> str:
    """Capitals without marks, and nothing else."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).upper() if char.isalnum())

"""Arabic script: Doc 9303-3, 8th edition, section 6, C, and Appendix B (B.5.4, B.5.6, B.6.1).

X announces that the one or two letters behind it stand for one Arabic letter, so that the way back is open.
"""

from __future__ import annotations

from limen.icao.mrz.alphabet import FILLER

TABLE: dict[str, str] = {
    "\u0621": "XE",
    "\u0622": "XAA",
    "\u0623": "XAE",
    "\u0624": "U",
    "\u0625": "I",
    "\u0626": "XI",
    "\u0627": "A",
    "\u0628": "B",
    "\u0629": "XTA",
    "\u062a": "T",
    "\u062b": "XTH",
    "\u062c": "J",
    "\u062d": "XH",
    "\u062e": "XKH",
    "\u062f": "D",
    "\u0630": "XDH",
    "\u0631": "R",
    "\u0632": "Z",
    "\u0633": "S",
    "\u0634": "XSH",
    "\u0635": "XSS",
    "\u0636": "XDZ",
    "\u0637": "XTT",
    "\u0638": "XZZ",
    "\u0639": "E",
    "\u063a": "G",
    "\u0641": "F",
    "\u0642": "Q",
    "\u0643": "K",
    "\u0644": "L",
    "\u0645": "M",
    "\u0646": "N",
    "\u0647": "H",
    "\u0648": "W",
    "\u0649": "XAY",
    "\u064a": "Y",
    "\u0671": "XXA",
    "\u0679": "XXT",
    "\u067c": "XRT",
    "\u067e": "P",
    "\u0681": "XKE",
    "\u0685": "XXH",
    "\u0686": "XC",
    "\u0688": "XXD",
    "\u0689": "XDR",
    "\u0691": "XXR",
    "\u0693": "XRR",
    "\u0696": "XRX",
    "\u0698": "XJ",
    "\u069a": "XXS",
    "\u06a4": "V",
    "\u06a5": "XF",
    "\u06a9": "XKK",
    "\u06ab": "XXK",
    "\u06ad": "XNG",
    "\u06af": "XGG",
    "\u06ba": "XNN",
    "\u06bc": "XXN",
    "\u06be": "XDO",
    "\u06c0": "XYH",
    "\u06c1": "XXG",
    "\u06c2": "XGE",
    "\u06c3": "XTG",
    "\u06cc": "XYA",
    "\u06cd": "XXY",
    "\u06d0": "Y",
    "\u06d2": "XYB",
    "\u06d3": "XBE",
}

SHADDA = "\u0651"
"""Doubles the letter before it: the sequence is repeated, its X is not (XDZ gives XDZDZ)."""
TEH_MARBUTA = "\u0629"
TEH_MARBUTA_FINAL = "XAH"
"""At the end of a name component, in place of XTA."""
FARSI_YEH = "\u06cc"

NOT_ENCODED = frozenset("\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0670\u069c\u06a2\u06a7\u06a8")
"""Tatweel, short vowels, sukun, superscript alef, and obsolete letters."""

_BACK = {latin: arabic for arabic, latin in TABLE.items() if arabic != "\u06d0"} | {TEH_MARBUTA_FINAL: TEH_MARBUTA}


def to_arabic(text: str) -> str:
    """The Arabic name of a transliterated one, a space between components (Doc 9303-3, B.6.1).

    The longest sequence behind an X is taken. Doubled letters come back as two; a letter that stands for
    nothing (O, or an X without its letter) is kept as it is.
    """
    result, index = [], 0
    while index < len(text):
        for size in (3, 2, 1):
            piece = text[index : index + size]
            if len(piece) == size and piece in _BACK:
                result.append(_BACK[piece])
                break
        else:
            piece = text[index]
            result.append(" " if piece in (FILLER, " ") else piece)
        index += len(piece)
    return "".join(result)

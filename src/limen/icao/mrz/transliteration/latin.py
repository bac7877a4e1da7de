"""Latin national characters with more than one transliteration, or that lose more than a diacritical mark.

Doc 9303-3, 8th edition, section 6, A. All other characters of that table lose their mark and keep their
letter, which Unicode's decomposition says as well; `core` uses it for them.
"""

TABLE: dict[str, tuple[str, ...]] = {
    "Ä": ("AE", "A"),
    "Å": ("AA", "A"),
    "Æ": ("AE",),
    "Ð": ("D",),
    "Ñ": ("N", "NXX"),
    "Ö": ("OE", "O"),
    "Ø": ("OE",),
    "Ü": ("UE", "UXX", "U"),
    "Þ": ("TH",),
    "Đ": ("D",),
    "Ħ": ("H",),
    "ı": ("I",),
    "Ĳ": ("IJ",),
    "Ŀ": ("L",),
    "Ł": ("L",),
    "Ŋ": ("N",),
    "Œ": ("OE",),
    "Ŧ": ("T",),
    "ẞ": ("SS",),
    "ß": ("SS",),
    # Not in the table, but in names: letters that Unicode does not decompose.
    "Ə": ("A", "E"),
    "Ơ": ("O",),
    "Ư": ("U",),
}
"""The recommendations in Doc 9303's order."""

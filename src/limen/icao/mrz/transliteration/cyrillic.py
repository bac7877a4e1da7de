"""Cyrillic characters: Doc 9303-3, 8th edition, section 6, B.

`TABLE` is the general recommendation, `EXCEPTIONS` has those for single languages, `FIRST` those for the
first character of a Ukrainian name. Beyond the table: the soft sign, which it leaves out and which is not
written; the letters Ђ, Ћ and Ѓ of Serbian and Macedonian, since the code points that the table prints
beside its glyphs are those of other letters.
"""

TABLE: dict[str, str] = {
    "Ё": "E",
    "Ђ": "D",
    "Ѓ": "G",
    "Є": "IE",
    "Ѕ": "DZ",
    "І": "I",
    "Ї": "I",
    "Ј": "J",
    "Љ": "LJ",
    "Њ": "NJ",
    "Ћ": "C",
    "Ќ": "K",
    "Ў": "U",
    "Џ": "DZ",
    "А": "A",
    "Б": "B",
    "В": "V",
    "Г": "G",
    "Д": "D",
    "Е": "E",
    "Ж": "ZH",
    "З": "Z",
    "И": "I",
    "Й": "I",
    "К": "K",
    "Л": "L",
    "М": "M",
    "Н": "N",
    "О": "O",
    "П": "P",
    "Р": "R",
    "С": "S",
    "Т": "T",
    "У": "U",
    "Ф": "F",
    "Х": "KH",
    "Ц": "TS",
    "Ч": "CH",
    "Ш": "SH",
    "Щ": "SHCH",
    "Ъ": "IE",
    "Ы": "Y",
    "Ь": "",
    "Э": "E",
    "Ю": "IU",
    "Я": "IA",
    "Ѫ": "U",
    "Ѵ": "Y",
    "Ґ": "G",
    "Ғ": "G",
    "Һ": "C",
}

EXCEPTIONS: dict[str, dict[str, str]] = {
    "belarusian": {"Ё": "IO", "Г": "H"},
    "bulgarian": {"Щ": "SHT"},
    "macedonian": {"Ќ": "KJ", "Џ": "DJ", "Х": "H", "Ц": "C", "Ѓ": "GJ", "Ғ": "GJ"},
    "serbian": {"Г": "H", "Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"},
    "ukrainian": {"Г": "H", "И": "Y"},
}
"""By language. Serbian Г = H is what the table says, though Serbian documents write G."""

FIRST: dict[str, str] = {"Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA"}
"""Ukrainian, at the beginning of a name component."""

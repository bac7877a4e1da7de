"""Transliteration: Doc 9303-3, 4.6, section 6 and Appendix B."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz.transliteration import (
    Language,
    TransliterationError,
    candidates,
    from_russian,
    matches,
    to_arabic,
    to_russian,
    transliterate,
)
from limen.icao.mrz.transliteration.arabic import NOT_ENCODED, TABLE

# Doc 9303-3, section 6, A: the characters of the table.
LATIN = {
    "ÀÁÂÃĀĂĄ": "A",
    "ÇĆĈĊČ": "C",
    "ÐĎĐ": "D",
    "ÈÉÊËĒĔĖĘĚ": "E",
    "ĜĞĠĢ": "G",
    "ĤĦ": "H",
    "ÌÍÎÏĨĪĬĮİı": "I",
    "Ĵ": "J",
    "Ķ": "K",
    "ĹĻĽĿŁ": "L",
    "ŃŅŇŊ": "N",
    "ÒÓÔÕŌŎŐ": "O",
    "ŔŖŘ": "R",
    "ŚŜŞŠ": "S",
    "ŢŤŦ": "T",
    "ÙÚÛŨŪŬŮŰŲ": "U",
    "Ŵ": "W",
    "ÝŶŸ": "Y",
    "ŹŻŽ": "Z",
    "Æ": "AE",
    "ØŒ": "OE",
    "Þ": "TH",
    "Ĳ": "IJ",
    "ẞß": "SS",
}
SEVERAL = {
    "Ä": ("AE", "A"),
    "Å": ("AA", "A"),
    "Ñ": ("N", "NXX"),
    "Ö": ("OE", "O"),
    "Ü": ("UE", "UXX", "U"),
}


@pytest.mark.parametrize(("chars", "latin"), LATIN.items())
def test_latin_table(chars: str, latin: str) -> None:
    """Each national character of the table has its recommendation, in both cases."""
    for char in chars:
        assert transliterate(char) == latin
        assert transliterate(char.lower()) == latin


@pytest.mark.parametrize(("char", "latin"), SEVERAL.items())
def test_latin_characters_with_several_recommendations(char: str, latin: tuple[str, ...]) -> None:
    """The first recommendation is written, all of them are candidates."""
    assert transliterate(char) == latin[0]
    assert candidates(char) == latin


@pytest.mark.parametrize(
    ("visual", "zone"),
    [
        ("D'ARTAGNAN", "DARTAGNAN"),
        ("D’Artagnan", "DARTAGNAN"),
        ("MARIE-ELISE", "MARIE<ELISE"),
        ("ANNA, MARIA", "ANNA<MARIA"),
        ("Smith-Jones", "SMITH<JONES"),
        ("Dr. J.R. O'Connor", "DR<JR<OCONNOR"),
        ("  Van  der\tMuellen ", "VAN<DER<MUELLEN"),
        ("Nguyễn Thị Ánh", "NGUYEN<THI<ANH"),
        ("e\u0301", "E"),
        ("", ""),
    ],
)
def test_punctuation_and_spaces(visual: str, zone: str) -> None:
    """Hyphens, commas and spaces part components, other punctuation goes (Doc 9303-3, 4.6)."""
    assert transliterate(visual) == zone


@pytest.mark.parametrize(
    ("name", "language", "zone"),
    [
        ("Щербаков", None, "SHCHERBAKOV"),
        ("Щербаков", Language.BULGARIAN, "SHTERBAKOV"),
        ("Юлія Ющенко", Language.UKRAINIAN, "YULIIA<YUSHCHENKO"),
        ("Гнатюк", Language.UKRAINIAN, "HNATIUK"),
        ("Ігор", None, "IGOR"),
        ("Цветковски", Language.MACEDONIAN, "CVETKOVSKI"),
        ("Живковић", Language.SERBIAN, "ZIVKOVIC"),
        ("Артём Ёлкин", Language.BELARUSIAN, "ARTIOM<IOLKIN"),
        ("Соловьёв", None, "SOLOVEV"),
    ],
)
def test_cyrillic(name: str, language: Language | None, zone: str) -> None:
    """The general table and its exceptions by language and for first characters (section 6, B)."""
    assert transliterate(name, language) == zone
    assert matches(name, zone)


@pytest.mark.parametrize(
    ("arabic", "zone"),
    [
        ("ابو بكر محمد بن زكريا الرازي", "ABW<BKR<MXHMD<BN<ZKRYA<ALRAZY"),
        ("جمال عبد الناصر", "JMAL<EBD<ALNAXSSR"),
        ("هاري الشماع", "HARY<ALXSHMAE"),
        ("سمير بادمكدوذيل", "SMYR<BADMKDWXDHYL"),
        ("عبدالعزيز بن متعب", "EBDALEZYZ<BN<MTEB"),
        ("جميلة نعيمة", "JMYLXAH<NEYMXAH"),
        ("عز الدين إسماعيل", "EZ<ALDYN<ISMAEYL"),
    ],
)
def test_arabic_examples_both_ways(arabic: str, zone: str) -> None:
    """The examples of Appendix B, B.5.7 and B.5.9, and the way back by B.6.1."""
    assert transliterate(arabic) == zone
    assert to_arabic(zone) == arabic


def test_arabic_doubling() -> None:
    """Shadda repeats the sequence without its X; vowel signs are not written (section 6, C, note 3)."""
    assert transliterate("عبّاس") == "EBBAS"
    assert transliterate("فضّة") == "FXDZDZXAH"
    assert transliterate("مُحَمَّد") == "MXHMMD"
    assert candidates("عبّاس") == ("EBBAS", "EBAS")


def test_teh_marbuta_and_farsi_yeh_have_candidates() -> None:
    """Searching must know both forms of teh marbuta and all three of farsi yeh (B.5.5.6, B.5.6 note 4)."""
    assert candidates("ة") == ("XAH", "XTA")
    assert set(candidates("ی")) == {"XYA", "Y", "XAY"}


@given(st.text(sorted(set(TABLE) - {"\u0629", "\u06d0"}), min_size=1, max_size=12))
def test_arabic_is_reversible(text: str) -> None:
    """The way back recovers each letter, Pashto yeh aside, which is written as yeh (B.5.7)."""
    assert to_arabic(transliterate(text)) == text


@given(st.text(sorted(set(TABLE) | NOT_ENCODED | {"\u0651", " "}) + list("ÄÖÜÑÅabc'-ЯЙЄ"), max_size=8))
def test_every_candidate_matches(text: str) -> None:
    """What is written, and every candidate within the limit, is recognised as the same name."""
    written = transliterate(text)
    options = candidates(text, limit=40)
    assert options[0] == written
    assert len(set(options)) == len(options) <= 40
    for option in options:
        assert set(option) <= set(string.ascii_uppercase + "<")
        assert matches(text, option)


def test_matching() -> None:
    """Names match by any recommendation, and by their beginnings where the zone is truncated."""
    assert matches("Müller", "MUELLER")
    assert matches("Müller", "MULLER")
    assert matches("Müller", "MUXXLLER")
    assert not matches("Müller", "MILLER")
    assert not matches("Anna Maria", "ANNA")
    assert not matches("Anna", "ANNA<MARIA")
    assert matches("Chayapa Dejthamrong Krasuang", "CHAYAPA<DE<K", truncated=True)
    assert not matches("Chayapa Dejthamrong Krasuang", "CHAYAPA<DI<K", truncated=True)
    assert matches("Müller", "MUE", truncated=True)
    assert matches("Щербаков", "SHC", truncated=True)
    assert not matches("Щербаков", "SHT<X", truncated=True)


@pytest.mark.parametrize("text", ["李", "สมชาย", "Ω"])
def test_scripts_without_a_table(text: str) -> None:
    """Scripts that Doc 9303 has no table for are refused, not guessed."""
    with pytest.raises(TransliterationError) as caught:
        transliterate(text)
    assert caught.value.char == text[0]


@given(st.text("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ ", max_size=30))
def test_russian_domestic_letters_are_reversible(text: str) -> None:
    """Each Russian letter has one character of its own."""
    assert to_russian(from_russian(text)) == text
    assert from_russian("Анатольевич") == "ANATOL9EVI3"

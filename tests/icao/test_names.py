"""Names, their reading and their truncation: Doc 9303-3, 4.6; parts 4 to 7, 4.2.3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import Name, Truncation, fit_name, read_name

from .strategies import components

LONG = Name("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<<<<<<<", Name("ERIKSSON", "ANNA MARIA")),
        ("VAN<DER<MUELLEN<<MARTIN<<<<<<<", Name("VAN DER MUELLEN", "MARTIN")),
        ("ARKFREITH<<<<<<<<<<<<<<<<<<<<<", Name("ARKFREITH")),
        ("SATRIYA<SUDARPA<<<<<<<<<<<<<<<", Name("SATRIYA SUDARPA")),
        ("PAPANDROPOULOUS<<JONATHON<ALEC", Name("PAPANDROPOULOUS", "JONATHON ALEC", truncated=True)),
        ("<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<", Name("", "ANNA")),
    ],
)
def test_examples(raw: str, name: Name) -> None:
    """The examples of Doc 9303-5, 4.2.3 come apart as their visual zones have them."""
    assert read_name(raw) == name


@given(st.text("ABC<", max_size=39))
def test_nothing_is_lost(raw: str) -> None:
    """What is read can be written again, if there is a secondary identifier or no primary one is missing."""
    name = read_name(raw)
    assert name.field == raw.rstrip("<")


@pytest.mark.parametrize(
    ("name", "length", "how", "written"),
    [
        (LONG, 30, Truncation.INITIALS, "BENNELONG<WOOLOOMOOLOO<W<W<<DI"),
        (LONG, 31, Truncation.INITIALS, "BENNELONG<WOOLOOMOOLOO<W<W<<D<P"),
        (LONG, 39, Truncation.INITIALS, "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI"),
        (LONG, 31, Truncation.SHORTEN, "BENNELONG<WOOLOOMOOLOO<WAR<W<<D"),
        (
            Name("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG"),
            30,
            Truncation.SHORTEN,
            "NILAVADHANANANDA<<CHAYAPA<DE<K",
        ),
        (
            Name("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG"),
            31,
            Truncation.SHORTEN,
            "NILAVADHANANANDA<<CHAYAPA<DEJ<K",
        ),
        (
            Name("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG"),
            39,
            Truncation.SHORTEN,
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
        ),
        (
            Name("NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG"),
            39,
            Truncation.SHORTEN,
            "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU",
        ),
        (
            Name("VILARCHAO FERNANDEZ", "JOSE RAMON"),
            30,
            Truncation.SHORTEN,
            "VILARCHAO<FERNANDEZ<<JOSE<RAMO",
        ),
        (Name("PAPANDROPOULOUS", "JONATHON ALEC"), 30, Truncation.SHORTEN, "PAPANDROPOULOUS<<JONATHON<ALEC"),
    ],
)
def test_truncation_as_in_the_examples(name: Name, length: int, how: Truncation, written: str) -> None:
    """The examples of parts 4 to 7, 4.2.3, come out letter by letter in one of the two ways."""
    assert fit_name(name, length, how).field == written


def test_primary_identifier_alone() -> None:
    """A primary identifier that alone is too long ends with a letter in the last position."""
    assert fit_name(Name("A" * 20 + " " + "B" * 20), 30).field == "A" * 20 + "<" + "B" * 9


@given(components, components, st.sampled_from([30, 31, 39]), st.sampled_from(Truncation))
def test_truncated_names_end_with_a_letter(primary: str, secondary: str, length: int, how: Truncation) -> None:
    """What fits stays; what does not fills the field, ends with a letter and keeps both identifiers."""
    name = Name(primary, secondary)
    fitted = fit_name(name, length, how)
    if len(name.field) <= length:
        assert fitted.field == name.field
    else:
        assert len(fitted.field) == length
        assert fitted.truncated
        assert fitted.field[-1] != "<"
        assert fitted.primary[0] == primary[0]
        assert fitted.secondary[0] == secondary[0]

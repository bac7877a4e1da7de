"""Hypothesis strategies for machine readable zones, all in one place."""

from __future__ import annotations

from hypothesis import strategies as st

from limen.icao import codes
from limen.icao.mrz import ALPHABET, FILLER, LAYOUTS, Charset, Content, Layout, MrzDate, Name, build, fit_name

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS_AND_DIGITS = LETTERS + "0123456789"

ISSUERS = sorted(code.code for code in codes.CODES.values() if code.kind is not codes.Kind.MASTER_LIST)

# Document codes that lead to the layout again, by layout; issuers that a layout asks for.
DOCUMENT_CODES = {
    "TD1": ["I<", "ID", "IR", "C<", "AC", "AR", "C1", "PU"],
    "TD2": ["I<", "IP", "C<", "AI", "AR", "PU"],
    "TD3": ["P<", "PP", "PD", "PO", "PE", "PA"],
    "MRV-A": ["V<", "VN", "VB"],
    "MRV-B": ["V<", "VE", "VC"],
    "FRA-ID-1988": ["ID"],
    "CHE-DRIVING": ["FA"],
    "FRA-DRIVING": ["D1"],
    "SVK-ID-1993": ["I<", "ID"],
    "RUS-INTERNAL": ["PN"],
}
OWN_ISSUER = {
    "FRA-ID-1988": "FRA",
    "CHE-DRIVING": "CHE",
    "FRA-DRIVING": "FRA",
    "SVK-ID-1993": "SVK",
    "RUS-INTERNAL": "RUS",
}

layouts = st.sampled_from(LAYOUTS)


def texts(length: int, characters: str = ALPHABET, least: int = 0) -> st.SearchStrategy[str]:
    """Field values: no fillers at their end."""
    raw = st.text(characters, max_size=length)
    return raw.map(lambda text: text.rstrip(FILLER)).filter(lambda text: len(text) >= least)


components = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=4).map(" ".join)


@st.composite
def names(draw: st.DrawFn, layout: Layout) -> Name:
    """A name that fits the layout's field or fields, cut where it must be."""
    primary, secondary = draw(components), draw(st.one_of(st.just(""), components))
    whole, surname, given = layout.field("name"), layout.field("surname"), layout.field("given_names")
    if whole is not None:
        return fit_name(Name(primary, secondary), whole.length)
    assert surname is not None
    first = fit_name(Name(primary), surname.length)
    second = fit_name(Name(secondary), given.length) if given and secondary else Name("")
    return Name(first.primary, second.primary, first.truncated or second.truncated)


dates = st.dates().map(lambda date: MrzDate(date.strftime("%y%m%d")))
birth_dates = st.one_of(
    dates,
    dates.map(lambda date: MrzDate(date.raw[:4] + "<<")),
    dates.map(lambda date: MrzDate(date.raw[:2] + "<<<<")),
    st.just(MrzDate("<<<<<<")),
)


@st.composite
def contents(draw: st.DrawFn, layout: Layout) -> Content:
    """What a well-formed zone of the layout holds."""
    number = layout.field("document_number")
    assert number is not None
    optional, second = layout.field("optional_data"), layout.field("optional_data_2")
    # Nine characters, a check digit, and the filler that must stand behind it.
    most = number.length + optional.length - 2 if layout.long_number and optional else number.length
    head = draw(st.text(LETTERS_AND_DIGITS, min_size=1, max_size=most))
    taken = len(head) - number.length + 2 if len(head) > number.length else 0
    given = {field.name: field for field in layout.fields}
    own = {"office"} & set(given)
    return Content(
        layout=layout,
        document_code=draw(st.sampled_from(DOCUMENT_CODES[layout.name])).rstrip(FILLER),
        issuer=OWN_ISSUER.get(layout.name)
        or draw(st.sampled_from([code for code in ISSUERS if code not in ("FRA", "SVK", "RUS")])),
        name=draw(names(layout)),
        document_number=head,
        birth_date=draw(birth_dates) if "birth_date" in given else "",
        expiry_date=draw(dates) if "expiry_date" in given else "",
        nationality=draw(st.sampled_from(ISSUERS)) if "nationality" in given else "",
        sex=draw(st.sampled_from("MF<")) if "sex" in given else FILLER,
        optional_data=draw(texts(optional.length - taken)) if optional else "",
        optional_data_2=draw(texts(second.length)) if second else "",
        empty_check_digit=draw(st.sampled_from("0<")),
        other=tuple((name, draw(texts(given[name].length))) for name in sorted(own)),
    )


any_content = layouts.flatmap(contents)
zones = any_content.map(build)
"""Well-formed zones of all layouts."""


@st.composite
def shaped_noise(draw: st.DrawFn, characters: str = ALPHABET) -> tuple[str, ...]:
    """Lines that have a layout's shape and beginning, and noise in them."""
    layout = draw(layouts)
    prefix = draw(st.sampled_from(layout.prefixes)) if layout.prefixes else ""
    lines = [draw(st.text(characters, min_size=length, max_size=length)) for length in layout.line_lengths]
    lines[0] = (prefix + lines[0])[: layout.line_lengths[0]]
    return tuple(lines)


def positions(layout: Layout) -> list[tuple[int, int]]:
    """All positions of the layout."""
    return [(line, column) for line, length in enumerate(layout.line_lengths) for column in range(length)]


def free_characters(layout: Layout, line: int, column: int) -> str:
    """The characters that a position admits, fillers aside."""
    return layout.charset(line, column).characters.replace(FILLER, "") or Charset.FILLER.characters

"""How surely the visual zone is read and changes are found: `python -m bench.visual_zone {genuine,changed} FIRST LAST`.

Documents of the issuers for development, both sides of a card, as a reader (300 to 400 ppi) and a scanner (200 to 400)
see them, laid flat by the truth. `changed` prints one character of one entry otherwise than the zone says; a name's
only where the zone holds all of the name. What a field came to is printed where it is not as it should be, the counts
at the end or when it is interrupted.
"""

from __future__ import annotations

import datetime
import string
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import cv2
import numpy as np

from bench.true_pages import true_page
from limen.icao.mrz import Format, Mrz, parse
from limen.icao.visual import Field
from limen.inspection.evidence import PageEvidence
from limen.inspection.visual_values import values_of
from limen.inspection.visual_zone import Finding, State, VisualZone
from limen.specimen import Light, Recipe, capture, draft, layout, render
from limen.vision.text import TextReader

ISSUERS = ("UTO", "QVA", "QNR")
FORMATS = ("TD3", "TD1", "TD2", "MRV-A", "MRV-B")
PPI = {"reader": (300.0, 400.0), "scan": (200.0, 400.0)}
ON = datetime.date(2026, 6, 1)
SHOWN = {
    "surname": Field.SURNAME,
    "given_names": Field.GIVEN_NAMES,
    "number": Field.NUMBER,
    "birth_date": Field.BIRTH_DATE,
    "sex": Field.SEX,
    "expiry_date": Field.EXPIRY_DATE,
    "personal_number": Field.PERSONAL_NUMBER,
}
OPTIONAL = (Field.PERSONAL_NUMBER, Field.NATIONALITY, Field.ISSUER, Field.DOCUMENT_CODE)


def drawn(index: int, seed: int) -> tuple[list[Recipe], Mrz, np.random.Generator]:
    """One document: its sides, the one with the zone last, and what all else is drawn from."""
    rng = np.random.default_rng([seed, index])
    format_ = FORMATS[index % len(FORMATS)]
    issuer = str(rng.choice(ISSUERS))
    sides = ("front", "back") if format_ == "TD1" else ("front",)
    recipes = [draft(format_, seed + index, issuer, 400.0, side=side, lights=(Light.WHITE,)) for side in sides]
    return recipes, parse(recipes[-1].lines), rng


def seen(recipes: list[Recipe], rng: np.random.Generator, reader: TextReader) -> list[PageEvidence]:
    """The sides, captured and read."""
    pages = []
    for recipe in recipes:
        style = str(rng.choice(list(PPI)))
        page = true_page(
            [capture(render(recipe), int(rng.integers(2**31)), style, ppi=float(rng.uniform(*PPI[style])))]
        )
        height = 18.5 if recipe.format is Format.TD1 else 23.2
        zone = (0.0, page.size_mm[1] - height, page.size_mm[0], height) if recipe.has_zone else None
        pages.append(PageEvidence(page, reader.read(page, zone)))
    return pages


@contextmanager
def printed_otherwise(name: str, text: str) -> Iterator[None]:
    """The entry of that name says `text`, whatever the recipe's papers say."""
    true = layout._texts
    layout._texts = lambda recipe: true(recipe) | {name: text}
    try:
        yield
    finally:
        layout._texts = true


def change(text: str, rng: np.random.Generator, name: str) -> str | None:
    """The entry with one character changed: a digit of a date, a letter of a name, either of a number."""
    if name == "sex":
        return str(rng.choice([sex for sex in "MFX" if sex != text]))
    pool = string.digits if name.endswith("date") or (name.endswith("number") and rng.random() < 0.7) else ""
    pool = pool or string.ascii_uppercase
    places = [place for place, char in enumerate(text) if char in pool]
    if not places:
        return None
    place = int(rng.choice(places))
    other = [char for char in pool if char != text[place] and {char, text[place]} not in ({"O", "0"}, {"I", "1"})]
    return text[:place] + str(rng.choice(other)) + text[place + 1 :]


def genuine(first: int, last: int, counts: Counter[str]) -> None:
    """Sound documents: what failed, and what was not found."""
    reader = TextReader()
    for index in range(first, last):
        recipes, zone, rng = drawn(index, 1000)
        pages = seen(recipes, rng, reader)
        found = held(pages, zone)
        counts.update(f"{field.value} {one.state.value}" for field, one in found.items())
        states = {one.state for field, one in found.items() if field not in OPTIONAL}
        counts["documents"] += 1
        counts["documents with a false mismatch"] += any(one.state is State.DIFFERS for one in found.values())
        counts["documents not all determined"] += bool(states & {State.UNSURE, State.MISSING})
        for field, one in found.items():
            if one.state is State.DIFFERS or (field not in OPTIONAL and one.state is not State.AGREES):
                tell(index, recipes[0], field, one)


def changed(first: int, last: int, counts: Counter[str]) -> None:
    """One character changed: what was not found, and what else failed."""
    reader = TextReader()
    for index in range(first, last):
        recipes, zone, rng = drawn(index, 20000)
        texts = layout._texts(recipes[0])
        there = {entry.name for recipe in recipes for entry in layout.page_of(recipe).entries}
        names = [name for name in SHOWN if name in there and not (zone.name.truncated and "name" in name)]
        name = str(rng.choice(names))
        text = change(texts[name], rng, name)
        if text is None:
            continue
        with printed_otherwise(name, text):
            pages = seen(recipes, rng, reader)
        found = held(pages, zone)
        counts[f"{name} {found[SHOWN[name]].state.value}"] += 1
        for field, one in found.items():
            wrong = one.state is not State.DIFFERS if field is SHOWN[name] else one.state is State.DIFFERS
            if wrong:
                counts["another field failed"] += field is not SHOWN[name]
                tell(index, recipes[0], field, one, f"{texts[name]!r} -> {text!r}")


def held(pages: list[PageEvidence], zone: Mrz) -> dict[Field, Finding]:
    """What each field came to."""
    values = values_of(zone, ON)
    print_ = VisualZone(pages, values)
    return {field: print_.find(field) for field in values}


def tell(index: int, recipe: Recipe, field: Field, found: Finding, note: str = "") -> None:
    """One line."""
    text = found.printed.text if found.printed else None
    print(index, recipe.format.value, field.value, found.state.value, repr(text), found.margin, note, flush=True)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    tally = Counter[str]()
    with suppress(KeyboardInterrupt):
        {"genuine": genuine, "changed": changed}[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]), tally)
    for key, count in sorted(tally.items()):
        print(key, count)

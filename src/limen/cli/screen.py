"""Results for a person: aligned text where output is piped, the same wrapped and coloured on a terminal.

Words carry every meaning; colour only repeats them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limen.cli.chip_facts import document, holder, rows
from limen.cli.seal_facts import features
from limen.cli.words import (
    PICTURES,
    REFERRAL,
    basis,
    box,
    concerns_bearer,
    facts,
    headline,
    highlighted,
    label,
    ordered,
    place,
    printable,
    tally,
)
from limen.icao.seal import describe
from limen.inspection.result import CheckResult, Verdict

if TYPE_CHECKING:
    from rich.console import Console

    from limen.cli.examine import Examined
    from limen.devices import InputError
    from limen.inspection.chip_contents import ChipContents
    from limen.inspection.seal_contents import SealContents
    from limen.vision.reading import ZoneReading

_LABEL_WIDTH = 15
_CORRECTIONS_SHOWN = 3
_STYLES = {
    Verdict.FAILED: "bold red",
    Verdict.UNDETERMINED: "yellow",
    Verdict.ABORTED: "yellow",
    Verdict.SUCCESSFUL: "green",
    Verdict.NOT_SUPPORTED: "dim",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what it says."""

    label: str
    text: str
    style: str = ""
    """Of the label, in Rich's words."""


def title(source: str, page: int | None) -> str:
    """Return the name of an image for a person."""
    name = "standard input" if source == "-" else printable(source)
    return name if page is None else f"{name}, page {page}"


@dataclass(frozen=True, slots=True)
class Card:
    """One result in words, ready to be printed here or in another process."""

    title: str
    verdict: Verdict
    rows: tuple[Row, ...]


def card(examined: Examined, on: datetime.date, every_check: bool) -> Card:
    """Return the result in words."""
    rows = tuple(_rows(examined, on, every_check))
    return Card(title(examined.source, examined.page), examined.inspection.verdict, rows)


def plain(shown: Card) -> str:
    """Return the result as text without colour, one line for each row."""
    lines = [f"{shown.title}: {headline(shown.verdict).upper()}"]
    lines += [f"  {row.label:<{_LABEL_WIDTH}}{row.text}".rstrip() for row in shown.rows]
    return "\n".join(lines) + "\n"


def show_rich(console: Console, shown: Card) -> None:
    """Print the result to a terminal, wrapped to its width."""
    from rich.padding import Padding  # noqa: PLC0415  (for terminals only)
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    head = Text(f"{shown.title}: ")
    head.append(headline(shown.verdict).upper(), _STYLES[shown.verdict])
    table = Table.grid(padding=(0, 1))
    table.add_column(min_width=_LABEL_WIDTH - 1, no_wrap=True)
    table.add_column(overflow="fold")
    for row in shown.rows:
        table.add_row(Text(row.label, row.style), Text(row.text))
    console.print(head)
    console.print(Padding(table, (0, 0, 1, 2)))


def error_line(error: InputError) -> str:
    """Return the one line that says why there is no result."""
    return f"{title(error.source, error.page)}: NOT READ, {printable(error.reason)}"


def _rows(examined: Examined, on: datetime.date, every_check: bool) -> Iterator[Row]:
    inspection = examined.inspection
    zone, mrz = inspection.zone, inspection.mrz
    if mrz:
        yield from (Row(name, value, "dim") for name, value in facts(mrz, on))
    if zone:
        name = f"zone ({mrz.layout.name})" if mrz else "zone"
        for line in zone.text:
            yield Row(name, line, "dim")
            name = ""
        yield from _corrections(zone, every_check)
    if inspection.chip:
        yield from _chip_rows(inspection.chip, on, mrz is None)
    for seal in inspection.seals:
        yield from _seal_rows(seal)
    first = highlighted(inspection)
    for number, check in enumerate(ordered(inspection) if every_check else first, 1):
        mark = f"{label(check)} {number}" if check in first else label(check)
        yield from _check_rows(check, mark, examined)
    yield from (Row(name, words, "dim") for name, words in basis(examined))
    if concerns_bearer(inspection):
        yield Row("also", REFERRAL)
    yield Row("checks", tally(inspection) + ("" if every_check else "; --all shows each"), "dim")


def _chip_rows(chip: ChipContents, on: datetime.date, alone: bool) -> Iterator[Row]:
    """What the chip says of its holder, in full where no printed zone did, and how it was read."""
    evidence = chip.evidence
    if chip.mrz and alone:
        yield from (Row(name, printable(value), "dim") for name, value in facts(chip.mrz, on))
    if chip.dg1:
        name = "chip's zone"
        for line in chip.dg1.lines:
            yield Row(name, printable(line), "dim")
            name = ""
    for details in (holder(chip.dg11) if chip.dg11 else {}, document(chip.dg12) if chip.dg12 else {}):
        yield from (Row(name, printable(value), "dim") for name, value in rows(details))
    how = printable(evidence.access or "no access") if evidence.live else "a saved copy"
    files = ", ".join(name.removeprefix("EF.") for name in evidence.files) or "nothing was read"
    yield Row("chip", f"{how}: {files}", "dim")


def _seal_rows(contents: SealContents) -> Iterator[Row]:
    """What the seal is, and what it says."""
    told = contents.result.seal
    yield Row("seal", printable(describe(told) if told else "cannot be taken apart"), "dim")
    for name, value in features(contents):
        yield Row("", printable(f"{name}: {value}"), "dim")


def _check_rows(check: CheckResult, mark: str, examined: Examined) -> Iterator[Row]:
    yield Row(mark if check.counts else f"({mark})", printable(check.message), _STYLES[check.verdict])
    where = where_in_words(check, examined)
    if where:
        yield Row("", where)
    if check.verdict in {Verdict.SUCCESSFUL, Verdict.NOT_SUPPORTED}:
        yield Row("", f"rule: {check.reference} ({check.code})")
        return
    if check.found is not None and check.expected is not None:
        yield Row("", f"found {check.found!r}, expected {check.expected!r}")
    yield from (Row("", printable(detail)) for detail in check.details)
    yield Row("", f"rule: {check.reference} ({check.code})")


def where_in_words(check: CheckResult, examined: Examined) -> str:
    """Return the place of a check in the zone and in the pixels of the source; empty if it has none."""
    frame = examined.frame_of(check.picture)
    bounds = box(frame, check.where) if frame else None
    if bounds is None:
        return ""
    left, top, right, bottom = bounds
    pixels = f"pixels {left},{top} to {right},{bottom}"
    if frame is not examined.frame:
        pixels += f" of the {PICTURES.get(check.picture, check.picture)} image"
    words = place(examined.inspection.zone, check.where) if frame is examined.frame else ""
    return f"at {words} ({pixels})" if words else f"at {pixels}"


def _corrections(zone: ZoneReading, everything: bool) -> Iterator[Row]:
    """Say which characters the grammar settled, and what they look like."""
    settled = [
        (number, position, glyph)
        for number, line in enumerate(zone.lines, 1)
        for position, glyph in enumerate(line.glyphs, 1)
        if glyph.corrected
    ]
    shown = settled if everything else settled[:_CORRECTIONS_SHOWN]
    for number, position, glyph in shown:
        said = f"line {number}, position {position} looks like {glyph.optical}, taken for {glyph.char}"
        yield Row("settled", f"{said} because of its {glyph.why}", "dim")
    if len(settled) > len(shown):
        yield Row("", f"and {len(settled) - len(shown)} more characters; --all shows each")

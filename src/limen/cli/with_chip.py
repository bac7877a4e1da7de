"""`limen verify --chip`: one document, its chip on a reader, and its page in a picture, typed, or not shown."""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from limen.cli.chip_reading import WAIT, access_keys, evidence_of, read_card
from limen.cli.copies import Copy
from limen.cli.examine import Examined, Examiner, Timing, milliseconds
from limen.cli.exits import Exit
from limen.devices import InputError, Source

if TYPE_CHECKING:
    from limen.cli.typed import Typed
    from limen.icao.pki import AnchorSource


class NotPossible(click.ClickException):
    """The chip cannot be read in this way."""

    exit_code = Exit.USAGE


def examine_with_chip(
    items: Sequence[Copy | Source | InputError],
    examiner: Examiner,
    typed: Typed | None,
    *,
    reader: str | None,
    can: str | None,
    on: datetime.date,
    anchors: AnchorSource | None,
) -> Examined | InputError:
    """Read the picture, if there is one, then the chip; judge both together. Raises `NotPossible`."""
    from limen.devices.pcsc import ReaderError, connect  # noqa: PLC0415
    from limen.inspection import Evidence, inspect  # noqa: PLC0415

    page = _page(items, examiner)
    if isinstance(page, InputError):
        return page
    try:
        keys = access_keys(typed, page.inspection.mrz if page else None, can)
    except ValueError as error:
        raise NotPossible(f"--can: {error}.") from error
    started = time.perf_counter()
    try:
        with connect(reader, timeout=WAIT, waiting=_waiting) as card:
            name = card.reader.name
            reading = read_card(card, keys)
    except ReaderError as error:
        return InputError(reader or "chip", str(error))
    read = milliseconds(started)
    started = time.perf_counter()
    evidence = Evidence(
        zone=page.inspection.zone if page else None,
        pictured=page is not None,
        typed=typed.lines if typed else (),
        chip=evidence_of(reading),
        seals=tuple(one.evidence for one in page.inspection.seals) if page else (),
        anchors=anchors,
    )
    inspection = inspect(on=on, evidence=evidence)
    timing = Timing(page.timing.decode if page else 0.0, page.timing.read if page else 0.0, milliseconds(started), read)
    return Examined(page.frame if page else None, inspection, timing, name)


def _page(items: Sequence[Copy | Source | InputError], examiner: Examiner) -> Examined | InputError | None:
    if len(items) > 1 or (items and isinstance(items[0], Copy)):
        raise NotPossible("--chip reads one document: give one picture of its page, or none.")
    return next(examiner.outcomes(items[0]), None) if items else None


def _waiting(names: str) -> None:
    click.echo(f"Lay the document on the reader ({names}).", err=True)

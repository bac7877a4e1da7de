"""`limen verify --chip`: one document, its chip on a reader, and its page in pictures, typed, or not shown."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from limen.cli.chip_reading import WAIT, access_keys, evidence_of, read_card
from limen.cli.copies import Copy
from limen.cli.exits import Exit
from limen.devices import InputError

if TYPE_CHECKING:
    from limen.cli.examine import Examined, Examiner, Item
    from limen.cli.typed import Typed
    from limen.icao.mrz import Mrz
    from limen.inspection import ChipEvidence
    from limen.vision.reading import ZoneReading


class NotPossible(click.ClickException):
    """The chip cannot be read in this way."""

    exit_code = Exit.USAGE


def examine_with_chip(
    items: Sequence[Item], examiner: Examiner, typed: Typed | None, *, reader: str | None, can: str | None
) -> Examined | InputError:
    """Read the pictures, if there are any, and the chip; judge all together. Raises `NotPossible`."""
    from limen.devices.pcsc import ReaderError, connect  # noqa: PLC0415

    if len(items) > 1 or (items and isinstance(items[0], Copy)):
        raise NotPossible("--chip reads one document: give one picture of its page, or none.")
    names: list[str] = []

    def read_chip(zone: ZoneReading | None) -> ChipEvidence:
        keys = access_keys(typed, _parsed(zone), can)
        with connect(reader, timeout=WAIT, waiting=_waiting) as card:
            names.append(card.reader.name)
            return evidence_of(read_card(card, keys))

    try:
        access_keys(typed, None, can)
    except ValueError as error:
        raise NotPossible(f"--can: {error}.") from error
    try:
        if items:
            return next(examiner.outcomes(items[0], read_chip))
        outcome = examiner.chip_alone(read_chip)
    except ReaderError as error:
        return InputError(reader or "chip", str(error))
    return outcome if isinstance(outcome, InputError) else replace(outcome, name=names[0])


def _parsed(zone: ZoneReading | None) -> Mrz | None:
    from limen.icao.mrz import MrzError, parse  # noqa: PLC0415

    with suppress(MrzError):
        return parse(zone.text) if zone else None
    return None


def _waiting(names: str) -> None:
    click.echo(f"Lay the document on the reader ({names}).", err=True)

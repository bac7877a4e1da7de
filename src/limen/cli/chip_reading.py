"""A chip in a reader, from waiting for it to evidence: what `limen verify --chip` and `limen chip read` share."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from limen.cli.typed import Typed
    from limen.icao.chip import AccessKey, ChipReading, ProofOutcome, ReadingOptions, Transmit
    from limen.icao.mrz import Mrz
    from limen.inspection import ChipEvidence, Proof

WAIT = 30.0
"""Seconds that a document is waited for."""


def access_keys(typed: Typed | None, zone: Mrz | None, can: str | None) -> tuple[AccessKey, ...]:
    """Return what may open the chip: the zone as typed, else as read from the picture, then the CAN.

    A zone whose characters make no key is left out. Raises ValueError for a CAN that is none.
    """
    from limen.icao.chip import CanKey, MrzKey  # noqa: PLC0415

    keys: list[AccessKey] = []
    if typed:
        keys.append(MrzKey(typed.document_number, typed.birth, typed.expiry))
    elif zone:
        with suppress(ValueError):
            keys.append(MrzKey(zone.document_number, zone.birth_date.raw, zone.expiry_date.raw))
    if can:
        keys.append(CanKey(can))
    return tuple(keys)


def reading_options(terminal_key: Path | None) -> ReadingOptions:
    """Return what to read of a chip; with the folder of an inspection system's key, fingerprints and irises, too.

    Raises `DeviceError`.
    """
    from limen.icao.chip import ReadingOptions  # noqa: PLC0415

    if terminal_key is None:
        return ReadingOptions()
    from limen.devices.terminal_key import load_terminal_key  # noqa: PLC0415

    return ReadingOptions(terminal_key=load_terminal_key(terminal_key))


def read_card(card: Transmit, keys: Sequence[AccessKey], options: ReadingOptions | None = None) -> ChipReading:
    """Read the chip, with progress on standard error where that is a terminal."""
    from limen.icao.chip import read_chip  # noqa: PLC0415

    with _progress() as tell:
        return read_chip(card, keys, options=options, progress=tell, clock=time.perf_counter)


def evidence_of(reading: ChipReading) -> ChipEvidence:
    """Return a reading as the checks look at it."""
    from limen.icao.chip import AccessDenied, NotSupportedError  # noqa: PLC0415
    from limen.inspection import ChipEvidence  # noqa: PLC0415

    refused = reading.access is None and isinstance(reading.failure, AccessDenied | NotSupportedError)
    aborted = None if refused else reading.aborted
    problems = (*reading.problems, reading.aborted) if refused and reading.aborted else reading.problems
    return ChipEvidence(
        reading.files,
        live=True,
        access=reading.access,
        active_authentication=_proof(reading.active_authentication),
        chip_authentication=_proof(reading.chip_authentication),
        pace_cam=_proof(reading.pace_cam),
        missing=reading.missing,
        aborted=aborted,
        problems=problems,
    )


def trace_table(reading: ChipReading) -> str:
    """Return every command as a line of text: step, command, octets, status word, milliseconds; then the sum."""
    head = f"{'step':<24} {'command':<28} {'sent':>6} {'got':>6}  {'sw':<4} {'ms':>9}"
    rows = [
        f"{one.step:<24} {one.name:<28} {one.sent:>6} {one.received:>6}  {one.sw:04X} {one.milliseconds:>9.2f}"
        for one in reading.trace
    ]
    total = sum(one.milliseconds for one in reading.trace)
    sent, got = (sum(getattr(one, part) for one in reading.trace) for part in ("sent", "received"))
    return "\n".join([head, *rows, f"{len(rows):>4} commands{'':<40} {sent:>6} {got:>6}       {total:>9.2f}"]) + "\n"


def _proof(outcome: ProofOutcome | None) -> Proof | None:
    from limen.inspection import Proof, Verdict  # noqa: PLC0415

    if outcome is None:
        return None
    return Proof(Verdict(outcome.verdict.value), outcome.message, outcome.details)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show the file that is being read, and how much of it; on a terminal alone."""
    if not sys.stderr.isatty():
        yield lambda name, done, total: None
        return

    def tell(name: str, done: int, total: int) -> None:
        click.echo(f"\r\x1b[K{name}: {done} of {total} octets", err=True, nl=False)

    try:
        yield tell
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)

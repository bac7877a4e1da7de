"""`limen chip`: the readers there are, and a chip saved as a copy."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.exits import Exit
from limen.cli.verify import Failed


@click.group()
def chip() -> None:
    """Readers of chips, and copies of chips."""


@chip.command()
def readers() -> None:
    """List the PC/SC readers, contactless ones first, and whether a document lies on each."""
    from limen.devices.pcsc import ReaderError, list_readers  # noqa: PLC0415

    try:
        found = list_readers()
    except ReaderError as error:
        raise Failed(str(error)) from error
    if not found:
        raise Failed("No chip reader is plugged in: plug in a contactless PC/SC reader.")
    for one in found:
        kind = ", contactless" if one.contactless else ""
        click.echo(f"{one.name}{kind}: {'a document' if one.present else 'empty'}")


@chip.command()
@click.option("--reader", metavar="NAME", help="The reader, or a part of its name. [default: the first with a card]")
@click.option("--mrz", metavar="TEXT", help="The printed zone, typed; in part: NUMBER/YYMMDD/YYMMDD.")
@click.option("--can", metavar="DIGITS", help="The card access number printed on the card.")
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="DIR|ZIP", help="Save the files as a copy for limen verify."
)
@click.option(
    "--terminal-key",
    type=click.Path(path_type=Path),
    metavar="DIR",
    envvar="LIMEN_TERMINAL_KEY",
    help="The inspection system's certificates and key, for fingerprints and irises.",
)
@click.option("--trace", is_flag=True, help="Print every command with its octets and milliseconds.")
def read(
    *, reader: str | None, mrz: str | None, can: str | None, save: Path | None, terminal_key: Path | None, trace: bool
) -> None:
    """Read a chip without judging it."""
    from limen.cli.chip_reading import WAIT, access_keys, read_card, reading_options, trace_table  # noqa: PLC0415
    from limen.cli.typed import TypedError, typed_zone  # noqa: PLC0415
    from limen.devices import DeviceError  # noqa: PLC0415
    from limen.devices.dump import write_dump  # noqa: PLC0415
    from limen.devices.pcsc import ReaderError, connect  # noqa: PLC0415

    try:
        keys = access_keys(typed_zone(mrz) if mrz is not None else None, None, can)
    except TypedError as error:
        raise Failed(f"--mrz: {error}") from error
    except ValueError as error:
        raise Failed(f"--can: {error}.") from error
    try:
        options = reading_options(terminal_key)
        with connect(reader, timeout=WAIT, waiting=_waiting) as card:
            reading = read_card(card, keys, options)
        if save is not None and reading.files:
            write_dump(save, reading.files)
    except (ReaderError, DeviceError) as error:
        raise Failed(str(error)) from error
    click.echo(f"access: {reading.access or 'none'}")
    for name, data in reading.files.items():
        click.echo(f"{name}: {len(data)} octets")
    for name, why in reading.missing.items():
        click.echo(f"{name}: not read. {why}")
    if reading.terminal_authentication:
        click.echo(f"terminal authentication: {reading.terminal_authentication.message}")
    for problem in reading.problems:
        click.echo(f"note: {problem}")
    if trace:
        click.echo(trace_table(reading), nl=False)
    if reading.aborted:
        click.echo(f"Not read to the end: {reading.aborted}", err=True)
        click.get_current_context().exit(Exit.UNDECIDED)


def _waiting(names: str) -> None:
    click.echo(f"Lay the document on the reader ({names}).", err=True)

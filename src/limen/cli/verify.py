"""`limen verify`: images in, results out. Heavy imports wait until the command really runs."""

from __future__ import annotations

import datetime
import io
import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.cli.exits import Exit, worst

if TYPE_CHECKING:
    from rich.console import Console

    from limen.cli.examine import Item
    from limen.cli.outputs import Outputs
    from limen.cli.telling import Told
    from limen.cli.typed import Typed
    from limen.devices import Frame
    from limen.trust import TrustStore

EPILOG = """\b
Exit code:
  0  no irregularity found in any image
  1  an irregularity in at least one: refer to second line
  2  called wrongly, or a result could not be written
  3  at least one image could not be decided
  4  at least one input could not be read or examined
Where several apply: 1 before 4 before 3."""


class Failed(click.ClickException):
    """The command cannot go on; one line says why."""

    exit_code = Exit.USAGE


def _print_schema(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from limen.cli.schema import schema_text  # noqa: PLC0415

        click.echo(schema_text(), nl=False)
        ctx.exit(Exit.CLEAR)


@click.command(epilog=EPILOG)
@click.argument("photos", metavar="PHOTO|FOLDER|COPY...", nargs=-1)
@click.option("--white", metavar="PHOTO", help="The page under white light.")
@click.option("--ir", metavar="PHOTO", help="The same page in infrared, near 900 nm.")
@click.option("--uv", metavar="PHOTO", help="The same page under ultraviolet light of 365 nm.")
@click.option("--back", metavar="PHOTO", help="The back of a card under white light.")
@click.option("--back-ir", metavar="PHOTO", help="The same in infrared.")
@click.option("--back-uv", metavar="PHOTO", help="The same under ultraviolet light.")
@click.option("--face", metavar="PHOTO", help="The bearer, taken at the counter.")
@click.option("--chip", is_flag=True, help="Read the chip of the document on a PC/SC reader, too; one PHOTO at most.")
@click.option("--reader", metavar="NAME", help="The reader, or a part of its name. [default: the first with a card]")
@click.option("--can", metavar="DIGITS", help="The card access number printed on the card, to open the chip.")
@click.option(
    "--mrz",
    metavar="TEXT",
    help="The printed zone, typed: opens the chip, and is held against it. In part: NUMBER/YYMMDD/YYMMDD.",
)
@click.option(
    "--passport",
    metavar="PHOTO|TEXT",
    help="The passport that a visa belongs to: a picture of its page, or its zone, typed.",
)
@click.option(
    "--trust",
    "store",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The trust store. [default: the one that limen trust keeps]",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes to examine several documents in. [default: one for each core]",
)
@click.option("--trace", is_flag=True, help="Tell how long each stage took, on standard error.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each image.")
@click.option("--all", "every_check", is_flag=True, help="Show every check, not the irregularities alone.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write an annotated image and a one-page report for each image.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of the inspection, for which dates are judged. [default: today]",
)
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of --json, and end.",
)
@click.option("--debug", is_flag=True, help="Show where in the program an internal error arose.")
def verify(
    photos: tuple[str, ...],
    *,
    chip: bool,
    reader: str | None,
    can: str | None,
    mrz: str | None,
    passport: str | None,
    store: Path | None,
    jobs: int | None,
    trace: bool,
    as_json: bool,
    every_check: bool,
    out: Path | None,
    day: datetime.datetime | None,
    debug: bool,
    **pictures: str | None,
) -> None:
    """Read the travel documents in images, and say what is irregular.

    PHOTO is a JPEG, PNG, TIFF, WebP, BMP, GIF or PDF file, or - for standard input. Of a TIFF or PDF file each page
    is examined; the lights of one page in a TIFF file of a reader are one document. The pictures of one document can
    be named by the options --white, --ir, --uv, --back, --face, or are told by their names: A.white.jpg, A.ir.png,
    A.face.jpg.

    FOLDER stands for the documents and images in it. COPY is a folder or zip file with the files of one chip
    (EF_SOD, DG1, DG2 and so on), as reader apps save them. It is examined as a chip is, less the chip's own proofs.
    """
    _prepare_streams(debug)
    on = day.date() if day else datetime.date.today()
    from limen.cli.running import Setup, examiner_of, processes, told_by_many, told_here, told_one  # noqa: PLC0415  (heavy)
    from limen.cli.telling import Teller  # noqa: PLC0415

    named = {name: path for name, path in pictures.items() if path is not None}
    _check_usage(photos, named, chip=chip, reader=reader, can=can)
    items, skipped = _items(photos, named)
    typed = _typed(mrz)
    on_crash = _show_traceback if debug else _say_nothing
    keeper = _keeper(out, items)
    anchors, trust = _anchors(store)
    teller = Teller(on, as_json, every_check, trace, keeper.folder if keeper else None)
    setup = Setup(on, teller, typed.lines if typed else (), trust, *_passport(passport), debug)
    console = _console() if sys.stdout.isatty() and not as_json else None
    show = _shower(keeper, console)
    count = 1 if chip else processes(jobs, len(items))
    if count > 1:
        told = told_by_many(items, setup, count)
    elif chip:
        from limen.cli.with_chip import examine_with_chip  # noqa: PLC0415

        examiner = examiner_of(setup, on_crash, anchors)
        outcome = examine_with_chip(items, examiner, typed, reader=reader, can=can)
        told = told_one(teller.tell(outcome, on_crash))
    else:
        told = told_here(items, examiner_of(setup, on_crash, anchors), teller)
    codes: set[Exit] = set()
    with _progress(len(items), console) as advance, closing(told):
        for one, ends in told:
            show(one)
            codes.add(one.code)
            if ends:
                advance()
    if skipped:
        files = "file that is no image was" if skipped == 1 else "files that are no images were"
        click.echo(f"{skipped} {files} left out of the folders.", err=True)
    click.get_current_context().exit(worst(codes))


def _check_usage(
    photos: tuple[str, ...], named: Mapping[str, str], *, chip: bool, reader: str | None, can: str | None
) -> None:
    """Raise a usage error for options that make no sense together."""
    if not chip and not photos and not named:
        raise click.UsageError("Missing argument 'PHOTO|FOLDER|COPY...', or --white with a picture of the page.")
    if not chip and (reader or can):
        raise click.UsageError("--reader and --can are for reading a chip: add --chip.")
    if not named:
        return
    for light, white in _BESIDE.items():
        if light in named and white not in named:
            option, other = light.replace("_", "-"), white.replace("_", "-")
            raise click.UsageError(f"--{option} needs the white image of the same page: add --{other}.")
    if photos:
        raise click.UsageError(
            "--white, --ir, --uv, --back and --face name the pictures of one document: leave other files out."
        )
    if set(named) == {"face"} and not chip:
        raise click.UsageError("--face needs a document to hold the bearer against: add --white, or --chip.")


_BESIDE = {"ir": "white", "uv": "white", "back_ir": "back", "back_uv": "back"}


def _items(photos: tuple[str, ...], named: Mapping[str, str]) -> tuple[tuple[Item, ...], int]:
    """The inputs, and how many files of folders are none."""
    from limen.cli.copies import list_inputs, named_document  # noqa: PLC0415

    return ((named_document(named),), 0) if named else list_inputs(photos)


def _passport(given: str | None) -> tuple[tuple[str, ...], Frame | None]:
    """What `--passport` says: the zone as typed, or the picture."""
    if given is None:
        return (), None
    from limen.cli.passport import passport_given  # noqa: PLC0415
    from limen.cli.typed import TypedError  # noqa: PLC0415

    try:
        return passport_given(given)
    except TypedError as error:
        raise Failed(f"--passport: {error}") from error


def _anchors(path: Path | None) -> tuple[TrustStore | None, Path | None]:
    """The trust store that was named, else the usual one if there is any; and where it is."""
    from limen.trust import TrustError, TrustStore, default_path  # noqa: PLC0415

    if path is None and not default_path().exists():
        return None, None
    try:
        store = TrustStore.open(path)
    except TrustError as error:
        raise Failed(f"{error}.") from error
    click.get_current_context().call_on_close(store.close)
    return store, path or default_path()


def _typed(text: str | None) -> Typed | None:
    """What `--mrz` says."""
    if text is None:
        return None
    from limen.cli.typed import TypedError, typed_zone  # noqa: PLC0415

    try:
        return typed_zone(text)
    except TypedError as error:
        raise Failed(f"--mrz: {error}") from error


def _shower(keeper: Outputs | None, console: Console | None) -> Callable[[Told], None]:
    """Return what prints one outcome and keeps its files."""
    from limen.cli.screen import plain, show_rich  # noqa: PLC0415

    def show(told: Told) -> None:
        if told.json:
            click.echo(told.json)
        elif told.error:
            click.echo(told.error, err=True)
        elif told.card and console:
            show_rich(console, told.card)
        elif told.card:
            click.echo(plain(told.card))
        for line in told.trace:
            click.echo(line, err=True)
        if told.unmade:
            click.echo(told.unmade, err=True)
        if told.unwritten:
            raise Failed(f"cannot write {told.unwritten}.")
        if keeper and told.files:
            _keep(keeper, told)

    return show


def _keep(keeper: Outputs, told: Told) -> None:
    try:
        keeper.keep(told.source, told.page, told.files)
    except OSError as error:
        name = click.format_filename(error.filename or keeper.folder)
        raise Failed(f"cannot write {name}: {error.strerror or error}.") from error


def _console(stderr: bool = False) -> Console:
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)


@contextmanager
def _progress(total: int, console: Console | None) -> Iterator[Callable[[], object]]:
    """Show a bar if standard error is a terminal and there is more than one input.

    Where results go to the terminal, too, `console` is the one they are printed with, so that the two do not
    write over each other; JSON lines on a terminal go without a bar.
    """
    shared = sys.stdout.isatty()
    if total < 2 or not sys.stderr.isatty() or (shared and console is None):
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console or _console(stderr=True), transient=True, redirect_stdout=shared)
    with bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _keeper(folder: Path | None, items: Sequence[Item]) -> Outputs | None:
    """Return what keeps the files of results; None without a folder."""
    if folder is None:
        return None
    from limen.cli.copies import paths_of  # noqa: PLC0415
    from limen.cli.outputs import Outputs  # noqa: PLC0415

    try:
        outputs = Outputs(folder, paths_of(items))
    except OSError as error:
        raise Failed(f"cannot write to {click.format_filename(folder)}: {error.strerror}.") from error
    click.get_current_context().call_on_close(outputs.tidy)
    return outputs


def _prepare_streams(debug: bool) -> None:
    """Let no file name break the output, and no log line but a wanted one reach the screen."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if not debug:
        logging.getLogger("limen").addHandler(logging.NullHandler())


def _say_nothing(error: Exception) -> None:
    """The line of output that follows is enough."""


def _show_traceback(error: Exception) -> None:
    click.echo("".join(traceback.format_exception(error)), err=True, nl=False)

"""`limen verify`: images in, results out. Heavy imports wait until the command really runs."""

from __future__ import annotations

import datetime
import io
import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.cli.exits import Exit, worst

if TYPE_CHECKING:
    from rich.console import Console

    from limen.cli.copies import Copy
    from limen.cli.examine import Examined, Examiner
    from limen.cli.typed import Typed
    from limen.devices import InputError, Source
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
@click.argument("photos", metavar="PHOTO|COPY...", nargs=-1)
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
    as_json: bool,
    every_check: bool,
    out: Path | None,
    day: datetime.datetime | None,
    debug: bool,
) -> None:
    """Read the travel documents in images, and say what is irregular.

    PHOTO is a JPEG, PNG, TIFF, WebP, BMP, GIF or PDF file, a folder of such files, or - for standard input.
    Of a TIFF or PDF file each page is examined.

    COPY is a folder or zip file with the files of one chip (EF_SOD, DG1, DG2 and so on), as reader apps save
    them. It is examined as a chip is, less the chip's own proofs.
    """
    _prepare_streams(debug)
    on = day.date() if day else datetime.date.today()
    from limen.cli.copies import list_inputs  # noqa: PLC0415
    from limen.cli.examine import load_examiner  # noqa: PLC0415  (what follows is heavy)
    from limen.devices import InputError  # noqa: PLC0415

    if not chip and not photos:
        raise click.UsageError("Missing argument 'PHOTO|COPY...'.")
    if not chip and (reader or can):
        raise click.UsageError("--reader and --can are for reading a chip: add --chip.")
    items, skipped = list_inputs(photos)
    typed = _typed(mrz)
    on_crash = _show_traceback if debug else _say_nothing
    writer = _writer(out, items, on, on_crash)
    anchors = _anchors(store)
    examiner = load_examiner(on, on_crash, typed.lines if typed else (), anchors, _passport(passport))
    console = _console() if sys.stdout.isatty() and not as_json else None
    printer = _json_printer(on) if as_json else _text_printer(on, every_check, console)
    if chip:
        from limen.cli.with_chip import examine_with_chip  # noqa: PLC0415

        outcome = examine_with_chip(items, examiner, typed, reader=reader, can=can, on=on, anchors=anchors)
        printer(outcome)
        click.get_current_context().exit(
            worst([_code(outcome), Exit.CLEAR if isinstance(outcome, InputError) else writer(outcome)])
        )
    with _progress(len(items), console) as advance:
        code = _run(items, examiner, printer, writer, advance)
    if skipped:
        files = "file that is no image was" if skipped == 1 else "files that are no images were"
        click.echo(f"{skipped} {files} left out of the folders.", err=True)
    click.get_current_context().exit(code)


def _passport(given: str | None) -> tuple[str, ...]:
    """What `--passport` says."""
    if given is None:
        return ()
    from limen.cli.passport import passport_lines  # noqa: PLC0415
    from limen.cli.typed import TypedError  # noqa: PLC0415

    try:
        return passport_lines(given)
    except TypedError as error:
        raise Failed(f"--passport: {error}") from error


def _anchors(path: Path | None) -> TrustStore | None:
    """The trust store that was named, else the usual one if there is any."""
    from limen.trust import TrustError, TrustStore, default_path  # noqa: PLC0415

    if path is None and not default_path().exists():
        return None
    try:
        store = TrustStore.open(path)
    except TrustError as error:
        raise Failed(f"{error}.") from error
    click.get_current_context().call_on_close(store.close)
    return store


def _typed(text: str | None) -> Typed | None:
    """What `--mrz` says."""
    if text is None:
        return None
    from limen.cli.typed import TypedError, typed_zone  # noqa: PLC0415

    try:
        return typed_zone(text)
    except TypedError as error:
        raise Failed(f"--mrz: {error}") from error


def _run(
    items: Sequence[Copy | Source | InputError],
    examiner: Examiner,
    printer: Callable[[Examined | InputError], None],
    writer: Callable[[Examined], Exit],
    advance: Callable[[], object],
) -> Exit:
    from limen.devices import InputError  # noqa: PLC0415

    codes: set[Exit] = set()
    for item in items:
        for outcome in examiner.outcomes(item):
            printer(outcome)
            codes.add(_code(outcome))
            if not isinstance(outcome, InputError):
                codes.add(writer(outcome))
            del outcome  # one image in memory at a time
        advance()
    return worst(codes)


def _code(outcome: Examined | InputError) -> Exit:
    from limen.devices import InputError  # noqa: PLC0415
    from limen.inspection import Verdict  # noqa: PLC0415

    if isinstance(outcome, InputError):
        return Exit.UNREAD
    match outcome.inspection.verdict:
        case Verdict.SUCCESSFUL:
            return Exit.CLEAR
        case Verdict.FAILED:
            return Exit.IRREGULAR
        case _:
            return Exit.UNDECIDED


def _json_printer(on: datetime.date) -> Callable[[Examined | InputError], None]:
    from limen.cli.record import error_record, record, to_line  # noqa: PLC0415
    from limen.devices import InputError  # noqa: PLC0415

    def show(outcome: Examined | InputError) -> None:
        click.echo(to_line(error_record(outcome) if isinstance(outcome, InputError) else record(outcome, on)))

    return show


def _text_printer(
    on: datetime.date, every_check: bool, console: Console | None
) -> Callable[[Examined | InputError], None]:
    from limen.cli.screen import error_line, show_plain, show_rich  # noqa: PLC0415
    from limen.devices import InputError  # noqa: PLC0415

    def show(outcome: Examined | InputError) -> None:
        if isinstance(outcome, InputError):
            click.echo(error_line(outcome), err=True)
        elif console:
            show_rich(console, outcome, on, every_check)
        else:
            click.echo(show_plain(outcome, on, every_check))

    return show


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


def _writer(
    folder: Path | None,
    items: Sequence[Copy | Source | InputError],
    on: datetime.date,
    on_crash: Callable[[Exception], None],
) -> Callable[[Examined], Exit]:
    """Return what writes the files of one image and says how that went; nothing is written without a folder."""
    if folder is None:
        return lambda examined: Exit.CLEAR
    from limen.cli.outputs import Outputs  # noqa: PLC0415
    from limen.cli.screen import title  # noqa: PLC0415
    from limen.devices import Source  # noqa: PLC0415

    inputs = [item.path for item in items if isinstance(item, Source) and item.path]
    try:
        outputs = Outputs(folder, inputs)
    except OSError as error:
        raise Failed(f"cannot write to {click.format_filename(folder)}: {error.strerror}.") from error

    def write(examined: Examined) -> Exit:
        try:
            outputs.write(examined, on)
        except OSError as error:  # a full disk will not be emptier for the next image
            name = click.format_filename(error.filename or folder)
            raise Failed(f"cannot write {name}: {error.strerror or error}.") from error
        except Exception as error:
            on_crash(error)
            name = title(examined.source, examined.page)
            said = f"internal error ({type(error).__name__}). Please report it, with --debug."
            click.echo(f"{name}: the report could not be made: {said}", err=True)
            return Exit.UNREAD
        return Exit.CLEAR

    return write


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

"""`limen face`: the models that find and compare faces, a comparison by hand, and an agency's own thresholds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from limen.cli.exits import Exit
from limen.cli.words import printable

if TYPE_CHECKING:
    from limen.vision.face import FaceReader
    from limen.vision.face.calibrating import Calibration
    from limen.vision.face.model import Pixels

_KINDS = ("clear", "print", "copy", "ghost")


@click.group()
def face() -> None:
    """Faces: fetch the models, compare two pictures, measure the comparison on pictures of your own.

    The models are in the folder that $LIMEN_MODELS names, else in limen/models of the user's data folder.
    """


@face.command()
@click.option("--from", "source", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Take the archives from a folder; nothing is fetched.")  # fmt: skip
@click.option("--to", "to", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path),
              help="Put the models there.")  # fmt: skip
def fetch(source: Path | None, to: Path | None) -> None:
    """Fetch the models (136 MB to download, 27 MB kept), each with its digest checked.

    On a machine without network: fetch the two archives elsewhere (docs/face.md names them), bring them in a folder,
    and name it with --from.
    """
    from limen.vision.face.fetching import CannotFetch  # noqa: PLC0415
    from limen.vision.face.fetching import fetch as fetched  # noqa: PLC0415
    from limen.vision.face.models import models_folder  # noqa: PLC0415

    folder = to or models_folder()
    try:
        fetched(folder, source, say=lambda line: click.echo(printable(line)))
    except CannotFetch as error:
        raise _failed(str(error), Exit.UNREAD) from error
    click.echo(f"All models are in {printable(str(folder))}.")


@face.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(as_json: bool) -> None:
    """Say which models are there, which network compares faces, and what its thresholds are."""
    from limen.vision.face.bands import BadBands, bands_file, load_bands  # noqa: PLC0415
    from limen.vision.face.embedding import load_embedder  # noqa: PLC0415
    from limen.vision.face.models import ARCHIVES, ModelsMissing, models_folder, problem_with  # noqa: PLC0415

    folder = models_folder()
    files = {file.name: problem_with(file, folder / file.name) or "there" for one in ARCHIVES for file in one.files}
    said: dict[str, Any] = {"folder": str(folder), "files": files, "bands_file": str(bands_file())}
    try:
        said["embedder"] = load_embedder().name
        said["bands"] = {
            kind.value: {
                "match": bands.match,
                "review": bands.review,
                "false_match": str(bands.false_match),
                "false_non_match": str(bands.false_non_match),
                "measured_on": bands.measured_on,
            }
            for kind, bands in load_bands(said["embedder"]).items()
        }
    except (ModelsMissing, BadBands) as error:
        said["problem"] = str(error)
    if as_json:
        click.echo(json.dumps(said, indent=2, ensure_ascii=False))
    else:
        _show(said)
    click.get_current_context().exit(Exit.UNREAD if "problem" in said else Exit.CLEAR)


def _show(said: dict[str, Any]) -> None:
    click.echo(f"models in {printable(said['folder'])}")
    for name, state in said["files"].items():
        click.echo(f"  {name:46} {printable(state)}")
    if "problem" in said:
        click.echo(printable(said["problem"]), err=True)
        return
    click.echo(f"network {printable(said['embedder'])}")
    for kind, bands in said["bands"].items():
        click.echo(
            f"  {kind:6} match up to {bands['match']:.3f} (false match rate {bands['false_match']}, "
            f"false non-match rate {bands['false_non_match']}), no match above {bands['review']:.3f}"
        )
        click.echo(f"         measured on {printable(bands['measured_on'])}")
    if not said["bands"]:
        click.echo("  never measured: run `limen face calibrate`")


@face.command()
@click.argument("one", metavar="PICTURE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("other", metavar="PICTURE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="clear",
    show_default=True,
    help="clear: two pictures of a person; print: one is a print; copy: chip and page; ghost: a ghost image.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def compare(one: Path, other: Path, kind: str, as_json: bool) -> None:
    """Say how far the faces of two pictures are apart, and what that means."""
    from limen.vision.face import Pair, Place, similarity  # noqa: PLC0415

    reader = _reader()
    pictures = [_pixels(path) for path in (one, other)]
    readings = []
    for path, pixels in zip((one, other), pictures, strict=True):
        if isinstance(pixels, str):
            raise _failed(pixels, Exit.UNREAD)
        readings.append(reading := reader.read(pixels, Place.LIVE))
        if reading.template is None:
            raise _failed(f"{path.name}: {reading.note}", Exit.UNDECIDED)
    assert readings[0].template is not None
    assert readings[1].template is not None
    distance = similarity(readings[0].template, readings[1].template)
    bands = reader.bands.get(Pair(kind))
    meaning = bands.meaning(distance).value if bands else None
    if as_json:
        said = {"distance": round(distance, 4), "meaning": meaning, "embedder": reader.embedder.name, "kind": kind}
        click.echo(json.dumps(said))
        return
    click.echo(f"distance {distance:.3f}: {meaning or 'nobody measured what that means; run `limen face calibrate`'}")
    if bands:
        click.echo(f"match up to {bands.match:.3f}: {bands.false_match} of strangers pass as well")
        click.echo(f"no match above {bands.review:.3f}: {bands.review_false_non_match} of bearers lie there as well")


@face.command()
@click.argument("source", metavar="FOLDER|TABLE", type=click.Path(exists=True, path_type=Path))
@click.option("--kind", type=click.Choice(_KINDS), default="clear", show_default=True, help="What the pairs are.")
@click.option("--false-match", type=click.FloatRange(0.00001, 0.01), default=0.001, show_default=True,
              help="The share of strangers that may pass as a match.")  # fmt: skip
@click.option("--words", metavar="TEXT", default="", help="What the pictures are, for whoever reads the result.")
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the thresholds there. [default: the file that the verifier uses]")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Measure, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def calibrate(
    *, source: Path, kind: str, false_match: float, words: str, out: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Measure the network on pictures of your own, and set the thresholds that the verifier uses.

    FOLDER has one folder for each person, with two or more pictures. TABLE is a CSV file: PICTURE,PICTURE,yes or no.
    """
    from limen.vision.face import BadBands, Pair, Place  # noqa: PLC0415
    from limen.vision.face.bands import bands_file, write_bands  # noqa: PLC0415
    from limen.vision.face.calibrating import CannotCalibrate, pairs_of  # noqa: PLC0415
    from limen.vision.face.calibrating import calibrate as calibrated  # noqa: PLC0415

    reader = _reader(own_bands=False)

    def template(path: Path) -> Any:
        pixels = _pixels(path)
        return None if isinstance(pixels, str) else reader.read(pixels, Place.LIVE).template

    target = out or bands_file()
    try:
        found = calibrated(pairs_of(source), template, false_match, words)
        if not dry_run:
            write_bands(target, reader.embedder.name, Pair(kind), found.bands)
    except (CannotCalibrate, BadBands) as error:
        raise _failed(str(error), Exit.UNREAD) from error
    except OSError as error:
        raise _failed(f"{target} cannot be written ({error.strerror}).", Exit.USAGE) from error
    if as_json:
        click.echo(json.dumps(_calibrated(found, reader.embedder.name, kind), indent=2))
        return
    _tell(found, reader.embedder.name, kind)
    click.echo("nothing was written" if dry_run else f"written to {printable(str(target))}")


def _calibrated(found: Calibration, embedder: str, kind: str) -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415

    from limen.vision.face.calibrating import trade_off  # noqa: PLC0415

    rows = [{"false_match": a, "threshold": b, "false_non_match": c} for a, b, c in trade_off(found.trials)]
    left_out = [str(path) for path in found.faceless]
    return {"embedder": embedder, "kind": kind, **asdict(found.bands), "trade_off": rows, "left_out": left_out}


def _tell(found: Calibration, embedder: str, kind: str) -> None:
    from limen.vision.face.calibrating import trade_off  # noqa: PLC0415

    trials, bands = found.trials, found.bands
    click.echo(f"{printable(embedder)}, {kind} pairs, {printable(bands.measured_on)}")
    click.echo(f"{len(trials.genuine):,} pairs of one person, {len(trials.impostor):,} of two; "
               f"equal error rate {trials.equal_error():.2%}")  # fmt: skip
    if found.faceless:
        names = ", ".join(path.name for path in found.faceless[:5])
        click.echo(f"{len(found.faceless)} pictures show no face or several and were left out: {printable(names)}")
    click.echo("\nfalse match  threshold  false non-match")
    for asked, threshold, missed in trade_off(trials):
        click.echo(f"{asked:11.2%}  {threshold:9.3f}  {missed:15.2%}")
    click.echo(
        f"\nmatch up to {bands.match:.3f}: false match {bands.false_match}, false non-match {bands.false_non_match}"
    )
    click.echo(f"no match above {bands.review:.3f}: false match {bands.review_false_match}, "
               f"false non-match {bands.review_false_non_match}")  # fmt: skip
    click.echo("The intervals take pairs for independent; with few people the truth may lie outside.")


def _reader(*, own_bands: bool = True) -> FaceReader:
    from limen.vision.face import BadBands, FaceFinder, FaceReader, ModelsMissing, load_embedder  # noqa: PLC0415

    try:
        return FaceReader.load() if own_bands else FaceReader(FaceFinder.load(), load_embedder(), {})
    except (ModelsMissing, BadBands) as error:
        raise _failed(str(error), Exit.UNREAD) from error


def _pixels(path: Path) -> Pixels | str:
    """A picture, or why it cannot be read."""
    from limen.devices import InputError, read_files  # noqa: PLC0415

    frame = next(iter(read_files([path])), None)
    if frame is None or isinstance(frame, InputError):
        return str(frame) if frame else f"{path} holds no picture."
    return frame.image


def _failed(message: str, code: Exit) -> click.exceptions.Exit:
    """An end with one line and a code."""
    click.echo(f"Error: {printable(message)}", err=True)
    return click.exceptions.Exit(int(code))

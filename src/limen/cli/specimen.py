"""`limen specimen`: images of documents that exist nowhere, with what is true of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from limen.cli.specimen_card import Failed, card
from limen.cli.specimen_document import document
from limen.cli.specimen_visa import visa

if TYPE_CHECKING:
    from limen.specimen import Light, Recipe

_FORMATS = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")
_LIGHTS = ("white", "uv", "ir", "all")
_STYLES = ("none", "scan", "reader", "phone")
_MOST_PPI = 1200


@click.group()
def specimen() -> None:
    """Make images of documents that exist nowhere.

    Passports, identity cards and visas of invented issuers and invented people, rendered under white,
    ultraviolet and infrared light, genuine or falsified, and captured as a scanner, a reader or a phone would.
    The same options always give the same images.

    \b
    Examples:
      limen specimen make --out made
      limen specimen make --format TD3 --seed 7 --count 10 --capture phone --out made
      limen specimen document --seed 7 --fraud reprinted-portrait --out made
      limen specimen make --fraud photocopy --light all --capture reader --out made
      limen specimen list
    """


specimen.add_command(card)
specimen.add_command(document)
specimen.add_command(visa)


@specimen.command()
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([*_FORMATS, "all"], case_sensitive=False),
    default=("TD3",),
    show_default=True,
    help="Document format; may be given more than once.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="What decides all the rest.")
@click.option("--count", type=click.IntRange(1, 100_000), default=1, show_default=True, help="How many documents.")
@click.option("--issuer", default="UTO", show_default=True, help="Issuer's code (see list), or any.")
@click.option("--side", type=click.Choice(["front", "back"]), help="Side. [default: the one with the zone]")
@click.option("--light", type=click.Choice(_LIGHTS), default="white", show_default=True, help="Light.")
@click.option(
    "--capture",
    "style",
    type=click.Choice(_STYLES),
    default="none",
    show_default=True,
    help="Device; none keeps the flawless rendering.",
)
@click.option("--ppi", type=click.FloatRange(60, _MOST_PPI), help="Resolution. [default: 400, or as the device has it]")
@click.option("--rotation", type=float, help="Degrees clockwise. [default: as the device is held]")
@click.option("--fraud", "frauds", multiple=True, metavar="NAME", help="Fraud (see list); several are done in turn.")
@click.option("--typeface", metavar="NAME|FILE", help="Of the machine readable zone. [default: the issuer's OCR-B]")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for the images and truth.jsonl; made if missing.",
)
def make(
    *, formats: tuple[str, ...], seed: int, count: int, issuer: str, side: str | None, light: str, style: str,
    ppi: float | None, rotation: float | None, frauds: tuple[str, ...], typeface: str | None, out: Path,
) -> None:  # fmt: skip
    """Write images and their truth into a folder.

    Each line of truth.jsonl tells of one image: file, sha256, doc_type, mrz_lines, check_digits_valid, the place
    of the zone and of every field in pixels, the frauds and how it was captured.
    """
    from limen.specimen import GEOMETRIES, ISSUERS, Light, SpecimenError, draft, falsified  # noqa: PLC0415

    kinds = list(GEOMETRIES) if "all" in formats else [kind.upper() for kind in formats]
    lights = tuple(Light) if light == "all" else (Light(light),)
    issuers = list(ISSUERS) if issuer.lower() == "any" else [issuer]
    source = 400.0 if ppi is None or style != "none" else ppi
    rows: list[dict[str, Any]] = []
    with _telling(SpecimenError), _progress(count) as advance:
        for index in range(count):
            recipe = draft(
                kinds[index % len(kinds)], seed + index, issuers[index % len(issuers)], max(source, ppi or 0),
                side=side, lights=lights, typeface=typeface,
            )  # fmt: skip
            for fraud in frauds:
                recipe = falsified(recipe, fraud, seed + index)
            out.mkdir(parents=True, exist_ok=True)
            rows += _write(out, recipe, lights=lights, style=style, ppi=ppi, rotation=rotation)
            advance()
        _write_truth(out, rows)
    click.echo(f"{len(rows)} {'image' if len(rows) == 1 else 'images'} and truth.jsonl are in {out}.")


def _write(
    out: Path, recipe: Recipe, *, lights: tuple[Light, ...], style: str, ppi: float | None, rotation: float | None
) -> Iterator[dict[str, Any]]:
    """Writes one document under each light; gives its lines of truth."""
    from limen.specimen import capture, render, write_capture, write_specimen  # noqa: PLC0415

    document = render(recipe)
    for light in lights:
        name = f"{recipe.format.value.lower()}-{recipe.issuer.code.lower()}-{recipe.seed}-{light.value}"
        if style == "none":
            yield write_specimen(out, name, document, light)
        else:
            taken = capture(document, recipe.seed, style, light=light, ppi=ppi, rotation=rotation)
            yield write_capture(out, f"{name}-{style}", taken)


def _write_truth(out: Path, rows: list[dict[str, Any]]) -> None:
    from limen.specimen import write_truth  # noqa: PLC0415

    write_truth(out, rows)


@specimen.command("list")
def list_known() -> None:
    """Name the formats, issuers, frauds and typefaces there are."""
    from limen.specimen import FRAUDS, GEOMETRIES, ISSUERS, typefaces  # noqa: PLC0415

    click.echo("Formats")
    for format, sizes in GEOMETRIES.items():
        click.echo(f"  {format.value:<22}{sizes.width:g} x {sizes.height:g} mm")
    click.echo("\nIssuers (none of them exists)")
    for code, issuer in ISSUERS.items():
        click.echo(f"  {code:<22}{issuer.name.title()}")
    click.echo("\nFrauds, and the lights that show them")
    for name, fraud in FRAUDS.items():
        click.echo(f"  {name:<22}{', '.join(light.value for light in fraud.lights)}")
        click.echo(f"  {'':<22}{fraud.summary}")
    click.echo("\nTypefaces of the machine readable zone on this machine")
    click.echo(f"  {', '.join(typefaces())}")


@specimen.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("specimens"),
    show_default=True,
    metavar="DIR",
    help="Folder to write to.",
)
def bundle(out: Path) -> None:
    """Make the images that come with the repository anew."""
    from limen.specimen import SpecimenError, write_bundle  # noqa: PLC0415

    with _telling(SpecimenError):
        out.mkdir(parents=True, exist_ok=True)
        rows = write_bundle(out)
    click.echo(f"{len(rows)} images and truth.jsonl are in {out}.")


@contextmanager
def _telling(*errors: type[Exception]) -> Iterator[None]:
    """Ends the command in one line where something cannot be had or written."""
    try:
        yield
    except OSError as error:
        raise Failed(f"cannot write {error.filename or 'the images'}: {error.strerror or error}") from None
    except errors as error:
        raise Failed(str(error)) from None


@contextmanager
def _progress(count: int) -> Iterator[Callable[[], None]]:
    """A bar on a terminal where there is more than one document."""
    if count < 2:
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Making specimens", total=count)
        yield lambda: progress.advance(task)

"""`limen specimen document`: all pictures of one document and its bearer, as a border's reader and camera take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from limen.cli.specimen_card import Failed

if TYPE_CHECKING:
    from limen.specimen import Recipe

_FORMATS = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")
_ANOTHER = 7_654_321
"""Added to the seed of a document for the person who presents it and is not its holder."""


@click.command()
@click.option(
    "--format", "kind", type=click.Choice(_FORMATS, case_sensitive=False), default="TD3", show_default=True,
    help="Document format.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="What decides all the rest.")
@click.option("--count", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many documents.")
@click.option("--issuer", default="UTO", show_default=True, help="Issuer's code (see list).")
@click.option("--fraud", "frauds", multiple=True, metavar="NAME", help="Fraud (see list); several are done in turn.")
@click.option("--impostor", is_flag=True, help="Let somebody else present it.")
@click.option("--ppi", type=click.FloatRange(60, 600), help="Resolution. [default: 300 to 400]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", required=True, help="Folder.")
def document(
    *, kind: str, seed: int, count: int, issuer: str, frauds: tuple[str, ...], impostor: bool, ppi: float | None,
    out: Path,
) -> None:  # fmt: skip
    """Write the pictures of whole documents: three lights of each side, and the bearer.

    NAME.white.png, NAME.ir.png and NAME.uv.png show the page as a full-page reader takes it in one light after the
    other, NAME.back.png and so on the back of a card, NAME.face.jpg the bearer at the counter. Documents of one
    issuer differ as prints of one press do, so that `limen reference learn` has something to learn from:

    \b
      limen specimen document --count 5 --out genuine
      limen specimen document --seed 70 --fraud redrawn-background --out shown
      limen verify shown

    Faces are drawn. That a bearer is recognised here says nothing of how well faces of people are.
    """
    from limen.specimen import SpecimenError, write_truth  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for number in range(seed, seed + count):
            rows += _write(out, kind.upper(), number, issuer, frauds, ppi=ppi)
            _write_bearer(out, kind.upper(), number, issuer, impostor=impostor)
        write_truth(out, rows)
    except SpecimenError as error:
        raise Failed(f"{error}.") from None
    except OSError as error:
        raise Failed(f"cannot write {error.filename or 'the images'}: {error.strerror or error}") from None
    click.echo(f"The pictures of {count} {'document' if count == 1 else 'documents'} and truth.jsonl are in {out}.")
    click.echo(f"Try: limen verify {out}")


def _write(
    out: Path, kind: str, seed: int, issuer: str, frauds: tuple[str, ...], *, ppi: float | None
) -> Iterator[dict[str, Any]]:
    """Writes both sides under each light; gives their lines of truth."""
    from limen.specimen import Light, capture_lights, render, write_image  # noqa: PLC0415

    for recipe in _sides(kind, seed, issuer, frauds):
        back = recipe.side.value == "back"
        for light, taken in capture_lights(render(recipe), seed, ppi=ppi).items():
            plain = "back" if back else "white"
            part = plain if light is Light.WHITE else f"back-{light.value}" if back else light.value
            path = out / f"{_name(kind, issuer, seed)}.{part}.png"
            digest = write_image(path, taken.image, taken.truth.ppi)
            yield {"file": path.name, "sha256": digest} | taken.to_json()


def _sides(kind: str, seed: int, issuer: str, frauds: tuple[str, ...]) -> Iterator[Recipe]:
    """The front and, of a card, the back, each with those of the frauds that are possible on it."""
    from limen.specimen import FRAUDS, NotPossibleError, draft, falsified, with_tolerance  # noqa: PLC0415

    sides = ("front", "back") if kind == "TD1" else ("front",)
    recipes = [with_tolerance(_of_one_series(draft(kind, seed, issuer, side=side)), seed) for side in sides]
    for fraud in frauds:
        if fraud in FRAUDS and not any(FRAUDS[fraud].possible(recipe) for recipe in recipes):
            raise NotPossibleError(f"{fraud} is not possible on {kind}")
        recipes = [
            falsified(one, fraud, seed) if fraud not in FRAUDS or FRAUDS[fraud].possible(one) else one
            for one in recipes
        ]
    yield from recipes


def _of_one_series(recipe: Recipe) -> Recipe:
    """The same with the code that all cards of an issuer have here, so that one reference is learned from them."""
    from limen.specimen.papers import zone_lines  # noqa: PLC0415

    if not recipe.papers.code.startswith("I"):
        return recipe
    papers = replace(recipe.papers, code="ID")
    return replace(recipe, papers=papers, lines=zone_lines(recipe.person, papers))


def _write_bearer(out: Path, kind: str, seed: int, issuer: str, *, impostor: bool) -> None:
    from limen.specimen import draft, live, write_image  # noqa: PLC0415

    who = draft(kind, seed + (_ANOTHER if impostor else 0), issuer).person
    write_image(out / f"{_name(kind, issuer, seed)}.face.jpg", live(who, seed), 96)


def _name(kind: str, issuer: str, seed: int) -> str:
    return f"{kind.lower()}-{issuer.lower()}-{seed}"

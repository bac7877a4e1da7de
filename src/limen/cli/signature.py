"""`limen signature`: what a counterfeit press gets wrong, marked, measured, handed on, and put on trial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from limen.cli.exits import Exit
from limen.cli.keeping_knowledge import (
    by_option,
    explained,
    now,
    read,
    show,
    signer,
    store_options,
    taken,
    told,
    written,
)
from limen.cli.verify import Failed
from limen.cli.words import printable

if TYPE_CHECKING:
    from limen.reference.learning import Captured
    from limen.reference.signatures import Mark, Place, Signature, SignatureStore
    from limen.vision.page import Page
    from limen.vision.press import Hit

_PATH = click.Path(exists=True, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_MARKINGS = ("clear", "green", "amber", "amber+strict", "red")
_HOW = "write a mark as NAME:LEFT,TOP,WIDTH,HEIGHT:LIGHT:WHAT, say microtext:40,21.5,12,3:white:picture"


@click.group()
def signature() -> None:
    """Counterfeit signatures: what the documents of one press have in common that genuine ones do not.

    A signature is made of marks: a place on the page, a light, and what shows there, either its picture or a figure.
    It is on trial (evaluatory) until it was measured on genuine captures and hit none of them. Signatures are kept in
    the folder `signatures` beside the references (see `limen reference`).

    \b
    Examples:
      limen signature make "press 12" --model "UTO P TD3" --region "rosette:80,20,14,14:white:picture" \\
          --region "paper:30,5,40,6:uv:shine" --needed 2 --genuine genuine/ counterfeits/
      limen signature promote "press 12" more-genuine-captures/
      limen signature export "press 12" press12.limensig --key post7.pem
    """


@signature.command()
@click.argument("name")
@click.argument("paths", metavar="IMAGE|FOLDER...", nargs=-1, required=True, type=_PATH)
@click.option("--model", "scope", required=True, metavar="MODEL", help='Of which documents: "UTO P TD3 2020", "TD3".')
@click.option("--region", "regions", multiple=True, required=True, metavar="MARK", help="A mark; may be repeated.")
@click.option("--genuine", multiple=True, type=_PATH, metavar="PATH", help="Genuine captures that it must not hit.")
@click.option("--needed", type=click.IntRange(min=1), help="How many marks make a hit. [default: all]")
@click.option("--side", type=click.Choice(["front", "back"]), default="front", show_default=True, help="Of the marks.")
@click.option("--advice", default="", metavar="TEXT", help="What the officer is told beside the name.")
@click.option("--source", default="", metavar="TEXT", help="Where the marks are known from.")
@click.option("--tlp", type=click.Choice(_MARKINGS), default="amber", show_default=True, help="To whom it may go on.")
@click.option("--replace", is_flag=True, help="Take the place of an earlier signature of that name.")
@by_option
@store_options
def make(
    *, name: str, paths: tuple[Path, ...], scope: str, regions: tuple[str, ...], genuine: tuple[Path, ...],
    needed: int | None, side: str, advice: str, source: str, tlp: str, replace: bool, by: str, store: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Make the signature NAME from captures of a press's documents.

    A MARK is NAME:LEFT,TOP,WIDTH,HEIGHT:LIGHT:WHAT in millimetres from the page's upper left corner. LIGHT is white, uv
    or ir. WHAT is `picture` (the print itself, found again by its likeness) or a figure: contrast, absorption, glow,
    shine, luminescence, saturation, hue, edge_mm, fineness. Mark no place that shows the bearer's data.
    """
    from limen import __version__  # noqa: PLC0415
    from limen.reference import Learning  # noqa: PLC0415
    from limen.reference.signatures import Marking, Plan, Scope  # noqa: PLC0415
    from limen.reference.signatures import make as made_of  # noqa: PLC0415
    from limen.vision.page import Side  # noqa: PLC0415

    with explained():
        kept = _store(store)
        if kept.has(name) and not replace:
            raise Failed(f"A signature {name!r} is kept already: give --replace to make it anew.")
        places = tuple(map(_place, regions))
        plan = Plan(name, Scope.parse(scope), Side(side), places, needed or len(places), advice, source, Marking(tlp))
        press, good = taken(paths), taken(genuine)
        learning = Learning(now(), by, f"limen {__version__}", tuple(one.files for one in (*press, *good)))
        done = made_of(plan, _pages(press, plan.side), _pages(good, plan.side), learning)
        kept.put(done)
    _say(done, as_json)


@signature.command("list")
@store_options
def list_(store: Path | None, as_json: bool) -> None:
    """List the signatures."""
    with explained():
        kept = _store(store)
        found, broken = kept.all(), kept.broken()
    if as_json:
        show({"store": str(kept.path), "signatures": [_row(one) for one in found], "broken": list(broken)})
    else:
        for one in found:
            origin = f", from {one.origin.brief}" if one.origin else ""
            marks = f"{one.needed} of {len(one.marks)} marks"
            click.echo(printable(f"{one.name}: {one.scope.name} {one.side}, {marks}; {told(one.standing)}{origin}"))
        click.echo(printable(f"{len(found)} signatures in {kept.path}"))
    for sentence in broken:
        click.echo(printable(sentence), err=True)
    click.get_current_context().exit(Exit.UNREAD if broken else Exit.CLEAR)


@signature.command("show")
@click.argument("name")
@store_options
def show_(name: str, store: Path | None, as_json: bool) -> None:
    """Show the marks of a signature, what was measured of them, and where they are known from."""
    with explained():
        found = _store(store).get(name)
    _say(found, as_json)


@signature.command()
@click.argument("name")
@click.argument("file", type=_FILE)
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Sign it with this key.")
@click.option("--name", "named", metavar="NAME", help="Whom the signing names. [default: --by]")
@by_option
@store_options
def export(
    *, name: str, file: Path, key: Path | None, named: str | None, by: str, store: Path | None, as_json: bool
) -> None:
    """Write a signature into FILE, to be handed on, signed with --key; one from elsewhere goes on as it came."""
    from limen.reference.signatures import pack  # noqa: PLC0415

    with explained():
        found = _store(store).get(name)
        if found.origin and key:
            raise Failed(printable(f"{found.name} is signed by {found.origin.brief}: it goes on as it came."))
        writer = signer(key, named, by)
        found = found.sealed(writer) if writer else found
        written(file, pack(found, standing=False))
    origin = found.origin.brief if found.origin else ""
    if as_json:
        show({"file": str(file), "signature": found.name, "origin": origin, "tlp": found.marking.value})
    else:
        signed = f", signed by {origin}" if origin else ", not signed: others cannot tell where it comes from"
        click.echo(printable(f"{found.name} (TLP:{found.marking.value.upper()}) is in {file}{signed}"))


@signature.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--trust-origin", metavar="KEY", help="Take over the status that the holder of this public key claims.")
@click.option("--unsigned", is_flag=True, help="Take a signature that nobody signed.")
@click.option("--replace", is_flag=True, help="Take the place of an earlier signature of that name.")
@store_options
def import_(
    *, file: Path, trust_origin: str | None, unsigned: bool, replace: bool, store: Path | None, as_json: bool
) -> None:
    """Bring in a signature from FILE. It begins on trial, unless its origin's key is named with --trust-origin."""
    from limen.reference.receiving import receive_signature  # noqa: PLC0415
    from limen.reference.signatures.filing import MOST_BYTES  # noqa: PLC0415

    with explained():
        found = receive_signature(read(file, MOST_BYTES), trusted=trust_origin, unsigned=unsigned, on=now())
        kept = _store(store)
        if kept.has(found.name) and not replace:
            raise Failed(printable(f"A signature {found.name!r} is kept already: give --replace."))
        kept.put(found)
    _say(found, as_json)


@signature.command("test")
@click.argument("name")
@click.argument("paths", metavar="IMAGE|FOLDER...", nargs=-1, required=True, type=_PATH)
@store_options
def test_(name: str, paths: tuple[Path, ...], store: Path | None, as_json: bool) -> None:
    """Hold a signature against captures and say what is met. The exit code is 1 where it hits any."""
    from limen.vision.press import Likeness  # noqa: PLC0415

    with explained():
        found = _store(store).get(name)
        hits = list(_hits(found, taken(paths)))
    if as_json:
        show({"signature": found.name, "captures": [_hit(name, hit) for name, hit in hits]})
    else:
        for shown, hit in hits:
            click.echo(printable(f"{hit.likeness.value}: {shown}"))
            for mark in hit.marks:
                state = "open" if mark.met is None else "met" if mark.met else "not met"
                click.echo(printable(f"  {state:<8}{mark.region} ({mark.light.value}): {mark.found}; {mark.expected}"))
    any_hit = any(hit.likeness is Likeness.HIT for _, hit in hits)
    click.get_current_context().exit(Exit.IRREGULAR if any_hit else Exit.CLEAR)


@signature.command()
@click.argument("name")
@click.argument("paths", metavar="IMAGE|FOLDER...", nargs=-1, required=True, type=_PATH)
@by_option
@store_options
def promote(name: str, paths: tuple[Path, ...], by: str, store: Path | None, as_json: bool) -> None:
    """Measure a signature on genuine captures that it was not made with, and let it count if it hits none of them.

    At least 20 captures are asked for. The exit code is 1 where it was not promoted.
    """
    from limen.reference import Standing, Status  # noqa: PLC0415
    from limen.reference.trial import Trial, fresh  # noqa: PLC0415
    from limen.vision.press import Likeness  # noqa: PLC0415

    with explained():
        kept = _store(store)
        found = kept.get(name)
        captures = taken(paths)
        fresh([one.files for one in captures], found.made.files, found.name)
        hits = [(shown, hit) for shown, hit in _hits(found, captures) if hit.likeness is not Likeness.OPEN]
        rejected = [hit.likeness is Likeness.HIT for _, hit in hits]
        trial = Trial.of(rejected, now(), [file for one in captures for file in one.files])
        good = trial.rejected == 0
        standing = Standing(Status.PROMOTED if good else Status.EVALUATORY, by, now(), trial)
        kept.put(found.with_standing(standing))
    if as_json:
        rows = [_hit(shown, hit) for (shown, hit), met in zip(hits, rejected, strict=True) if met]
        show({"signature": found.name, "standing": standing.to_json(), "hit": rows})
    else:
        for (shown, _), met in zip(hits, rejected, strict=True):
            if met:
                click.echo(printable(f"hit: {shown}"))
        click.echo(printable(f"{found.name}: {told(standing)}"))
        if not good:
            click.echo("It is not promoted: no genuine capture may be hit.")
    click.get_current_context().exit(Exit.CLEAR if good else Exit.IRREGULAR)


@signature.command()
@click.argument("name")
@by_option
@store_options
def demote(name: str, by: str, store: Path | None, as_json: bool) -> None:
    """Put a signature back on trial; what was measured of it is kept."""
    from dataclasses import replace  # noqa: PLC0415

    from limen.reference import Status  # noqa: PLC0415

    with explained():
        kept = _store(store)
        found = kept.get(name)
        found = found.with_standing(replace(found.standing, status=Status.EVALUATORY, by=by, on=now(), why=""))
        kept.put(found)
    if as_json:
        show({"signature": found.name, "standing": found.standing.to_json()})
    else:
        click.echo(printable(f"{found.name}: {told(found.standing)}"))


@signature.command()
@click.argument("name")
@store_options
def remove(name: str, store: Path | None, as_json: bool) -> None:
    """Forget a signature."""
    with explained():
        _store(store).remove(name)
    if as_json:
        show({"removed": name})
    else:
        click.echo(printable(f"{name} is forgotten"))


def _store(folder: Path | None) -> SignatureStore:
    from limen.reference.signatures import SignatureStore  # noqa: PLC0415
    from limen.reference.signatures.store import FOLDER  # noqa: PLC0415

    return SignatureStore.open(folder / FOLDER if folder else None)


def _place(text: str) -> Place:
    from limen.reference.signatures import WHATS, Place  # noqa: PLC0415
    from limen.vision.light import Light  # noqa: PLC0415

    parts = text.rsplit(":", 3)
    if len(parts) != 4 or not parts[0].strip() or not parts[0].isprintable() or len(parts[0]) > 60:
        raise Failed(printable(f"{text!r} is no mark: {_HOW}."))
    name, rect, light, what = (part.strip() for part in parts)
    try:
        left, top, width, height = map(float, rect.split(","))
    except ValueError:
        raise Failed(printable(f"{text!r} is no mark: {_HOW}.")) from None
    if light not in set(Light) or what not in WHATS:
        raise Failed(printable(f"{text!r} is no mark: LIGHT is white, uv or ir, WHAT one of {', '.join(WHATS)}."))
    return Place(name, (left, top, width, height), Light(light), what)


def _pages(captures: Iterable[Captured], side: str) -> list[Page]:
    from limen.vision.page import Side  # noqa: PLC0415

    found = ((one, one.side(Side(side))) for one in captures)
    pages = []
    for capture, page in found:
        if page is None:
            raise Failed(printable(f"{capture.name} does not show the {side}: leave it out."))
        pages.append(page)
    return pages


def _hits(found: Signature, captures: Sequence[Captured]) -> Iterator[tuple[str, Hit]]:
    from limen.reference.signatures import held  # noqa: PLC0415

    for capture, page in zip(captures, _pages(captures, found.side.value), strict=True):
        if page.format is not found.scope.format:
            raise Failed(printable(f"{capture.name} is no {found.scope.format} document: leave it out."))
        yield capture.name, held(page, found)


def _say(found: Signature, as_json: bool) -> None:
    if as_json:
        show(_row(found))
        return
    click.echo(printable(f"{found.name}: {found.scope.name} {found.side}, TLP:{found.marking.value.upper()}"))
    click.echo(printable(f"  {told(found.standing)}; {found.needed} of {len(found.marks)} marks make a hit"))
    for label, counted in (("press", found.press), ("genuine", found.genuine)):
        click.echo(f"  {label:<10} {counted.hits} of {counted.captures} captures hit when it was made")
    for mark in found.marks:
        click.echo(printable(f"  {_described(mark)}"))
    for label, text in (("advice", found.advice), ("source", found.source)):
        if text:
            click.echo(printable(f"  {label:<10} {text}"))
    if found.origin:
        click.echo(printable(f"  signed by  {found.origin.name}, key {found.origin.key}"))


def _described(mark: Mark) -> str:
    place = mark.place
    left, top, width, height = place.rect
    at = f"{width:g} x {height:g} mm at {left:g}, {top:g}"
    genuine = f", genuine {mark.genuine[0]:.2f} to {mark.genuine[1]:.2f}" if mark.genuine else ", no genuine measured"
    shown = f"press {mark.shown[0]:.2f} to {mark.shown[1]:.2f}{genuine}"
    bounds = f"{mark.low:.2f} or more" if mark.picture is not None else f"{mark.low:.2f} to {mark.high:.2f}"
    return f"{place.region}: {place.what} under {place.light.value}, {at}: {bounds} ({shown})"


def _row(found: Signature) -> dict[str, Any]:
    """The signature without its pictures."""
    said = found.statement()
    marks = [{key: value for key, value in one.items() if key != "picture"} for one in said["marks"]]
    origin = {"name": found.origin.name, "key": found.origin.key} if found.origin else None
    return said | {"marks": marks, "claim": said["standing"], "standing": found.standing.to_json(), "origin": origin}


def _hit(name: str, hit: Hit) -> dict[str, Any]:
    marks = [
        {"region": one.region, "light": one.light.value, "what": one.what, "met": one.met, "found": one.found}
        for one in hit.marks
    ]
    return {"name": name, "likeness": hit.likeness.value, "marks": marks}

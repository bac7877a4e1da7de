"""`limen reference`: what genuine documents look like, learned from captures, kept, handed on, and put on trial."""

from __future__ import annotations

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
from limen.cli.reference_trial import demote, promote
from limen.cli.verify import Failed
from limen.cli.words import printable

if TYPE_CHECKING:
    from limen.reference import Entry, Reference, Standing
    from limen.vision.page import Side

_PATH = click.Path(exists=True, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def reference() -> None:
    """References: what genuine documents of one model look like.

    A reference is learned from a handful of captures of genuine documents, each of another bearer, under as many lights
    as there are. It is on trial (evaluatory) until it was measured on genuine captures that it was not learned from.
    References are kept in a folder: the one named by --store, else by $LIMEN_REFERENCES, else limen/references in the
    user's data folder. A model is written as issuer, document code, format and series or year: "UTO P TD3 2020".

    \b
    Examples:
      limen reference learn "UTO P TD3 2020" captures/
      limen reference show "UTO P TD3 2020" --out utopia.png
      limen reference promote "UTO P TD3 2020" more-genuine-captures/
      limen reference export "UTO P TD3 2020" utopia.limenref --key post7.pem
    """


@reference.command()
@click.argument("model")
@click.argument("paths", metavar="IMAGE|FOLDER...", nargs=-1, required=True, type=_PATH)
@click.option("--replace", is_flag=True, help="Take the place of an earlier reference of the model.")
@by_option
@store_options
def learn(*, model: str, paths: tuple[Path, ...], replace: bool, by: str, store: Path | None, as_json: bool) -> None:
    """Learn the reference of MODEL from captures of genuine documents.

    Files that belong to one document bear its name: 12.white.png, 12.ir.png, 12.uv.png, 12.back.png; or lie in a
    folder of their own as white.png, ir.png, uv.png. Give three documents or more, five are better, each once.
    """
    from limen.reference import Model, ReferenceStore  # noqa: PLC0415
    from limen.reference.learning import learn_reference  # noqa: PLC0415
    from limen.reference.store import Entry  # noqa: PLC0415

    with explained():
        named = Model.parse(model)
        kept = ReferenceStore.open(store)
        if kept.has(named) and not replace:
            raise Failed(f"A reference of {named.name} is kept already: give --replace to learn it anew.")
        learned = learn_reference(named, taken(paths), by, now())
        kept.put(learned)
    if as_json:
        show(_row(Entry.of(learned)))
        return
    count = len(learned.learning.captures)
    click.echo(printable(f"{named.name} was learned from {count} documents and is on trial (evaluatory)."))
    for line in _contents(learned):
        click.echo(printable(f"  {line}"))
    click.echo(f'Measure it on others: limen reference promote "{named.name}" CAPTURES')


@reference.command("list")
@store_options
def list_(store: Path | None, as_json: bool) -> None:
    """List the references."""
    from limen.reference import ReferenceStore  # noqa: PLC0415

    with explained():
        kept = ReferenceStore.open(store)
        entries, broken = kept.entries(), kept.broken()
    if as_json:
        show({"store": str(kept.path), "references": [_row(one) for one in entries], "broken": list(broken)})
    else:
        width = max((len(one.model.name) for one in entries), default=0)
        for one in entries:
            origin = f", from {one.origin}" if one.origin else ""
            line = f"{one.model.name:<{width}}  {told(one.standing)}; {one.captures} captures, {one.learned}{origin}"
            click.echo(printable(line))
        click.echo(printable(f"{len(entries)} references in {kept.path}"))
    for sentence in broken:
        click.echo(printable(sentence), err=True)
    click.get_current_context().exit(Exit.UNREAD if broken else Exit.CLEAR)


@reference.command("show")
@click.argument("model")
@click.option("--out", type=_FILE, metavar="PNG", help="Draw what was learned; with a back, NAME-back.png too.")
@store_options
def show_(model: str, out: Path | None, store: Path | None, as_json: bool) -> None:
    """Show what a reference holds: how it was learned, its regions, its rates, who promoted it."""
    from limen.reference import Model, ReferenceStore  # noqa: PLC0415
    from limen.reference.store import Entry  # noqa: PLC0415

    with explained():
        found = ReferenceStore.open(store).get(Model.parse(model))
        if out:
            _draw(found, out)
        lines = list(_contents(found))
    if as_json:
        show(_row(Entry.of(found)) | {"statement": _statement(found)})
        return
    click.echo(found.name)
    click.echo(f"  {told(found.standing)}")
    for said in _rests_upon(found.standing):
        click.echo(printable(f"  {said}"))
    learning = found.learning
    click.echo(printable(f"  learned    {learning.on.date()} by {learning.by}, {learning.software}"))
    click.echo(f"  from       {len(learning.captures)} documents, {len(learning.files)} images")
    if found.origin:
        click.echo(printable(f"  signed by  {found.origin.name}, key {found.origin.key}"))
        click.echo(f"  claim      {told(found.claim) if found.claim else 'none'}")
    for line in lines:
        click.echo(printable(f"  {line}"))


@reference.command()
@click.argument("model")
@click.argument("file", type=_FILE)
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Sign it with this key.")
@click.option("--name", metavar="NAME", help="Whom the signature names. [default: --by]")
@by_option
@store_options
def export(
    *, model: str, file: Path, key: Path | None, name: str | None, by: str, store: Path | None, as_json: bool
) -> None:
    """Write a reference into FILE, to be handed on.

    One that was learned here is signed with --key. One that came from elsewhere goes on as it came, with the signature
    of its origin.
    """
    from limen.reference import Model, ReferenceStore, pack  # noqa: PLC0415

    with explained():
        found = ReferenceStore.open(store).get(Model.parse(model))
        found = sealed(found, key, name, by)
        written(file, pack(found, standing=False))
    origin = found.origin.brief if found.origin else ""
    if as_json:
        show({"file": str(file), "model": found.name, "origin": origin})
    else:
        signed = f", signed by {origin}" if origin else ", not signed: others cannot tell where it comes from"
        click.echo(printable(f"{found.name} is in {file}{signed}"))


def sealed(found: Reference, key: Path | None, name: str | None, by: str) -> Reference:
    """The reference with a signature: its origin's, or the one that the key makes."""
    if found.origin and key:
        raise Failed(printable(f"{found.name} is signed by {found.origin.brief}: it goes on as it came."))
    writer = signer(key, name, by)
    return found.sealed(writer) if writer else found


@reference.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--trust-origin", metavar="KEY", help="Take over the status that the holder of this public key claims.")
@click.option("--unsigned", is_flag=True, help="Take a reference that nobody signed.")
@click.option("--replace", is_flag=True, help="Take the place of an earlier reference of the model.")
@store_options
def import_(
    *, file: Path, trust_origin: str | None, unsigned: bool, replace: bool, store: Path | None, as_json: bool
) -> None:
    """Bring in a reference from FILE.

    It begins on trial, whatever its origin says of it; promote it on captures of your own, or name the origin's public
    key with --trust-origin to take its status over.
    """
    from limen.reference import ReferenceStore  # noqa: PLC0415
    from limen.reference.packing import MOST_BYTES  # noqa: PLC0415
    from limen.reference.receiving import receive  # noqa: PLC0415
    from limen.reference.store import Entry  # noqa: PLC0415

    with explained():
        found = receive(read(file, MOST_BYTES), trusted=trust_origin, unsigned=unsigned, on=now())
        kept = ReferenceStore.open(store)
        if kept.has(found.model) and not replace:
            raise Failed(f"A reference of {found.name} is kept already: give --replace to put this one in its place.")
        kept.put(found)
    if as_json:
        show(_row(Entry.of(found)))
        return
    origin = f"from {found.origin.brief}" if found.origin else "unsigned"
    click.echo(printable(f"{found.name}, {origin}, is kept: {told(found.standing)}"))


@reference.command()
@click.argument("model")
@store_options
def remove(model: str, store: Path | None, as_json: bool) -> None:
    """Forget a reference."""
    from limen.reference import Model, ReferenceStore  # noqa: PLC0415

    with explained():
        named = Model.parse(model)
        ReferenceStore.open(store).remove(named)
    if as_json:
        show({"removed": named.name})
    else:
        click.echo(f"{named.name} is forgotten")


@reference.command()
@click.argument("file", type=_FILE)
def key(file: Path) -> None:
    """Make a key to sign references and signatures with; prints its public half, which others trust."""
    from limen.reference import make_key  # noqa: PLC0415

    with explained():
        click.echo(make_key(file))


reference.add_command(promote)
reference.add_command(demote)


def _row(entry: Entry) -> dict[str, Any]:
    return {"name": entry.model.name} | entry.to_json()


def _statement(found: Reference) -> dict[str, Any]:
    from limen.reference.learned import statement  # noqa: PLC0415

    return statement(found)


def _contents(found: Reference) -> list[str]:
    """What was learned of each side."""
    lines = []
    for side in sorted(found.artworks):
        artwork = found.artwork(side)
        assert artwork is not None
        lights = ["white", *(["uv"] if artwork.uv is not None else []), *(["ir"] if artwork.ir is not None else [])]
        names = ", ".join(one.name for one in artwork.regions)
        lines.append(f"{side.value:<10} {', '.join(lights)}; {len(artwork.measures)} measures")
        lines.append(f"{'regions':<10} {names}")
        lines += _features(found, side)
    return lines


def _features(found: Reference, side: Side) -> list[str]:
    """What the lights are asked on that side, by the codes of their checks."""
    features = found.features.get(side, ())
    codes = sorted({str(one.code) for one in features})
    lines = [f"{'lights':<10} {len(features)} features"] if features else []
    for code in codes:
        # Its sharpness and colour are features of their own, and named after it.
        names = dict.fromkeys(one.name.rpartition(" of the ")[2] for one in features if str(one.code) == code)
        lines.append(f"{'':<10} {code} {', '.join(names)}")
    return lines


def _rests_upon(standing: Standing) -> list[str]:
    said = []
    if standing.on:
        said.append(f"{standing.status.value} by {standing.by or 'nobody named'} on {standing.on.date()}")
    if standing.why:
        said.append(standing.why)
    return said


def _draw(found: Reference, out: Path) -> None:
    import cv2  # noqa: PLC0415

    from limen.reference.drawing import drawn  # noqa: PLC0415

    for number, side in enumerate(sorted(found.artworks, reverse=True)):
        artwork = found.artwork(side)
        assert artwork is not None
        path = out if number == 0 else out.with_name(f"{out.stem}-{side.value}{out.suffix}")
        good, data = cv2.imencode(".png", cv2.cvtColor(drawn(artwork), cv2.COLOR_RGB2BGR))
        if not good:
            raise OSError("the picture could not be encoded")
        written(path, bytes(data))

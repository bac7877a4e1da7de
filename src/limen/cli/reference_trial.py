"""`limen reference promote`: how often a reference rejects genuine documents, measured before its findings count."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.cli.exits import Exit
from limen.cli.keeping_knowledge import by_option, explained, now, show, store_options, taken, told
from limen.cli.words import printable

if TYPE_CHECKING:
    from limen.inspection import CheckResult
    from limen.reference import Reference
    from limen.reference.learning import Captured

_FAMILY = "artwork."
"""The checks that decide whether a capture is judged at all."""
_PATH = click.Path(exists=True, path_type=Path)


@dataclass(frozen=True, slots=True)
class Shown:
    """One genuine capture that was held against a reference."""

    name: str
    rejected: bool
    judged: bool
    """Whether anything could be compared at all."""
    reasons: tuple[str, ...]


@click.command()
@click.argument("model")
@click.argument(
    "paths", metavar="IMAGE|FOLDER...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@by_option
@store_options
def promote(model: str, paths: tuple[Path, ...], by: str, store: Path | None, as_json: bool) -> None:
    """Measure a reference on genuine captures that it was not learned from, and let its findings count if it may.

    It is promoted where at most 2 % of at least 20 captures are rejected. Of few captures a rate says little: 0 of 20
    leaves up to 16.8 % possible, 0 of 183 up to 2 % (95 %). The exit code is 1 where it was not promoted.
    """
    from limen.reference import Model, ReferenceStore, Standing, Status  # noqa: PLC0415
    from limen.reference.trial import HIGHEST_RATE, Trial, fresh  # noqa: PLC0415

    with explained():
        kept = ReferenceStore.open(store)
        found = kept.get(Model.parse(model))
        captures = taken(paths)
        fresh([one.files for one in captures], found.learning.files, found.name)
        results = list(measured(found, captures))
        judged = [one for one in results if one.judged]
        trial = Trial.of([one.rejected for one in judged], now(), [file for one in captures for file in one.files])
        good = trial.rate <= HIGHEST_RATE
        status = Status.PROMOTED if good else Status.EVALUATORY
        standing = Standing(status, by, now(), trial)
        kept.put_instead(found, found.with_standing(standing))
    if as_json:
        rows = [
            {"name": one.name, "rejected": one.rejected, "judged": one.judged, "reasons": one.reasons}
            for one in results
        ]
        show({"name": found.name, "standing": standing.to_json(), "captures": rows})
    else:
        for line in _told(results):
            click.echo(printable(line))
        click.echo(printable(f"{found.name}: {told(standing)}"))
        if not good:
            click.echo(f"It is not promoted: at most {HIGHEST_RATE:.0%} may be rejected.")
    click.get_current_context().exit(Exit.CLEAR if good else Exit.IRREGULAR)


@click.command()
@click.argument("model")
@by_option
@store_options
def demote(model: str, by: str, store: Path | None, as_json: bool) -> None:
    """Put a reference back on trial; what was measured of it is kept."""
    from limen.reference import Model, ReferenceStore, Status  # noqa: PLC0415

    with explained():
        kept = ReferenceStore.open(store)
        found = kept.get(Model.parse(model))
        standing = replace(found.standing, status=Status.EVALUATORY, by=by, on=now(), why="")
        kept.put_instead(found, found.with_standing(standing))
    if as_json:
        show({"name": found.name, "standing": standing.to_json()})
    else:
        click.echo(printable(f"{found.name}: {told(standing)}"))


def measured(reference: Reference, captures: Iterable[Captured]) -> Iterator[Shown]:
    """Hold captures against a reference and ask the very checks that an inspection asks."""
    from limen.inspection import Verdict  # noqa: PLC0415

    for one in captures:
        results = _results(reference, one)
        failed = [result for result in results if result.verdict is Verdict.FAILED]
        compared = (result for result in results if result.code.startswith(_FAMILY))
        judged = any(result.verdict is Verdict.SUCCESSFUL for result in compared) or bool(failed)
        told_of = failed or [result for result in results if result.verdict is Verdict.UNDETERMINED]
        yield Shown(one.name, bool(failed), judged, tuple(result.message for result in told_of))


def _results(reference: Reference, capture: Captured) -> Sequence[CheckResult]:
    from limen.inspection import Context, Evidence, PageEvidence, all_checks  # noqa: PLC0415
    from limen.vision.artwork import compare  # noqa: PLC0415

    pages = []
    for page in capture.pages:
        artwork = reference.artwork(page.side)
        if artwork is not None:
            comparison = compare(page, artwork, model=reference.name, counts=True)
            features = reference.features.get(page.side, ())
            pages.append(PageEvidence(page, comparison=comparison, features=features, features_count=True))
    context = Context.among(Evidence(pages=tuple(pages)), datetime.date.today())
    lights = {feature.code.dotted for found in reference.features.values() for feature in found}
    asked = (check.run(context) for check in all_checks() if check.code.startswith(_FAMILY) or check.code in lights)
    return [result for result in asked if result is not None]


def _told(results: Iterable[Shown]) -> Iterator[str]:
    """The captures that were rejected or could not be judged, with the reasons."""
    for one in results:
        if one.rejected or not one.judged:
            yield f"{'rejected' if one.rejected else 'not judged, not counted'}: {one.name}"
            yield from (f"  {reason}" for reason in one.reasons)

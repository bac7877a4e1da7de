"""What a check hands back, and the ways to say it.

`irregular` holds the rule that nothing is failed on account of characters that were not read surely.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from limen.icao.mrz import Span
from limen.inspection.context import Context
from limen.inspection.result import Obligation, Verdict
from limen.vision.reading import Glyph, Quad


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict of one check and what goes with it; the fields are those of `CheckResult`."""

    verdict: Verdict
    message: str
    margin: float | None = None
    where: tuple[Quad, ...] = ()
    field: str | None = None
    found: str | None = None
    expected: str | None = None
    details: tuple[str, ...] = ()
    picture: str = ""
    obligation: Obligation | None = None
    """In place of the check's own, where this one answer counts less, say by a reference on trial."""


def fine(
    message: str,
    *,
    margin: float | None = None,
    field: str | None = None,
    found: str | None = None,
    details: tuple[str, ...] = (),
) -> Outcome:
    """No objection."""
    return Outcome(Verdict.SUCCESSFUL, message, margin, field=field, found=found, details=details)


def unclear(
    message: str,
    *,
    where: tuple[Quad, ...] = (),
    field: str | None = None,
    found: str | None = None,
    expected: str | None = None,
    details: tuple[str, ...] = (),
) -> Outcome:
    """The check cannot tell."""
    return Outcome(Verdict.UNDETERMINED, message, None, where, field, found, expected, details)


def irregular(
    context: Context,
    spans: Iterable[Span],
    message: str,
    *,
    field: str | None = None,
    found: str | None = None,
    expected: str | None = None,
    details: tuple[str, ...] = (),
) -> Outcome:
    """An irregularity of the text in `spans`; undetermined where it rests on a character not read surely."""
    spans = tuple(spans)
    doubtful = context.doubtful(spans)
    details += tuple(correction(line, column, glyph) for line, column, glyph in context.glyphs(spans)
                     if glyph.corrected)  # fmt: skip
    if not doubtful:
        return Outcome(Verdict.FAILED, message, None, context.where(spans), field, found, expected, details)
    places = tuple(Span(line, column, column + 1) for line, column, _ in doubtful)
    reason = f"{message.rstrip('.')}, but {unsure(doubtful)}: compare with the document."
    return unclear(reason, where=context.where(places), field=field, found=found, expected=expected, details=details)


def unsure(doubtful: tuple[tuple[int, int, Glyph], ...], most: int = 3) -> str:
    """Say in words which characters were not read surely."""
    named = ", ".join(
        f"character {column + 1} of line {line + 1} (read as {glyph.char!r}, {glyph.confidence:.0%} sure)"
        for line, column, glyph in doubtful[:most]
    )
    more = f" and {len(doubtful) - most} more" if len(doubtful) > most else ""
    verb = "was" if len(doubtful) == 1 else "were"
    return f"{named}{more} {verb} not read surely"


def correction(line: int, column: int, glyph: Glyph) -> str:
    """Say in words what the grammar settled against the pixels."""
    return (
        f"Character {column + 1} of line {line + 1} looks like {glyph.optical!r} and was taken for "
        f"{glyph.char!r}, since its position admits no {glyph.optical!r}."
    )

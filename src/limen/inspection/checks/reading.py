"""How surely the zone was read. A reader that hides its doubts makes forgeries of its own."""

from __future__ import annotations

from limen.icao.mrz import Span
from limen.inspection.checks.digits import covered
from limen.inspection.context import DOUBTFUL, Context
from limen.inspection.outcome import Outcome, correction, fine, unclear, unsure
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.vision.reading import Glyph

AGAINST = 0.05
"""A character settled by the grammar whose confidence is below this is one that the pixels speak against."""


@check(
    code="reading.sure",
    title="Was each character read surely, or is it proved by a check digit?",
    obligation=Obligation.OPTIONAL,
    reference="TR-03135-1 v2.5, 3.5.2; Doc 9303-3, 4.9",
    undetermined=f"a character that no holding check digit covers was read with less than {DOUBTFUL:.0%}",
)
def sure(context: Context) -> Outcome:
    """Names have no check digit: a doubtful letter there may name another person."""
    doubtful = tuple(found for found in context.doubtful(_unproved(context)) if not _settled_well(found[2]))
    if not doubtful:
        return fine("Each character was read surely, or a check digit proves it.")
    places = tuple(Span(line, column, column + 1) for line, column, _ in doubtful)
    verb = "it is" if len(doubtful) == 1 else "they are"
    return unclear(
        f"{_capital(unsure(doubtful))}, and no check digit proves what {verb}: compare with the document.",
        where=context.where(places),
        found="".join(glyph.char for _, _, glyph in doubtful),
    )


@check(
    code="reading.corrected",
    title="Did the pixels favour each character as it was taken?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-3, 4.3",
    undetermined="the grammar, not the pixels, settled a character",
)
def corrected(context: Context) -> Outcome:
    """Lists what was settled under the grammar, so that nothing is mended unseen."""
    changed = [found for found in context.glyphs(_everything(context)) if found[2].corrected]
    if not changed:
        return fine("Every character is as the pixels favour it.")
    places = tuple(Span(line, column, column + 1) for line, column, _ in changed)
    count = "1 character was" if len(changed) == 1 else f"{len(changed)} characters were"
    return Outcome(
        Verdict.UNDETERMINED,
        f"{count} settled by what the position admits, against what the pixels favour.",
        where=context.where(places),
        found="".join(glyph.optical for _, _, glyph in changed),
        expected="".join(glyph.char for _, _, glyph in changed),
        details=tuple(correction(*found) for found in changed),
    )


def _settled_well(glyph: Glyph) -> bool:
    """Whether the grammar settled the character, and the pixels do not speak clearly against it."""
    return glyph.corrected and glyph.confidence >= AGAINST


def _everything(context: Context) -> tuple[Span, ...]:
    return tuple(Span(index, 0, len(line.glyphs)) for index, line in enumerate(context.zone.lines))


def _unproved(context: Context) -> tuple[Span, ...]:
    """Single positions that no holding check digit proves; all where the zone was not taken apart.

    A check digit over two doubtful characters proves neither, since one in ten pairs of errors passes it;
    those that the grammar settled, which could hardly be another, are not counted.
    """
    proved: set[tuple[int, int]] = set()
    for digit in context.parsed.check_digits if context.parsed else ():
        spans = covered(context.mrz, digit)
        open_to_error = [found for found in context.doubtful(spans) if not found[2].corrected]
        if digit.ok and len(open_to_error) <= 1:
            proved |= {(span.line, column) for span in spans for column in range(span.start, span.end)}
    return tuple(
        Span(span.line, column, column + 1)
        for span in _everything(context)
        for column in range(span.start, span.end)
        if (span.line, column) not in proved
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Where the print stands: Doc 9303-3, 4.4 (pitch of 2.54 mm) and 4.11 (skew), and parts 4 to 7 (lines).

Measured on the centres that the reader gives for each character, perspective and a bent page taken out (see
`print_fit`). The millimetres of a page are not known from a zone alone, so only what holds without them is
judged: ratios, evenness, and the lines against each other. Until the edges of the page are read, too,
`print.position` says that they were not seen.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from limen.icao.mrz import Format, Span
from limen.inspection.checks.typeface import too_coarse
from limen.inspection.context import CannotTell, Context, NotSupported
from limen.inspection.outcome import Outcome, fine, unclear, unsure
from limen.inspection.print_fit import PITCH_MM, GapFit, LineFit, fit_gap, fit_line
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict

LEAST_PITCH_PX = 5.0
"""Pixels between neighbouring characters: below this their places are not known well enough."""
UNEVEN_FROM = 0.15
"""Root mean square offset of a line's characters from their even places, in pitches. Measured on print in place,
down to 5.5 pixels a character: 0.03 to 0.08, which is the reader's own grain."""
ASTRAY_FROM = 0.30
"""Offset of a single character, in pitches. Measured on print in place: at most 0.20."""
RAGGED_FROM = 0.15
"""Root mean square offset across the line, in pitches."""
UNMEASURED_BELOW = 0.002
"""Below this root mean square the reader has put the characters on a smooth curve and not measured their height."""
SKEW_DEG = 3.0
"""Limit of Doc 9303-3, 4.11; there it is measured from the edge of the document."""
"""Measured on parallel lines: at most 0.6 degrees, and 1.2 where the reader placed a line badly."""
LINE_PITCH_MM = {Format.TD1: 4.23}
TWO_LINES_MM = 6.35
"""Distance of the lines' centres: figures of parts 4 (3), 5 (6), 6 (6) and 7 (3 and 8)."""
RATIO_SURE = 0.20
"""Relative deviation of the line distance that is none. Measured: 0.90 to 1.13 of the set distance on generated
captures, 0.93 to 1.13 on public pictures of documents, 0.84 on one taken at an angle."""
RATIO_TILT = 0.40
"""Deviation that a tilted camera can still explain (53 degrees)."""


@check(
    code="print.character_spacing",
    title="Do the characters of each line stand evenly apart?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-3, 4.4",
    undetermined=f"a single character stands off its place by {ASTRAY_FROM:.0%} of a pitch or more, which may be "
    "the reader's fault; characters of an uneven line were not read surely; or the characters stand less than "
    f"{LEAST_PITCH_PX:.0f} pixels apart in the image",
)
def character_spacing(context: Context) -> Outcome:
    """Print of even width: a proportional typeface, or characters set in afterwards, stand unevenly."""
    worst = _worst(context, "spacing", lambda fit: fit.unevenness)
    astray = _worst(context, "spacing", lambda fit: fit.farthest)
    if worst[0] <= UNEVEN_FROM and astray[0] > ASTRAY_FROM:
        return _astray(context, astray[1])
    return _limited(context, worst, UNEVEN_FROM, ("evenly apart", "unevenly apart"))


@check(
    code="print.alignment",
    title="Do the characters of each line stand on one line?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-3, 4.11",
    undetermined="the reader has not measured how high each character stands (today's never does), or the "
    f"characters stand less than {LEAST_PITCH_PX:.0f} pixels apart in the image",
)
def alignment(context: Context) -> Outcome:
    """Characters that were set in afterwards seldom meet the line; a bent page is no fault. Evaluatory as long
    as the reader does not measure each character's height."""
    worst = _worst(context, "alignment", lambda fit: fit.raggedness)
    if worst[0] < UNMEASURED_BELOW:
        raise CannotTell("How high each character stands was not measured: it was taken to be on its line.")
    return _limited(context, worst, RAGGED_FROM, ("on one line", "above and below their line"))


@check(
    code="print.skew",
    title="Are the lines parallel?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-3, 4.11",
    undetermined=f"the characters stand less than {LEAST_PITCH_PX:.0f} pixels apart in the image",
)
def skew(context: Context) -> Outcome:
    """The limit is set against the document's edge; here the lines are held against each other."""
    gaps = _gaps(context, "skew")
    worst = max(abs(gap.wedge_deg) for gap in gaps)
    margin = max(-1.0, 1 - worst / SKEW_DEG)
    found = f"{worst:.1f} degrees"
    if worst <= SKEW_DEG:
        details = ("Their angle to the edge of the document was not measured.",)
        return fine("The lines are parallel.", margin=margin, found=found, details=details)
    return Outcome(
        Verdict.FAILED,
        f"The lines stand at an angle of {worst:.1f} degrees to each other.",
        margin,
        (context.zone.quad,),
        found=found,
        expected=f"at most {SKEW_DEG:.0f} degrees",
    )


@check(
    code="print.line_spacing",
    title="Do the lines stand as far apart as the format sets?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-3, 4.11; figures of 9303-4 (3), -5 (6), -6 (6) and -7 (3 and 8)",
    undetermined=f"the distance is off by {RATIO_SURE:.0%} to {RATIO_TILT:.0%}, as on a tilted picture; or "
    f"the characters stand less than {LEAST_PITCH_PX:.0f} pixels apart in the image",
)
def line_spacing(context: Context) -> Outcome:
    """Against the pitch of the characters, for the page's size is not known. Tilt changes the ratio."""
    proper = _line_pitches(context)
    ratios = [gap.ratio / proper for gap in _gaps(context, "line spacing")]
    worst = max(ratios, key=lambda ratio: abs(ratio - 1))
    off = abs(worst - 1)
    found = f"{worst * proper * PITCH_MM:.2f} mm, were the characters {PITCH_MM} mm apart"
    expected = f"{proper * PITCH_MM:.2f} mm"
    if off <= RATIO_SURE:
        return fine("The lines stand as far apart as the format sets.", margin=1 - off / RATIO_TILT, found=found)
    if off <= RATIO_TILT:
        return unclear(
            f"The lines seem to stand {worst:.0%} of the set distance apart, which may be the angle of the "
            "camera: take the picture from straight above.",
            where=(context.zone.quad,),
            found=found,
            expected=expected,
        )
    return Outcome(
        Verdict.FAILED,
        f"The lines stand {worst:.0%} of the set distance apart, for characters of this width.",
        max(-1.0, 1 - off / RATIO_TILT),
        (context.zone.quad,),
        found=found,
        expected=expected,
    )


@check(
    code="print.position",
    title="Does the zone stand where its format puts it on the page?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-4, 4.2.1.3; 9303-5 and -6, 4.2.1; 9303-7, 4.2.1.3 and 7.2.1.3",
    undetermined="always, until the edges of the page are read with the zone",
)
def position(context: Context) -> Outcome:
    """Evaluatory as long as it cannot tell, so that it does not turn every document undetermined."""
    return unclear(
        "Where the zone stands on the page was not judged: the edges of the page were not measured.",
        where=(context.zone.quad,),
    )


def _resolved(context: Context, what: str) -> None:
    """Raise `CannotTell` where the picture is too coarse to measure where characters stand."""
    zone = context.zone
    if zone.pitch_px < LEAST_PITCH_PX:
        raise CannotTell(too_coarse(what, zone.pitch_px, LEAST_PITCH_PX), (zone.quad,))


def _worst(context: Context, what: str, figure: Callable[[LineFit], float]) -> tuple[float, int]:
    """The largest figure of all lines, and the line's index."""
    _resolved(context, what)
    fits = [(fit_line(line), index) for index, line in enumerate(context.zone.lines)]
    figures = [(figure(fit), index) for fit, index in fits if fit is not None]
    if not figures:
        raise NotSupported("No line is long enough to judge how its characters stand.")
    return max(figures)


def _limited(context: Context, worst: tuple[float, int], limit: float, words: tuple[str, str]) -> Outcome:
    """Judge an offset in pitches against its limit; `words` for a pass and a failure."""
    offset, index = worst
    margin = max(-1.0, 1 - offset / limit)
    found = f"{offset:.2f} of the distance of two characters"
    if offset <= limit:
        return fine(f"The characters stand {words[0]}.", margin=margin, found=found)
    doubtful = context.doubtful([Span(index, 0, len(context.zone.lines[index].glyphs))])
    if doubtful:
        # A character read wrong is also put in the wrong place.
        return unclear(
            f"The characters of line {index + 1} seem to stand {words[1]}, but {unsure(doubtful)}.",
            where=(context.zone.lines[index].quad,),
            found=found,
        )
    return Outcome(
        Verdict.FAILED,
        f"The characters of line {index + 1} stand {words[1]}: look whether some were set in afterwards, or "
        "whether the typeface has characters of unequal width.",
        margin,
        (context.zone.lines[index].quad,),
        found=found,
        expected=f"at most {limit:.2f}",
    )


def _astray(context: Context, index: int) -> Outcome:
    """One character off its place: it may have been set in afterwards, or the reader placed it badly."""
    line = context.zone.lines[index]
    fit = fit_line(line)
    column = 0 if fit is None else fit.farthest_at
    return unclear(
        f"Character {column + 1} of line {index + 1} ({line.glyphs[column].char!r}) stands off its place: look "
        "whether it was set in afterwards.",
        where=(line.glyphs[column].quad,),
        found=line.glyphs[column].char,
    )


def _gaps(context: Context, what: str) -> list[GapFit]:
    """The gaps between neighbouring lines of the same length."""
    proper = _line_pitches(context)
    _resolved(context, what)
    fits = [fit_line(line) for line in context.zone.lines]
    gaps = [fit_gap(upper, lower, proper) for upper, lower in pairwise(fits) if upper is not None and lower is not None]
    if not gaps:
        raise NotSupported("There are no two lines long enough to hold against each other.")
    return gaps


def _line_pitches(context: Context) -> float:
    """The proper distance of lines in pitches; `NotSupported` for layouts outside Doc 9303."""
    layout = context.mrz.layout
    if layout.format is Format.OTHER:
        raise NotSupported(f"How far apart the lines of {layout.name} stand is not on record.")
    return LINE_PITCH_MM.get(layout.format, TWO_LINES_MM) / PITCH_MM

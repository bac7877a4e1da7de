"""Is the zone printed in OCR-B (Doc 9303-3, 4.4)? Another typeface is a classic sign of a counterfeit."""

from __future__ import annotations

from limen.inspection.context import Context
from limen.inspection.outcome import Outcome, fine, unclear
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict

OTHER_BELOW = 0.2
"""`ZoneReading.ocrb` below this is another typeface."""
OCRB_FROM = 0.5
"""From this on it is OCR-B; between the two nothing is said.

Measured: OCR-B 0.64 to 1.00 on 160 generated captures in three cuts, 0.54 to 1.00 on 58 public specimen pictures;
DejaVu Sans Mono, Liberation Mono, Free Mono, Courier Prime and a proportional sans 0.00 to 0.15 on 125 captures;
OCR-A, whose letters resemble OCR-B's, 0.17 to 0.49 on 15."""
LEAST_PITCH_PX = 5.0
"""Pixels between neighbouring characters: below this the strokes of a typeface are not resolved. The figures
above hold down to 5.5."""


@check(
    code="print.typeface",
    title="Is the zone printed in OCR-B?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.2 and 4.4; ISO 1073-2",
    undetermined=f"the typeface is rated between {OTHER_BELOW} and {OCRB_FROM}, or the characters stand less "
    f"than {LEAST_PITCH_PX:.0f} pixels apart",
)
def typeface(context: Context) -> Outcome:
    """The reader's own rating, from 0 (another typeface) to 1; the margin is its distance from failing."""
    zone = context.zone
    if zone.pitch_px < LEAST_PITCH_PX:
        return unclear(too_coarse("typeface", zone.pitch_px, LEAST_PITCH_PX), where=(zone.quad,))
    rating = f"{zone.ocrb:.2f}"
    margin = _margin(zone.ocrb)
    if zone.ocrb >= OCRB_FROM:
        return fine("The zone is printed in OCR-B.", margin=margin, found=rating)
    if zone.ocrb >= OTHER_BELOW:
        return unclear(
            "The typeface may be OCR-B or another one: compare it with a specimen under a magnifier.",
            where=(zone.quad,),
            found=rating,
        )
    message = "The zone is printed in another typeface than OCR-B, the only one that is admitted."
    return Outcome(Verdict.FAILED, message, margin, (zone.quad,), found=rating, expected=f"at least {OTHER_BELOW}")


def too_coarse(what: str, pitch: float, least: float) -> str:
    """The sentence for a picture that does not resolve what is asked."""
    return (
        f"The picture is too coarse to judge the {what}: characters stand {pitch:.1f} pixels apart, "
        f"{least:.0f} are needed. Take it from nearer, or scan with more dots per inch."
    )


def _margin(rating: float) -> float:
    """0 at the threshold of failing, 1 and -1 at the ends of the scale."""
    if rating >= OTHER_BELOW:
        return min(1.0, (rating - OTHER_BELOW) / (1 - OTHER_BELOW))
    return max(-1.0, (rating - OTHER_BELOW) / OTHER_BELOW)

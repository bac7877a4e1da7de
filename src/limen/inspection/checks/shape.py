"""Is there a machine readable zone, and which of the formats of Doc 9303 parts 4 to 7 is it?"""

from __future__ import annotations

from limen.icao.mrz import Format
from limen.inspection.context import Context, NothingToCheck
from limen.inspection.outcome import Outcome, fine, unclear
from limen.inspection.registry import check
from limen.inspection.result import Obligation


@check(
    code="mrz.found",
    title="Does the image show a machine readable zone?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.2",
    undetermined="the image shows no zone",
)
def found(context: Context) -> Outcome:
    """A picture without a zone says nothing of the document: undetermined, with what to do."""
    if not context.evidence.pictured:
        raise NothingToCheck("no picture")
    if context.reading is None:
        return unclear(
            "No machine readable zone was found: show the whole lower part of the data page, or the side of "
            "the card with the lines of capital letters and <, in focus and without glare."
        )
    count = len(context.reading.lines)
    return fine(f"A machine readable zone of {count} lines was found.")


@check(
    code="mrz.format",
    title="Is the zone in a known format?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.10; 9303-4 to -7, 4.2.2",
    undetermined="the lines fit no known format: a wrong count of characters is more often a poor picture "
    "than a poor document",
)
def known_format(context: Context) -> Outcome:
    """The number of lines and of characters decides, and the beginning."""
    zone = context.zone
    if context.parsed is None:
        lengths = " and ".join(str(len(line.glyphs)) for line in zone.lines)
        return unclear(
            f"The lines were read with {lengths} characters, which fits no known format: take the picture "
            "again, and count the characters on the document.",
            where=(zone.quad,),
            found=lengths,
            expected="3 lines of 30, or 2 lines of 36 or 44",
            details=(context.shape_error,) if context.shape_error else (),
        )
    layout = context.parsed.layout
    if layout.format is Format.OTHER:
        details = (f"A national layout outside Doc 9303-4 to -7 ({layout.reference}).",)
        return fine(f"The zone is laid out as {layout.name}.", found=layout.name, details=details)
    return fine(f"The zone has the format {layout.name}.", found=layout.name)

"""Whether the portraits on page and chip, the ghost image and the live face show one person.

Doc 9303-3, 3.9 and 9303-10, 4.7.2 say where portraits are; BSI TR-03135-1 v2.5, 5.7.6 holds the chip's portrait against
the printed one, and leaves the bearer to TR-03121. A distance between two faces means something only with the rates at
which it errs, so each message says them. The officer decides: a comparison refers a bearer to a person, and never says
who somebody is.
"""

from __future__ import annotations

from limen.inspection.context import CannotTell, Context, NothingToCheck, NotSupported
from limen.inspection.outcome import Outcome, fine, unclear
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.vision.face import Bands, FaceReading, Found, Meaning, Place, pair_of, similarity
from limen.vision.page import PX_PER_MM, Page
from limen.vision.reading import Quad

_WORDS = {
    Place.LIVE: "the live face",
    Place.PRINTED: "the printed portrait",
    Place.GHOST: "the ghost image",
    Place.CHIP: "the chip's portrait",
    Place.PASSPORT: "the passport's portrait",
}
_DO = "refer to second line, compare the faces yourself and ask for another capture"
_BETWEEN = (
    "the distance lies between the two thresholds, the faces differ but one is badly printed, or nobody measured the "
    "network"
)


@check(
    code="bearer.face.live",
    title="Does the live picture show one face?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 3.9; ISO/IEC 29794-5",
    undetermined="it shows no face, or several of like size",
)
def live(context: Context) -> Outcome:
    """Nobody, or two people, is an outcome of its own and no objection to the bearer."""
    return _one_face(_reading(context, Place.LIVE))


@check(
    code="bearer.face.printed",
    title="Is a face found where the portrait should be?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-3, 3.9; 9303-4 to -7, zone V",
    undetermined="none is found, as in poor print; it never counts where the chip's portrait is there",
)
def printed(context: Context) -> Outcome:
    """A poor print hides a face from the finder, and not from a person."""
    reading = _reading(context, Place.PRINTED)
    if reading.found is Found.NONE and context.front.page.format.value.startswith("MRV"):
        raise NotSupported("No portrait was found on the visa, and a visa may have none.")
    outcome = _one_face(reading)
    on_chip = context.evidence.face(Place.CHIP)
    if outcome.verdict is Verdict.UNDETERMINED and on_chip is not None and on_chip.found is Found.ONE:
        return Outcome(outcome.verdict, outcome.message, obligation=Obligation.EVALUATORY)
    return outcome


@check(
    code="bearer.face.chip",
    title="Does the chip's portrait show one face?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-10, 4.7.2; ISO/IEC 39794-5",
    undetermined="no face is found in it, or several",
)
def on_chip(context: Context) -> Outcome:
    """The chip's portrait is the first that a bearer is compared with."""
    return _one_face(_reading(context, Place.CHIP))


@check(
    code="bearer.live_chip",
    title="Is the live face that of the chip's portrait?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-9, 4; BSI TR-03121; ISO/IEC 19795-1",
    undetermined=_BETWEEN,
)
def live_chip(context: Context) -> Outcome:
    """The comparison that decides most: neither picture is a print."""
    return _compared(context, Place.LIVE, Place.CHIP)


@check(
    code="bearer.live_printed",
    title="Is the live face that of the printed portrait?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-9, 4; BSI TR-03121; ISO/IEC 19795-1",
    undetermined=f"{_BETWEEN}; it never counts where the chip's portrait could be compared",
)
def live_printed(context: Context) -> Outcome:
    """Print costs likeness: further evidence beside the chip, the only one without."""
    outcome = _compared(context, Place.LIVE, Place.PRINTED)
    chip = context.evidence.face(Place.CHIP)
    if chip is None or chip.template is None:
        return outcome
    return Outcome(
        outcome.verdict,
        outcome.message,
        outcome.margin,
        outcome.where,
        found=outcome.found,
        expected=outcome.expected,
        details=outcome.details,
        picture=outcome.picture,
        obligation=Obligation.EVALUATORY,
    )


@check(
    code="bearer.chip_printed",
    title="Do the chip and the page show the same person?",
    obligation=Obligation.OPTIONAL,
    reference="TR-03135-1 v2.5, 5.7.6; Doc 9303-3, 3.9; 9303-10, 4.7.2",
    undetermined=_BETWEEN,
)
def chip_printed(context: Context) -> Outcome:
    """A replaced photograph leaves the chip's portrait as it was."""
    return _compared(context, Place.CHIP, Place.PRINTED)


@check(
    code="bearer.printed_ghost",
    title="Do the portrait and the ghost image show the same person?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-2, A.7 and C.19",
    undetermined=_BETWEEN,
)
def printed_ghost(context: Context) -> Outcome:
    """A replaced photograph often leaves the ghost image; but that is small, and many are not comparable."""
    return _compared(context, Place.PRINTED, Place.GHOST)


@check(
    code="bearer.visa_passport",
    title="Do the visa and the passport show the same person?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-7, 3 and 4, zone V",
    undetermined=_BETWEEN,
)
def visa_passport(context: Context) -> Outcome:
    """Both are prints, and of different photographs."""
    return _compared(context, Place.PRINTED, Place.PASSPORT)


def _reading(context: Context, place: Place) -> FaceReading:
    reading = context.evidence.face(place)
    if reading is None:
        raise NothingToCheck(f"no picture of {_WORDS[place]}")
    return reading


def _one_face(reading: FaceReading) -> Outcome:
    words = _WORDS[reading.place]
    if reading.found is Found.ONE:
        return fine(f"One face was found: {words}.", details=(reading.note,) if reading.note else ())
    return unclear(f"{words[0].upper()}{words[1:]} cannot be compared: {_inner(reading.note)}")


def _inner(note: str) -> str:
    """A note as the second half of a sentence."""
    note = note or "there is not one face alone."
    return note[:1].lower() + note[1:]


def _compared(context: Context, one: Place, other: Place) -> Outcome:
    """The distance of two faces and its meaning; not asked where either is missing, as the face checks tell."""
    first, second = _reading(context, one), _reading(context, other)
    if first.template is None or second.template is None:
        raise NothingToCheck("not one face in each picture")
    distance = similarity(first.template, second.template)
    bands = first.bands.get(pair_of(one, other))
    both = f"{_WORDS[one][0].upper()}{_WORDS[one][1:]} and {_WORDS[other]}"
    if bands is None:
        raise CannotTell(
            f"{both} are {distance:.2f} apart, and nobody measured what that means for this network: "
            "run `limen face calibrate`."
        )
    where, picture = _where(context, first, second)
    verdict, message = _told(bands, distance, both)
    if verdict is Verdict.FAILED and not all(reading.face is None or reading.face.clear for reading in (first, second)):
        verdict = Verdict.UNDETERMINED
        message = f"{both} are not alike, but one of them is too badly printed to tell: compare them yourself."
    return Outcome(
        verdict,
        message,
        bands.margin(distance),
        where if verdict is not Verdict.SUCCESSFUL else (),
        found=f"{distance:.3f}",
        expected=f"at most {bands.match:.3f}",
        details=(_rates(bands),),
        picture=picture,
    )


def _told(bands: Bands, distance: float, both: str) -> tuple[Verdict, str]:
    meaning = bands.meaning(distance)
    if meaning is Meaning.MATCH:
        return Verdict.SUCCESSFUL, f"{both} are alike: {_passes(bands.false_match.value)} would pass as well."
    if meaning is Meaning.REVIEW:
        passes = _passes(bands.review_false_match.value)
        return Verdict.UNDETERMINED, f"{both} may be of one person, but {passes} come as near: compare them yourself."
    missed = _passes(bands.review_false_non_match.value, "bearer")
    return Verdict.FAILED, f"{both} are not alike, which happens to {missed}: {_DO}."


def _passes(share: float, whom: str = "stranger") -> str:
    """A share as "1 of 1,000 strangers", with two digits."""
    if share <= 0:
        return f"hardly any {whom}"
    one_in = 1 / share
    digits = max(0, len(str(round(one_in))) - 2)
    return f"1 of {max(2, round(round(one_in, -digits))):,} {whom}s"


def _rates(bands: Bands) -> str:
    return (
        f"Match up to {bands.match:.3f}: false match rate {bands.false_match}, false non-match rate "
        f"{bands.false_non_match}. No match above {bands.review:.3f}: {bands.review_false_match} and "
        f"{bands.review_false_non_match}. Measured on {bands.measured_on}."
    )


def _where(context: Context, *readings: FaceReading) -> tuple[tuple[Quad, ...], str]:
    """The places of the faces that lie on the page, in pixels of its picture."""
    on_page = [r for r in readings if r.place in {Place.PRINTED, Place.GHOST} and r.face is not None]
    if not on_page:
        return (), ""
    front = context.front
    return tuple(_on_picture(front.page, r.face.quad) for r in on_page if r.face), front.picture


def _on_picture(page: Page, quad: Quad) -> Quad:
    """A quadrilateral of the sheet in pixels of the image as given, as an upright rectangle on the page."""
    xs, ys = [x / PX_PER_MM for x, _ in quad], [y / PX_PER_MM for _, y in quad]
    return page.quad((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))

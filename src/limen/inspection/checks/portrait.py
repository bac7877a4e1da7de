"""How well the pictures of the bearer show a face, and whether the live one shows a person (ISO/IEC 29794-5:2025).

A live picture that hampers the comparison is taken again; nobody is refused for it. What Doc 9303-3, 3.9.1 and
ISO/IEC 39794-5 want of a portrait is told for the log: issuers accept many that depart from it.
"""

from __future__ import annotations

from limen.inspection.context import Context, NothingToCheck
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.vision.face import FaceReading, Meaning, Place, PortraitQuality, pair_of, similarity
from limen.vision.face.advice import departures
from limen.vision.face.presentation import SUSPECT

_WANTED = "Doc 9303-3, 3.9.1; ISO/IEC 39794-5, D.1; ISO/IEC 29794-5"


@check(
    code="portrait.live_quality",
    title="Is the live picture good enough to be compared?",
    obligation=Obligation.OPTIONAL,
    reference="ISO/IEC 29794-5",
    undetermined="it is not, and says what to do; it never counts where the face matched all the same",
)
def live_quality(context: Context) -> Outcome:
    """Advice for the next picture; it never fails."""
    quality = _quality(context, Place.LIVE)
    if not quality.advice:
        return fine("The live picture is good enough to be compared.", details=_measures(quality))
    first = quality.advice[0]
    return Outcome(
        Verdict.UNDETERMINED,
        f"Take the live picture again; {first[0].lower()}{first[1:]}",
        details=(*quality.advice[1:], *_measures(quality)),
        obligation=Obligation.EVALUATORY if _matched(context) else None,
    )


@check(
    code="portrait.printed_quality",
    title="Is the printed portrait one as Doc 9303 wants it?",
    obligation=Obligation.EVALUATORY,
    reference=_WANTED,
)
def printed_quality(context: Context) -> Outcome:
    """A note for the log: pose, eyes, mouth and light, as far as print shows them."""
    return _as_wanted(_quality(context, Place.PRINTED), "printed portrait")


@check(
    code="portrait.chip_quality",
    title="Is the chip's portrait one as Doc 9303 wants it?",
    obligation=Obligation.EVALUATORY,
    reference=_WANTED,
)
def chip_quality(context: Context) -> Outcome:
    """A note for the log; the chip's picture is the portrait alone, so that frame and background are measured, too."""
    return _as_wanted(_quality(context, Place.CHIP), "chip's portrait")


@check(
    code="portrait.presentation",
    title="Does the live picture show a person, and no screen or print?",
    obligation=Obligation.EVALUATORY,
    reference="ISO/IEC 30107-1; BSI TR-03121",
)
def presentation(context: Context) -> Outcome:
    """A hint that was measured on simulations alone, and never counts."""
    hint = _reading(context, Place.LIVE).screen_or_paper
    if hint is None:
        raise NothingToCheck("the live face is too small to tell")
    margin = (SUSPECT - hint) / (SUSPECT if hint < SUSPECT else 1 - SUSPECT)
    found, expected = f"{hint:.2f}", f"below {SUSPECT:.2f}"
    if hint < SUSPECT:
        verdict, message = Verdict.SUCCESSFUL, "Nothing in the live picture speaks for a screen or a print."
    else:
        verdict, message = Verdict.FAILED, "The live picture may show a screen or a print: look at the person."
    return Outcome(verdict, message, margin, found=found, expected=expected)


def _reading(context: Context, place: Place) -> FaceReading:
    reading = context.evidence.face(place)
    if reading is None:
        raise NothingToCheck("no such picture")
    return reading


def _quality(context: Context, place: Place) -> PortraitQuality:
    quality = _reading(context, place).quality
    if quality is None:
        raise NothingToCheck("no face was measured")
    return quality


def _as_wanted(quality: PortraitQuality, words: str) -> Outcome:
    found = departures(quality)
    if not found:
        return fine(f"The {words} departs in nothing that is measured.", details=_measures(quality))
    message = f"The {words} is not as Doc 9303 wants it: {'; '.join(found)}."
    return Outcome(Verdict.FAILED, message, details=_measures(quality))


def _measures(quality: PortraitQuality) -> tuple[str, ...]:
    return (
        f"Yaw {quality.yaw_deg:.0f}, pitch {quality.pitch_deg:.0f}, roll {quality.roll_deg:.0f} degrees; eyes "
        f"{quality.eye_distance_px:.0f} pixels apart; light {quality.exposure:.2f}, evenness {quality.even_light:.2f}, "
        f"sharpness {quality.sharpness:.1f}.",
    )


def _matched(context: Context) -> bool:
    """Whether the live face is already known to be that of the chip's portrait or, without one, of the printed one."""
    live = _reading(context, Place.LIVE)
    for place in (Place.CHIP, Place.PRINTED):
        other = context.evidence.face(place)
        bands = live.bands.get(pair_of(Place.LIVE, place))
        if other is None or other.template is None or live.template is None or bands is None:
            continue
        return bands.meaning(similarity(live.template, other.template)) is Meaning.MATCH
    return False

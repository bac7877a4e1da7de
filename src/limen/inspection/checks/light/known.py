"""What the features of a known model say of a page (TR-03135-1 v2.5, 5.5.4.2; Doc 9303-2, Appendix C)."""

from __future__ import annotations

from typing import Final

from limen.inspection.checks.light.seen import Seen, require_infrared, require_ultraviolet
from limen.inspection.context import CannotTell, Context
from limen.inspection.gate import require
from limen.inspection.outcome import Outcome
from limen.inspection.result import Obligation, Verdict
from limen.vision.light import Light
from limen.vision.lighting import LightCode, LightFeature, Looked, Property, Quantity, deviation

DOUBT: Final = 0.15
"""Tolerances beyond the threshold within which a feature is undetermined instead of failed."""

_WRONG: Final = {
    Property.ABSORBENT: "is fainter {light} than on genuine documents of this model",
    Property.BRIGHT: "shines more {light} than on genuine documents of this model",
    Property.FREQUENCY: "has a pattern of another fineness {light} than on genuine documents of this model",
    Property.LUMINESCENT: "does not shine {light} as on genuine documents of this model",
    Property.TRANSLUCENT: "does not show through {light} as on genuine documents of this model",
    Property.TRANSPARENT: "is seen {light}, and vanishes on genuine documents of this model",
}
_MANNERS: Final = (Quantity.HUE, Quantity.SATURATION, Quantity.EDGE)
"""What tells how a thing shines, not whether."""
_DIFFERS: Final = "is {light} another than on genuine documents of this model"


def features_of(context: Context, code: LightCode) -> tuple[tuple[Seen, tuple[LightFeature, ...]], ...]:
    """The sides that were captured under the code's light, each with its features of that code, where it has any."""
    found = (
        (Seen(one, one.page.sheets[code.light]), tuple(feature for feature in one.features if feature.code == code))
        for one in context.evidence.pages
        if code.light in one.page.sheets
    )
    return tuple((seen, features) for seen, features in found if features)


def counts(context: Context, code: LightCode) -> bool:
    """Whether the findings by its features count."""
    return any(seen.evidence.features_count for seen, _ in features_of(context, code))


def asked(context: Context, code: LightCode) -> bool:
    """Whether the model has a feature with that code, captured or not."""
    return any(feature.code == code for one in context.evidence.pages for feature in one.features)


def judge(context: Context, code: LightCode) -> Outcome:
    """The worst of the model's features with that code; those that cannot be judged are left out."""
    judged, doubts = [], []
    for seen, features in features_of(context, code):
        _require(seen)
        for feature in features:
            try:
                judged.append((*_off(seen, feature), seen, feature))
            except CannotTell as doubt:
                doubts.append(doubt)
    if not judged:
        raise doubts[0]
    off, figure, seen, feature = max(judged, key=lambda one: one[0])
    obligation = Obligation.OPTIONAL if seen.evidence.features_count else Obligation.EVALUATORY
    found = f"{feature.quantity} {figure:.2f}"
    expected = f"{feature.expected:.2f}, within {feature.tolerance:.2f}"
    if off <= 1:
        verdict, message = Verdict.SUCCESSFUL, f"The {feature.name} is as on genuine documents of this model."
    elif off <= 1 + DOUBT:
        verdict = Verdict.UNDETERMINED
        message = f"The {feature.name} may differ {code.lit} from documents of this model: compare them by eye."
    else:
        wrong = _DIFFERS if feature.quantity in _MANNERS else _WRONG[code.optical]
        verdict, message = Verdict.FAILED, f"The {feature.name} {wrong.format(light=code.lit)}."
    return seen.outcome(verdict, message, 1 - off, feature.rect, found=found, expected=expected, obligation=obligation)


def _require(seen: Seen) -> None:
    """Raise `CannotTell` where the image is not of its light."""
    if seen.sheet.light is Light.IR:
        require_infrared(seen)
    elif seen.sheet.light is Light.UV:
        require_ultraviolet(seen)


def _off(seen: Seen, feature: LightFeature) -> tuple[float, float]:
    """How far off it is in tolerances, and its figure."""
    require(seen.page, feature.rect, what=f"the {feature.name}")
    place = seen.once(f"{feature.rect}", lambda: Looked(seen.sheet, feature.rect, seen.page.white, paper=seen.paper))
    off, figure = deviation(feature, place), place.figure(feature.quantity)
    if off is None or figure is None:
        raise CannotTell(f"The {feature.name} is too faint to be judged: take a sharper picture in more even light.")
    return off, figure

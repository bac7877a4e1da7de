"""A signature from what an examiner marks on captures of a press's documents, held against genuine ones.

A mark's bounds are set between what the press's documents and what genuine documents show, and a mark by which the two
cannot be told apart is refused. Without genuine captures the bounds are set by rule, and the signature stays on trial
until it was measured on some.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from limen.reference.errors import RefusedError
from limen.reference.learned import Learning
from limen.reference.signatures.marks import Grey, Mark, Place, fits_page
from limen.reference.signatures.matching import held
from limen.reference.signatures.measuring import REACH_MM, flat, grey_of, likeness, value_at
from limen.reference.signatures.model import Counted, Marking, Signature, checked_name
from limen.reference.signatures.scope import Scope
from limen.vision.lighting import Quantity, has_zone, zone_rect
from limen.vision.page import Page, Rect, Side
from limen.vision.press import Likeness

UNMEASURED_LIKENESS: Final = 0.75
"""What a picture must be like where no genuine capture says what is too low."""
LEAST_GAP: Final = 0.1
"""By how much the press's documents must be more like a picture than genuine ones are."""
WIDENED: Final = 0.25
"""Share of a figure by which its bounds are widened where no genuine capture limits them."""
_LEAST_WIDENED: Final = 0.05
_FULL_CIRCLE = 360.0


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a signature but what is measured."""

    name: str
    scope: Scope
    side: Side
    places: tuple[Place, ...]
    needed: int
    advice: str = ""
    source: str = ""
    marking: Marking = Marking.AMBER


def make(plan: Plan, press: Sequence[Page], genuine: Sequence[Page], learning: Learning) -> Signature:
    """Measure the marks and set their bounds. Raises RefusedError with a sentence for what would not do."""
    checked_name(plan.name)
    if not press:
        raise RefusedError("No capture of the press's documents was given: give at least one.")
    if not 1 <= plan.needed <= len(plan.places):
        raise RefusedError(f"{plan.needed} marks cannot be needed of {len(plan.places)}.")
    for page in (*press, *genuine):
        if page.format is not plan.scope.format or page.side is not plan.side:
            raise RefusedError(
                f"A capture shows the {page.side} of {page.format}, the signature is of the {plan.side} of "
                f"{plan.scope.format}."
            )
    marks = tuple(_mark(place, press, genuine) for place in plan.places)
    signature = Signature(
        plan.name,
        plan.scope,
        plan.side,
        marks,
        plan.needed,
        plan.advice,
        plan.source,
        plan.marking,
        learning,
        Counted(0, 0),
        Counted(0, 0),
    )
    signature = replace(signature, press=counted(signature, press), genuine=counted(signature, genuine))
    if signature.genuine.hits:
        raise RefusedError(
            f"The marks are met by {signature.genuine.hits} of {signature.genuine.captures} genuine captures: mark "
            "something else, or ask for more of the marks."
        )
    if not signature.press.hits:
        raise RefusedError("Not even the captures of the press show as many marks as are needed.")
    return signature


def counted(signature: Signature, pages: Sequence[Page]) -> Counted:
    """How many of the pages are hit."""
    return Counted(len(pages), sum(held(page, signature).likeness is Likeness.HIT for page in pages))


def _mark(place: Place, press: Sequence[Page], genuine: Sequence[Page]) -> Mark:
    if not fits_page(place.rect, press[0].size_mm):
        raise RefusedError(f"The mark {place.region!r} lies off the page or is too small or too large (1 to 60 mm).")
    return _picture_mark(place, press, genuine) if place.quantity is None else _figure_mark(place, press, genuine)


def _picture_mark(place: Place, press: Sequence[Page], genuine: Sequence[Page]) -> Mark:
    _no_bearer(place, press[0])
    shown = [page for page in press if place.light in page.sheets]
    if not shown:
        raise RefusedError(f"No capture shows {place.region!r} under {place.light.value} light.")
    picture = _picture(place, shown)
    if flat(picture):
        raise RefusedError(f"There is nothing to be recognised by in {place.region!r}: mark a place with print.")
    likes = [_left_out(place, shown, index) for index in range(len(shown))] if len(shown) > 1 else [1.0]
    unlike = [likeness(page, place, picture) for page in genuine if place.light in page.sheets]
    low = UNMEASURED_LIKENESS
    if unlike:
        if min(likes) - max(unlike) < LEAST_GAP:
            raise RefusedError(
                f"Genuine documents are like {place.region!r} to {max(unlike):.2f}, the press's to {min(likes):.2f}: "
                "that does not tell them apart."
            )
        low = (min(likes) + max(unlike)) / 2
    elif min(likes) < low:
        low = max(0.4, min(likes) - LEAST_GAP)
    return Mark(place, _round(low), 1.0, _range(likes), _range(unlike) if unlike else None, picture)


def _no_bearer(place: Place, page: Page) -> None:
    """A picture must not carry the bearer's data to others."""
    zone = zone_rect(page.format)
    if has_zone(page) and _overlap(place.rect, zone):
        raise RefusedError(
            f"{place.region!r} lies on the machine readable zone: a picture of it would hand on the bearer's data. "
            "Mark a place without any."
        )


def _overlap(a: Rect, b: Rect) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def _picture(place: Place, pages: Sequence[Page]) -> Grey:
    """The print of the place: the median of all captures, laid over the first."""
    first = grey_of(pages[0], place.light, place.rect)
    return np.asarray(np.median([first, *(_nearest(page, place, first) for page in pages[1:])], axis=0), np.uint8)


def _nearest(page: Page, place: Place, picture: Grey) -> Grey:
    """What of the page is most like a picture, near its place."""
    left, top, width, height = place.rect
    about = grey_of(page, place.light, (left - REACH_MM, top - REACH_MM, width + 2 * REACH_MM, height + 2 * REACH_MM))
    if about.shape[0] < picture.shape[0] or about.shape[1] < picture.shape[1]:
        return picture
    response = cv2.matchTemplate(about, picture, cv2.TM_CCOEFF_NORMED)
    y, x = (int(one) for one in np.unravel_index(int(response.argmax()), response.shape))
    return about[y : y + picture.shape[0], x : x + picture.shape[1]]


def _left_out(place: Place, pages: Sequence[Page], index: int) -> float:
    """How like one capture is to the picture of the others."""
    others = [page for other, page in enumerate(pages) if other != index]
    return likeness(pages[index], place, _picture(place, others))


def _figure_mark(place: Place, press: Sequence[Page], genuine: Sequence[Page]) -> Mark:
    shown = _values(place, press)
    if not shown:
        raise RefusedError(f"No capture shows {place.region!r} under {place.light.value} light.")
    unlike = _values(place, genuine)
    if place.quantity is Quantity.HUE:
        shown, unlike = _unrolled(shown, shown[0]), _unrolled(unlike, shown[0])
    low, high = _bounds(place, shown, unlike)
    return Mark(place, _round(low), _round(high), _range(shown), _range(unlike) if unlike else None)


def _values(place: Place, pages: Sequence[Page]) -> list[float]:
    found = (value_at(page, place, None) for page in pages)
    return [one for one in found if one is not None]


def _unrolled(degrees: Sequence[float], about: float) -> list[float]:
    """Angles counted so that each lies within half a turn of one."""
    return [(one - about + _FULL_CIRCLE / 2) % _FULL_CIRCLE - _FULL_CIRCLE / 2 + about for one in degrees]


def _bounds(place: Place, shown: Sequence[float], unlike: Sequence[float]) -> tuple[float, float]:
    """Halfway to the nearest genuine value on either side, and where there is none, the widened range."""
    least, most = min(shown), max(shown)
    if any(least <= one <= most for one in unlike):
        raise RefusedError(
            f"Genuine documents show {place.region!r} with {place.what} of {min(unlike):.2f} to {max(unlike):.2f}, the "
            f"press's own {least:.2f} to {most:.2f}: that does not tell them apart."
        )
    wider = max(_LEAST_WIDENED, WIDENED * max(abs(least), abs(most)))
    below = max((one for one in unlike if one < least), default=None)
    above = min((one for one in unlike if one > most), default=None)
    low = least - wider if below is None else max(least - wider, (least + below) / 2)
    high = most + wider if above is None else min(most + wider, (most + above) / 2)
    return low, high


def _range(values: Sequence[float]) -> tuple[float, float]:
    return _round(min(values)), _round(max(values))


def _round(value: float) -> float:
    return round(float(value), 4)

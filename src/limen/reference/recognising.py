"""Which model a page is of: its machine readable zone narrows the references, its picture chooses among their series.

A page that looks like none of the series kept is either a counterfeit or of a series that nobody learned yet. The
reference's year decides which is said: where the document may have been issued before the series began, the model is
*unknown* and no objection follows; where it cannot have been, or the reference has no year and so stands for all
documents of its kind, the page is held against it and *deviates*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from limen.icao.mrz import Format, Mrz
from limen.reference.errors import KeepingError
from limen.reference.learned import Reference
from limen.reference.model import Model, key_of
from limen.reference.store import ReferenceStore
from limen.vision.artwork import SIMILAR, Placement, locate
from limen.vision.page import Page

LONGEST_VALIDITY = 10
"""Years that a document is valid at most, as almost all issuers have it; a visa less."""
MOST_TRIED = 12
"""References that a page without a zone is held against."""
_CENTURY = 100


@dataclass(frozen=True, slots=True, eq=False)
class Recognised:
    """What came of it."""

    reference: Reference | None
    """The one to hold the page against; None where the model is unknown."""
    placement: Placement | None
    """Where the page lies over its artwork; its agreement, 0 to 1, says how much of it the page shows."""
    why: str = ""
    """Why the model is unknown: one sentence."""


def recognise(page: Page, mrz: Mrz | None, store: ReferenceStore) -> Recognised:
    """The reference to hold a page against, or why there is none."""
    models = _candidates(page, mrz, store)
    said = " ".join(key_of(mrz)) if mrz else f"{page.format.value} without a machine readable zone"
    if not models:
        return Recognised(None, None, f"No reference of this model is known ({said}).")
    faults: list[str] = []
    found = _ranked(page, models, store, faults)
    if not found:
        return Recognised(None, None, faults[0] if faults else f"No reference of this model is known ({said}).")
    best, reference = found[0]
    if best.agreement >= SIMILAR or (mrz is not None and any(_must_be(one.model, mrz) for _, one in found)):
        return Recognised(reference, best)
    kept = f"the {len(found)} references" if len(found) > 1 else "the reference"
    return Recognised(None, best, f"The page is unlike {kept} of {said}: it may be of a series that is not known.")


def _candidates(page: Page, mrz: Mrz | None, store: ReferenceStore) -> list[Model]:
    entries = [one for one in store.entries() if one.model.format is page.format and page.side in one.sides]
    if mrz is None:
        return [one.model for one in entries][:MOST_TRIED]
    return [one.model for one in entries if one.model.fits(mrz)]


def _ranked(
    page: Page, models: Iterable[Model], store: ReferenceStore, faults: list[str]
) -> list[tuple[Placement, Reference]]:
    """Those whose file can be used, the one that the page is most like first; why others cannot goes to `faults`."""
    rated = []
    for model in models:
        try:
            reference = store.get(model)
            artwork = reference.artwork(page.side)
        except KeepingError as error:
            faults.append(str(error))
            continue
        if artwork is not None:
            rated.append((locate(page, artwork), reference))
    return sorted(rated, key=lambda pair: (-pair[0].agreement, pair[1].name))


def _must_be(model: Model, mrz: Mrz) -> bool:
    """Whether a document with that zone was surely issued since the series began."""
    if model.year is None:
        return True
    year = expiry_year(mrz, model.year)
    if year is None:
        return False
    valid = LONGEST_VALIDITY if model.format in (Format.TD1, Format.TD2, Format.TD3) else 1
    return year - valid > model.year


def expiry_year(mrz: Mrz, about: int) -> int | None:
    """The year of expiry, in the century that puts it nearest to another year; None where it is not a number."""
    digits = mrz.expiry_date.raw[:2]
    if not digits.isdigit():
        return None
    near = about - about % _CENTURY + int(digits)
    return min((near - _CENTURY, near, near + _CENTURY), key=lambda year: abs(year - about))

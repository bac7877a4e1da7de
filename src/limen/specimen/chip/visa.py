"""A sealed visa label for the holder of an emulated passport: the page, the seal on it, and what can be wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.specimen.chip.issuing import IssuedDocument
from limen.specimen.chip.seals import VISA, Sealed, seal, seal_signer, visa_features
from limen.specimen.model import Light
from limen.specimen.papers import zone_lines
from limen.specimen.render import draft, render

_PPI = 300.0
_MODULE = 0.35
"""Side of a module in millimetres; Doc 9303-13 section 2.1 recommends no less than 0.3386."""
_QUIET = 2.0
"""Clear space around the barcode in millimetres."""


class SealDefect(StrEnum):
    """What can be wrong with a sealed visa."""

    ALTERED_PAGE = "altered-page"
    """The printed name is another than the one sealed."""
    LIFTED_SEAL = "lifted-seal"
    """The seal is that of another person's visa."""
    CHANGED_SEAL = "changed-seal"
    """The duration of stay in the seal was raised after signing."""


@dataclass(frozen=True, slots=True, eq=False)
class SealedVisa:
    """A visa: its page (H x W x 3, RGB), its zone, its seal, and the passport that it belongs to."""

    image: NDArray[np.uint8]
    lines: tuple[str, ...]
    sealed: Sealed
    passport: tuple[str, ...]


def sealed_visa(document: IssuedDocument, *, defect: SealDefect | None = None, format: str = "MRV-A") -> SealedVisa:
    """Return a visa for the holder of the document, issued and sealed by the same State."""
    recipe = document.recipe
    page = draft(format, recipe.seed + 1, recipe.issuer.code, _PPI, lights=(Light.WHITE,))
    papers = replace(page.papers, nationality=recipe.papers.nationality)
    page = replace(page, person=recipe.person, papers=papers, lines=zone_lines(recipe.person, papers))
    number = document.mrz[1][:9]
    signer = seal_signer(document.pki)
    told, theirs = page.lines, number
    if defect is SealDefect.LIFTED_SEAL:
        told = draft(format, recipe.seed + 2, recipe.issuer.code, _PPI, lights=(Light.WHITE,)).lines
        theirs = "X12345678"
    sealed = seal(signer, VISA, visa_features(told, theirs, entries=0), on=papers.issued)
    if defect is SealDefect.CHANGED_SEAL:
        sealed = Sealed(sealed.data.replace(b"\x04\x03\x1e", b"\x04\x03\xfa", 1), signer)
    if defect is SealDefect.ALTERED_PAGE:
        other = draft(format, recipe.seed + 3, recipe.issuer.code, _PPI, lights=(Light.WHITE,)).person
        person = replace(page.person, primary=other.primary, secondary=other.secondary)
        page = replace(page, person=person, lines=zone_lines(person, papers))
    image = render(page).images[Light.WHITE].copy()
    _print_seal(image, sealed.data, page.format)
    return SealedVisa(image, page.lines, sealed, document.mrz)


def _print_seal(image: NDArray[np.uint8], data: bytes, format: Format) -> None:
    """Draw the barcode on white, above the zone at the right."""
    module = max(1, round(_MODULE * _PPI / 25.4))
    code: Any = zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.DataMatrix)
    drawn = np.array(zxingcpp.write_barcode_to_image(code, scale=module))
    quiet = round(_QUIET * _PPI / 25.4)
    box = np.full((drawn.shape[0] + 2 * quiet, drawn.shape[1] + 2 * quiet, 3), 255, np.uint8)
    box[quiet:-quiet, quiet:-quiet] = drawn[..., None]
    bottom = image.shape[0] - round((34.0 if format is Format.MRV_A else 33.0) * _PPI / 25.4)
    right = image.shape[1] - round(3.0 * _PPI / 25.4)
    image[bottom - box.shape[0] : bottom, right - box.shape[1] : right] = box

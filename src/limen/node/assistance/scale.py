"""The stated scale of opinions: what is asked of a document, the two statements weighed, and how far findings go.

After the way that the ENFSI Guideline for Evaluative Reporting in Forensic Science (2015) asks for: two statements that
exclude each other are named, and the opinion is how much more the findings are to be expected if the one is true than
if the other is. It is of the findings, never of the document: what is likely depends on what else is known, which the
reader knows and the examiner does not. Of the guideline's degrees three are used on each side; a picture rarely carries
the finer ones, and the words stand for a judgement, not for a measured ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Asked(models.TextChoices):
    """What is asked of a document: a conclusion each, in this order."""

    DOCUMENT = "document", _("The document as a whole")
    DATA_PAGE = "data_page", _("The data page")
    PORTRAIT = "portrait", _("The portrait")
    PERSONAL = "personal", _("The personal data")
    CHIP = "chip", _("The chip")
    VISA = "visa", _("The visa label")


class Degree(models.IntegerChoices):
    """How much more the findings are to be expected under the one statement than under the other."""

    VERY_STRONG_A = 3, _("very strong support for A")
    STRONG_A = 2, _("strong support for A")
    MODERATE_A = 1, _("moderate support for A")
    NEITHER = 0, _("no more support for the one than for the other")
    MODERATE_B = -1, _("moderate support for B")
    STRONG_B = -2, _("strong support for B")
    VERY_STRONG_B = -3, _("very strong support for B")


class Truth(models.TextChoices):
    """What turned out to be so, as far as anybody found out."""

    A = "a", pgettext_lazy("outcome", "A is true")
    B = "b", pgettext_lazy("outcome", "B is true")
    UNKNOWN = "", pgettext_lazy("outcome", "not known")


class Method(models.TextChoices):
    """How it was examined."""

    REFERENCE = "reference", _("compared with reference material of the model")
    MAGNIFIED = "magnified", _("line work and print looked at under magnification")
    LIGHTS = "lights", _("pictures under several lights compared")
    DATA = "data", _("check digits and data compared with each other")
    CHIP = "chip", _("chip trace read and its signature checked")
    PORTRAIT = "portrait", _("portraits of page, ghost picture and chip compared")
    INSPECTION = "inspection", _("results of the automatic inspection looked through")


@dataclass(frozen=True, slots=True)
class Pair:
    """The two statements that are weighed; they exclude each other."""

    a: str | Promise
    b: str | Promise


STATEMENTS: Final[dict[str, Pair]] = {
    str(Asked.DOCUMENT): Pair(
        _("The document was made as its issuer makes this model, and not changed since."),
        _("The document was imitated, or put together or changed by somebody else."),
    ),
    str(Asked.DATA_PAGE): Pair(
        _("The data page is the one with which the document was issued."),
        _("The data page was exchanged, or made by somebody else."),
    ),
    str(Asked.PORTRAIT): Pair(
        _("The portrait is the one with which the document was issued."),
        _("The portrait was put in or changed afterwards."),
    ),
    str(Asked.PERSONAL): Pair(
        _("The personal data are those that the issuer entered."),
        _("The personal data were entered or changed by somebody else."),
    ),
    str(Asked.CHIP): Pair(
        _("The chip holds what the issuer wrote into it."),
        _("The contents of the chip were written or changed by somebody else."),
    ),
    str(Asked.VISA): Pair(
        _("The visa label was made and filled in by the authority that it names."),
        _("The visa label was made, filled in or changed by somebody else."),
    ),
}

STRONGEST: Final = 3
"""The end of the scale, on either side."""

IN_KEEPING: Final = 2
"""From which degree on a document is taken for in keeping with reference material."""

MEANINGS: Final[tuple[tuple[str | Promise, str | Promise], ...]] = (
    (_("moderate"), _("What was found is more to be expected under this statement than under the other.")),
    (_("strong"), _("What was found is much more to be expected under it; the other would need a rare coincidence.")),
    (
        _("very strong"),
        _("What was found would hardly ever be met under the other statement; on urgent questions two examiners sign."),
    ),
)
"""What the degrees mean, as reports explain them."""

EXPLAINED: Final = _(
    "The opinion weighs what was found, not the document by itself: it says how much more the findings are to be "
    "expected if one of two statements is true than if the other is. How likely a statement is depends on everything "
    "else that is known. The words stand for the judgement of the examiner, not for a measured figure."
)

LIMITS: Final = _("Examined from pictures and data sent; the document itself was not at hand.")


def favoured(degree: int | None) -> str:
    """Which statement the degree speaks for: "a", "b", or empty for neither."""
    if not degree:
        return ""
    return str(Truth.A if degree > 0 else Truth.B)


def words(degree: int | None) -> str:
    """The degree in words; what cannot be examined has none."""
    return str(_("cannot be examined from these pictures") if degree is None else Degree(degree).label)

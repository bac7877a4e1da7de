"""Document numbers as known issuers write them in passports.

No standard sets this: Doc 9303-4, 4.2.2, leaves the form of the number to the issuer, and issuers begin new
series without notice. So a number of another form is never failed: it is *undetermined*, and a person looks.

The forms are public knowledge, wide on purpose, and of current series only. In a form, A stands for a letter,
9 for a digit, X for either. To add an issuer, add a line.
"""

from __future__ import annotations

import re

from limen.icao.mrz import Format
from limen.inspection.context import Context, NotSupported
from limen.inspection.outcome import Outcome, fine, unclear, unsure
from limen.inspection.registry import check
from limen.inspection.result import Obligation

FORMS: dict[str, tuple[str, ...]] = {
    "AUS": ("A9999999", "AA9999999"),
    "AZE": ("A99999999",),
    "BGR": ("999999999",),
    "CAN": ("AA999999", "A999999AA"),
    "CHE": ("A9999999", "XXXXXXXX"),
    "CHN": ("A99999999", "AA9999999"),
    "CZE": ("99999999",),
    "D": ("XXXXXXXXX",),
    "FIN": ("AA9999999",),
    "FRA": ("99AA99999",),
    "GBR": ("999999999",),
    "GRC": ("AA9999999",),
    "HRV": ("999999999",),
    "IND": ("A9999999",),
    "IRL": ("AA9999999", "A9999999"),
    "ISL": ("A9999999",),
    "ITA": ("AA9999999",),
    "JPN": ("AA9999999",),
    "KOR": ("A99999999", "AA9999999", "A999A9999"),
    "LTU": ("99999999",),
    "MYS": ("A99999999",),
    "NLD": ("AAXXXXXX9",),
    "PAK": ("AA9999999",),
    "PHL": ("A9999999A", "AA9999999", "AA999999"),
    "POL": ("AA9999999",),
    "THA": ("AA9999999", "A9999999", "A999999"),
    "UKR": ("AA999999",),
    "USA": ("999999999", "A99999999"),
    "VNM": ("A9999999", "A99999999"),
}

NEVER_USED = {"D": "ABDEIOQSU"}
"""Letters that an issuer leaves out of its numbers: no vowels, and none that looks like a digit."""

_PATTERN = {"A": "[A-Z]", "9": "[0-9]", "X": "[A-Z0-9]"}


@check(
    code="mrz.number.form",
    title="Is the passport's number of a form that its issuer is known to use?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-4, 4.2.2; the issuer's practice",
    undetermined="the number is of another form: issuers begin new series without notice",
)
def form(context: Context) -> Outcome:
    """Only passports of the issuers in `FORMS`; for the others nothing is known."""
    mrz = context.mrz
    forms = FORMS.get(mrz.issuer, ())
    if mrz.format is not Format.TD3 or not forms:
        raise NotSupported(f"No form of number is on record for {mrz.layout.name} of {mrz.issuer}.")
    number, unused = mrz.document_number, NEVER_USED.get(mrz.issuer, "")
    if any(_fits(number, form) for form in forms) and not set(number) & set(unused):
        return fine(f"The number is of a form that {mrz.issuer} uses.", field="document_number", found=number)
    span = context.span("document_number")
    expected = " or ".join(forms) + (f" without {unused}" if unused else "")
    doubtful = context.doubtful([span])
    doubt = f"; {unsure(doubtful)}" if doubtful else ""
    return unclear(
        f"The document number {number} is of no form that {mrz.issuer} is known to use ({expected}, A for a "
        f"letter and 9 for a digit){doubt}: compare with the document.",
        where=context.where([span]),
        field="document_number",
        found=number,
        expected=expected,
    )


def _fits(number: str, form: str) -> bool:
    return re.fullmatch("".join(_PATTERN[char] for char in form), number) is not None

"""Document numbers against the forms that their issuers are known to use.

No standard sets a form (Doc 9303-4 to -6, 4.2.2, leave the number to the issuer), and issuers begin new
series without notice. So a number of another form is never failed: it is *undetermined*, and a person looks. What is
known of which issuer is `limen.icao.codes.NUMBER_FORMATS`.
"""

from __future__ import annotations

from limen.icao.codes import Certainty, number_formats
from limen.icao.mrz import Format
from limen.inspection.context import Context, NotSupported
from limen.inspection.outcome import Outcome, fine, unclear, unsure
from limen.inspection.registry import check
from limen.inspection.result import Obligation

JUDGED = (Format.TD1, Format.TD2, Format.TD3)
"""Visas have numbers of their own, of which nothing is known."""


@check(
    code="mrz.number.form",
    title="Is the number of a form that its issuer is known to use?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-4 to -6, 4.2.2; the issuer's practice",
    undetermined="the number is of another form than the issuer is documented to use: issuers begin new "
    "series without notice",
)
def form(context: Context) -> Outcome:
    """A form that was only seen on specimens decides nothing: a mismatch there is no more than a note."""
    mrz = context.mrz
    forms = number_formats(mrz.issuer, mrz.document_code) if mrz.format in JUDGED else ()
    if not forms:
        raise NotSupported(f"No form of number is on record for {mrz.layout.name} of {mrz.issuer}.")
    number = mrz.document_number
    expected = ", or ".join(form.description for form in forms)
    if any(form.fits(number) for form in forms):
        well = f"The number is of a form that {mrz.issuer} uses."
        return fine(well, field="document_number", found=number, details=(expected,))
    message = f"The document number {number} is of no form that {mrz.issuer} is known to use ({expected})"
    if all(form.certainty is Certainty.OBSERVED for form in forms):
        raise NotSupported(f"{message}, but these forms are known from specimens alone.")
    span = context.span("document_number")
    doubtful = context.doubtful([span])
    doubt = f"; {unsure(doubtful)}" if doubtful else ""
    return unclear(
        f"{message}{doubt}: compare with the document.",
        where=context.where([span]),
        field="document_number",
        found=number,
        expected=expected,
    )

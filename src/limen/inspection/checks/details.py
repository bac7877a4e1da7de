"""The chip's further details, DG11 and DG12, against its zone: Doc 9303-10, 4.7.11 and 4.7.12.

All three are signed by the same issuer. A contradiction among files that hold to their signed hashes is the issuer's
own, and so these checks are for the log; they help where the signature could not be decided.
"""

from __future__ import annotations

from limen.icao.mrz import DateKind
from limen.icao.mrz.transliteration import TransliterationError, matches
from limen.icao.pki import DeviationSource, alpha2_of
from limen.inspection.context import CannotTell, Context, NothingToCheck, NotSupported
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict


@check(
    code="chip.dg11.name",
    title="Is the name in DG11 that of the chip's zone?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-10, 4.7.11; Doc 9303-3, 6",
    undetermined="the name is in a script without a table of transliteration",
)
def name(context: Context) -> Outcome:
    """DG11 holds the full name in national characters; the zone's may be shortened."""
    details, zone = context.chip.dg11, context.chip.mrz
    if details is None or zone is None:
        raise NothingToCheck("DG11 or DG1 was not read")
    if not details.full_name:
        raise NotSupported("DG11 does not state the name.")
    printed = f"{zone.name.primary}<<{zone.name.secondary}".replace(" ", "<").strip("<")
    try:
        same = matches(details.full_name.replace("<", " "), printed, truncated=zone.name.truncated)
    except TransliterationError as error:
        raise CannotTell(f"The name in DG11 cannot be compared: {error}.") from error
    if same:
        return fine("The name in DG11 is that of the chip's zone.", found=details.full_name)
    message = "The name in DG11 is not what the chip's zone makes of it."
    return Outcome(Verdict.FAILED, message, found=details.full_name, expected=str(zone.name))


@check(
    code="chip.dg11.birth_date",
    title="Is the date of birth in DG11 that of the chip's zone?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-10, 4.7.11",
    undetermined="one of the dates is not complete",
)
def birth_date(context: Context) -> Outcome:
    """The zone has two digits of the year; those are compared."""
    details, zone = context.chip.dg11, context.chip.mrz
    if details is None or zone is None:
        raise NothingToCheck("DG11 or DG1 was not read")
    if details.birth_date is None:
        raise NotSupported("DG11 does not state the date of birth.")
    full, short = details.birth_date.date, zone.birth_date
    if full is None or not short.raw.isdigit():
        raise CannotTell("The date of birth is not complete, in DG11 or in the chip's zone.")
    if f"{full:%y%m%d}" == short.raw:
        return fine("The date of birth in DG11 is that of the chip's zone.", found=full.isoformat())
    message = "The date of birth in DG11 is not that of the chip's zone."
    return Outcome(Verdict.FAILED, message, found=full.isoformat(), expected=short.raw)


@check(
    code="chip.dg12.issue_date",
    title="Does the date of issue in DG12 lie before the day of the inspection and the date of expiry?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-10, 4.7.12",
    undetermined="the date is not complete",
)
def issue_date(context: Context) -> Outcome:
    """A document cannot be older than its issue."""
    details, zone = context.chip.dg12, context.chip.mrz
    if details is None:
        raise NothingToCheck("DG12 was not read")
    if details.issue_date is None:
        raise NotSupported("DG12 does not state the date of issue.")
    issued = details.issue_date.date
    if issued is None:
        raise CannotTell("The date of issue in DG12 is not complete.")
    if issued > context.on:
        return Outcome(Verdict.FAILED, f"By DG12 the document is issued on {issued}, after today.", found=str(issued))
    expires = zone.expiry_date.resolve(context.on, DateKind.EXPIRY) if zone else None
    if expires and issued > expires:
        message = f"By DG12 the document was issued on {issued}, after its expiry on {expires}."
        return Outcome(Verdict.FAILED, message, found=str(issued), expected=f"before {expires}")
    return fine(f"By DG12 the document was issued on {issued}.", found=str(issued))


@check(
    code="chip.deviation",
    title="Does the issuer tell of a fault in this very document?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-12, 10",
    undetermined="the issuer does: look at what failed in its light",
)
def deviation(context: Context) -> Outcome:
    """Issuers publish the numbers of documents that they made wrong. It explains a failed check and passes none."""
    zone, source = context.opened.mrz, context.evidence.anchors
    country = alpha2_of(zone.issuer) if zone else None
    if zone is None or country is None or not isinstance(source, DeviationSource):
        raise NothingToCheck("no deviation list was asked")
    if not source.lists_deviations(country):
        raise NotSupported(f"No deviation list of {country} is known.")
    told = source.known_deviations(country, zone.document_number)
    if told:
        raise CannotTell(f"The issuer tells of a fault in this document: {'; '.join(told)}.")
    return fine("The issuer tells of no fault in this document.")

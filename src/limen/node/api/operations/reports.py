"""Sending, finding, reading, changing and discarding reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router, Status

from limen.node.api import copying, sending
from limen.node.api.operations.answers import answers
from limen.node.api.paging import page_of
from limen.node.api.presenting import PREFIX, report_told, reports_told
from limen.node.api.schemas import Find, Include, Key, Page, Report, ReportChanged, ReportSent
from limen.node.audit import record as log
from limen.node.reports import drafting
from limen.node.reports.finding import Search
from limen.node.sharing.copying import leaving

router = Router(tags=["reports"])


@router.post(
    "",
    response=answers({200: Report, 201: Report}, 409, 413, 415, 422),
    operation_id="createReport",
    summary="Send a report",
    exclude_unset=True,
)
def create_report(
    request: HttpRequest,
    response: HttpResponse,
    sent: ReportSent,
    key: Header[Key],
) -> Status[Any]:
    """Begin a report; with a key that was used before, answer 200 with the report that was begun then, unchanged.

    All of it is stored, or nothing. A machine's report is a draft until a person releases it, unless its agency has set
    that machines' reports are released at once, and `release` says to whom.
    """
    chosen = sending.key_of(key.idempotency_key, sent.client_key)
    fields = sent.model_dump(exclude_unset=True, exclude_none=True, exclude={"client_key", "release"})
    audience = sent.release.model_dump() if sent.release else None
    report, new = sending.send(request.caller, fields, chosen, audience)
    response["Location"] = f"{PREFIX}/reports/{report.reference}"
    return Status(201 if new else 200, report_told(report, request.caller.officer))


@router.get(
    "", response=answers({200: Page}, 422), operation_id="listReports", summary="Find reports", exclude_unset=True
)
def list_reports(request: HttpRequest, find: Query[Find]) -> dict[str, Any]:
    """Find reports that the caller sees and may copy, the newest detection first.

    Reports of other agencies that are marked TLP:AMBER+STRICT or TLP:RED are read on the site alone.
    """
    asked = find.model_dump(exclude_none=True)
    with leaving():
        rows = copying.copies(Search.of(asked).rows())
        found, following = page_of(rows, find.cursor, find.limit)
    told = reports_told(found, request.caller.officer)
    if find.name:
        log("report.names_searched", details={"found": len(told)})
    return {"items": told, "next": following}


@router.get(
    "/{reference}",
    response=answers({200: Report}, 404, 422),
    operation_id="getReport",
    summary="Read a report",
    exclude_unset=True,
)
def get_report(
    request: HttpRequest,
    reference: str,
    ask: Query[Include],
) -> dict[str, Any]:
    """Read a report. Fields of classes that the caller does not see are absent; those of class 2 unless asked for."""
    report = copying.report_of(reference, request.caller.officer)
    return report_told(report, request.caller.officer, bearer=ask.include == "bearer")


@router.patch(
    "/{reference}",
    response=answers({200: Report}, 404, 413, 415, 422),
    operation_id="changeReport",
    summary="Change a draft",
    exclude_unset=True,
)
def change_report(request: HttpRequest, reference: str, sent: ReportChanged) -> dict[str, Any]:
    """Change fields of a report that is not released: those that are named; null empties; `legs` replaces the route."""
    report = copying.report_of(reference, request.caller.officer)
    sending.change(request.caller, report, sent.model_dump(exclude_unset=True))
    return report_told(copying.report_of(reference, request.caller.officer), request.caller.officer)


@router.delete(
    "/{reference}",
    response=answers({204: None}, 404),
    operation_id="discardReport",
    summary="Discard a draft",
)
def discard_report(request: HttpRequest, reference: str) -> Status[None]:
    """Delete a draft that was never released."""
    sending.may_write(request.caller)
    drafting.discard(copying.report_of(reference, request.caller.officer), request.caller.officer)
    return Status(204, None)

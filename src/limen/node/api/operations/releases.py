"""Releasing and recalling. What a person must decide, no token does."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from limen.node.api import copying, sending
from limen.node.api.operations.answers import answers
from limen.node.api.presenting import report_told
from limen.node.api.problems import Fault
from limen.node.api.schemas import Audience, Comment, Reason, Report
from limen.node.reports.models import Report as Row
from limen.node.sharing import releasing
from limen.node.sharing.models import Release
from limen.node.web.errors import Refused

router = Router(tags=["release"])
_ANSWERS: Any = answers({200: Report}, 404, 409, 413, 415, 422)


@router.post(
    "/{reference}/release",
    response=_ANSWERS,
    operation_id="releaseReport",
    summary="Release a report, or propose to",
    exclude_unset=True,
)
def release_report(request: HttpRequest, reference: str, audience: Audience) -> dict[str, Any]:
    """Propose to release a draft; where one is enough, it is released at once, as `state` then says.

    A machine is enough where its agency has set so. Pictures must have been looked at by a person first.
    """
    officer = request.caller.officer
    sending.may_write(request.caller)
    report = copying.report_of(reference, officer)
    sending.propose(report, officer, audience.model_dump())
    return report_told(copying.report_of(reference, officer), officer)


@router.post(
    "/{reference}/approve",
    response=_ANSWERS,
    operation_id="approveRelease",
    summary="Approve a proposed release",
    exclude_unset=True,
)
def approve_release(request: HttpRequest, reference: str, sent: Comment) -> dict[str, Any]:
    """Release what somebody else proposed. For persons alone."""
    report, release = _proposed(request, reference)
    releasing.approve(report, release, request.caller.officer, sent.comment)
    return _afterwards(request, reference)


@router.post(
    "/{reference}/refuse",
    response=_ANSWERS,
    operation_id="refuseRelease",
    summary="Send a proposal back",
    exclude_unset=True,
)
def refuse_release(request: HttpRequest, reference: str, sent: Reason) -> dict[str, Any]:
    """Send a proposal back to its author. For persons alone."""
    report, release = _proposed(request, reference)
    releasing.refuse(report, release, request.caller.officer, sent.reason)
    return _afterwards(request, reference)


@router.post(
    "/{reference}/recall",
    response=_ANSWERS,
    operation_id="recallReport",
    summary="Recall a released report",
    exclude_unset=True,
)
def recall_report(request: HttpRequest, reference: str, sent: Reason) -> dict[str, Any]:
    """Take a released report back: its owner alone sees it then. For persons alone."""
    report = _for_persons(request, reference)
    releasing.recall(report, request.caller.officer, sent.reason)
    return _afterwards(request, reference)


def _for_persons(request: HttpRequest, reference: str) -> Row:
    report = copying.report_of(reference, request.caller.officer)
    if request.caller.token:
        raise Refused(_("This is decided by a person who is signed in, not by a machine."))
    return report


def _proposed(request: HttpRequest, reference: str) -> tuple[Row, Release]:
    report = _for_persons(request, reference)
    release = releasing.open_release(report)
    if release is None:
        raise Fault(409, _("No proposal to release this report is waiting."))
    return report, release


def _afterwards(request: HttpRequest, reference: str) -> dict[str, Any]:
    officer = request.caller.officer
    return report_told(copying.report_of(reference, officer), officer)

"""Reading requests: what does not exist and what the viewer may not see are both `Http404`."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from limen.node.assistance.models import WAITING, Request, RequestBearer, RequestDocument, RequestOriginal, Stage
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports import reading as reports
from limen.node.reports.models import Report
from limen.node.sharing import policy
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.models import State
from limen.node.sharing.releasing import subject_of
from limen.node.terms import label

ASKERS = ("counter", "examiner", "coordinator")
"""Roles that ask; who releases what they ask, `sharing` says."""

EXAMINERS = ("examiner", "coordinator")
"""Roles that take requests, answer them, and ask back; the database asks for the same."""

EDITORS = ("examiner", "coordinator")
"""Who changes what others of their agency wrote."""


def in_sight() -> QuerySet[Request]:
    """All requests that the viewer sees, of whatever state."""
    return policy.visible(Request.objects.select_related("owner", "asked", "taken_by"))


def waiting_for(officer: Officer) -> QuerySet[Request]:
    """What an examiner took, or may take, that is not answered yet; what is due first, first."""
    mine = Q(stage=Stage.OPEN) | Q(taken_by=officer)
    found = in_sight().filter(mine, asked=officer.agency_id, state=State.RELEASED, stage__in=WAITING)
    return found.order_by("due_at", "pk")


def find(reference: str) -> Request:
    """The request with this reference. Raises `Http404` where there is none for this viewer."""
    found = in_sight().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def sight(request: Request, officer: Officer) -> FieldClass:
    """Say which classes of this request the officer, who looks now, sees; who began it sees all."""
    if request.author_id == officer.pk and request.owner_id == officer.agency_id:
        return ALL
    return policy.sight(request.audience_id)


def document_of(request: Request) -> RequestDocument | None:
    """Numbers, zone and chip (class 1); None where there are none for this viewer."""
    return RequestDocument.objects.filter(request=request).first()


def has_bearer(request: Request) -> bool:
    """Whether there is bearer data that this viewer could ask for."""
    return RequestBearer.objects.filter(request=request).exists()


def bearer_of(request: Request) -> RequestBearer | None:
    """The bearer's data (class 2), and an entry in the log that they were read."""
    found = RequestBearer.objects.filter(request=request).first()
    if found is not None:
        log("request.bearer_seen", subject=subject_of(request))
    return found


def originals_of(request: Request) -> QuerySet[RequestOriginal]:
    """The pictures as they were taken (class 3), as far as the viewer sees them."""
    return RequestOriginal.objects.filter(request=request)


def original_of(request: Request, uid: Any) -> RequestOriginal:
    """One of them, and an entry in the log. Raises `Http404`."""
    found = originals_of(request).filter(uid=uid).first()
    if found is None:
        raise Http404
    log("request.original_seen", subject=subject_of(request), details={"picture": str(found.exhibit)})
    return found


def report_of(request: Request) -> Report | None:
    """The report that it was begun from, for who may open it."""
    return reports.reports().filter(pk=request.report).first() if request.report else None


def may_ask(officer: Officer) -> bool:
    """Whether the officer begins requests."""
    return officer.has_role(*ASKERS) and not officer.is_machine


def may_edit(request: Request, officer: Officer) -> bool:
    """Whether the officer may change this one: its author, an examiner or a coordinator, before it is sent."""
    mine = (request.author_id == officer.pk and may_ask(officer)) or officer.has_role(*EDITORS)
    return request.owner_id == officer.agency_id and mine and request.state in (State.DRAFT, State.RECALLED)


def examines(request: Request, officer: Officer) -> bool:
    """Whether the officer works on it for the asked agency."""
    return request.asked_id == officer.agency_id and officer.has_role(*EXAMINERS) and not officer.is_machine


def headline(request: Request) -> str:
    """Say in a line what a request is about, class 0 alone."""
    parts = (
        request.issuer and label("issuer", request.issuer),
        request.category and label("document_category", request.category),
        request.fraud_class and label("fraud_class", request.fraud_class),
    )
    return " · ".join(part for part in parts if part)

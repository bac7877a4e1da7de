"""One more click: a signed answer becomes a draft report, a draft alert, or a draft case study of one's own agency.

What is taken over is class 0 of the request and of the answer, without any word on who asked or who answered. Whoever
asked makes what they like of it; the agency that answered only where the marking lets it copy.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from limen.node.alerts import drafting as alerts
from limen.node.alerts.models import Alert
from limen.node.assistance import answering, captures, reading, scale, telling_answers
from limen.node.assistance.answers import Answer, Signing
from limen.node.assistance.models import Request
from limen.node.audit import record as log
from limen.node.casebook import drafting as casebook
from limen.node.casebook import reading as cases
from limen.node.casebook import stepping
from limen.node.casebook.models import CaseStudy
from limen.node.exhibits import adding, showing
from limen.node.people.models import Officer
from limen.node.reports import drafting as reports
from limen.node.reports.models import Report
from limen.node.sharing.copying import may_copy
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Refused

REPORT, ALERT, CASE, CAPTURES = "report", "alert", "case", "captures"
MOST_STEPS = 12
LONGEST_POINT = 160


def offered(request: Request, officer: Officer) -> list[tuple[str, str]]:
    """What this officer may make of the signed answer: name, and what stands on its button."""
    concluded = answering.concluded(request)
    if not concluded or officer.is_machine:
        return []
    against = any(scale.favoured(degree) == str(scale.Truth.B) for degree in concluded.values())
    copies = may_copy(request, officer)
    found = []
    if request.owner_id == officer.agency_id and request.report is None and officer.has_role(*reports.WRITERS):
        found.append((REPORT, _("Draft report")))
    if copies and against and officer.has_role(*alerts.WRITERS):
        found.append((ALERT, _("Draft alert")))
    if copies and against and cases.may_write(officer):
        found.append((CASE, _("Draft case study")))
    if captures.offered(request, officer):
        found.append((CAPTURES, _("Pictures to learn a reference from")))
    return found


def report(request: Request, officer: Officer) -> Report:
    """Begin a draft report. Raises `Refused`."""
    _may(request, officer, REPORT)
    known = {name: getattr(request, name) for name in ("issuer", "category", "model_name", "fraud_class")}
    with transaction.atomic():
        made = reports.begin(officer, _filled(known) | {"summary": _findings(request)})
        _log(request, REPORT, made.reference)
    return made


def alert(request: Request, officer: Officer) -> Alert:
    """Begin a draft alert, with what was marked as points to check. Raises `Refused`."""
    _may(request, officer, ALERT)
    known = {"category": request.category, "model_name": request.model_name, "fraud_class": request.fraud_class}
    points = [{"look": _short(each["told"])} for each in _marked(request) if each["told"]]
    with transaction.atomic():
        made = alerts.begin(
            officer,
            _filled(known) | {"issuers": [request.issuer] if request.issuer else [], "points": points[:8]},
        )
        _log(request, ALERT, made.reference)
    return made


def case(request: Request, officer: Officer) -> CaseStudy:
    """Begin a draft case study: findings as features, marked places as steps, the own agency's pictures. Raises
    `Refused`.
    """
    _may(request, officer, CASE)
    known = {name: getattr(request, name) for name in ("issuer", "category", "model_name", "fraud_class")}
    features = "\n".join(dict.fromkeys(each["told"] for each in _marked(request) if each["told"]))
    with transaction.atomic():
        made = casebook.begin(officer, _filled(known) | {"features": features[:4000]})
        taken = _pictures(request, made, officer)
        for text, light, place in _steps(request, taken):
            stepping.add_step(made, officer, {"text": text, "light": light, "tool": "light"} | place)
        if (linked := reading.report_of(request)) is not None and linked.owner_id == officer.agency_id:
            stepping.link(made, officer, linked.reference)
        _log(request, CASE, made.reference)
    return made


def _may(request: Request, officer: Officer, name: str) -> None:
    if name not in dict(offered(request, officer)):
        raise Refused(_("This cannot be made of the answer: its marking or your role does not allow it."))


def _log(request: Request, name: str, reference: str) -> None:
    log(f"answer.became_{name}", subject=subject_of(request), details={"reference": reference})


def _answers(request: Request) -> list[Answer]:
    rows = Answer.objects.filter(request=request, stage=Signing.SIGNED)
    return list(rows.prefetch_related("conclusions", "marked"))


def _findings(request: Request) -> str:
    return "\n\n".join(each.findings for each in _answers(request) if each.findings)[:4000]


def _marked(request: Request) -> list[dict[str, Any]]:
    """The marked places of all signed answers, with the picture's number and light."""
    pictures = showing.pictures(request)
    found: list[dict[str, Any]] = []
    for answer in _answers(request):
        for places in telling_answers.places(answer, pictures):
            exhibit = places.picture.exhibit
            found += [region | {"exhibit": exhibit.uid, "light": exhibit.light} for region in places.regions]
    return found


def _pictures(request: Request, made: CaseStudy, officer: Officer) -> dict[Any, Any]:
    """Copy the pictures of one's own agency's request, with the places that were marked; new uid by the old one."""
    if request.owner_id != officer.agency_id:
        return {}
    marked: dict[Any, list[dict[str, Any]]] = {}
    for each in _marked(request):
        kept = {side: each[side] for side in ("x", "y", "w", "h", "label", "text")}
        marked.setdefault(each["exhibit"], []).append(kept)
    return {
        picture.exhibit.uid: adding.copy(made, officer, picture.exhibit, marked.get(picture.exhibit.uid, [])).uid
        for picture in showing.pictures(request)
        if picture.exhibit.masks_confirmed
    }


def _steps(request: Request, taken: dict[Any, Any]) -> list[tuple[str, str, dict[str, str]]]:
    """Text, light and place of each step: one for each marked place, or one for the findings as a whole."""
    found, seen = [], dict.fromkeys(taken, 0)
    for each in _marked(request)[:MOST_STEPS]:
        place = {}
        if each["exhibit"] in taken:
            place = {"place": f"{taken[each['exhibit']]}:{seen[each['exhibit']]}"}
            seen[each["exhibit"]] += 1
        found.append((each["told"], each["light"], place))
    return found or [(_findings(request), "", {})]


def _filled(known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_POINT else text[: LONGEST_POINT - 1].rstrip() + "…"

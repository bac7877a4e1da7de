"""What officers of the demonstration made of its reports: alerts, case studies, practice, subscriptions, plans.

Told part by part, each in one transaction, by the worker, since pictures take their time. A part that was told is not
told again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction

from limen.node.alerts.subscriptions import keeping
from limen.node.audit import record as log
from limen.node.audit.models import Entry
from limen.node.demo import accounts, alerting, asking, lessons, pacts, planning, teaching, working
from limen.node.demo.acting import acting
from limen.node.demo.picturing import picture
from limen.node.demo.stories import LABEL, LABEL_MODEL, OUTBREAK, OUTBREAK_MODEL
from limen.node.reports.models import Report

TOLD: Final = "demo.told"

SUBSCRIBED: Final[tuple[tuple[str, dict[str, list[str]]], ...]] = (
    ("analyst@thailand", {"issuers": ["UTO"]}),
    ("counter@thailand", {"places": ["THBKK"], "categories": ["passport"]}),
    ("examiner@vietnam", {"categories": ["visa_label"]}),
    ("examiner@laos", {"methods": ["visa_altered", "washed"]}),
    ("analyst@australia", {"issuers": ["UTO"], "fraud_classes": ["counterfeit"]}),
)


def tell(part: str, job: dict[str, Any]) -> None:
    """Tell a part, unless it was told."""
    if job:
        picture(job["report"], job["category"], job["method"], job["seed"], job["story"])
    with transaction.atomic():
        if Entry.objects.filter(action=TOLD, subject=part).exists():
            return
        _PARTS[part](job)
        log(TOLD, subject=part)


def _subscribe(_job: dict[str, Any]) -> None:
    for address, conditions in SUBSCRIBED:
        with acting(address) as officer:
            keeping.keep(officer, {"by_email": True, "by_push": True, **conditions})


def _outbreak(job: dict[str, Any]) -> None:
    reports = _reports(job, OUTBREAK_MODEL)
    alert = alerting.outbreak(reports, lessons.outbreak_scene(job["seed"]))
    teaching.of_story(lessons.OUTBREAK, _own(reports), lessons.outbreak_scene(job["seed"]), alert.reference)


def _label(job: dict[str, Any]) -> None:
    reports = _reports(job, LABEL_MODEL)
    alert = alerting.label(reports, lessons.label_scene(job["seed"]))
    teaching.of_story(lessons.LABEL, _own(reports), lessons.label_scene(job["seed"]), alert.reference)


def _others(_job: dict[str, Any]) -> None:
    alerting.others()


def _lesson(name: str) -> Callable[[dict[str, Any]], None]:
    def told(_job: dict[str, Any]) -> None:
        teaching.of_specimen(*lessons.SMALLER[name])

    return told


def _agreements(_job: dict[str, Any]) -> None:
    labour, crossing, _waiting = pacts.tell()
    told = accounts.tell(labour)
    outbreak = newest(OUTBREAK_MODEL, 24)
    first, second = planning.tell(labour, crossing, told, outbreak)
    working.ask(first)
    working.count(second)
    asking.tell(outbreak)


def _practise(_job: dict[str, Any]) -> None:
    teaching.practise()


def _reports(job: dict[str, Any], model: tuple[str, int]) -> list[Report]:
    """The reports of a story that the whole community sees, that with the pictures first, then the newest."""
    found = newest(model, 60, marking__in=("green", "clear"))
    return sorted(found, key=lambda report: report.pk != job["report"])


def newest(model: tuple[str, int], most: int, **conditions: Any) -> list[Report]:
    """The newest released reports of a story."""
    name, year = model
    rows = Report.objects.filter(model_name=name, model_year=year, state="released", **conditions)
    return list(rows.select_related("owner").order_by("-detected_on", "-pk")[:most])


def _own(reports: list[Report]) -> list[Report]:
    """Those of the agency whose the first one is."""
    return [report for report in reports if report.owner_id == reports[0].owner_id]


_PARTS: Final[dict[str, Callable[[dict[str, Any]], None]]] = {
    "subscriptions": _subscribe,
    OUTBREAK: _outbreak,
    LABEL: _label,
    "alerts": _others,
    **{name: _lesson(name) for name in lessons.SMALLER},
    "practice": _practise,
    "agreements": _agreements,
}
"""How each of `tasks.PARTS` is told."""

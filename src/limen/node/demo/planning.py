"""The two plans of the demonstration: one on visa fraud by which people are exploited, one on onward movement by land.

Each is written by its lead, put to the partners by two people, joined by two officers of each, and worked in.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils import timezone

from limen.node.demo.acting import acting
from limen.node.plans import approving, drafting, linking, series, tasking
from limen.node.plans.models import Of, Offence, Period, Plan, TaskState
from limen.node.plans.reading import members
from limen.node.reports.models import Report
from limen.node.sharing import releasing, rules
from limen.node.sharing.agreed import Agreement
from limen.node.sharing.markings import Marking

PERIOD: Final = "Joint period of action, winter (demo)"


@dataclass(frozen=True, slots=True)
class Written:
    """What a plan of the demonstration says; days count from today."""

    sites: tuple[str, ...]
    """The lead, then the partners, by the beginning of their domain."""
    fields: dict[str, object]
    phases: tuple[tuple[str, int, int, str], ...]
    tasks: tuple[tuple[str, str, int, TaskState], ...]
    """What, by which site, due when, and how far it is."""
    search: tuple[str, dict[str, str]]


LABOUR: Final = Written(
    ("srilanka", "malaysia", "centre"),
    {
        "title": "People brought to work by altered visa labels",
        "objective": "Find who alters and sells the labels, and reach the people who were deceived before they are "
        "moved on. Whoever is found is asked about indicators of trafficking first, and about the document after.",
        "networks": "A placement firm promises posts, keeps passports and sells labels of another category; drivers "
        "meet those who arrive. Some whom they carry are their victims.",
        "offences": [str(Offence.VISA_FRAUD), str(Offence.EXPLOITATION), str(Offence.FACILITATION)],
        "issuers": ["UTO"],
        "nationalities": ["LKA"],
        "routes": "LKCMB > MYKUL",
    },
    (
        ("Preparation", -20, -6, "Both services agree which labels are looked for, and how people are received."),
        ("Checks at two airports", -5, 9, "Every label of this model is examined in ultraviolet light."),
        ("Evaluation", 10, 24, "What was found is told to both sides, and the rest is deleted."),
    ),
    (
        ("Tell counters what the altered label looks like", "srilanka", -7, TaskState.DONE),
        ("Have an interpreter and a shelter ready", "malaysia", -6, TaskState.DONE),
        ("Compare the ink of all labels found so far", "centre", 6, TaskState.DOING),
        ("Ask the labour inspectorate about the placement firm", "malaysia", 8, TaskState.OPEN),
    ),
    ("Utopian visa labels, altered", {"issuer": "UTO", "category": "visa_label", "fraud_class": "forgery"}),
)
CROSSING: Final = Written(
    ("thailand", "malaysia", "laos"),
    {
        "title": "Entered by air, left across a land border",
        "objective": "Learn who enters with the counterfeit Utopian passport and goes on by land, stop the sale of the "
        "passports, and refer those who were deceived.",
        "networks": "Passports are handed over at the last transit and sent back by post; a second group drives "
        "from the airport to the border.",
        "offences": [str(Offence.DOCUMENT_FRAUD), str(Offence.IRREGULAR_CROSSING), str(Offence.SMUGGLING)],
        "issuers": ["UTO"],
        "nationalities": ["UTO"],
        "routes": "LKCMB > MYKUL > THBKK > LAVTE\nLKCMB > THBKK > MYS",
    },
    (
        ("Planning", -15, -2, "Posts, hours and what is looked for are agreed."),
        ("Joint operation", -1, 5, "Two days at the airports and at two bridges."),
        ("Follow-up", 6, 30, "Numbers are checked by all three services; the plan is closed and archived."),
    ),
    (
        ("Check arrivals of the last month against exits by land", "thailand", -3, TaskState.DONE),
        ("Post an examiner at the bridge", "laos", 0, TaskState.DOING),
        ("Watch parcels to the address in the alert", "malaysia", 4, TaskState.OPEN),
    ),
    ("Counterfeit Utopian passports", {"issuer": "UTO", "category": "passport", "fraud_class": "counterfeit"}),
)


def tell(labour: Agreement, crossing: Agreement, accounts: list[Report], outbreak: list[Report]) -> list[Plan]:
    """Write both, and let the partners join and work."""
    period = _period()
    return [_run(LABOUR, labour, period, accounts), _run(CROSSING, crossing, period, outbreak)]


def _period() -> Period:
    today = timezone.localdate()
    days = (today - datetime.timedelta(days=30), today + datetime.timedelta(days=40))
    with acting("coordinator@centre") as officer:
        values = {
            "name": PERIOD,
            "first_day": days[0].isoformat(),
            "last_day": days[1].isoformat(),
            "for_community": "1",
        }
        return tasking.make_period(officer, values)


def _run(said: Written, agreement: Agreement, period: Period, reports: list[Report]) -> Plan:
    plan = _written(said, agreement, period)
    _put(plan, said)
    for site in said.sites[1:]:
        _join(plan, site)
    plan.refresh_from_db()
    _approve_phase(plan, said.sites[0])
    _set_tasks(plan, said)
    _link(plan, said, reports)
    return plan


def _written(said: Written, agreement: Agreement, period: Period) -> Plan:
    with acting(f"analyst@{said.sites[0]}") as officer:
        days = {"begins_on": _day(said.phases[0][1]), "ends_on": _day(said.phases[-1][2])}
        known = said.fields | days | {"agreement": agreement.reference, "period": str(period.uid), "language": "en"}
        plan = drafting.begin(officer, known, [f"demo-{site}" for site in said.sites[1:]])
    with acting(f"coordinator@{said.sites[0]}") as officer:
        for name, first, last, aim in said.phases:
            values = {"name": name, "first_day": _day(first), "last_day": _day(last), "aim": aim}
            tasking.add_phase(plan, officer, values)
    return plan


def _put(plan: Plan, said: Written) -> None:
    with acting(f"examiner@{said.sites[0]}") as officer:
        partners = frozenset(partner.agency_id for partner in plan.partners.all())
        release = releasing.propose(
            plan, officer, rules.Audience(officer.agency_id, Marking.AMBER_STRICT, agencies=partners)
        )
    with acting(f"coordinator@{said.sites[0]}") as officer:
        releasing.approve(plan, release, officer)


def _join(plan: Plan, site: str) -> None:
    with acting(f"examiner@{site}") as officer:
        values = {"authority": f"Head of operations, {officer.agency.name}", "number": "4/26", "decided_on": _day(-9)}
        approval = approving.record(plan, officer, Of.JOINING, values)
    with acting(f"coordinator@{site}") as officer:
        approving.confirm(approval, officer)


def _approve_phase(plan: Plan, site: str) -> None:
    with acting(f"examiner@{site}") as officer:
        values = {"authority": f"Directorate, {officer.agency.name}", "number": "17/26", "decided_on": _day(-8)}
        approval = approving.record(plan, officer, Of.PHASE, values, phase=plan.phases.all()[0])
    with acting(f"coordinator@{site}") as officer:
        approving.confirm(approval, officer)


def _set_tasks(plan: Plan, said: Written) -> None:
    for title, site, due, state in said.tasks:
        with acting(f"coordinator@{said.sites[0]}") as officer:
            task = tasking.add_task(plan, officer, {"title": title, "agency": f"demo-{site}", "due_on": _day(due)})
        if state != TaskState.OPEN:
            with acting(f"examiner@{site}") as officer:
                tasking.move_task(task, officer, {"state": str(state), "officer": str(officer.pk)})


def _link(plan: Plan, said: Written, reports: list[Report]) -> None:
    """Let each agency of the plan link its own reports, and the lead follow a search."""
    name, conditions = said.search
    with acting(f"analyst@{said.sites[0]}") as officer:
        series.follow(plan, officer, name, urlencode(conditions))
        inside = {agency.pk: agency.code.removeprefix("demo-") for agency in members(plan)}
    for report in reports:
        if report.owner_id in inside:
            with acting(f"examiner@{inside[report.owner_id]}") as officer:
                linking.link(plan, officer, report)


def _day(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()

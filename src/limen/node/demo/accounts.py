"""Reports that two services of the demonstration tell each other under their agreement, with numbers and names.

People were promised posts and given altered visa labels by the same few persons: the same telephone, employer, flight
and, once, the same passport stand in reports of both services, which is what a link chart shows. Telephone numbers are
of the range that is set aside for drama (+44 7700 900000 to 900999).
"""

from __future__ import annotations

import datetime
import random
from typing import Any, Final

from django.utils import timezone

from limen.node.demo import persons
from limen.node.demo.acting import acting, moved_back
from limen.node.demo.pacts import LABOUR
from limen.node.people.models import Officer
from limen.node.reports import drafting
from limen.node.reports.models import Report
from limen.node.reports.release import propose
from limen.node.sharing import rules
from limen.node.sharing.agreed import Agreement
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.sharing.releasing import approve

_RECRUITER: Final = "Said that a recruiter of Lotus Bridge Placement, telephone +44 7700 900142, kept the passport."
_DRIVER: Final = "Was met by a driver, telephone +44 7700 900318, who was paid by Lotus Bridge Placement."
_SECOND: Final = "Was called on the way from +44 7700 900142 and told to say that this was a holiday."

SAID: Final = (
    # site, setting, place, service, days ago, facilitator
    ("malaysia", "arrival", "MYKUL", "UL314", 23, _RECRUITER),
    ("malaysia", "arrival", "MYKUL", "UL314", 20, _DRIVER),
    ("malaysia", "inland", "MYKUL", "", 16, _RECRUITER),
    ("malaysia", "arrival", "MYKUL", "UL318", 9, _SECOND),
    ("srilanka", "departure", "LKCMB", "UL314", 21, _RECRUITER),
    ("srilanka", "departure", "LKCMB", "UL318", 12, _SECOND),
    ("srilanka", "departure", "LKCMB", "UL318", 9, _DRIVER),
    ("srilanka", "departure", "LKCMB", "UL314", 4, _RECRUITER),
)
SUMMARIES: Final = (
    "Visa label of another category printed over; line work gone under the dates.",
    "Category of the label altered from visit to employment by another ink.",
    "Label found at a check of a place of work; its validity was lengthened.",
    "Same ink and same figures as in two earlier labels of this month.",
    "Label altered before departure: the paper is thin where the category stands.",
    "Washed and printed over; bright in ultraviolet light.",
    "Label lifted from another passport: the stamp does not go on beyond its edge.",
    "Washed and printed over, by the same hand as the earlier ones.",
)
"""Of each row of `SAID`."""
SHARED: Final = (2, 7)
"""Positions in `SAID` of two reports on one and the same passport."""


def tell(agreement: Agreement) -> list[Report]:
    """Write them, and release each under the agreement by two people."""
    rng = random.Random(77)
    papers: dict[int, persons.Paper] = {}
    found = []
    for number, row in enumerate(SAID):
        known = SHARED[0] if number == SHARED[1] else number
        papers.setdefault(known, persons.paper(rng, timezone.localdate()))
        report = _written(rng, row, papers[known], SUMMARIES[number])
        _released(report, agreement, row[0])
        moved_back(report, min(row[4], 3))
        found.append(report)
    return found


def _written(rng: random.Random, row: tuple[Any, ...], paper: persons.Paper, summary: str) -> Report:
    site, setting, place, service, days, facilitator = row
    day = timezone.localdate() - datetime.timedelta(days=days)
    sex = rng.choice("FM")
    who, _born = persons.bearer(rng, sex, "18_24", day)
    values = {
        "issuer": "UTO", "category": "visa_label", "fraud_class": "forgery", "method": "visa_altered",
        "model_name": "Utopian visa label", "model_year": "2024", "detected_on": day.isoformat(),
        "detection_country": "MYS" if site == "malaysia" else "LKA", "place": place, "setting": setting,
        "nationality_claimed": "LKA", "sex": sex, "facilitated": "yes", "summary": summary,
        "number": paper.number, "expires_on": paper.expires_on or "",
        "surname": who.surname, "given_names": who.given_names, "birth_date": who.birth_date,
        "facilitator": facilitator,
    }  # fmt: skip
    with acting(f"counter@{site}") as officer:
        report = drafting.begin(officer, values)
        return drafting.set_legs(report, officer, _legs(site, service, day))


def _legs(site: str, service: str, day: datetime.date) -> list[dict[str, str]]:
    on = day.isoformat()
    flown = {"carrier": service[:2], "service": service}
    return [
        {"role": "embarkation", "country": "LKA", "place": "LKCMB", "on": on} | (flown if site == "srilanka" else {}),
        {"role": "destination", "country": "MYS", "place": "MYKUL", "on": on} | (flown if site == "malaysia" else {}),
    ]


def _released(report: Report, agreement: Agreement, site: str) -> None:
    """By two people of its agency, under the agreement."""

    def audience(officer: Officer) -> rules.Audience:
        return rules.Audience(
            officer.agency_id,
            Marking.AMBER,
            classes=LABOUR.classes,
            agreements=frozenset({agreement.pk}),
            kind="reports",
        )

    with acting(f"counter@{site}") as officer:
        release = propose(report, officer, audience(officer), agreement.reference)
    if report.state != State.RELEASED:
        with acting(f"coordinator@{site}") as officer:
            approve(report, release, officer)
            report.refresh_from_db()

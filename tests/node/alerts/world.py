"""The random world of `tests/node/sharing/world.py` with alerts in it, and what the rule allows each officer to see.

Every text of an alert holds a token, `zqa<alert>`, of an answer to it `zqf<answer>`.
"""

from __future__ import annotations

import datetime
import random
import re
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from limen.node.alerts.models import Acknowledgement, Alert, Feedback, Link, Urgency
from limen.node.alerts.words import words_of
from limen.node.people.models import Officer
from limen.node.sharing import policy, rules
from limen.node.sharing.models import State

from ..sharing.world import ISSUERS, METHODS, PLACES, World
from ..sharing.world import build as build_reports

ALERT, ANSWER = re.compile(r"zqa(\d+)"), re.compile(r"zqf(\d+)")


@dataclass(slots=True)
class Alerts:
    """Alerts in a world, for whom they are, and what hangs on them."""

    world: World
    alerts: list[Alert] = field(default_factory=list)
    audiences: dict[int, rules.Audience] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    acknowledged: list[Acknowledgement] = field(default_factory=list)
    answers: list[Feedback] = field(default_factory=list)

    def sees(self, officer: Officer, alert: Any) -> bool:
        """Whether the rule lets the officer see the alert."""
        number = alert if isinstance(alert, int) else alert.pk
        looker = policy.looker(officer, self.world.shut_out)
        return bool(rules.sees(looker, self.audiences[number], self.world.clauses).classes)

    def visible(self, officer: Officer) -> set[int]:
        """The alerts that the officer may find."""
        return {alert.pk for alert in self.alerts if self.sees(officer, alert)}

    def linked(self, officer: Officer) -> set[int]:
        """The links of which the officer may see both ends."""
        reports = self.world.visible(officer)
        return {link.pk for link in self.links if self.sees(officer, link.alert_id) and link.report_id in reports}

    def read(self, officer: Officer) -> set[int]:
        """The acknowledgements that the officer may see by name: one's own, to a coordinator those of the agency."""
        coordinates = officer.has_role("coordinator")
        return {
            each.pk
            for each in self.acknowledged
            if _acts(officer)
            and (
                each.officer_id == officer.pk
                or (coordinates and each.agency_id == officer.agency_id and self.sees(officer, each.alert_id))
            )
        }

    def answered(self, officer: Officer) -> set[int]:
        """The answers that the officer may see: one's own, those of the agency, those to an alert of the agency's."""
        return {
            each.pk
            for each in self.answers
            if _acts(officer)
            and (
                each.officer_id == officer.pk
                or (officer.agency_id in (each.agency_id, each.owner_id) and self.sees(officer, each.alert_id))
            )
        }

    def leaks(self, officer: Officer, text: str) -> list[str]:
        """What a text holds of alerts and answers that the officer should not have seen."""
        alerts, answers = self.visible(officer), self.answered(officer)
        found = [f"alert {each}" for each in set(ALERT.findall(text)) if int(each) not in alerts]
        found += [f"answer {each}" for each in set(ANSWER.findall(text)) if int(each) not in answers]
        return [f"{officer.roles} of {officer.agency.code} saw {each}" for each in found]


def _acts(officer: Officer) -> bool:
    return officer.is_active and officer.agency.is_active


def build(make, keeping, seed: int, *, alerts: int = 40, reports: int = 40) -> Alerts:
    """Make a world; alerts are set where releases would have brought them, which other tests show."""
    rng = random.Random(seed)
    made = Alerts(build_reports(make, keeping, seed, reports=reports))
    with keeping():
        for _ in range(alerts):
            _add(made, rng)
        for _ in range(2 * alerts):
            _hang(made, rng)
    return made


def _add(made: Alerts, rng: random.Random) -> None:
    author = rng.choice(made.world.officers)
    private = rules.Audience.private(author.agency_id)
    state = rng.choice([State.RELEASED] * 5 + [State.DRAFT, State.PROPOSED, State.RECALLED])
    country, place = rng.choice(PLACES)
    alert = Alert.objects.create(
        owner=author.agency,
        author=author,
        audience_id=policy.intern(private),
        urgency=rng.choice([1, 2, 3]),
        issuers=rng.sample(ISSUERS, rng.choice([0, 1, 1, 2])),
        category=rng.choice(["", "passport"]),
        methods=[rng.choice(METHODS)],
        countries=[country],
        places=[place],
        valid_until=timezone.localdate() + datetime.timedelta(days=rng.choice([-5, 30, 60])),
    )
    token = f"zqa{alert.pk}"
    alert.title = alert.summary = alert.action = alert.route = alert.contact = token
    alert.points = [{"look": token, "light": "uv", "right": token, "wrong": token, "picture": ""}]
    alert.words = words_of(alert)
    audience = private
    if state == State.RELEASED:
        audience = made.world.audience(rng, author.agency, "alerts")
        if audience.community and alert.urgency == Urgency.URGENT:
            audience = replace(audience, floor=True, kind="alerts")
        alert.released_at = timezone.now()
    alert.state, alert.audience_id = state, policy.intern(audience)
    alert.save()
    alert.refresh_from_db()
    made.alerts.append(alert)
    made.audiences[alert.pk] = audience


def _hang(made: Alerts, rng: random.Random) -> None:
    """A link, and an acknowledgement and an answer of somebody who sees the alert."""
    alert, report = rng.choice(made.alerts), rng.choice(made.world.reports)
    if not Link.objects.filter(alert=alert, report=report).exists():
        made.links.append(Link.objects.create(alert=alert, report=report, agency=alert.owner))
    officer = rng.choice(made.world.officers)
    if alert.state != State.RELEASED or not made.sees(officer, alert):
        return
    if not Acknowledgement.objects.filter(alert=alert, officer=officer).exists():
        made.acknowledged.append(Acknowledgement.objects.create(alert=alert, officer=officer, agency=officer.agency))
    given = Feedback.objects.create(
        alert=alert, owner=alert.owner, officer=officer, agency=officer.agency, verdict="seen"
    )
    given.comment = f"zqf{given.pk}"
    given.save()
    made.answers.append(given)

"""Agencies that give, stop giving and come back, under conditions that come and go; and what the rule says of them.

Who contributes is reckoned here from what was written down, in Python, and never asked of the database.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from django.db import connection

from limen.node.people.models import Agency, Officer
from limen.node.sharing import policy, rules
from limen.node.sharing.contributing import Asked, Given, contributes
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Condition, Release, Statement

DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class Giving:
    """What is asked and given in a world; the keeper changes it."""

    rng: random.Random
    officers: list[Officer]
    now: datetime.datetime
    conditions: list[Condition] = field(default_factory=list)
    entered: dict[int, datetime.datetime] = field(default_factory=dict)
    released: dict[int, list[Release]] = field(default_factory=dict)
    months: dict[int, list[datetime.date]] = field(default_factory=dict)

    @classmethod
    def begin(cls, rng: random.Random, officers: list[Officer]) -> Giving:
        """Agencies that entered some time ago and gave something since."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            made = cls(rng, officers, cursor.fetchone()[0])
        for agency in {officer.agency_id for officer in officers}:
            made.entered[agency] = made.now - rng.choice([10, 100, 800]) * DAY
            Agency.objects.filter(pk=agency).update(created_at=made.entered[agency])
        made.ask()
        for _ in range(6):
            made.give()
        return made

    def change(self) -> None:
        """Something happens."""
        self.rng.choice([self.ask, self.give, self.give, self.give, self.take, self.take, self.age, self.state])()

    def ask(self) -> None:
        """A condition more, or that nothing is asked; begun, or not yet."""
        number = len(self.conditions)
        officer = self.rng.choice(self.officers)
        confirmed = self.now - (1000 - number) * DAY
        self.conditions.append(
            Condition.objects.create(
                is_on=self.rng.random() < 0.85,
                least=self.rng.randint(1, 2),
                months=self.rng.choice([1, 3, 6]),
                grace=self.rng.choice([0, 1, 12]),
                stage="confirmed",
                proposed_by=officer,
                decided_by=officer,
                decided_at=confirmed,
                begins_at=self.rng.choice([confirmed, confirmed, self.now + 5 * DAY]),
            )
        )

    def give(self) -> None:
        """An agency has released a report, today or long ago."""
        officer = self.rng.choice([each for each in self.officers if each.is_active])
        at = self.now - self.rng.choice([0, 0, 20, 80, 150, 300]) * DAY
        audience = policy.intern(rules.Audience(officer.agency_id, Marking.GREEN, community=True))
        record = 10**6 + Release.objects.count()
        release = Release.objects.create(
            kind="reports",
            record=record,
            owner=officer.agency,
            audience_id=audience,
            proposed_by=officer,
            decision="approved",
            decided_by=officer,
            decided_at=at,
        )
        self.released.setdefault(officer.agency_id, []).append(release)

    def take(self) -> None:
        """An agency recalls what it gave."""
        if given := [agency for agency, releases in self.released.items() if releases]:
            release = self.released[self.rng.choice(given)].pop()
            release.decision = "recalled"
            release.save()

    def age(self) -> None:
        """What an agency gave was given longer ago."""
        for release in self.released.get(self.rng.choice(self.officers).agency_id, []):
            release.decided_at -= 40 * DAY
            release.save()

    def state(self) -> None:
        """A coordinator signs that a month brought nothing."""
        officer = self.rng.choice(self.officers)
        month = (self.now - self.rng.choice([40, 100, 250]) * DAY).date().replace(day=1)
        if month not in self.months.setdefault(officer.agency_id, []):
            Statement.objects.create(agency=officer.agency, month=month, signed_by=officer)
            self.months[officer.agency_id].append(month)

    def shut_out(self) -> frozenset[int]:
        """The agencies that do not see what is for the community."""
        begun = [each for each in self.conditions if each.begins_at <= self.now]
        asked = [Asked(each.begins_at, None, each.is_on, each.least, each.months, each.grace) for each in begun[-1:]]
        return frozenset(
            agency
            for agency, entered in self.entered.items()
            if not contributes(
                asked,
                Given(
                    entered,
                    tuple(release.decided_at for release in self.released.get(agency, [])),
                    tuple(self.months.get(agency, [])),
                ),
                self.now,
            )
        )

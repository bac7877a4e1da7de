"""Random agreements among random agencies, as the keeper sets them, and what the rule says of them.

What is in force is computed here from what was written down, in Python, and never asked of the database.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from limen.node.people.models import Agency, Officer
from limen.node.sharing import rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.models import Agreement, Clause, Edition, Halt, Party

DAY = datetime.timedelta(days=1)
KINDS = ["reports", "alerts", "casebook", "assistance", "plans"]


@dataclass(slots=True)
class Pacts:
    """Agreements, and how they come, change, rest and end."""

    rng: random.Random
    agencies: list[Agency]
    officers: list[Officer]
    all: list[Agreement] = field(default_factory=list)
    bound: dict[int, set[int]] = field(default_factory=dict)
    """Who drew each up, and to whom one of its editions was put."""

    def begin(self) -> None:
        """An agreement with one or two editions."""
        maker = self.rng.choice(self.agencies)
        made = Agreement.objects.create(title="Pact", maker=maker)
        self.all.append(made)
        self.amend(made)
        if self.rng.random() < 0.3:
            self.amend(made)

    def amend(self, made: Agreement) -> None:
        """One more edition, between any two to four agencies, of any term."""
        today = timezone.now().date()
        begins = today + self.rng.choice([-90, -30, -1, 0, 1, 30]) * DAY
        ends = self.rng.choice([None, None, begins + 10 * DAY, begins + 60 * DAY, begins + 400 * DAY])
        edition = Edition.objects.create(
            agreement=made,
            number=made.editions.count() + 1,
            maker=made.maker,
            author=self.rng.choice([officer for officer in self.officers if officer.agency_id == made.maker_id]),
            begins_on=begins,
            ends_on=ends,
            stage=self.rng.choice(["agreed"] * 5 + ["withdrawn", "refused"]),
            # Within a test's transaction the database's clock stands still, behind this one.
            agreed_at=timezone.now() - self.rng.choice([1, 10, 50]) * DAY,
            onward=self.rng.choice(["no", "within", "consent"]),
        )
        parties = self.rng.sample(self.agencies, self.rng.randint(2, 4))
        self.bound.setdefault(made.pk, set()).update({made.maker_id, *(agency.pk for agency in parties)})
        for agency in parties:
            Party.objects.create(edition=edition, agency=agency)
        for giver in parties:
            for receiver in parties:
                if giver != receiver and self.rng.random() < 0.7:
                    kinds = sorted({self.rng.choice(["reports", *KINDS]), *self.rng.sample(KINDS, 2)})
                    classes = 1 | self.rng.choice([0, 2, 4, 6, 8, 14])
                    Clause.objects.create(edition=edition, giver=giver, receiver=receiver, kinds=kinds, classes=classes)
        self._regrant(made)

    def change(self) -> None:
        """Halt, lift, end or amend one of them, or begin another."""
        made = self.rng.choice(self.all)
        what = self.rng.choice(["halt", "halt", "lift", "lift", "amend", "begin", "end"])
        if what == "begin":
            self.begin()
        elif what == "amend":
            self.amend(made)
        elif what == "end" and self.rng.random() < 0.3:
            made.ended_at = timezone.now()
            made.save()
        elif what == "halt" and not made.halts.filter(lifted_at=None).exists():
            officer = self.rng.choice(self.officers)
            Halt.objects.create(agreement=made, agency=officer.agency, officer=officer, reason="A pause.")
        elif what == "lift":
            for halt in made.halts.filter(lifted_at=None):
                halt.lifted_at = timezone.now()
                halt.save()

    def _regrant(self, made: Agreement) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sharing_regrant(%s)", [made.pk])

    def of(self, agency: Agency) -> list[int]:
        """The agreements under which an agency may release: it is a party to one of their agreed editions."""
        parties = Party.objects.filter(agency=agency, edition__stage="agreed", edition__agreement__in=self.all)
        return sorted(set(parties.values_list("edition__agreement", flat=True)))

    def known(self, officer: Officer) -> set[int]:
        """The agreements that the officer's agency knows of: it drew them up, or they were put to it."""
        alive = officer.is_active and officer.agency.is_active
        return {key for key, agencies in self.bound.items() if alive and officer.agency_id in agencies}

    def in_force(self) -> list[rules.Clause]:
        """The clauses that hold now."""
        return [clause for made in self.all for clause in self._clauses(made)]

    def _clauses(self, made: Agreement) -> list[rules.Clause]:
        made.refresh_from_db()
        if made.ended_at or made.halts.filter(lifted_at=None).exists():
            return []
        agreed = sorted(
            (max(_midnight(each.begins_on), each.agreed_at), each.number, each)
            for each in made.editions.filter(stage="agreed")
        )
        now = timezone.now()
        begun = [each for since, _number, each in agreed if since <= now]
        if not begun or (begun[-1].ends_on and _midnight(begun[-1].ends_on + DAY) <= now):
            return []
        return [
            rules.Clause(
                made.pk,
                each.giver_id,
                each.receiver_id,
                frozenset(each.kinds),
                FieldClass(each.classes),
                begun[-1].onward,
            )
            for each in begun[-1].clauses.all()
        ]


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)

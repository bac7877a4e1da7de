"""An officer's own progress: how often asked, right, placed; false objections and missed ones apart.

Broken down by issuer, method and difficulty of the case studies that the officer may still see. What is no longer seen,
or was deleted, counts in the whole alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from limen.node.casebook import reading
from limen.node.casebook.models import Difficulty, Question
from limen.node.people.models import Officer
from limen.node.terms import label


@dataclass(slots=True)
class Tally:
    """Counts of answers."""

    name: str
    tried: int = 0
    """Answers in all."""
    asked: int = 0
    """Of them, those to whether anything speaks against it."""
    right: int = 0
    false: int = 0
    """Objected to a reference picture."""
    missed: int = 0
    """Did not object to what was found."""
    placed: int = 0
    """Marked a place where there was one to mark."""
    hit: int = 0

    def add(self, question: Question) -> None:
        """Count one answer."""
        self.tried += 1
        if question.two_sided:
            self.asked += 1
            self.right += bool(question.right)
            self.false += bool(question.objected and not question.shows_fraud)
            self.missed += bool(question.objected is False and question.shows_fraud)
        if question.hit is not None:
            self.placed += 1
            self.hit += question.hit

    @property
    def right_share(self) -> int | None:
        """Right answers in per cent."""
        return round(100 * self.right / self.asked) if self.asked else None

    @property
    def hit_share(self) -> int | None:
        """Places hit in per cent."""
        return round(100 * self.hit / self.placed) if self.placed else None


@dataclass(slots=True)
class Progress:
    """All of it."""

    whole: Tally
    months: list[Tally] = field(default_factory=list)
    issuers: list[Tally] = field(default_factory=list)
    methods: list[Tally] = field(default_factory=list)
    difficulties: list[Tally] = field(default_factory=list)

    @property
    def tables(self) -> list[tuple[str, str, list[Tally]]]:
        """Caption, heading of the first column, and rows."""
        return [
            (_("By issuer"), _("Issuer"), self.issuers),
            (_("By method"), _("Method"), self.methods),
            (_("By difficulty"), _("Difficulty"), self.difficulties),
        ]


def of(officer: Officer) -> Progress:
    """Count the officer's own answers."""
    answers = list(Question.objects.filter(officer=officer, answered_at__isnull=False).order_by("answered_at"))
    numbers = {each.case_id for each in answers if each.case_id}
    cases = {case.pk: case for case in reading.cases().filter(pk__in=numbers)}
    known = [(each, cases[each.case_id]) for each in answers if each.case_id in cases]
    return Progress(
        whole=_tally(_("All"), answers),
        months=_by(((_month(each), each) for each in answers), str),
        issuers=_by(((case.issuer, each) for each, case in known if case.issuer), _issuer),
        methods=_by(((case.methods[0], each) for each, case in known if case.methods), _method),
        difficulties=sorted(
            _by(((str(case.difficulty), each) for each, case in known if case.difficulty), _difficulty),
            key=lambda tally: tally.name,
        ),
    )


def forget(officer: Officer) -> int:
    """Delete all of the officer's questions and answers. How many."""
    with transaction.atomic():
        return Question.objects.filter(officer=officer).delete()[0]


def _tally(name: str, answers: Iterable[Question]) -> Tally:
    tally = Tally(name)
    for each in answers:
        tally.add(each)
    return tally


def _by(pairs: Iterable[tuple[str, Question]], name: Callable[[str], Any]) -> list[Tally]:
    groups: dict[str, list[Question]] = {}
    for key, question in pairs:
        groups.setdefault(key, []).append(question)
    return [_tally(str(name(key)), rows) for key, rows in groups.items()]


def _month(question: Question) -> str:
    answered: datetime.datetime | None = question.answered_at
    return f"{answered:%Y-%m}"


def _issuer(code: str) -> str:
    return label("issuer", code)


def _method(code: str) -> str:
    return label("method", code)


def _difficulty(code: str) -> str:
    return f"{code}: {Difficulty(int(code)).label}"

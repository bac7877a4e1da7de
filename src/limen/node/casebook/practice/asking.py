"""Choosing what an officer is asked next, and finding what a question shows.

Which side is shown is a toss of a coin, apart for each question: who always objects is wrong half of the time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.casebook import reading
from limen.node.casebook.finding import Search
from limen.node.casebook.models import CaseStudy, Question
from limen.node.casebook.practice import boxes
from limen.node.casebook.practice.scenes import Scene, scenes_of
from limen.node.exhibits.models import Exhibit
from limen.node.people.models import Officer
from limen.node.sharing import policy
from limen.node.sharing.models import State
from limen.node.web.errors import Invalid

MOST = 500
"""Case studies among which the next is chosen: the newest that answer the conditions."""

_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what it shows."""

    question: Question
    case: CaseStudy
    pairs: tuple[tuple[Exhibit, Exhibit | None], ...]
    """A pair a light: the picture that is shown, and that of the other side."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to practise."""

    scenes: Mapping[int, list[Scene]]
    standings: Mapping[int, boxes.Standing]

    @property
    def count(self) -> int:
        """How many case studies."""
        return len(self.scenes)

    @property
    def new(self) -> int:
        """How many of them were never asked."""
        return len(self.scenes.keys() - self.standings.keys())

    @property
    def due(self) -> int:
        """How many of them are due again."""
        now = timezone.now()
        return sum(1 for case in self.scenes if case in self.standings and self.standings[case].due <= now)


def offer(officer: Officer, search: Search) -> Offer:
    """Gather what the officer may practise of what answers the conditions, and how each stands."""
    cases = list(_released(search)[:MOST])
    scenes = scenes_of(cases)
    return Offer(scenes, _standings(officer, scenes.keys()))


def ask(officer: Officer, search: Search) -> Question:
    """Ask the next question; one that waits for its answer stays the next. Raises `Invalid` where there is none."""
    found = offer(officer, search)
    if not found.count:
        raise Invalid(_("There is no case study to practise with; take a condition off, or wait for the next release."))
    with transaction.atomic():
        if (waiting := _waiting(officer, found)) is not None:
            return waiting
        case = boxes.in_order(found.scenes, found.standings, timezone.now(), _random.shuffle)[0]
        scene = _random.choice(found.scenes[case])
        shows_fraud = not scene.two_sided or secrets.randbelow(2) == 1
        return Question.objects.create(
            officer=officer,
            case_id=case,
            pictures=[_uids(pair, shows_fraud) for pair in scene.pairs],
            two_sided=scene.two_sided,
            shows_fraud=shows_fraud,
        )


def question_of(officer: Officer, token: str) -> Asked:
    """The officer's own question, while its case study and pictures may be seen. Raises `Http404`."""
    question = Question.objects.filter(officer=officer, token=token).first()
    asked = _resolved(question) if question is not None else None
    if asked is None:
        raise Http404
    return asked


def _released(search: Search) -> QuerySet[CaseStudy]:
    return search.rows().filter(state=State.RELEASED)


def _waiting(officer: Officer, found: Offer) -> Question | None:
    """The question that was asked and not answered, where it still can be; others that wait are dropped."""
    kept = None
    for question in Question.objects.filter(officer=officer, answered_at=None).order_by("-asked_at"):
        if kept is None and question.case_id in found.scenes and _resolved(question) is not None:
            kept = question
        else:
            question.delete()
    return kept


def _resolved(question: Question) -> Asked | None:
    case = reading.cases().filter(pk=question.case_id, state=State.RELEASED).first()
    if case is None:
        return None
    wanted = {uid for pair in question.pictures for uid in pair if uid}
    rows = Exhibit.objects.filter(
        uid__in=wanted, kind=CaseStudy._meta.app_label, record=case.pk, masks_confirmed=True, withheld=False
    )
    exhibits = {str(each.uid): each for each in policy.visible(rows)}
    if exhibits.keys() != wanted:
        return None
    pairs = tuple((exhibits[one], exhibits.get(other)) for one, other in question.pictures)
    return Asked(question, case, pairs)


def _standings(officer: Officer, cases: object) -> dict[int, boxes.Standing]:
    answered = Question.objects.filter(officer=officer, answered_at__isnull=False, case__in=list(cases))  # type: ignore[call-overload]
    by_case: dict[int, list[Question]] = {}
    for question in answered.order_by("answered_at", "pk"):
        by_case.setdefault(question.case_id, []).append(question)
    found = {case: boxes.standing((each.answered_at, each.is_good) for each in rows) for case, rows in by_case.items()}
    return {case: held for case, held in found.items() if held is not None}


def _uids(pair: tuple[Exhibit, Exhibit | None], shows_fraud: bool) -> list[str]:
    found, reference = pair
    if reference is None:
        return [str(found.uid), ""]
    return [str(found.uid), str(reference.uid)] if shows_fraud else [str(reference.uid), str(found.uid)]

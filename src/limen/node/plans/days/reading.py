"""Reading operation days and what was counted, as far as row-level security lets the viewer."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.http import Http404
from django.urls import reverse

from limen.node.people.models import Agency, Officer
from limen.node.plans import reading as plans
from limen.node.plans import rights as of_plans
from limen.node.plans.days.models import Counted, OperationDay, Post, Tally
from limen.node.plans.models import Plan, Stage
from limen.node.reports.finding import Search
from limen.node.sharing.kinds import RELEASERS
from limen.node.terms import label

COUNTERS = ("counter", "examiner", "analyst", "coordinator")
"""Roles that count at a post."""


def within(plan: Plan) -> list[OperationDay]:
    """The days of a plan that the viewer sees."""
    return list(plan.operation_days.select_related("agency"))


def day_of(reference: str, number: int) -> OperationDay:
    """A day of a plan by its number. Raises `Http404` where there is none for this viewer."""
    rows = OperationDay.objects.select_related("plan__owner", "agency", "closed_by")
    found = rows.filter(plan__reference=reference.upper(), number=number).first()
    if found is None:
        raise Http404
    return found


def post_of(day: OperationDay, uid: uuid.UUID) -> Post:
    """A post of a day. Raises `Http404`."""
    found = day.posts.select_related("agency", "day__plan__owner").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def place_name(code: str) -> str:
    """What a place is called, in the viewer's language."""
    return str(label("place", code))


@dataclass(frozen=True, slots=True)
class Column:
    """A partner: its posts, and what they counted together."""

    agency: Agency
    posts: list[Post]
    totals: dict[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All figures of a day: a column for each partner, a line for each thing that is counted."""

    columns: list[Column]
    by_post: dict[int, dict[str, int]]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What is counted, its figure in each column, and their sum."""
        return [
            {
                "what": what,
                "label": text,
                "figures": [column.totals.get(what, 0) for column in self.columns],
                "total": sum(column.totals.get(what, 0) for column in self.columns),
            }
            for what, text in Counted.choices
        ]

    @property
    def posts(self) -> list[dict[str, Any]]:
        """Each post with its figures, by partner."""
        return [
            {
                "post": post,
                "place": place_name(post.place),
                "figures": [(text, self.by_post.get(post.pk, {}).get(what, 0)) for what, text in Counted.choices],
            }
            for column in self.columns
            for post in column.posts
        ]


def sheet(day: OperationDay) -> Sheet:
    """Add up what was counted, in two queries."""
    posts = list(day.posts.select_related("agency"))
    by_post: dict[int, dict[str, int]] = {}
    sums = Tally.objects.filter(post__day=day).order_by().values_list("post", "what").annotate(n=Sum("amount"))
    for post, what, n in sums:
        by_post.setdefault(post, {})[what] = n
    columns: dict[int, Column] = {}
    for post in posts:
        column = columns.setdefault(post.agency_id, Column(post.agency, [], {}))
        column.posts.append(post)
        for what, n in by_post.get(post.pk, {}).items():
            column.totals[what] = column.totals.get(what, 0) + n
    return Sheet(list(columns.values()), by_post)


def of_post(post: Post) -> dict[str, int]:
    """What a post counted."""
    sums = post.tallies.order_by().values_list("what").annotate(n=Sum("amount"))
    return dict.fromkeys(Counted.values, 0) | dict(sums)


def corrections(day: OperationDay) -> list[Tally]:
    """What was taken off or added afterwards, with the reasons."""
    rows = Tally.objects.filter(post__day=day).exclude(reason="").select_related("post__agency")
    return list(rows.order_by("-pk")[:100])


@dataclass(frozen=True, slots=True)
class Seen:
    """How many reports of the days at one place the viewer sees, and the list that shows them."""

    place: str
    name: str
    count: int
    url: str


def reports_seen(day: OperationDay) -> list[Seen]:
    """Count the reports that the viewer sees, of the days and the places: each viewer's own figure."""
    places = sorted(set(day.posts.values_list("place", flat=True)))
    rows = Search(since=day.first_on, until=day.last_on).rows().filter(place__in=places).order_by()
    counted = dict(rows.values_list("place").annotate(n=Count("pk")))
    return [Seen(place, place_name(place), counted.get(place, 0), _list_of(day, place)) for place in places]


def _list_of(day: OperationDay, place: str) -> str:
    asked = {"since": day.first_on.isoformat(), "until": day.last_on.isoformat(), "place": place}
    return f"{reverse('reports:list')}?{urlencode(asked)}"


def may_make(plan: Plan, officer: Officer) -> bool:
    """Whether the officer may set up days: who decides for an agency in the plan, while it runs."""
    return plan.stage == Stage.RUNNING and officer.has_role(*RELEASERS) and of_plans.may_act(plan, officer)


def rights(day: OperationDay, officer: Officer) -> dict[str, bool]:
    """Which actions the day's page offers."""
    makes = may_make(day.plan, officer)
    leads = officer.agency_id in (day.agency_id, day.plan.owner_id)
    is_open = day.closed_at is None
    return {
        "may_edit": makes and leads and is_open,
        "may_close": makes and leads and is_open,
        "may_add_posts": makes and is_open,
        "may_set_up_others": makes and officer.agency_id == day.agency_id and is_open,
    }


def may_count(post: Post, officer: Officer, day: OperationDay) -> bool:
    """Whether the officer counts at this post: of its agency, while day and plan are open."""
    mine = post.agency_id == officer.agency_id and officer.has_role(*COUNTERS) and not officer.is_machine
    return mine and day.closed_at is None and post.stood_down_at is None and day.plan.stage == Stage.RUNNING


def may_correct(post: Post, officer: Officer, day: OperationDay) -> bool:
    """Whether the officer corrects it: who counts, and of what is closed who decides."""
    decides = post.agency_id == officer.agency_id and officer.has_role(*RELEASERS) and not officer.is_machine
    return may_count(post, officer, day) or (decides and day.plan.stage == Stage.RUNNING)


def agencies_of(plan: Plan) -> list[Agency]:
    """Who may have posts: the agencies in the plan."""
    return plans.members(plan)


def days_in_words(days: Iterable[datetime.date]) -> str:
    """One date, or the first and the last."""
    return " – ".join(dict.fromkeys(day.isoformat() for day in days))

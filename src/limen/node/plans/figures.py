"""What came of the plans of a period of action, counted over the plans that the viewer is in and over no others.

Apps above, and parts of this one, add counts by `register`: each is asked for plans that the viewer is in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise

from limen.node.plans import reading
from limen.node.plans.models import Period, Plan

Counter = Callable[[Sequence[int]], Mapping[int, int]]
"""Of plans' numbers: how many each has; those that are not among the answers have none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is counted, and where it stands among the others."""

    name: str
    label: str | Promise
    count: Counter
    order: int


_FIGURES: dict[str, Figure] = {}


def register(name: str, label: str | Promise, count: Counter, *, order: int = 50) -> None:
    """Make a figure known, once, as its app is made ready."""
    _FIGURES[name] = Figure(name, label, count, order)


@dataclass(frozen=True, slots=True)
class Table:
    """Plans as rows, figures as columns."""

    columns: list[str]
    rows: list[tuple[Plan, list[int | None]]]
    totals: list[int]

    @property
    def told(self) -> list[tuple[Plan, list[tuple[str, int | None]]]]:
        """Each plan with its figures, each beside the name of its column."""
        return [(plan, list(zip(self.columns, values, strict=True))) for plan, values in self.rows]

    @property
    def sums(self) -> list[tuple[str, int]]:
        """What all plans have together, beside the name of its column."""
        return list(zip(self.columns, self.totals, strict=True))


def of_period(period: Period) -> Table:
    """The figures of every plan of the period that the viewer is in."""
    return of_plans(list(inside().filter(period=period)))


def inside() -> Any:
    """The plans that the viewer's agency leads or has joined, and that were put to somebody."""
    return reading.plans().filter(pk__in=RawSQL("SELECT unnest(plans_inside())", []))


def of_plans(plans: Sequence[Plan]) -> Table:
    """The figures of some plans."""
    numbers = [plan.pk for plan in plans]
    figures = sorted(_FIGURES.values(), key=lambda each: (each.order, each.name))
    counted = [each.count(numbers) for each in figures] if numbers else [{} for _each in figures]
    entered = [str(Plan._meta.get_field(name).verbose_name) for name in ENTERED]
    rows: list[tuple[Plan, list[int | None]]] = [
        (plan, [column.get(plan.pk, 0) for column in counted] + [getattr(plan, name) for name in ENTERED])
        for plan in plans
    ]
    columns = [_capital(str(each.label)) for each in figures] + [_capital(name) for name in entered]
    totals = [sum(values[place] or 0 for _plan, values in rows) for place in range(len(columns))]
    return Table(columns, rows, totals)


ENTERED = ("arrests", "refusals", "referrals")
"""What the lead enters as it closes a plan; nothing before."""


def by_plan(rows: Any, numbers: Sequence[int], **conditions: Any) -> dict[int, int]:
    """Count rows that hang on plans."""
    found = rows.filter(plan__in=numbers, **conditions).order_by().values_list("plan")
    return dict(found.annotate(n=Count("pk")))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

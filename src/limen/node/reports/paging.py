"""Pages of a list of reports, by key: the cursor names the row at which another page ended, nothing is counted off."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from limen.node.reports.models import Report

R = TypeVar("R")

PAGE = 50
"""Rows of one page."""


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows of a list, and the cursors of what lies around them; an empty cursor means nothing does."""

    rows: Sequence[R]
    before: str = ""
    after: str = ""


def paged(rows: QuerySet[Report], cursor: str, size: int, *, sort: bool = False) -> Page[Report]:
    """Page by key, never by counting rows off: the cursor names the row at which another page ended.

    With `sort`, no index gives the order: all rows are found first.
    """
    backward, end = _ending(cursor)
    if end:
        sign = ">" if backward else "<"
        beyond = f"(reports_report.detected_on, reports_report.id) {sign} (%s, %s)"
        rows = rows.filter(RawSQL(beyond, end, output_field=BooleanField()))  # noqa: S611 - two signs of ours
    day = RawSQL("reports_report.detected_on + 0", []) if sort else F("detected_on")
    rows = rows.order_by(day.asc(), "id") if backward else rows.order_by(day.desc(), "-id")
    found = list(rows[: size + 1])
    return page_of(found, size, _key, backward=backward, begun=bool(end))


def page_of(found: list[R], size: int, key: Callable[[R], str], *, backward: bool, begun: bool) -> Page[R]:
    """Make a page of rows that were read in its direction, one more than it holds where there are more.

    `begun` says that another page lies behind; `key` names a row in a cursor.
    """
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    if not found:
        return Page(found)
    has_before, has_after = (more, True) if backward else (begun, more)
    return Page(
        found,
        f"before.{key(found[0])}" if has_before else "",
        f"after.{key(found[-1])}" if has_after else "",
    )


def _key(report: Report) -> str:
    return f"{report.detected_on.isoformat()}.{report.pk}"


def _ending(cursor: str) -> tuple[bool, list[Any]]:
    """Read a cursor; one that is none is the first page's."""
    way, _dot, key = cursor.partition(".")
    day, _dot, number = key.partition(".")
    try:
        date, row = datetime.date.fromisoformat(day), int(number)
    except ValueError:
        return False, []
    return (way == "before", [date, row]) if way in ("before", "after") and 0 < row < 2**62 else (False, [])

"""The six charts: what each counts, and its figures as the table that is drawn, shown and downloaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import ngettext

from limen.node.trends import counting
from limen.node.trends.tables import Cell, Name, Row, Table
from limen.node.trends.views.asking import EVERYTHING, Question

MOST_PLACES = 200
"""Rows of the table of places; the map shows every one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A chart's figures."""

    title: str
    table: Table
    total: int
    """How many reports there are of the conditions and the days, whether they stand in the table or not."""
    notes: Sequence[str] = ()
    points: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """One of the charts."""

    name: str
    label: Any
    icon: str
    kind: str
    """How it is drawn: lines, bars, map, flow, heat or pairs."""
    count: Callable[[Question, bool], Counted]
    """Its figures; more of them where it stands alone on its page."""
    by: str = ""
    """The dimension it is cut by, unless another is chosen; empty where there is nothing to choose."""
    over: str = ""


def address(query: str) -> str:
    """The list of exactly the reports of a figure; empty where no list holds them alone."""
    return f"{reverse('reports:list')}?{query}" if query else ""


def span_words(since: Any, until: Any) -> str:
    """The days of a chart: 2026-01-01 – 2026-03-31, or 2026-01 – 2026-03 where they are whole months."""
    one, other = since.isoformat(), until.isoformat()
    if since.day == 1 and (until.toordinal() + 1) == _month_after(until).toordinal():
        one, other = one[:7], other[:7]
    return one if one == other else f"{one} – {other}"


def _month_after(day: Any) -> Any:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)


def _name(head: Any, query: str = "") -> Name:
    return Name(head.label, head.code, address(query), rest=head.kind == "others")


def _dimension(question: Question, chart: str) -> str:
    """The dimension chosen, if the chart can be cut by it."""
    return question.by if question.by in counting.DIMENSIONS else chart


def _series(question: Question, large: bool) -> Counted:
    by = None if question.by == EVERYTHING else _dimension(question, "fraud_class")
    found = counting.series(question.asked, by)
    queries = [row.queries for row in found.rows]
    week = question.asked.grain == "week"
    table = Table(
        (_("Week") if week else _("Month"),),
        tuple(_name(row.head, row.query) for row in found.rows),
        tuple(
            Row(
                (Name(period.code, url=address(question.asked.within(period.since, period.until).query)),),
                tuple(Cell(row.values[at], address(rest[at])) for row, rest in zip(found.rows, queries, strict=True)),
            )
            for at, period in enumerate(found.periods)
        ),
    )
    title = _("Reports by week") if week else _("Reports by month")
    notes = [_("All others stand in the table alone.")] if table.named.columns != table.columns else []
    return Counted(f"{title}: {found.dimension.label}" if found.dimension else title, table, found.total, notes)


def _issuers(question: Question, large: bool) -> Counted:
    by = _dimension(question, "issuer")
    found = counting.ranking(question.asked, by, 30 if large else 8)
    rows = tuple(
        Row((_name(row.head),), (Cell(row.n, address(row.query)), _share(row.n, found.total))) for row in found.rows
    )
    table = Table((str(found.dimension.label),), (Name(_("Reports")), Name(_("Share, %"))), rows)
    title = _("Issuers") if by == "issuer" else _("Ranking: %(dimension)s") % {"dimension": found.dimension.label}
    return Counted(title, table, found.total)


def _share(n: int, total: int) -> Cell:
    return Cell(100 * n / total if total else None, decimals=1)


def _map(question: Question, large: bool) -> Counted:
    spots = counting.places(question.asked)
    total = sum(spot.count for spot in spots)
    rows = tuple(
        Row((Name(spot.name, spot.code),), (Cell(spot.count, address(spot.query)), _share(spot.count, total)))
        for spot in spots[:MOST_PLACES]
    )
    notes = []
    if unplaced := sum(spot.count for spot in spots if spot.position is None):
        notes.append(
            ngettext(
                "%(n)s report is not on the map, since its place has no known position.",
                "%(n)s reports are not on the map, since their places have no known position.",
                unplaced,
            )
            % {"n": intcomma(unplaced)}
        )
    if len(spots) > MOST_PLACES:
        notes.append(_("The table has the %(most)d places with most; all are on the map.") % {"most": MOST_PLACES})
    points = [
        {
            "code": spot.code,
            "label": spot.name,
            "value": spot.count,
            "lat": spot.position[0],
            "lon": spot.position[1],
            "url": address(spot.query),
        }
        for spot in spots
        if spot.position
    ]
    table = Table((_("Place"),), (Name(_("Reports")), Name(_("Share, %"))), rows)
    return Counted(_("Places of detection"), table, total, notes, points)


def _routes(question: Question, large: bool) -> Counted:
    found = counting.flows(question.asked, 30 if large else 12)
    rows = tuple(
        Row((_name(row.origin), _name(row.via), _name(row.end)), (Cell(row.n, address(row.query)),))
        for row in found.rows
    )
    notes = []
    if found.others:
        notes.append(
            ngettext("%(n)s report has another route.", "%(n)s reports have other routes.", found.others)
            % {"n": intcomma(found.others)}
        )
    if unknown := found.total - found.routed:
        notes.append(
            ngettext(
                "Of %(n)s report, the beginning or end of the route is not known.",
                "Of %(n)s reports, the beginning or end of the route is not known.",
                unknown,
            )
            % {"n": intcomma(unknown)}
        )
    table = Table((_("Route from"), _("Last transit"), _("Route to")), (Name(_("Reports")),), rows)
    return Counted(_("Routes"), table, found.total, notes)


def _methods(question: Question, large: bool) -> Counted:
    by, over = _dimension(question, "method"), question.over or "issuer"
    if over in (by, EVERYTHING):
        over = "issuer" if by != "issuer" else "method"
    found = counting.cross(question.asked, by, over, 20 if large else 7, 12 if large else 5)
    columns = tuple(_name(head, query) for head, query in zip(found.columns, found.column_queries, strict=True))
    rows = tuple(
        Row((_name(head, query),), tuple(Cell(n, address(q)) for n, q in zip(cells, queries, strict=True)))
        for head, query, cells, queries in zip(found.rows, found.row_queries, found.cells, found.queries, strict=True)
    )
    names = {"down": found.down.label, "across": found.across.label}
    title = (
        _("Methods of fraud by issuer") if (by, over) == ("method", "issuer") else "{down} × {across}".format(**names)
    )
    return Counted(title, Table((str(found.down.label),), columns, rows), found.total)


def _compare(question: Question, large: bool) -> Counted:
    by = _dimension(question, "issuer")
    found = counting.compare(question.asked, *question.other_span, by, 20 if large else 7)
    everything = Row((Name(_("All reports"), rest=True),), _pair(found.total))
    rows = tuple(Row((_name(row.head),), _pair(row)) for row in found.rows)
    columns = (span_words(*found.span), span_words(*found.other_span), _("Difference"), _("Change, %"))
    table = Table((str(found.dimension.label),), tuple(map(Name, columns)), (*rows, everything) if rows else ())
    title = _("Periods compared: %(dimension)s") % {"dimension": found.dimension.label}
    return Counted(title, table, found.total.n)


def _pair(row: counting.Compared) -> tuple[Cell, ...]:
    change = None if row.ratio is None else 100 * (row.ratio - 1)
    return (
        Cell(row.n, address(row.query)),
        Cell(row.other, address(row.other_query)),
        Cell(row.difference, signed=True),
        Cell(change, decimals=0, signed=True),
    )


CHARTS = (
    Chart("series", _later("Over time"), "trend", "lines", _series, "fraud_class"),
    Chart("issuers", _later("Ranking"), "chart", "bars", _issuers, "issuer"),
    Chart("map", _later("Map"), "map", "map", _map),
    Chart("routes", _later("Routes"), "route", "flow", _routes),
    Chart("methods", _later("Methods"), "table", "heat", _methods, "method", "issuer"),
    Chart("compare", _later("Comparison"), "compare", "pairs", _compare, "issuer"),
)
"""All charts, in the order of the dashboard."""
BY_NAME = {chart.name: chart for chart in CHARTS}

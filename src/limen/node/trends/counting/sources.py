"""Where figures come from: a statement that gives, for each combination of values, how many reports there are.

`source` answers with SQL and its values; the columns are `period` (where asked for), `v0`, `v1`... and `n`. Its parts:

1. whole months and weeks of the community's reports, from the tally;
2. what moved among those since they were tallied;
3. the community's reports of the days that are no whole month or week;
4. reports of all other audiences that the viewer is in (`reports_apart`): whole months of one dimension from the
   roll-ups by audience, the rest from the reports, by the index of audiences.

Where the tally does not know the conditions or dimensions, or only the reports can tell, all are counted from the
reports, which go through the policy. Every part stands under row-level security; it is one statement, of one moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from limen.node.reports.models import Report
from limen.node.trends.counting.asked import Asked, Grain
from limen.node.trends.counting.dimensions import Dimension
from limen.node.trends.counting.tallies import ROLLED, Cover, Kept, Span, around, cover, filters, kept

Source = tuple[str, list[Any]]

_APART = "audience_id = ANY ((SELECT reports_apart())::bigint[])"
_COLUMNS = {
    "country": "detection_country",
    "place": "coalesce(nullif(place, ''), detection_country)",
    "nationality": "nationality_claimed",
    "route_from": "route_origin",
    "route_to": "route_end",
}
"""Where the value of a dimension stands in `reports_moved`, if not under its own name."""


def source(asked: Asked, dimensions: Sequence[Dimension], *, by_period: bool = False, routed: bool = False) -> Source:
    """The statement that counts what is asked for by these dimensions, and by month or week.

    `routed` leaves out reports of which beginning or end of the route is not known.
    """
    wanted = filters(asked.conditions)
    names = [dimension.name for dimension in dimensions]
    sets = _sets({*names, *wanted}) if wanted is not None else {}
    if wanted is not None and not routed and not (wanted.get("route_from") and wanted.get("route_to")):
        sets = {grain: found for grain, found in sets.items() if not found.whole_route}
    if wanted is None or not sets:
        return _counted(asked.found.rows(), asked, dimensions, by_period=by_period, routed=routed)
    covered = cover(asked.span, sets, by=asked.grain if by_period else None)
    parts = [
        *(_tallied(asked, sets[grain], spans, wanted, names, by_period=by_period) for grain, spans in _wholes(covered)),
        *_moved(asked, covered, wanted, names, by_period=by_period, routed=routed),
        *(
            _counted(_rows(asked, days, apart=False), asked, dimensions, by_period=by_period, routed=routed)
            for days in covered.days
        ),
        *_apart(asked, covered, wanted, dimensions, by_period=by_period, routed=routed),
    ]
    columns = (["period"] if by_period else []) + [f"v{number}" for number in range(len(names))]
    told = ", ".join([*columns, "coalesce(sum(n), 0)::bigint AS n"])
    union = " UNION ALL ".join(statement for statement, _ in parts)
    values = [value for _, each in parts for value in each]
    grouped = f" GROUP BY {', '.join(columns)} HAVING sum(n) <> 0" if columns else ""
    return f"SELECT {told} FROM ({union}) AS parts({', '.join([*columns, 'n'])}){grouped}", values  # noqa: S608 - of the parts


def fetched(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement, and give its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _sets(names: set[str]) -> dict[Grain, Kept]:
    grains: tuple[Grain, ...] = ("month", "week")
    return {grain: found for grain in grains if (found := kept(grain, names)) is not None}


def _wholes(covered: Cover) -> list[tuple[Grain, list[Span]]]:
    both: list[tuple[Grain, list[Span]]] = [("month", covered.months), ("week", covered.weeks)]
    return [(grain, spans) for grain, spans in both if spans]


def _tallied(
    asked: Asked, of: Kept, spans: Sequence[Span], wanted: Mapping[str, str], names: Sequence[str], *, by_period: bool
) -> Source:
    """Months or weeks of the tally. A week stands for the month that it lies in."""
    period = "period" if of.name.startswith(asked.grain) else _PERIOD[asked.grain].format(day="period")
    told = [*([period] if by_period else []), *(of.columns[name] for name in names)]
    conditions = [
        f"dimension = '{of.name}'",
        "(" + " OR ".join("period BETWEEN %s AND %s" for _ in spans) + ")",
        *(f"{of.columns[name]} = %s" for name in wanted),
    ]
    values = [*(day for span in spans for day in span), *wanted.values()]
    if of.whole_route and not by_period:  # the ends are taken apart after the months are together
        table = _grouped(["part", "value"], "reports_tally", conditions, "sum(n)")
        ends = ", ".join(of.columns[name] for name in names)
        return f"SELECT {ends}, n FROM ({table}) AS routes", values  # noqa: S608 - ours
    return _grouped(told, "reports_tally", conditions, "sum(n)"), values


def _moved(
    asked: Asked, covered: Cover, wanted: Mapping[str, str], names: Sequence[str], *, by_period: bool, routed: bool
) -> list[Source]:
    """What moved in the days that are taken from the tally."""
    spans = [span for _, spans in _wholes(covered) for span in spans]
    if not spans:
        return []
    period = _PERIOD[asked.grain].format(day="detected_on")
    told = [*([period] if by_period else []), *(_COLUMNS.get(name, name) for name in names)]
    conditions = ["(" + " OR ".join("detected_on BETWEEN %s AND %s" for _ in spans) + ")"]
    conditions += [f"{_COLUMNS.get(name, name)} = %s" for name in wanted]
    conditions += ["route_origin <> ''", "route_end <> ''"] if routed else []
    values = [*(day for span in spans for day in span), *wanted.values()]
    return [(_grouped(told, "reports_moved", conditions, "sum(step)"), values)]


_PERIOD: dict[Grain, str] = {
    "month": "date_trunc('month', {day}::timestamp)::date",
    "week": "date_trunc('week', {day}::timestamp)::date",
}


def _grouped(told: Sequence[str], table: str, conditions: Sequence[str], n: str) -> str:
    groups = ", ".join(str(number + 1) for number in range(len(told)))
    grouped = f" GROUP BY {groups}" if told else ""
    return f"SELECT {', '.join([*told, f'{n} AS n'])} FROM {table} WHERE {' AND '.join(conditions)}{grouped}"  # noqa: S608 - ours


def _apart(
    asked: Asked,
    covered: Cover,
    wanted: Mapping[str, str],
    dimensions: Sequence[Dimension],
    *,
    by_period: bool,
    routed: bool,
) -> list[Source]:
    """Reports of audiences that are not the community."""
    names = [dimension.name for dimension in dimensions]
    rolled = ROLLED.get(frozenset({*names, *wanted}))
    spans, found = [asked.span], []
    if rolled and covered.months:
        found.append(_rolled(asked, rolled, covered.months, wanted, names, by_period=by_period))
        spans = around(asked.span, covered.months)
    rows = (_rows(asked, span, apart=True) for span in spans)
    return [*found, *(_counted(each, asked, dimensions, by_period=by_period, routed=routed) for each in rows)]


def _rolled(
    asked: Asked, of: str, spans: Sequence[Span], wanted: Mapping[str, str], names: Sequence[str], *, by_period: bool
) -> Source:
    """Months of the roll-ups by audience."""
    told = [*(["month"] if by_period else []), *("value" for _ in names)]
    conditions = [
        _APART,
        f"dimension = '{of}'",
        "(" + " OR ".join("month BETWEEN %s AND %s" for _ in spans) + ")",
        *("value = %s" for _ in wanted),
    ]
    values = [*(day for span in spans for day in span), *wanted.values()]
    return _grouped(told, "reports_rollup", conditions, "sum(n)"), values


def _rows(asked: Asked, span: Span, *, apart: bool) -> QuerySet[Report]:
    """The reports of some days, those of the community or those of other audiences.

    `reports_apart` is the policy's own list less what is tallied: rows are not asked of the policy twice.
    """
    found = replace(asked.conditions, since=span[0], until=span[1])
    if apart:
        return Report.objects.filter(_audience(_APART), found.conditions())
    return found.rows().filter(_audience(f"NOT ({_APART})"))


def _audience(condition: str) -> RawSQL:
    return RawSQL(condition.replace("audience_id", "reports_report.audience_id"), [], output_field=BooleanField())  # noqa: S611 - ours


def _counted(
    rows: QuerySet[Report], asked: Asked, dimensions: Sequence[Dimension], *, by_period: bool, routed: bool
) -> Source:
    """Count reports."""
    columns = [f"v{number}" for number in range(len(dimensions))]
    expressions: list[Any] = [each.expression for each in dimensions]
    if by_period or not expressions:
        expressions.insert(0, F("detected_on"))
    if routed:
        rows = rows.exclude(route_origin="").exclude(route_end="")
    statement, values = rows.order_by().values_list(*expressions).query.sql_with_params()
    names = ", ".join((["day"] if len(expressions) > len(columns) else []) + columns)
    groups = ([f"{_PERIOD[asked.grain].format(day='day')} AS period"] if by_period else []) + columns
    told = ", ".join([*groups, "count(*) AS n"])
    places = ", ".join(str(number + 1) for number in range(len(groups)))
    grouped = f" GROUP BY {places}" if groups else ""
    return f"SELECT {told} FROM ({statement}) AS found({names}){grouped}", list(values)  # noqa: S608 - the search's own

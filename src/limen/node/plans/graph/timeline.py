"""The same entities over time: a lane for each kind or entity, a mark for each day on which something is told of it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from limen.node.plans.graph import words
from limen.node.plans.graph.drawing import SHAPES
from limen.node.plans.graph.joining import Graph, Moment
from limen.node.plans.graph.kinds import NAMES, TIES, Kind, Nature
from limen.node.trends.drawing.scale import cut

LANE, HEAD, EDGE = 32, 30, 3.0
"""Height of a lane and of the days above, in pixels; room at the sides, in per cent."""
LANES = 40
LABELS = 190
TICKS = 8


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: a kind, or one entity."""

    name: str
    kind: Kind
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All rows, the first day and the last."""

    lanes: tuple[Lane, ...]
    first: datetime.date
    last: datetime.date
    beyond: int
    """Entities that found no lane."""

    @property
    def height(self) -> int:
        """In pixels."""
        return HEAD + LANE * len(self.lanes) + 6


def of(graph: Graph, *, by_kind: bool = False) -> Timeline | None:
    """The timeline of a graph; None where nothing has a day. Entities with the most days come first, up to `LANES`."""
    if not graph.moments:
        return None
    found: dict[int | Kind, list[Moment]] = defaultdict(list)
    for moment in graph.moments:
        found[graph.nodes[moment.node].kind if by_kind else moment.node].append(moment)
    if by_kind:
        lanes = [Lane(str(NAMES[kind]), kind, tuple(found[kind])) for kind in Kind if kind in found]
    else:
        days = {number: len({each.day for each in moments}) for number, moments in found.items()}
        most = sorted(days, key=lambda number: (-days[number], number))[:LANES]
        lanes = [_lane(graph, int(number), found[number]) for number in sorted(most)]
    return Timeline(tuple(lanes), graph.moments[0].day, graph.moments[-1].day, len(found) - len(lanes))


def _lane(graph: Graph, number: int, moments: list[Moment]) -> Lane:
    node = graph.nodes[number]
    return Lane(words.short(node), node.kind, tuple(moments))


def labels(line: Timeline, *, rtl: bool = False) -> SafeString:
    """The names of the lanes, beside the days."""
    parts = []
    for at, lane in enumerate(line.lanes):
        y = HEAD + LANE * at + LANE / 2
        x, text, anchor = (LABELS - 15, LABELS - 32, "end") if rtl else (15, 32, "start")
        drawn = '<g class="lane node-{}" transform="translate({} {}) scale(.8)">{}</g>'
        parts.append(format_html(drawn, lane.kind, x, y, mark_safe(SHAPES[lane.kind])))  # noqa: S308 - ours
        name = cut(lane.name, LABELS - 40)
        parts.append(format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', text, y + 4, anchor, name))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def area(line: Timeline, graph: Graph, *, rtl: bool = False) -> SafeString:
    """The days and the marks, across in shares of the width."""
    parts = [*_ticks(line, rtl)]
    for at, lane in enumerate(line.lanes):
        y = HEAD + LANE * at + LANE / 2
        parts.append(format_html('<line class="grid" x1="0" x2="100%" y1="{0}" y2="{0}"/>', y))
        days: dict[datetime.date, list[Moment]] = defaultdict(list)
        for moment in lane.moments:
            days[moment.day].append(moment)
        parts += [_mark(lane, _x(day, line, rtl), y, moments, graph) for day, moments in sorted(days.items())]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def _mark(lane: Lane, x: float, y: float, moments: list[Moment], graph: Graph) -> SafeString:
    """What is told of one day: a dot, or how many things."""
    told = [f"{date_format(moments[0].day, 'DATE_FORMAT')}: {lane.name}"]
    told += list(dict.fromkeys(said(moment, graph) for moment in moments))[:8]
    count = len({(moment.node, moment.record) for moment in moments})
    number = format_html('<text class="moment-count" dy="3.5">{}</text>', count) if count > 1 else ""
    drawn = (
        '<svg class="moment node-{}" x="{}%" y="{}" overflow="visible"><title>{}</title>'
        '<circle class="moment-near" r="12"/><circle r="{}"/>{}</svg>'
    )
    return format_html(drawn, lane.kind, f"{x:.2f}", y, "\n".join(told), 5 if count == 1 else 9, number)


def said(moment: Moment, graph: Graph) -> str:
    """What was on that day: the entity, how, and by which record."""
    parts = (words.short(graph.nodes[moment.node]), what(moment), moment.record.reference if moment.record else "")
    return " · ".join(part for part in parts if part)


def what(moment: Moment) -> str:
    """How the entity was there."""
    if moment.nature == Nature.ENTERED and moment.words:
        return moment.words
    return f"{TIES[moment.nature]} {moment.words}".strip()


def _x(day: datetime.date, line: Timeline, rtl: bool) -> float:
    span = (line.last - line.first).days
    across = EDGE + (100 - 2 * EDGE) * ((day - line.first).days / span if span else 0.5)
    return 100 - across if rtl else across


def _ticks(line: Timeline, rtl: bool) -> list[SafeString]:
    span = (line.last - line.first).days
    many = max(1, min(TICKS, span))
    days = sorted({line.first + datetime.timedelta(days=round(span * at / many)) for at in range(many + 1)})
    parts = []
    for at, day in enumerate(days):
        x = _x(day, line, rtl)
        anchor = "start" if x < 6 else "end" if x > 94 else "middle"
        plenty = " plenty" if at % 4 else ""
        drawn = (
            '<line class="day" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>'
            '<text class="period{3}" x="{0}%" y="16" text-anchor="{4}">{5}</text>'
        )
        named = date_format(day, "SHORT_DATE_FORMAT")
        parts.append(format_html(drawn, f"{x:.2f}", HEAD - 6, line.height, plenty, anchor, named))
    return parts

"""The link chart as SVG: an icon and a label for each entity, a line for each tie.

On the page each entity is a link to what is known of it, so that the chart works by keyboard and without scripts; as a
file it leads nowhere. A kind is told by its drawing, which has a shape of its own, and never by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from limen.node.plans.graph import layout, words
from limen.node.plans.graph.joining import Edge, Graph, Node
from limen.node.plans.graph.kinds import Kind
from limen.node.trends.drawing.scale import cut

RADIUS = 17
LIFT = 8
"""How far the icon stands above the middle of its box; the label stands below."""

SHAPES: dict[Kind, str] = {
    Kind.DOCUMENT: '<rect x="-8" y="-10" width="16" height="20" rx="2"/><circle cy="-3" r="3.4"/><path d="M-4 5.5H4"/>',
    Kind.PERSON: '<circle cy="-4.5" r="4.2"/><path d="M-8 9.5C-8 -1 8 -1 8 9.5"/>',
    Kind.ORGANISATION: '<path d="M-8 9.5V-5L0 -10L8 -5V9.5ZM-4 -3V6M0 -3V6M4 -3V6"/>',
    Kind.PHONE: '<rect x="-5.5" y="-10" width="11" height="20" rx="2.5"/><path d="M-1.5 6.5H1.5"/>',
    Kind.PLACE: '<path d="M0 10C-5.5 3.5-7.5 0-7.5-3A7.5 7.5 0 0 1 7-3C7.5 0 5.5 3.5 0 10Z"/><circle cy="-3" r="2"/>',
    Kind.COUNTRY: '<path d="M-7 10.5V-9.5C-3 -12 2 -6.5 8 -9V2C2 4.5 -3 -1 -7 1.5"/>',
    Kind.CARRIER: '<path d="M-10 3.5L10 -7.5L3.5 9L-1 3.5ZM-1 3.5L10 -7.5"/>',
}
"""Drawn in a square of 24, its middle at the origin, by strokes."""

Link = Callable[[Node], str]


def draw(graph: Graph, link: Link, *, chosen: int | None = None, hidden: Collection[Kind] = ()) -> SafeString:
    """Draw it for the page. `hidden` kinds are left out, and what remains stays where it stands."""
    points = places(graph)
    wide, high = layout.extent(points)
    body, pictured = _body(graph, points, chosen, hidden, link)
    return format_html(
        '<svg class="linkchart" width="{}" height="{}" viewBox="0 0 {} {}" data-linkchart role="group" aria-label="{}">'
        "<defs>{}</defs>{}</svg>",
        wide, high, wide, high, words.summary(graph, pictured), _symbols(), body,
    )  # fmt: skip


def sheet(graph: Graph, hidden: Collection[Kind] = ()) -> tuple[SafeString, int, int]:
    """Draw it without links: its lines and entities, how wide and how high they are."""
    points = places(graph)
    wide, high = layout.extent(points)
    body, _pictured = _body(graph, points, None, hidden, None)
    return format_html("<defs>{}</defs>{}", _symbols(), body), wide, high


def places(graph: Graph) -> tuple[tuple[float, float], ...]:
    """Where the entities stand, in the order of their numbers."""
    return layout.place(len(graph.nodes), tuple((edge.one, edge.other) for edge in graph.edges))


def _body(
    graph: Graph,
    points: tuple[tuple[float, float], ...],
    chosen: int | None,
    hidden: Collection[Kind],
    link: Link | None,
) -> tuple[SafeString, int]:
    shown = [node for node in graph.nodes if node.kind not in hidden]
    numbers = {node.number for node in shown}
    edges = [edge for edge in graph.edges if edge.one in numbers and edge.other in numbers]
    near = {chosen} if chosen is not None else set()
    near |= {end for edge in edges if chosen in (edge.one, edge.other) for end in (edge.one, edge.other)}
    parts = [_line(edge, points, chosen) for edge in edges]
    parts += [_node(node, points[node.number], node.number in near, node.number == chosen, link) for node in shown]
    parts += [_told(edge, points) for edge in edges if chosen in (edge.one, edge.other)]
    return mark_safe("".join(parts)), len(shown)  # noqa: S308 - every part is escaped


def _line(edge: Edge, points: tuple[tuple[float, float], ...], chosen: int | None) -> SafeString:
    (x, y), (to_x, to_y) = points[edge.one], points[edge.other]
    return format_html(
        '<g class="tie{}{}" data-ends="{} {}"><title>{}</title>'
        '<line class="tie-near" x1="{}" y1="{}" x2="{}" y2="{}"/><line x1="{}" y1="{}" x2="{}" y2="{}"/></g>',
        " is-near" if chosen in (edge.one, edge.other) else "",
        " is-strong" if edge.weight > 1 else "",
        edge.one, edge.other, words.tie(edge),
        x, y - LIFT, to_x, to_y - LIFT, x, y - LIFT, to_x, to_y - LIFT,
    )  # fmt: skip


def _told(edge: Edge, points: tuple[tuple[float, float], ...]) -> SafeString:
    """What a chosen entity is tied by, in the middle of the line."""
    (x, y), (to_x, to_y) = points[edge.one], points[edge.other]
    return format_html(
        '<text class="tie-told" x="{}" y="{}">{}</text>',
        round((x + to_x) / 2, 1), round((y + to_y) / 2 - LIFT - 3, 1), cut(words.tie(edge), 150, 11),
    )  # fmt: skip


def _node(node: Node, at: tuple[float, float], near: bool, chosen: bool, link: Link | None) -> SafeString:
    inner = format_html(
        '<title>{}</title><rect class="node-near" x="-56" y="-28" width="112" height="56" rx="6"/>'
        '<circle cy="-{}" r="{}"/><use href="#entity-{}" y="-{}"/><text y="23">{}</text>',
        words.told(node), LIFT, RADIUS, node.kind, LIFT, cut(words.short(node), 110, 12),
    )  # fmt: skip
    marks = f"node node-{node.kind}{' is-near' if near else ''}{' is-chosen' if chosen else ''}"
    place = f"translate({at[0]} {at[1]})"
    if link is None:
        return format_html('<g class="{}" transform="{}">{}</g>', marks, place, inner)
    current = mark_safe(' aria-current="true"') if chosen else ""
    return format_html(
        '<a class="{}" href="{}" data-node="{}" data-kind="{}" transform="{}"{}>{}</a>',
        marks, link(node), node.number, node.kind, place, current, inner,
    )  # fmt: skip


@cache
def _symbols() -> SafeString:
    return mark_safe("".join(f'<g id="entity-{kind}">{shape}</g>' for kind, shape in SHAPES.items()))  # noqa: S308


def key(kind: Kind) -> SafeString:
    """A kind's drawing by itself, for the filter and for tables."""
    return format_html(
        '<svg class="linkchart-key node-{}" width="26" height="26" viewBox="-13 -13 26 26" aria-hidden="true">{}</svg>',
        kind, mark_safe(SHAPES[kind]),  # noqa: S308 - ours
    )  # fmt: skip

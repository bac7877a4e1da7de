"""Routes as flow: columns of places, and through them a ribbon for each row of the table, as wide as its figure.

The columns follow each other, so that nothing can turn back on itself, and a ribbon is one row from its first place to
its last: what is drawn wide is exactly the figure that its list holds. Across, all is said in shares of the width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from limen.node.trends.drawing import marks
from limen.node.trends.drawing.scale import cut
from limen.node.trends.tables import Cell, Name, Row, Table

GAP, EDGE, BAR = 16, 10, 10
"""Between two places of a column, above the first, and how wide a place's bar is, in pixels."""
THINNEST = 1.5
LONGEST = 220
"""Room for a name in pixels, on a desk."""


@dataclass(slots=True)
class _Node:
    """A place of a column."""

    name: Name
    total: float = 0.0
    top: float = 0.0
    height: float = 0.0
    used: dict[int, float] = field(default_factory=dict)
    """How far its ribbons reach already, by side: 0 where they come in, 1 where they go out."""


def draw(table: Table, *, rtl: bool = False) -> SafeString:
    """Draw the rows as ribbons from left to right, or from right to left where one reads so."""
    body, height = area(table, rtl=rtl)
    return format_html('<svg class="plot-area flow" width="100%" height="{}" aria-hidden="true">{}</svg>', height, body)


def area(table: Table, *, rtl: bool = False) -> tuple[SafeString, int]:
    """The ribbons alone, in whatever they stand in, and how high they are."""
    flow = _Flow(table, rtl)
    body = mark_safe("".join([*flow.ribbons(), *flow.bars(), *flow.labels()]))  # noqa: S308 - every part is escaped
    return body, round(flow.height)


class _Flow:
    """Where everything stands."""

    def __init__(self, table: Table, rtl: bool) -> None:
        self.table, self.rtl = table, rtl
        self.rows = [row for row in table.rows if row.cells[0].value]
        self.across = [100 * at / max(1, len(table.heads) - 1) for at in range(len(table.heads))]
        self.columns = [self._column(at) for at in range(len(table.heads))]
        whole = sum(row.cells[0].value or 0 for row in self.rows) or 1
        self.height = self._place(max(160.0, 13.0 * max(map(len, self.columns), default=0)) / whole)

    def _column(self, at: int) -> dict[str, _Node]:
        """The places of a column: the first by how many, the others where most of theirs come from."""
        nodes: dict[str, _Node] = {}
        for row in self.rows:
            node = nodes.setdefault(_key(row.names[at]), _Node(row.names[at]))
            node.total += row.cells[0].value or 0
        return dict(sorted(nodes.items(), key=lambda pair: -pair[1].total))

    def _place(self, scale: float) -> float:
        """Give each place its height and its top, columns one after another; say how high all is."""
        heights = [sum(max(3.0, node.total * scale) + GAP for node in column.values()) for column in self.columns]
        most = max(heights, default=0)
        before: dict[str, _Node] = {}
        for at, column in enumerate(self.columns):
            order = sorted(column, key=lambda key: self._pull(key, at, before)) if at else list(column)
            top = EDGE + (most - heights[at]) / 2
            for key in order:
                node = column[key]
                node.top, node.height = top, max(3.0, node.total * scale)
                top += node.height + GAP
            before = column
        return most + EDGE

    def _pull(self, key: str, at: int, before: dict[str, _Node]) -> float:
        """Where the ribbons of a place come from, on average, which keeps crossings few."""
        weight = total = 0.0
        for row in self.rows:
            if _key(row.names[at]) == key:
                n, node = row.cells[0].value or 0, before[_key(row.names[at - 1])]
                weight, total = weight + n * (node.top + node.height / 2), total + n
        return weight / total if total else 0.0

    def _x(self, share: float) -> float:
        return 100 - share if self.rtl else share

    def ribbons(self) -> Iterable[SafeString]:
        """One for each row, in the order in which they leave the first column."""
        looks = {key: marks.look(at) for at, key in enumerate(self.columns[0])}
        ends = self._ends()
        for at, row in enumerate(self.rows):
            paths = "".join(
                f'<path d="{self._path(column, ends[at][column], ends[at][column + 1])}"/>'
                for column in range(len(self.columns) - 1)
            )
            inner = (
                f'<svg class="ribbon {looks[_key(row.names[0])]}" width="100%" height="{self.height:.0f}"'
                f' viewBox="0 0 1000 {self.height:.0f}" preserveAspectRatio="none">{paths}</svg>'
            )
            yield marks.link(row.cells[0].url, inner, f"{' → '.join(each.label for each in row.names)}: {_figure(row)}")

    def _ends(self) -> list[list[tuple[float, float, float, float]]]:
        """Of each row at each place: top and bottom where it comes in, and where it goes out."""
        found = [[(0.0, 0.0, 0.0, 0.0)] * len(self.columns) for _ in self.rows]
        for at, column in enumerate(self.columns):
            came = self._stacked(column, at, at - 1)
            goes = self._stacked(column, at, at + 1)
            for i in range(len(self.rows)):
                found[i][at] = (*came[i], *goes[i])
        return found

    def _stacked(self, column: dict[str, _Node], at: int, other: int) -> dict[int, tuple[float, float]]:
        """The rows within each place, in the order of the places at their other end."""
        inside = 0 <= other < len(self.columns)
        far = self.columns[other] if inside else {}
        order = sorted(
            range(len(self.rows)),
            key=lambda i: far[_key(self.rows[i].names[other])].top if inside else i,
        )
        reached = {key: node.top for key, node in column.items()}
        found: dict[int, tuple[float, float]] = {}
        for i in order:
            key = _key(self.rows[i].names[at])
            node = column[key]
            high = node.height * (self.rows[i].cells[0].value or 0) / node.total
            found[i] = (reached[key], reached[key] + high)
            reached[key] += high
        return found

    def _path(self, column: int, start: tuple[float, ...], end: tuple[float, ...]) -> str:
        left, right = (10 * self._x(self.across[at]) for at in (column, column + 1))
        mid = (left + right) / 2
        (top, bottom), (to_top, to_bottom) = _thick(start[2], start[3]), _thick(end[0], end[1])
        return (
            f"M{left:.0f} {top:.1f}C{mid:.0f} {top:.1f} {mid:.0f} {to_top:.1f} {right:.0f} {to_top:.1f}"
            f"V{to_bottom:.1f}C{mid:.0f} {to_bottom:.1f} {mid:.0f} {bottom:.1f} {left:.0f} {bottom:.1f}Z"
        )

    def bars(self) -> Iterable[str]:
        """The places themselves."""
        for at, column in enumerate(self.columns):
            x = self._x(self.across[at])
            for node in column.values():
                yield (
                    f'<rect class="node" x="{x:.1f}%" y="{node.top:.1f}" width="{BAR}" height="{node.height:.1f}"'
                    f' transform="translate({-BAR * x / 100:.1f})"/>'
                )

    def labels(self) -> Iterable[str]:
        """Their names and figures: inward from the outer columns; on a phone the code alone."""
        for at, column in enumerate(self.columns):
            x = self._x(self.across[at])
            anchor, dx = ("end", -BAR - 4) if x > 99 else ("start", BAR / 2 + 4 if x > 1 else BAR + 4)
            for node in column.values():
                name, total = cut(node.name.label, LONGEST), Cell(node.total).text
                yield (
                    f'<text class="place" x="{x:.1f}%" y="{node.top + node.height / 2 + 4:.1f}" dx="{dx}"'
                    f' text-anchor="{anchor}"><tspan class="long">{conditional_escape(name)}</tspan>'
                    f'<tspan class="short">{conditional_escape(cut(node.name.short, 74))}</tspan>'
                    f'<tspan class="figure" dx="5">{total}</tspan></text>'
                )


def _key(name: Name) -> str:
    return name.code or name.label


def _figure(row: Row) -> str:
    return row.cells[0].text


def _thick(top: float, bottom: float) -> tuple[float, float]:
    """A ribbon can be seen and pointed at, however small its figure."""
    missing = max(0.0, THINNEST - (bottom - top)) / 2
    return top - missing, bottom + missing

"""The chart of a surge: a bar for each week, the band of what is usual, and the weeks of the surge marked.

Across, all is said in shares of the width, so that it fits any screen unscaled. The weeks of the surge have a mark
above them and an outline besides their colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from limen.node.trends.surges.telling import decimal
from limen.node.trends.surges.watching import Week

HEIGHT, TOP, BELOW = 150, 18, 22
"""Of the whole, and the room above and below the bars, in pixels."""
_NAMED = 4
"""Weeks that are named below."""


def draw(weeks: Sequence[Week], *, rtl: bool = False) -> SafeString:
    """Draw the weeks in their order, or from right to left where one reads so."""
    most = max([1, *(max(week.count, week.usual) for week in weeks)])
    plot = _Plot(weeks, most, rtl)
    inner = "".join([*plot.band(), *plot.bars(), *plot.axis()])
    return format_html(
        '<svg class="plot-area surge" width="100%" height="{}" aria-hidden="true">{}</svg>',
        HEIGHT,
        mark_safe(inner),  # noqa: S308 - every part is escaped
    )


class _Plot:
    def __init__(self, weeks: Sequence[Week], most: int, rtl: bool) -> None:
        self.weeks, self.most, self.rtl = weeks, most, rtl
        self.wide = 100 / max(1, len(weeks))

    def x(self, at: int) -> float:
        """Where a week begins, in per cent."""
        return (len(self.weeks) - 1 - at if self.rtl else at) * self.wide

    def y(self, value: float) -> float:
        """Where a figure ends, in pixels."""
        return TOP + (HEIGHT - TOP - BELOW) * (1 - value / self.most)

    def band(self) -> Iterator[str]:
        """Up to what a week is usual, and what is expected of it."""
        base = self.y(0)
        for at, week in enumerate(self.weeks):
            left, right = self.x(at), self.x(at) + self.wide
            top, line = self.y(min(week.usual + 0.5, self.most)), self.y(week.expected)
            box = f'x="{left:.2f}%" y="{top:.1f}" width="{self.wide:.2f}%" height="{base - top:.1f}"'
            yield f'<rect class="usual" {box}/>'
            yield f'<line class="expected" x1="{left:.2f}%" x2="{right:.2f}%" y1="{line:.1f}" y2="{line:.1f}"/>'

    def bars(self) -> Iterator[str]:
        """The counts; who points at one is told its figures."""
        for at, week in enumerate(self.weeks):
            left, top = self.x(at) + self.wide * 0.15, self.y(week.count)
            shown = "counted marked" if week.marked else "counted"
            yield f"<g><title>{conditional_escape(told(week))}</title>"
            yield f'<rect class="strip" x="{self.x(at):.2f}%" y="0" width="{self.wide:.2f}%" height="{HEIGHT}"/>'
            if week.count:
                yield (
                    f'<rect class="{shown}" x="{left:.2f}%" y="{top:.1f}" width="{self.wide * 0.7:.2f}%"'
                    f' height="{self.y(0) - top:.1f}"/>'
                )
            if week.marked:
                middle = self.x(at) + self.wide / 2
                yield f'<svg class="pointer" x="{middle:.2f}%" y="4" overflow="visible"><path d="M-4 0H4L0 6Z"/></svg>'
            yield "</g>"

    def axis(self) -> Iterator[str]:
        """The base, the highest figure, and some weeks by name."""
        base = self.y(0)
        yield f'<line class="base" x1="0" x2="100%" y1="{base}" y2="{base}"/>'
        yield f'<line class="grid" x1="0" x2="100%" y1="{TOP}" y2="{TOP}"/>'
        end, side = ("100%", "end") if self.rtl else ("0", "start")
        most = number_format(self.most, force_grouping=True)
        yield f'<text x="{end}" y="{TOP - 5}" text-anchor="{side}">{most}</text>'
        last = len(self.weeks) - 1
        step = max(1, last // (_NAMED - 1)) if last else 1
        for at in range(last, -1, -step):
            x = self.x(at) + self.wide / 2
            anchor = "end" if x > 92 else "start" if x < 8 else "middle"
            name = date_format(self.weeks[at].monday, "SHORT_DATE_FORMAT")
            yield (
                f'<text x="{min(max(x, 0), 100):.2f}%" y="{HEIGHT - 6}" text-anchor="{anchor}">'
                f"{conditional_escape(name)}</text>"
            )


def told(week: Week) -> str:
    """A week in words."""
    return _("Week of %(day)s: %(count)d, %(expected)s expected, usual up to %(usual)d") % {
        "day": date_format(week.monday, "DATE_FORMAT"),
        "count": week.count,
        "expected": decimal(week.expected),
        "usual": week.usual,
    }

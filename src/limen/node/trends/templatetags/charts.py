"""`{% load charts %}`: a chart, its key and its table.

The tables are written in Python, as the list of reports is: a dashboard has about four hundred cells.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi

from limen.node.trends.drawing import flow as ribbons
from limen.node.trends.drawing import lines as over_time
from limen.node.trends.drawing import marks
from limen.node.trends.tables import Cell, Name, Row, Table

register = template.Library()

SHADES = 5


@register.simple_tag
def lines(table: Table, large: bool = False) -> SafeString:
    """Figures over time."""
    return over_time.draw(table, 340 if large else 240, rtl=get_language_bidi())


@register.simple_tag
def flow(table: Table) -> SafeString:
    """Routes as ribbons."""
    return ribbons.draw(table, rtl=get_language_bidi())


@register.simple_tag
def legend(table: Table) -> SafeString:
    """Which line is which; one alone has its name too."""
    columns = table.named.columns
    items = "".join(format_html("<li>{} {}</li>", marks.key(at), _named(each)) for at, each in enumerate(columns))
    return format_html('<ul class="legend" role="list">{}</ul>', mark_safe(items))  # noqa: S308 - escaped


@register.simple_tag
def figures(chart: Any) -> SafeString:
    """The table of a chart: with bars, pairs of bars or shades in it where that is the chart."""
    table: Table = chart.table
    rows = "".join(_row(row, table, chart.kind) for row in table.rows)
    told = format_html(
        '<div class="table-wrap chart-figures" role="region" tabindex="0" aria-label="{}">'
        '<table class="table table-{}" id="{}-table"><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        chart.title,
        chart.kind,
        chart.name,
        chart.title,
        mark_safe(_head(table, chart.kind)),  # noqa: S308 - escaped
        mark_safe(rows),  # noqa: S308 - escaped
    )
    return told


def _head(table: Table, kind: str) -> str:
    told = "".join(format_html('<th scope="col">{}</th>', head) for head in table.heads)
    return told + "".join(_column(column, at, kind) for at, column in enumerate(table.columns))


def _column(column: Name, at: int, kind: str) -> str:
    if kind == "heat" and column.short != column.label:
        return format_html(
            '<th scope="col" class="number" title="{}">{} <span class="help">{}</span></th>',
            column.label, column.short, column.label,
        )  # fmt: skip
    key = mark_safe(_KEYS[at]) if kind == "pairs" and at < len(_KEYS) else ""  # noqa: S308 - ours
    label = format_html_join(" – ", '<span class="nowrap">{}</span>', ((part,) for part in column.label.split(" – ")))
    return format_html('<th scope="col" class="number">{} {}</th>', key, label if kind == "pairs" else column.label)


_KEYS = tuple(
    f'<svg class="bar{look}" width="22" height="10" aria-hidden="true">'
    '<rect x=".5" y=".5" width="21" height="9" rx="2"/></svg>'
    for look in ("", " was")
)
"""Which of two bars is which."""


def _row(row: Row, table: Table, kind: str) -> str:
    first, *others = (_named(name) for name in row.names)
    bars = _bars(row, table, 2 if kind == "pairs" else 1) if kind in ("bars", "pairs") and not row.name.rest else ""
    told = f'<th scope="row">{first}{bars}</th>' + "".join(f"<td>{other}</td>" for other in others)
    cells = zip(row.cells, table.columns, strict=True)
    most = table.most() if kind == "heat" and not row.name.rest else 0
    return f"<tr>{told}{''.join(_cell(cell, 0 if column.rest else most) for cell, column in cells)}</tr>"


def _bars(row: Row, table: Table, many: int) -> str:
    """A bar for each of the first figures, the second hollow, below the name."""
    most = table.most(many) or 1
    drawn = "".join(
        f'<svg class="bar{" was" if at else ""}" width="100%" height="10">'
        f'<rect y=".5" x=".5" width="{99 * (cell.value or 0) / most:.1f}%" height="9" rx="2"/></svg>'
        for at, cell in enumerate(row.cells[:many])
    )
    return f'<span class="bars" aria-hidden="true">{drawn}</span>'


def _cell(cell: Cell, most: float) -> str:
    """A figure, which leads to its reports; shaded where it is compared with others."""
    text = conditional_escape(cell.text)
    if cell.url and cell.value:
        text = format_html('<a href="{}">{}</a>', cell.url, text)
    shade = round(SHADES * ((cell.value or 0) / most) ** 0.5) if most else 0
    return f'<td class="number{f" heat-{shade}" if shade else ""}">{text}</td>'


def _named(name: Name) -> SafeString:
    """A name, which leads to all that it stands for, and its code where that says something."""
    label = format_html('<a href="{}">{}</a>', name.url, name.label) if name.url else conditional_escape(name.label)
    if name.code and name.short == name.code and name.code != name.label:
        return format_html('{} <span class="muted nowrap">{}</span>', label, name.code)
    return SafeString(label)

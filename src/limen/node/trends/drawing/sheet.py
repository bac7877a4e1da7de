"""A chart as a file of its own: SVG 1.1 with its title, its key and its colours, for documents and slides.

Here everything stands in pixels on white, whatever the page looked like. Nothing in it leads anywhere: where reports
lie is no business of who gets the file.
"""

from __future__ import annotations

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from limen.node.trends.drawing import lines, marks
from limen.node.trends.drawing.scale import cut, width
from limen.node.trends.tables import Table

WIDE, MARGIN, HEAD = 1000, 28, 74
COLOURS = ("#0b6fb8", "#c4540a", "#11806a", "#9b3f96", "#8a6d00", "#5560c8", "#b03060", "#5b6978")
DASHES = ("", "7 4", "2 3", "9 3 2 3", "12 4", "5 2", "1 4", "9 3 2 3 2 3")

STYLE = (
    "text{font:12px system-ui,'Noto Sans','Noto Sans Thai','Noto Sans Arabic',sans-serif;fill:#14212e}"
    ".title{font-size:18px;font-weight:650}.about,.period,.plot-axis text{fill:#5b6978}"
    ".grid{stroke:#d5dce3}.base{stroke:#7b8896}.line{fill:none;stroke-width:2}"
    ".strip,.near,.short{display:none}.hollow{fill:#fff}.node{fill:#475666}.figure{font-weight:650}"
    ".ribbon{stroke:none;fill-opacity:.4}.place{paint-order:stroke;stroke:#fff;stroke-width:3px}"
    ".bar{fill:#0b6fb8}.bar.was{fill:#fff;stroke:#0b6fb8}.number{font-weight:650}"
) + "".join(
    f".s{at + 1}{{stroke:{colour};fill:{colour}}}.line.s{at + 1}{{stroke-dasharray:{dash or 'none'};fill:none}}"
    f".s{at + 1} .line{{stroke-dasharray:{dash or 'none'}}}"
    for at, (colour, dash) in enumerate(zip(COLOURS, DASHES, strict=True))
)


def sheet(title: str, about: str, body: str, height: float, key: str = "") -> bytes:
    """Put a chart on its sheet."""
    whole = round(height + HEAD + MARGIN)
    parts = map(mark_safe, (STYLE, key, body))
    style, keyed, drawn = parts
    told = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}"><title>{}</title>'
        '<style>{}</style><rect width="100%" height="100%" fill="#fff"/>'
        '<text class="title" x="{}" y="36">{}</text><text class="about" x="{}" y="58">{}</text>{}{}</svg>',
        WIDE, whole, WIDE, whole, title, style, MARGIN, cut(title, WIDE - 2 * MARGIN, 18), MARGIN, about, keyed, drawn,
    )  # fmt: skip
    return _without_links(told).encode()


def keys(table: Table) -> tuple[str, float]:
    """The key of a chart of lines, in as many rows as it takes, and how high it is."""
    columns = table.named.columns
    x, y, told = float(MARGIN), HEAD + 8.0, ""
    for at, column in enumerate(columns):
        wide = width(column.label) + 60
        if x + wide > WIDE - MARGIN and x > MARGIN:
            x, y = float(MARGIN), y + 20
        inner = f'<path class="line" d="M-16 0H16"/>{marks.symbol(at)}'
        told += f'<g class="{marks.look(at)}" transform="translate({x + 17:.0f} {y - 4:.0f})">{inner}</g>'
        told += f'<text x="{x + 40:.0f}" y="{y:.0f}">{conditional_escape(column.label)}</text>'
        x += wide
    return told, y - HEAD + 10


def plot(table: Table, top: float, height: int) -> str:
    """Lines and their axis."""
    axis, wide = lines.axis(table, height)
    return (
        f'<svg class="plot-axis" x="{MARGIN}" y="{top:.0f}" width="{wide}" height="{height}">{axis}</svg>'
        f'<svg x="{MARGIN + wide}" y="{top:.0f}" width="{WIDE - 2 * MARGIN - wide}" height="{height}">'
        f"{lines.area(table, height)}</svg>"
    )


def inside(body: str, top: float, height: float) -> str:
    """A chart that is as wide as what it stands in."""
    return f'<svg x="{MARGIN}" y="{top:.0f}" width="{WIDE - 2 * MARGIN}" height="{height:.0f}">{body}</svg>'


def bars(table: Table, *, pairs: bool = False) -> tuple[str, float]:
    """A bar for each row, of pairs a hollow one below it; how high all is."""
    looks, table = ("bar", "bar was") if pairs else ("bar",), table.named
    room, pitch, top = 290, 10 + 16 * len(looks), HEAD + (24 if pairs else 0)
    most = table.most(len(looks)) or 1
    told = _pair_keys(table) if pairs else ""
    for i, row in enumerate(table.rows):
        y = top + i * pitch
        name = conditional_escape(cut(row.name.label, room - 12))
        told += f'<text x="{MARGIN + room - 10}" y="{y + 12}" text-anchor="end">{name}</text>'
        for down, look in enumerate(looks):
            cell = row.cells[down]
            long = (cell.value or 0) / most * (WIDE - 2 * MARGIN - room - 90)
            told += f'<rect class="{look}" x="{MARGIN + room}" y="{y + 16 * down}" width="{long:.1f}" height="14"/>'
            told += f'<text x="{MARGIN + room + long + 8:.1f}" y="{y + 16 * down + 12}">{cell.text}</text>'
    return told, len(table.rows) * pitch + top - HEAD


def _pair_keys(table: Table) -> str:
    return "".join(
        f'<rect class="{look}" x="{MARGIN + 290 + 220 * at}" y="{HEAD - 4}" width="24" height="12"/>'
        f'<text x="{MARGIN + 320 + 220 * at}" y="{HEAD + 7}">{conditional_escape(table.columns[at].label)}</text>'
        for at, look in enumerate(("bar", "bar was"))
    )


def squares(table: Table) -> tuple[str, float]:
    """A figure in each square, the darker the larger; how high all is."""
    room, high, table = 270, 28, table.named
    most = table.most() or 1
    wide = (WIDE - 2 * MARGIN - room) / max(1, len(table.columns))
    told = ""
    for i, column in enumerate(table.columns):
        x = MARGIN + room + (i + 0.5) * wide
        name = conditional_escape(cut(column.short, wide - 4))
        told += f'<text x="{x:.1f}" y="{HEAD + 14}" text-anchor="middle">{name}</text>'
    for down, row in enumerate(table.rows):
        y = HEAD + 24 + down * high
        name = conditional_escape(cut(row.name.label, room - 12))
        told += f'<text x="{MARGIN + room - 10}" y="{y + 18}" text-anchor="end">{name}</text>'
        for i, cell in enumerate(row.cells):
            x, share = MARGIN + room + i * wide, (cell.value or 0) / most
            told += (
                f'<rect x="{x:.1f}" y="{y}" width="{wide - 2:.1f}" height="{high - 2}" fill="{COLOURS[0]}"'
                f' fill-opacity="{0.45 * share:.2f}"/>'
                f'<text x="{x + wide / 2:.1f}" y="{y + 18}" text-anchor="middle">{cell.text}</text>'
            )
    return told, len(table.rows) * high + 24


def _without_links(told: SafeString) -> str:
    """Marks lead nowhere in a file."""
    return re.sub(r'<a href="[^"]*" tabindex="-1">', "<g>", str(told)).replace("</a>", "</g>")

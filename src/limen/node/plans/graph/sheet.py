"""Link chart and timeline as files: SVG 1.1 with title, note and colours of its own. Nothing in it leads anywhere."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from limen.node.plans.graph import timeline
from limen.node.plans.graph.joining import Graph
from limen.node.plans.graph.kinds import Kind
from limen.node.trends.drawing.scale import cut
from limen.node.trends.drawing.sheet import COLOURS

WIDE, MARGIN, HEAD = 1200, 28, 70
LEAST = 640

_STYLE = (
    "text{font:12px system-ui,'Noto Sans','Noto Sans Thai','Noto Sans Arabic',sans-serif;fill:#14212e}"
    ".title{font-size:18px;font-weight:650}.about,.period{fill:#5b6978}.node text{text-anchor:middle;"
    "paint-order:stroke;stroke:#fff;stroke-width:3px}.node circle,.node use{fill:#fff;stroke-width:1.8}"
    ".node-near,.tie-near,.moment-near{display:none}"
    ".tie line{stroke:#9aa6b2;stroke-width:1.2}.tie.is-strong line{stroke:#5b6978;stroke-width:2.4}"
    ".grid,.day{stroke:#d5dce3}.lane path,.lane rect,.lane circle{fill:none;stroke-width:1.8}.moment-count{fill:#fff;"
    "text-anchor:middle;font-size:10px}.node use *{fill:none}"
)


def _style() -> str:
    colours = "".join(
        f".node-{kind}{{stroke:{COLOURS[at]}}}.moment.node-{kind}>circle{{fill:{COLOURS[at]}}}"
        for at, kind in enumerate(Kind)
    )
    return f"{_STYLE}{colours}text,.node text{{stroke:none}}.node text{{stroke:#fff}}"


def sheet(title: str, note: str, body: SafeString, wide: int, high: int) -> bytes:
    """Put a drawing on its sheet."""
    room = max(LEAST, wide + 2 * MARGIN)
    told = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"><title>{2}</title>'
        '<style>{3}</style><rect width="100%" height="100%" fill="#fff"/><text class="title" x="{4}" y="34">{2}</text>'
        '<text class="about" x="{4}" y="56">{5}</text><g transform="translate({4} {6})">{7}</g></svg>',
        room, high + HEAD + MARGIN, title, mark_safe(_style()),  # noqa: S308 - ours
        MARGIN, cut(note, room - 2 * MARGIN), HEAD, body,
    )  # fmt: skip
    return told.encode()


def beside(line: timeline.Timeline, graph: Graph) -> tuple[SafeString, int]:
    """The timeline's names and its days, side by side; how high they are."""
    body = format_html(
        '<svg width="{0}" height="{1}">{2}</svg><svg x="{0}" width="{3}" height="{1}">{4}</svg>',
        timeline.LABELS, line.height, timeline.labels(line), WIDE - timeline.LABELS, timeline.area(line, graph),
    )  # fmt: skip
    return body, line.height

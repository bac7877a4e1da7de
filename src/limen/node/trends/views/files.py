"""A chart to take along: its figures as CSV, and the chart itself as SVG. Each is recorded."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports.exporting.as_csv import safe
from limen.node.trends.drawing import flow, sheet
from limen.node.trends.views import asking, pages
from limen.node.trends.views.charts import Chart, Counted


@never_cache
@require_safe
def as_csv(request: HttpRequest, chart: Chart) -> HttpResponse:
    """The table: RFC 4180, UTF-8 with its mark, a note first, as exports of reports are."""
    question = asking.question_of(request.GET, request.user)
    counted = chart.count(question, True)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    lines = [[safe(cell) for cell in names] + figures for names, figures in counted.table.lines()]
    note = f"{counted.title}. {pages.about(chart, question)}. {whose(request.user)}"
    writer.writerow([safe(note)] + [""] * (len(lines[0]) - 1))
    writer.writerows(lines)
    return _file(request, chart, question, text.getvalue().encode("utf-8-sig"), "csv")


@never_cache
@require_safe
def as_svg(request: HttpRequest, chart: Chart) -> HttpResponse:
    """The chart on a sheet of its own."""
    question = asking.question_of(request.GET, request.user)
    counted = chart.count(question, chart.kind not in ("lines", "flow"))
    days = f"{pages.about(chart, question)}. {whose(request.user)}"
    return _file(request, chart, question, drawn(chart.kind, counted, days), "svg")


def drawn(kind: str, counted: Counted, about: str) -> bytes:
    """Draw a chart's sheet."""
    table, key = counted.table, ""
    match kind:
        case "lines":
            key, down = sheet.keys(table)
            body, height = sheet.plot(table, sheet.HEAD + down, 360), 360 + down
        case "flow":
            inner, high = flow.area(table)
            body, height = sheet.inside(inner, sheet.HEAD, high), float(high)
        case "heat":
            body, height = sheet.squares(table)
        case _:
            body, height = sheet.bars(table, pairs=kind == "pairs")
    return sheet.sheet(counted.title, about, body, height, key)


def whose(officer: Officer) -> str:
    """Whose figures they are: others may see others."""
    told = {"agency": officer.agency.name, "day": timezone.localdate().isoformat()}
    return _("Released reports open to an officer of %(agency)s on %(day)s") % told


def _file(request: HttpRequest, chart: Chart, question: asking.Question, body: bytes, form: str) -> HttpResponse:
    log("trends.exported", details={"chart": chart.name, "format": form, "question": question.values})
    kinds = {"csv": "text/csv; charset=utf-8; header=present", "svg": "image/svg+xml"}
    response = HttpResponse(body, content_type=kinds[form])
    name = f"limen-{chart.name}-{timezone.localtime():%Y%m%d-%H%M}"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

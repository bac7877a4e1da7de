"""The dashboard of the six charts, and the page of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.reports.views.listing import is_part
from limen.node.trends import counting
from limen.node.trends.views import asking
from limen.node.trends.views.asking import Choice, Question
from limen.node.trends.views.charts import CHARTS, Chart, Counted, address, span_words


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart as its template shows it."""

    chart: Chart
    counted: Counted
    question: Question

    def __getattr__(self, name: str) -> Any:
        """What is counted: title, table, total, notes, points."""
        return getattr(self.counted, name)

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return self.chart.name

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return self.chart.kind

    @property
    def about(self) -> str:
        """Which days it is of."""
        return about(self.chart, self.question)

    @property
    def drawn_points(self) -> dict[str, Any]:
        """The points as the map reads them."""
        return {"points": self.counted.points}

    @property
    def url(self) -> str:
        """Its own page, with the same question."""
        return _to(reverse(f"trends:{self.name}"), self.query)

    @property
    def query(self) -> str:
        """The question, less what this chart is not asked."""
        return _query(self.chart, self.question)

    @property
    def csv(self) -> str:
        """Its figures as a file."""
        return _to(reverse(f"trends:{self.name}_csv"), self.query)

    @property
    def svg(self) -> str:
        """Its sheet as a file; the map's is made in the browser."""
        return "" if self.kind == "map" else _to(reverse(f"trends:{self.name}_svg"), self.query)


def about(chart: Chart, question: Question) -> str:
    """Which days a chart is of."""
    days = span_words(*question.asked.span)
    if chart.kind != "pairs":
        return days
    return _("%(days)s, compared with %(other)s") % {"days": days, "other": span_words(*question.other_span)}


def _query(chart: Chart, question: Question) -> str:
    nothing = {} if chart.by else {"by": ""}
    return question.query_of(**nothing, **({} if chart.over else {"over": ""}))


def _to(place: str, query: str) -> str:
    return f"{place}?{query}" if query else place


@never_cache
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show all six; the dimension chosen is that of the series."""
    question = asking.question_of(request.GET, request.user)
    plain = asking.Question(question.asked, against=question.against)
    shown = [Shown(chart, chart.count(one, False), one) for chart in CHARTS for one in [_its(chart, question, plain)]]
    return _page(request, question, shown, reverse("trends:dashboard"), _("Trends"))


def _its(chart: Chart, question: Question, plain: Question) -> Question:
    return question if chart.name == "series" else plain


@never_cache
@require_safe
def page(request: HttpRequest, chart: Chart) -> HttpResponse:
    """Show one of them, larger, with all of its table."""
    question = asking.question_of(request.GET, request.user)
    shown = Shown(chart, chart.count(question, True), question)
    return _page(request, question, [shown], reverse(f"trends:{chart.name}"), shown.title)


def _page(request: HttpRequest, question: Question, shown: list[Shown], target: str, heading: str) -> HttpResponse:
    one = shown[0].chart if len(shown) == 1 else None
    context: dict[str, Any] = {
        "heading": heading,
        "one": one,
        "charts": shown,
        "count": shown[0].total,
        "list_url": address(question.asked.query),
        "span": span_words(*question.asked.span),
        "faults": question.faults,
        "chips": asking.chips(question, target),
        "target": target,
        "query": question.query_of(by="", over=""),
        "pages": _pages(question, one),
    }
    if is_part(request):
        response = render(request, "trends/results.html", context)
        response["HX-Push-Url"] = _to(target, question.query)
        return response
    return render(request, "trends/page.html", context | asking.bar(question, request.user, _choices(question, one)))


def _pages(question: Question, one: Chart | None) -> list[dict[str, Any]]:
    """The way to each chart, with the same conditions."""
    query = question.query_of(by="", over="")
    return [
        {
            "label": chart.label,
            "icon": chart.icon,
            "url": _to(reverse(f"trends:{chart.name}"), query),
            "current": chart is one,
        }
        for chart in CHARTS
    ]


def _choices(question: Question, one: Chart | None) -> list[Choice]:
    """How figures are cut: what is offered depends on the page."""
    found = []
    if one is None or one.name == "series":
        grains = [("month", _("by month")), ("week", _("by week"))]
        found.append(Choice("grain", _("Periods"), grains, question.asked.grain))
    chart = one or CHARTS[0]
    dimensions = [(name, each.label) for name, each in counting.DIMENSIONS.items()]
    if chart.by:
        whole = [(asking.EVERYTHING, _("all reports"))] if chart.name == "series" else []
        label = _("Rows") if chart.over else _("By")
        found.append(Choice("by", label, whole + dimensions, question.by or chart.by))
    if chart.over:
        found.append(Choice("over", _("Columns"), dimensions, question.over or chart.over))
    if one and one.kind == "pairs":
        against = [("before", _("the period before")), ("year", _("a year before"))]
        found.append(Choice("against", _("Compared with"), against, question.against))
    return found

"""Addresses of the app."""

from __future__ import annotations

from django.urls import URLPattern, path

from limen.node.trends.views import briefs, files, pages, surges
from limen.node.trends.views.charts import CHARTS, Chart

app_name = "trends"


def _of(chart: Chart) -> list[URLPattern]:
    """The addresses of one chart: its page, its figures and its sheet; the map's sheet is made in the browser."""
    name, given = chart.name, {"chart": chart}
    found = [
        path(f"{name}/", pages.page, given, name=name),
        path(f"{name}/csv/", files.as_csv, given, name=f"{name}_csv"),
        path(f"{name}/svg/", files.as_svg, given, name=f"{name}_svg"),
    ]
    return found[:2] if chart.kind == "map" else found


urlpatterns: list[URLPattern] = [
    path("", pages.dashboard, name="dashboard"),
    *(pattern for chart in CHARTS for pattern in _of(chart)),
    path("brief/", briefs.brief, name="brief"),
    path("surges/", surges.surges, name="surges"),
    path("surges/csv/", surges.as_csv, name="surges_csv"),
    path("surges/draft/", surges.draft, name="surges_draft"),
    path("surges/put-aside/", surges.dismiss, name="surges_dismiss"),
    path("surges/put-aside/<int:number>/again/", surges.restore, name="surges_restore"),
]

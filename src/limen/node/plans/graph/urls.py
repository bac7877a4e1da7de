"""Addresses of what a plan leads to, and of its chart and timeline, below those of plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from limen.node.plans.views import chart, files, linking


def chart_urls() -> list[URLPattern]:
    """Linked records, chart, timeline, and their files."""
    return [
        path("link/<slug:kind>/<slug:record>/", linking.link_record, name="link_record"),
        path("<plan:reference>/links/", linking.link, name="link"),
        path("<plan:reference>/links/<uuid:uid>/remove/", linking.unlink, name="unlink"),
        path("<plan:reference>/chart/", chart.chart, name="chart"),
        path("<plan:reference>/timeline/", chart.over_time, name="timeline"),
        path("<plan:reference>/chart/add/", chart.add, name="chart_add"),
        path("<plan:reference>/chart/tie/", chart.tie, name="chart_tie"),
        path("<plan:reference>/chart/<slug:what>/<uuid:uid>/", chart.entry, name="chart_entry"),
        path("<plan:reference>/chart/<slug:name>.<slug:form>", files.file, name="chart_file"),
    ]

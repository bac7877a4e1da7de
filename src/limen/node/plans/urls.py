"""Addresses of plans. A plan is named by its reference, such as P26-7KQ2-MB4X."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from limen.node.plans.days.urls import day_urls
from limen.node.plans.graph.urls import chart_urls
from limen.node.plans.information.urls import information_urls
from limen.node.plans.views import deciding, listing, periods, printing, working, writing
from limen.node.sharing.pages import release_urls

app_name = "plans"


class Reference:
    """A plan's reference, typed in small letters too."""

    regex: ClassVar[str] = "[Pp][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


register_converter(Reference, "plan")

urlpatterns = [
    path("", listing.plans, name="list"),
    path("new/", writing.new, name="new"),
    path("periods/", periods.periods, name="periods"),
    path("periods/<uuid:uid>/", periods.period, name="period"),
    path("periods/<uuid:uid>/figures.csv", periods.figures_csv, name="period_csv"),
    path("<plan:reference>/", listing.show, name="show"),
    path("<plan:reference>/document/<uuid:uid>/", listing.document, name="document"),
    path("<plan:reference>/pdf/", printing.pdf, name="pdf"),
    path("<plan:reference>/edit/", writing.edit, name="edit"),
    path("<plan:reference>/discard/", writing.discard, name="discard"),
    path("<plan:reference>/phases/", working.add_phase, name="add_phase"),
    path("<plan:reference>/phases/<uuid:uid>/", working.phase, name="phase"),
    path("<plan:reference>/tasks/", working.add_task, name="add_task"),
    path("<plan:reference>/tasks/<uuid:uid>/", working.task, name="task"),
    path("<plan:reference>/series/", working.follow, name="follow"),
    path("<plan:reference>/series/<uuid:uid>/remove/", working.unfollow, name="unfollow"),
    path("<plan:reference>/approvals/<slug:of>/", deciding.approve_of, name="record"),
    path("<plan:reference>/approvals/phase/<uuid:phase>/", deciding.approve_of, {"of": "phase"}, name="record_phase"),
    path("<plan:reference>/approval/<uuid:uid>/<slug:doing>/", deciding.approval, name="approval"),
    path("<plan:reference>/do/<slug:doing>/", deciding.decide, name="decide"),
    *information_urls(),
    *day_urls(),
    *chart_urls(),
    *release_urls("plans", "<plan:reference>/"),
]

"""Addresses of alerts. An alert is named by its reference."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from limen.node.alerts.subscriptions.urls import subscription_urls
from limen.node.alerts.views import acting, listing, printing, showing, writing
from limen.node.sharing.pages import release_urls

app_name = "alerts"


class Reference:
    """An alert's reference, such as A26-7KQ2-MB4X, typed in small letters too."""

    regex: ClassVar[str] = "[Aa][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


register_converter(Reference, "alert")

urlpatterns = [
    path("", listing.alerts, name="list"),
    path("new/", writing.new, name="new"),
    *subscription_urls,
    path("<alert:reference>/", showing.show, name="show"),
    path("<alert:reference>/edit/", writing.edit, name="edit"),
    path("<alert:reference>/field/", writing.field, name="field"),
    path("<alert:reference>/points/", writing.listed_points, name="points"),
    path("<alert:reference>/beside/", writing.beside, name="beside"),
    path("<alert:reference>/reports/", writing.link, name="link"),
    path("<alert:reference>/acknowledge/", acting.acknowledge, name="acknowledge"),
    path("<alert:reference>/answer/", acting.answer, name="answer"),
    path("<alert:reference>/sighting/", acting.sighting, name="sighting"),
    path("<alert:reference>/card/", printing.card, name="card"),
    path("<alert:reference>/card/pdf/", printing.pdf, name="card_pdf"),
    path("<alert:reference>/discard/", writing.discard, name="discard"),
    *release_urls("alerts", "<alert:reference>/"),
]

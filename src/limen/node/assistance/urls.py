"""Addresses of requests. A request is named by its reference."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from limen.node.assistance.views import (
    answering,
    expertise,
    figures,
    listing,
    onward,
    outcomes,
    showing,
    working,
    writing,
)
from limen.node.sharing.pages import release_urls

app_name = "assistance"


class Reference:
    """A request's reference, such as Q26-7KQ2-MB4X, typed in small letters too."""

    regex: ClassVar[str] = "[Qq][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


register_converter(Reference, "request")

urlpatterns = [
    path("", listing.requests, name="list"),
    path("new/", writing.new, name="new"),
    path("inspection/", writing.inspection, name="inspection"),
    path("expertise/", expertise.expertise, name="expertise"),
    path("duty/", expertise.duty, name="duty"),
    path("<request:reference>/", showing.show, name="show"),
    path("<request:reference>/bearer/", showing.bearer, name="bearer"),
    path("<request:reference>/unmasked/", showing.unmasked, name="unmasked"),
    path("<request:reference>/original/<uuid:uid>/", showing.original, name="original"),
    path("<request:reference>/edit/", writing.edit, name="edit"),
    path("<request:reference>/asked/", writing.choose, name="choose"),
    path("<request:reference>/originals/", writing.originals, name="originals"),
    path("<request:reference>/discard/", writing.discard, name="discard"),
    path("<request:reference>/take/", working.take, name="take"),
    path("<request:reference>/give-back/", working.give_back, name="give_back"),
    path("<request:reference>/say/", working.say, name="say"),
    path("<request:reference>/close/", working.close, name="close"),
    path("figures/", figures.show, name="figures"),
    path("<request:reference>/answer/", answering.edit, name="answer"),
    path("<request:reference>/answer/begin/", answering.begin, name="answer_begin"),
    path("<request:reference>/answer/places/<uuid:exhibit>/", answering.places, name="answer_places"),
    path("<request:reference>/answer/countersign/", answering.countersign, name="answer_countersign"),
    path("<request:reference>/answer/send-back/", answering.send_back, name="answer_send_back"),
    path("<request:reference>/answer/discard/", answering.discard, name="answer_discard"),
    path("<request:reference>/answer/pdf/", answering.pdf, name="answer_pdf"),
    path("<request:reference>/outcome/", outcomes.feed_back, name="outcome"),
    path("<request:reference>/onward/<slug:name>/", onward.make, name="onward"),
    *release_urls("assistance", "<request:reference>/"),
]

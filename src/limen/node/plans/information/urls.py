"""Addresses of information requests. One is named by its reference, such as N26-7KQ2-MB4X; a plan offers its own."""

from __future__ import annotations

from typing import ClassVar

from django.urls import URLPattern, path, register_converter

from limen.node.plans.information import views


class Reference:
    """A request's reference, typed in small letters too."""

    regex: ClassVar[str] = "[Nn][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


register_converter(Reference, "information")


def information_urls() -> list[URLPattern]:
    """The addresses, for the list of the plans' own, which makes a plan's reference known."""
    return [
        path("<plan:reference>/information/new/", views.new, name="information_new"),
        path("information/<information:number>/", views.show, name="information"),
        path("information/<information:number>/edit/", views.edit, name="information_edit"),
        path("information/<information:number>/do/<slug:doing>/", views.do, name="information_do"),
        path("information/<information:number>/reply/", views.reply, name="information_reply"),
        path("information/<information:number>/reply/<int:item>/", views.item, name="information_item"),
        path("information/<information:number>/withhold/<int:item>/", views.withhold, name="information_withhold"),
        path("information/<information:number>/file/<uuid:content>/", views.file, name="information_file"),
    ]

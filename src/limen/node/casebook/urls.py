"""Addresses of case studies and of practising. A case study is named by its reference."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from limen.node.casebook.views import library, practising, printing, showing, stepping, writing
from limen.node.sharing.pages import release_urls

app_name = "casebook"


class Reference:
    """A case study's reference, such as C26-7KQ2-MB4X, typed in small letters too."""

    regex: ClassVar[str] = "[Cc][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


register_converter(Reference, "case")

urlpatterns = [
    path("", library.library, name="list"),
    path("new/", writing.new, name="new"),
    path("practice/", practising.practice, name="practice"),
    path("practice/progress/", practising.own_progress, name="progress"),
    path("practice/progress/delete/", practising.forget, name="forget"),
    path("practice/q/<str:token>/", practising.question, name="question"),
    path("practice/q/<str:token>/<int:number>/", practising.picture, name="picture"),
    path("<case:reference>/", showing.show, name="show"),
    path("<case:reference>/pdf/", printing.pdf, name="pdf"),
    path("<case:reference>/edit/", writing.edit, name="edit"),
    path("<case:reference>/field/", writing.field, name="field"),
    path("<case:reference>/told/", writing.field, name="told"),
    path("<case:reference>/beside/", writing.beside, name="beside"),
    path("<case:reference>/discard/", writing.discard, name="discard"),
    path("<case:reference>/steps/", stepping.add, name="add_step"),
    path("<case:reference>/steps/<int:number>/", stepping.change, name="change_step"),
    path("<case:reference>/steps/<int:number>/remove/", stepping.remove, name="remove_step"),
    path("<case:reference>/steps/<int:number>/move/", stepping.move, name="move_step"),
    path("<case:reference>/places/", stepping.places, name="places"),
    path("<case:reference>/links/", stepping.link, name="link"),
    path("<case:reference>/links/<int:number>/remove/", stepping.unlink, name="unlink"),
    *release_urls("casebook", "<case:reference>/"),
]

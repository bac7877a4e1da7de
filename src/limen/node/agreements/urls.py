"""Addresses of agreements. An agreement is named by its reference, such as M26-7KQ2-MB4X."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from limen.node.agreements.views import deciding, listing, writing

app_name = "agreements"


class Reference:
    """An agreement's reference, typed in small letters too."""

    regex: ClassVar[str] = "[Mm][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


register_converter(Reference, "mref")

urlpatterns = [
    path("", listing.agreements, name="list"),
    path("new/", writing.new, name="new"),
    path("access/<slug:label>/<str:reference>/", listing.access, name="access"),
    path("<mref:reference>/", listing.show, name="show"),
    path("<mref:reference>/text/<int:number>/", listing.text, name="text"),
    path("<mref:reference>/edit/", writing.edit, name="edit"),
    path("<mref:reference>/edit/parties/", writing.parties, name="parties"),
    path("<mref:reference>/edit/clauses/", writing.clauses, name="clauses"),
    path("<mref:reference>/edit/text/", writing.attach, name="attach"),
    path("<mref:reference>/amend/", writing.amend, name="amend"),
    path("<mref:reference>/<slug:doing>/", deciding.decide, name="decide"),
]
"""The last takes what `deciding.DOINGS` names."""

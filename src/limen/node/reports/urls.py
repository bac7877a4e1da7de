"""Addresses of reports. A report is named by its reference, a picture by its number."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from limen.node.reports.views import exporting, filters, listing, mapping, pictures, showing, writing
from limen.node.sharing.pages import release_urls

app_name = "reports"


class Reference:
    """A report's reference, such as R26-7KQ2-MB4X, typed in small letters too."""

    regex: ClassVar[str] = "[Rr][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


register_converter(Reference, "ref")

urlpatterns = [
    path("reports/", listing.reports, name="list"),
    path("reports/similar/", listing.similar, name="similar_picture"),
    path("reports/map/", mapping.map_page, name="map"),
    path("reports/map/data/", mapping.data, name="map_data"),
    path("reports/export/", exporting.export, name="export"),
    path("reports/filters/save/", filters.save, name="save_filter"),
    path("reports/filters/<int:number>/forget/", filters.forget, name="forget_filter"),
    path("reports/<ref:reference>/pdf/", exporting.pdf, name="pdf"),
    path("reports/new/", writing.new, name="new"),
    path("reports/images/<uuid:uid>/", pictures.image, name="image"),
    path("reports/images/<uuid:uid>/thumb/", pictures.thumb, name="thumb"),
    path("reports/images/<uuid:uid>/original/", pictures.original, name="original"),
    path("reports/images/<uuid:uid>/masks/", pictures.masks, name="masks"),
    path("reports/images/<uuid:uid>/regions/", pictures.regions, name="regions"),
    path("reports/images/<uuid:uid>/change/", pictures.change, name="change_image"),
    path("reports/images/<uuid:uid>/move/", pictures.move, name="move_image"),
    path("reports/images/<uuid:uid>/detach/", pictures.detach, name="detach"),
    path("reports/<ref:reference>/", showing.show, name="show"),
    path("reports/<ref:reference>/bearer/", showing.bearer, name="bearer"),
    path("reports/<ref:reference>/edit/", writing.edit, name="edit"),
    path("reports/<ref:reference>/field/", writing.field, name="field"),
    path("reports/<ref:reference>/legs/", writing.row_list, {"name": "legs"}, name="legs"),
    path("reports/<ref:reference>/companions/", writing.row_list, {"name": "companions"}, name="companions"),
    path("reports/<ref:reference>/controls/", writing.controls, name="controls"),
    path("reports/<ref:reference>/beside/", writing.beside, name="beside"),
    path("reports/<ref:reference>/discard/", writing.discard, name="discard"),
    path("reports/<ref:reference>/images/", pictures.attach, name="attach"),
    *release_urls("reports", "reports/<ref:reference>/"),
]

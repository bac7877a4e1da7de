"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from limen.node.exhibits.views import editing, giving

app_name = "exhibits"

_RECORD = "<slug:kind>/<int:number>/"

urlpatterns = [
    path("<uuid:uid>/", giving.image, name="image"),
    path("<uuid:uid>/thumb/", giving.thumb, name="thumb"),
    path("<uuid:uid>/original/", giving.original, name="original"),
    path("<uuid:uid>/change/", editing.change, name="change"),
    path("<uuid:uid>/masks/", editing.masks, name="masks"),
    path("<uuid:uid>/regions/", editing.regions, name="regions"),
    path("<uuid:uid>/move/", editing.move, name="move"),
    path("<uuid:uid>/remove/", editing.remove, name="remove"),
    path(_RECORD, editing.page, name="edit"),
    path(f"{_RECORD}offers/", editing.offers, name="offers"),
    path(f"{_RECORD}take/", editing.take, name="take"),
    path(f"{_RECORD}upload/", editing.upload, name="upload"),
]

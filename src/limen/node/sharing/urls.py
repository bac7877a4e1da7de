"""Addresses that the releases of all kinds of records share."""

from __future__ import annotations

from django.urls import path

from limen.node.sharing import pages

app_name = "sharing"

urlpatterns = [path("releases/recipients/<slug:kind>/", pages.recipients, name="recipients")]

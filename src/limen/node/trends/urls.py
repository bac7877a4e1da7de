"""Addresses of the app."""

from __future__ import annotations

from django.urls import URLPattern, path

from limen.node.trends.views import briefs

app_name = "trends"

urlpatterns: list[URLPattern] = [
    path("brief/", briefs.brief, name="brief"),
]

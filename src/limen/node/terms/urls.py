"""Addresses under /terms/."""

from __future__ import annotations

from django.urls import path

from limen.node.terms.views import suggest_view

app_name = "terms"
urlpatterns = [path("suggest/<slug:kind>/", suggest_view, name="suggest")]

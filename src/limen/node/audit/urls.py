"""Addresses under /audit/."""

from __future__ import annotations

from django.urls import path

from limen.node.audit import views

app_name = "audit"

urlpatterns = [
    path("", views.log, name="list"),
    path("check/", views.check, name="check"),
    path("export/", views.export, name="export"),
]

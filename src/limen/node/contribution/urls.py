"""Addresses of giving and receiving."""

from __future__ import annotations

from django.urls import path

from limen.node.contribution.views import asked, own

app_name = "contribution"

urlpatterns = [
    path("", own.own, name="own"),
    path("<slug:name>.csv", own.own_csv, name="csv"),
    path("asked/", asked.asked, name="asked"),
    path("asked/propose/", asked.propose, name="propose"),
    path("asked/<int:number>/", asked.decide, name="decide"),
]

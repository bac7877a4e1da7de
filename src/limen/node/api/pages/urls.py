"""Addresses of the pages about tokens."""

from __future__ import annotations

from django.urls import path

from limen.node.api.pages import views

app_name = "tokens"

urlpatterns = [
    path("", views.tokens, name="list"),
    path("new/", views.new, name="new"),
    path("<int:number>/renew/", views.renew, name="renew"),
    path("<int:number>/revoke/", views.revoke, name="revoke"),
]

"""Addresses of the site; each app brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("terms/", include("limen.node.terms.urls")),
]

"""Addresses of the pages that every site has."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from limen.node.web import styleguide, views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("language/", views.set_language, name="language"),
    path("theme/", views.set_theme, name="theme"),
]

if settings.DEBUG:
    urlpatterns += styleguide.urlpatterns

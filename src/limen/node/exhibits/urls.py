"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from limen.node.exhibits import views

app_name = "exhibits"

urlpatterns = [
    path("<uuid:uid>/", views.image, name="image"),
    path("<uuid:uid>/thumb/", views.thumb, name="thumb"),
]

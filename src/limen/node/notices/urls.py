"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from limen.node.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notices, name="list"),
    path("<int:number>/", views.open_one, name="open"),
    path("seen/", views.saw_all, name="saw_all"),
    path("bell/", views.bell, name="bell"),
    path("settings/", views.choose, name="settings"),
    path("devices/", views.add_device, name="add_device"),
    path("devices/token/", views.token, name="token"),
    path("devices/<int:number>/remove/", views.remove_device, name="remove_device"),
]

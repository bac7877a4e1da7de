"""Addresses of joint operation days, by their number within a plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from limen.node.plans.days import views

DAY = "<plan:reference>/days/<int:number>/"


def day_urls() -> list[URLPattern]:
    """The addresses, for the list of the plans' own, which makes a plan's reference known."""
    return [
        path("<plan:reference>/days/new/", views.new, name="day_new"),
        path(DAY, views.show, name="day"),
        path(f"{DAY}edit/", views.edit, name="day_edit"),
        path(f"{DAY}live/", views.live, name="day_live"),
        path(f"{DAY}close/", views.close, name="day_close"),
        path(f"{DAY}csv/", views.as_csv, name="day_csv"),
        path(f"{DAY}posts/", views.add_post, name="day_add_post"),
        path(f"{DAY}posts/<uuid:post>/", views.post, name="day_post"),
        path(f"{DAY}posts/<uuid:post>/correct/", views.correct, name="day_correct"),
        path(f"{DAY}posts/<uuid:post>/stand-down/", views.stand_down, name="day_stand_down"),
    ]

"""Addresses of the interface; each of its views is entered through `entry`."""

from __future__ import annotations

from typing import Any

from django.urls import path

from limen.node.api.entry import entry
from limen.node.api.problems import absent
from limen.node.api.site import api


def _entered(pattern: Any) -> Any:
    pattern.callback = entry(pattern.callback)
    return pattern


_patterns, _app, _namespace = api.urls

urlpatterns = [
    path("v1/", ([*map(_entered, _patterns)], _app, _namespace)),
    path("", entry(absent)),
    path("<path:rest>", entry(absent)),
]

"""The app's place in the site: it has no tables, only the worker's task that draws the pictures."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration."""

    name = "limen.node.demo"
    label = "demo"

"""The app's place in the site."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What waits for an officer: the first page, and the queue of releases."""

    name = "limen.node.desk"
    label = "desk"

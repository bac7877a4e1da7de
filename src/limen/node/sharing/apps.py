"""The app's place in the site."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Who may see which fields of which record, and why."""

    name = "limen.node.sharing"
    label = "sharing"

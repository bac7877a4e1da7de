"""The app's place in the site."""

from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    """Pictures of alerts and case studies."""

    name = "limen.node.exhibits"
    label = "exhibits"

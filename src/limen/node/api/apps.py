"""The app's place in the site."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The REST interface."""

    name = "limen.node.api"
    label = "api"

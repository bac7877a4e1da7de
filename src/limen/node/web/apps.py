"""The app's place in the site."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """What every page shares: layout, styles, scripts, errors."""

    name = "limen.node.web"
    label = "web"

"""The app's place in the site."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Telling officers that there is something to look at: by e-mail and web push, without protected data."""

    name = "limen.node.notices"
    label = "notices"

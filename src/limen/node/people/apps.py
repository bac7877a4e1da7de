"""The app's place in the site."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Agencies, their officers, and how they sign in."""

    name = "limen.node.people"
    label = "people"

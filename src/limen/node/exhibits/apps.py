"""The app's place in the site."""

from django.apps import AppConfig

from limen.node.database.roles import CLOSED_TABLES


class ExhibitsConfig(AppConfig):
    """Pictures of alerts and case studies."""

    name = "limen.node.exhibits"
    label = "exhibits"

    def ready(self) -> None:
        """Close what migrations write alone."""
        CLOSED_TABLES["exhibits_attached"] = ("SELECT",)

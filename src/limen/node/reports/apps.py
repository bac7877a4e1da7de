"""The app's place in the site."""

from django.apps import AppConfig

from limen.node.database.roles import CLOSED_TABLES


class ReportsConfig(AppConfig):
    """Reports of fraudulent documents."""

    name = "limen.node.reports"
    label = "reports"

    def ready(self) -> None:
        """Close what database functions and triggers write alone."""
        CLOSED_TABLES["reports_rollup"] = ("SELECT",)

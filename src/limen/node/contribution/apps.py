"""The app's place in the site."""

from django.apps import AppConfig

from limen.node.database.roles import CLOSED_TABLES


class ContributionConfig(AppConfig):
    """Giving, receiving, and contribute to see."""

    name = "limen.node.contribution"
    label = "contribution"

    def ready(self) -> None:
        """Close what the worker alone writes, and make known what notices say."""
        CLOSED_TABLES["contribution_warned"] = ("SELECT",)
        import limen.node.contribution.subject  # noqa: F401, PLC0415 - registers what notices say

"""The app's place in the site."""

from django.apps import AppConfig

from limen.node.database.roles import CLOSED_TABLES


class AssistanceConfig(AppConfig):
    """Requests to examiners of other agencies."""

    name = "limen.node.assistance"
    label = "assistance"

    def ready(self) -> None:
        """Make the kind known, to sharing, exhibits and notices; what was said does not change."""
        import limen.node.assistance.release  # noqa: PLC0415 - registers the kind
        import limen.node.assistance.subject  # noqa: F401, PLC0415 - says it in notices

        CLOSED_TABLES["assistance_outcome"] = ("SELECT", "INSERT", "DELETE")
        CLOSED_TABLES["assistance_message"] = ("SELECT", "INSERT", "DELETE")

"""The app's place in the site."""

from django.apps import AppConfig

from limen.node.database.roles import CLOSED_TABLES


class ProtectionConfig(AppConfig):
    """Screening for indicators of trafficking, and referral."""

    name = "limen.node.protection"
    label = "protection"

    def ready(self) -> None:
        """Make notices of it known, and close what the worker writes alone."""
        import limen.node.protection.telling  # noqa: F401, PLC0415 - registers the subject

        CLOSED_TABLES["protection_figure"] = ("SELECT",)
        CLOSED_TABLES["protection_pending"] = CLOSED_TABLES["protection_tallied"] = ()

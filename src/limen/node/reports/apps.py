"""The app's place in the site."""

from django.apps import AppConfig

from limen.node.database.roles import CLOSED_TABLES


class ReportsConfig(AppConfig):
    """Reports of fraudulent documents."""

    name = "limen.node.reports"
    label = "reports"

    def ready(self) -> None:
        """Make the kind known, and close what database functions and triggers write alone."""
        import limen.node.reports.release  # noqa: F401, PLC0415 - registers the kind
        from limen.node.reports import protecting  # noqa: PLC0415 - the models are loaded first

        protecting.attach()
        for table in ("reports_rollup", "reports_tally", "reports_moved"):
            CLOSED_TABLES[table] = ("SELECT",)

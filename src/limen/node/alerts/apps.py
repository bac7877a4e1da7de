"""The app's place in the site."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Alerts: warnings to people at counters."""

    name = "limen.node.alerts"
    label = "alerts"

    def ready(self) -> None:
        """Make the kind known to the pages of a release, and to the pictures that belong to it."""
        import limen.node.alerts.release  # noqa: PLC0415 - registers the kind
        import limen.node.alerts.subscriptions.subject  # noqa: F401, PLC0415 - says it in notices
        from limen.node.alerts import attaching, holding  # noqa: PLC0415

        holding.register()
        attaching.register()

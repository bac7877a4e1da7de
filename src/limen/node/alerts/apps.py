"""The app's place in the site."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Alerts: warnings to people at counters."""

    name = "limen.node.alerts"
    label = "alerts"

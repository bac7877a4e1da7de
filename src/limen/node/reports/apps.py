"""The app's place in the site."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports of fraudulent documents."""

    name = "limen.node.reports"
    label = "reports"

"""The app's place in the site."""

from django.apps import AppConfig


class TrendsConfig(AppConfig):
    """Trends: figures over reports, charts, surges, briefs."""

    name = "limen.node.trends"
    label = "trends"

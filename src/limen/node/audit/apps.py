"""The app's place in the site."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What was seen and changed, by whom: append-only and hash-chained."""

    name = "limen.node.audit"
    label = "audit"

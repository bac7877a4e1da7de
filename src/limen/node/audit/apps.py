"""The app's place in the site."""

from django.apps import AppConfig

from limen.node.database.roles import CLOSED_TABLES


class AuditConfig(AppConfig):
    """What was seen and changed, by whom: append-only and hash-chained."""

    name = "limen.node.audit"
    label = "audit"

    def ready(self) -> None:
        """Close what database functions and triggers write alone."""
        CLOSED_TABLES["audit_entry"] = ("SELECT",)
        CLOSED_TABLES["audit_head"] = ()

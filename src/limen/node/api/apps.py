"""The app's place in the site."""

from django.apps import AppConfig

READABLE = "id, agency_id, officer_id, name, created_by_id, created_at, expires_at, last_used_at, revoked_at"
"""What the site may read of a token: all but its digest."""


class ApiConfig(AppConfig):
    """The REST interface."""

    name = "limen.node.api"
    label = "api"

    def ready(self) -> None:
        """Close what the site may not read: digests of tokens, and how often each was used."""
        from limen.node.database.roles import CLOSED_TABLES  # noqa: PLC0415

        CLOSED_TABLES["api_token"] = (f"SELECT ({READABLE})", "INSERT", "UPDATE (revoked_at)")
        CLOSED_TABLES["api_pace"] = ()

"""The app's place in the site."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from limen.node.database.roles import CLOSED_TABLES


class NoticesConfig(AppConfig):
    """Telling officers that there is something to look at: by e-mail and web push, without protected data."""

    name = "limen.node.notices"
    label = "notices"

    def ready(self) -> None:
        """Close what the worker alone handles, and have a key for push services."""
        from limen.node.notices.keys import keep_push_key  # noqa: PLC0415 - needs the settings

        CLOSED_TABLES["notices_delivery"] = CLOSED_TABLES["notices_pushkey"] = ()
        CLOSED_TABLES["notices_notice"] = ("SELECT", "UPDATE")
        post_migrate.connect(keep_push_key, sender=self)

"""The app's place in the site."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class DatabaseConfig(AppConfig):
    """Roles and extensions of the database."""

    name = "limen.node.database"
    label = "database"

    def ready(self) -> None:
        """Once for each migration, not once for each app: hence the sender, which may be any app with models."""
        from limen.node.database.roles import grant_site, make_extensions  # noqa: PLC0415 - needs the apps

        sender = apps.get_app_config("people")
        pre_migrate.connect(make_extensions, sender=sender, dispatch_uid="limen.database")
        post_migrate.connect(grant_site, sender=sender, dispatch_uid="limen.database")

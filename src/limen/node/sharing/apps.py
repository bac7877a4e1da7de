"""The app's place in the site."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from limen.node.database.roles import CLOSED_TABLES


def fill_ceilings(**_: Any) -> None:
    """Copy what roles may see from `classes.CEILINGS` into the table that policies read."""
    from limen.node.sharing.classes import CEILINGS  # noqa: PLC0415
    from limen.node.sharing.models import RoleCeiling  # noqa: PLC0415

    for role, (own, foreign) in CEILINGS.items():
        RoleCeiling.objects.update_or_create(role=role, defaults={"own": int(own), "foreign": int(foreign)})
    RoleCeiling.objects.exclude(role__in=CEILINGS).delete()


def keep_viewer_key(**_: Any) -> None:
    """Tell the database the key by which the site seals viewers; it follows the secret key."""
    from limen.node.sharing.models import ViewerKey  # noqa: PLC0415
    from limen.node.sharing.viewer import sealing_key  # noqa: PLC0415

    ViewerKey.objects.update_or_create(pk=1, defaults={"key": sealing_key()})


class SharingConfig(AppConfig):
    """Who may see which fields of which record, and why."""

    name = "limen.node.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Keep the table of ceilings as the code has it, and close what database functions write alone."""
        CLOSED_TABLES["sharing_grant"] = CLOSED_TABLES["sharing_viewerkey"] = ()
        CLOSED_TABLES["sharing_audience"] = CLOSED_TABLES["sharing_role"] = ("SELECT",)
        CLOSED_TABLES["sharing_condition"] = ("SELECT", "INSERT", "UPDATE")
        CLOSED_TABLES["sharing_statement"] = ("SELECT", "INSERT")
        post_migrate.connect(fill_ceilings, sender=self)
        post_migrate.connect(keep_viewer_key, sender=self)

"""The app's place in the site."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save


class TermsConfig(AppConfig):
    """The words of reports: taxonomy, issuers, places, carriers, with codes, translations and mappings."""

    name = "limen.node.terms"
    label = "terms"

    def ready(self) -> None:
        """Load what is shipped after every migration, and tell caches of every change."""
        from limen.node.terms.editions import changed  # noqa: PLC0415 - models are not ready before
        from limen.node.terms.loading import load_terms  # noqa: PLC0415

        post_migrate.connect(load_terms, sender=self, dispatch_uid="limen.terms.load")
        for name in ("Term", "Place", "Carrier"):
            model = self.get_model(name)
            post_save.connect(changed, sender=model, dispatch_uid=f"limen.terms.saved.{name}")
            post_delete.connect(changed, sender=model, dispatch_uid=f"limen.terms.deleted.{name}")

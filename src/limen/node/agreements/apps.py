"""The app's place in the site."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements between agencies."""

    name = "limen.node.agreements"
    label = "agreements"

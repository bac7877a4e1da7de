"""The app's place in the site."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """The words of reports: taxonomy, issuers, places, carriers, with codes, translations and mappings."""

    name = "limen.node.terms"
    label = "terms"

"""The app's place in the site."""

from django.apps import AppConfig


class CasebookConfig(AppConfig):
    """Case studies, and practising with them."""

    name = "limen.node.casebook"
    label = "casebook"

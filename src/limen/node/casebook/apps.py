"""The app's place in the site."""

from django.apps import AppConfig


class CasebookConfig(AppConfig):
    """Case studies, and practising with them."""

    name = "limen.node.casebook"
    label = "casebook"

    def ready(self) -> None:
        """Make the kind known, to sharing and to exhibits."""
        import limen.node.casebook.release  # noqa: F401, PLC0415 - registers the kind

"""The app's place in the site."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Agencies, their officers, and how they sign in."""

    name = "limen.node.people"
    label = "people"

    def ready(self) -> None:
        """Listen to sign-ins."""
        from limen.node.people import receivers  # noqa: PLC0415 the models are not ready before

        receivers.connect()

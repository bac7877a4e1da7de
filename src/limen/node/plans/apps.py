"""The app's place in the site."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Investigation plans between agencies."""

    name = "limen.node.plans"
    label = "plans"

    def ready(self) -> None:
        """Make the kind known to sharing, the sections of its page, and what notices say of it."""
        import limen.node.plans.counting  # noqa: PLC0415 - registers figures
        import limen.node.plans.days.part  # noqa: PLC0415 - registers a section of a plan's page
        import limen.node.plans.information.part  # noqa: PLC0415 - another, and a subject of notices
        import limen.node.plans.printing.tables  # noqa: PLC0415 - registers tables of the paper
        import limen.node.plans.protecting  # noqa: PLC0415 - offers screening at its side
        import limen.node.plans.release  # noqa: PLC0415 - registers the kind
        import limen.node.plans.subject  # noqa: F401, PLC0415 - says it in notices
        from limen.node.plans import attaching  # noqa: PLC0415

        attaching.register()

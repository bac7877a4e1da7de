"""Traffic Light Protocol, version 2.0 (FIRST, August 2022), as this platform applies it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Marking(models.TextChoices):
    """How far a record may travel. The names are the standard's and stay untranslated."""

    CLEAR = "clear", "TLP:CLEAR"
    GREEN = "green", "TLP:GREEN"
    AMBER = "amber", "TLP:AMBER"
    AMBER_STRICT = "amber_strict", "TLP:AMBER+STRICT"
    RED = "red", "TLP:RED"

    @property
    def for_community(self) -> bool:
        """Whether every agency of the community may be told."""
        return self in (Marking.CLEAR, Marking.GREEN)

    @property
    def for_persons(self) -> bool:
        """Whether it names persons, not agencies."""
        return self is Marking.RED

    @property
    def may_be_copied(self) -> bool:
        """Whether another agency may take it off the screen: as a file, through the API, into a print.

        TLP:AMBER lets a recipient tell its own organization and clients, so a copy is of use; with +STRICT, and for
        TLP:RED, only those who were named read it, here.
        """
        return self in (Marking.CLEAR, Marking.GREEN, Marking.AMBER)


MEANINGS = {
    Marking.CLEAR: _("May be told to anybody."),
    Marking.GREEN: _("For the community: every agency on this platform, not the public."),
    Marking.AMBER: _("For the agencies named, who may tell those of their organization that need to know."),
    Marking.AMBER_STRICT: _("For the agencies named alone; it cannot be copied from here."),
    Marking.RED: _("For the persons named alone; it cannot be copied from here."),
}

"""Telling protection officers that something waits for them; the number is random and says nothing."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from limen.node.notices import tell
from limen.node.notices.subjects import Subject, register
from limen.node.protection.models import Age, Referral, Result, Said, Screening
from limen.node.protection.reading import find, protection_officers

register(
    Subject(
        kind="protection",
        sentence=_("Something for protection officers is on Limen: %(number)s. Sign in to read it."),
        urgent=_("Something for protection officers is on Limen: %(number)s (urgent). Sign in to read it."),
        find=find,
    )
)


def handed_over(screening: Screening) -> int:
    """Tell the agency's protection officers, urgently where somebody is in danger or a child is concerned."""
    urgent = screening.danger == Said.YES or (screening.age == Age.CHILD and screening.result == Result.CALLS)
    url = reverse("protection:show", args=[screening.reference])
    return tell(protection_officers(screening.agency_id), "protection", screening.reference, url, urgent)


def referral(sent: Referral, to: int) -> int:
    """Tell the protection officers of an agency of a referral, or of what became of it."""
    url = reverse("protection:referral", args=[sent.reference])
    return tell(protection_officers(to), "protection", sent.reference, url, sent.urgent)

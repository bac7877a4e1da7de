"""Why somebody sees a record: the rule's bases (`rules.Basis`), in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from limen.node.people.models import Officer
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Shareable


def why(record: Shareable, officer: Officer, sight: FieldClass = FieldClass.STATISTICAL) -> str:
    """Say on which ground the officer, who sees these classes of it, sees a record."""
    if record.owner_id == officer.agency_id:
        return _("It is your agency's own.")
    marking = Marking(record.marking)
    if marking.for_persons:
        return _("You are named as one of its recipients.")
    if not marking.for_community:
        return _("Your agency is named as one of its recipients.")
    if sight & ~FieldClass.STATISTICAL:
        return _("Your agency is named as one of its recipients, and sees more than the community does.")
    return _("It was released to the community of this platform, or to your agency by name.")

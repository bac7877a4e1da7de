"""Why somebody sees a record: the rule's bases (`rules.Basis`), in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from limen.node.people.models import Officer
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Shareable
from limen.node.sharing.rules import Basis

BASES = {
    Basis.OWNER: _lazy("owner"),
    Basis.NAMED: _lazy("named"),
    Basis.COMMUNITY: _lazy("community"),
    Basis.AGREEMENT: _lazy("agreement"),
}
"""Each basis in a word."""


def why(record: Shareable, officer: Officer, sight: FieldClass = FieldClass.STATISTICAL) -> str:
    """Say on which ground the officer, who sees these classes of it, sees a record."""
    if record.owner_id == officer.agency_id:
        return _("It is your agency's own.")
    marking = Marking(record.marking)
    if marking.for_persons:
        return _("You are named as one of its recipients.")
    if not marking.for_community:
        return _("Your agency is one of its recipients, by name or by an agreement.")
    if sight & ~FieldClass.STATISTICAL:
        return _("Your agency is named, itself or by an agreement, and sees more than the community does.")
    return _("It was released to the community of this platform, or to your agency by name.")

"""The four field classes of a shareable record, and who may see them by what they do."""

from __future__ import annotations

from enum import IntFlag

from django.utils.translation import gettext_lazy as _


class FieldClass(IntFlag):
    """What a field tells of a person; a set of classes is a combination."""

    NONE = 0
    STATISTICAL = 1
    """Class 0: issuer, model, class and method of fraud, where, when, route, masked images."""
    DOCUMENT = 2
    """Class 1: document numbers, machine readable zone."""
    BEARER = 4
    """Class 2: names, birth date, narrative."""
    BIOMETRIC = 8
    """Class 3: portrait, template, unmasked images."""

    @property
    def number(self) -> int:
        """The number that people use for one class, 0 to 3."""
        return int(self).bit_length() - 1


ALL = FieldClass.STATISTICAL | FieldClass.DOCUMENT | FieldClass.BEARER | FieldClass.BIOMETRIC
PROTECTED = ALL & ~FieldClass.STATISTICAL
"""What only two people together may release."""

NAMES = {
    FieldClass.STATISTICAL: _("statistical data and masked images"),
    FieldClass.DOCUMENT: _("document numbers"),
    FieldClass.BEARER: _("the bearer's names and birth date"),
    FieldClass.BIOMETRIC: _("the portrait and unmasked images"),
}

_STATISTICS_AND_NUMBERS = FieldClass.STATISTICAL | FieldClass.DOCUMENT

CEILINGS: dict[str, tuple[FieldClass, FieldClass]] = {
    "counter": (_STATISTICS_AND_NUMBERS, _STATISTICS_AND_NUMBERS),
    "examiner": (ALL, ALL),
    "analyst": (_STATISTICS_AND_NUMBERS, _STATISTICS_AND_NUMBERS),
    "coordinator": (ALL, ALL),
    "administrator": (FieldClass.STATISTICAL, FieldClass.STATISTICAL),
    "protection": (FieldClass.STATISTICAL, FieldClass.STATISTICAL),
    "write": (FieldClass.STATISTICAL, FieldClass.NONE),
    "read0": (FieldClass.STATISTICAL, FieldClass.STATISTICAL),
    "read1": (_STATISTICS_AND_NUMBERS, _STATISTICS_AND_NUMBERS),
    "read2": (_STATISTICS_AND_NUMBERS | FieldClass.BEARER,) * 2,
    "read3": (ALL, ALL),
}
"""Role, then what it may see at most of its own agency's records and of others'.

A need to know: an analyst needs no names, an administrator of machines needs no documents, a protection officer helps
persons and examines no papers. The last five are scopes of machines. The database holds the same table (`sharing_role`,
filled from here after every migration); an officer with several roles may see what any of them may. Whoever enters a
record always sees what they entered.
"""


def ceiling(roles: list[str], *, own: bool) -> FieldClass:
    """Say what these roles together may see at most; a role that is not known sees nothing."""
    seen = FieldClass.NONE
    for role in roles:
        seen |= CEILINGS.get(role, (FieldClass.NONE, FieldClass.NONE))[0 if own else 1]
    return seen

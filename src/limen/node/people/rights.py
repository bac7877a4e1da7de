"""Who may change agencies and officers.

An administrator minds the officers of the own agency. A node operator, an administrator of the one agency that operates
the node, minds agencies, and nobody else's officers. The keeper is whoever has the
command line: the database is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.people.models import ADMINISTRATOR, Agency, Officer
from limen.node.web.errors import Refused


@dataclass(frozen=True)
class Keeper:
    """Whoever runs `limen node` on the machine itself."""


KEEPER: Final = Keeper()
Actor = Officer | Keeper
"""Who asks for a change."""


def require_node_operator(by: Actor) -> None:
    """Refuse whoever does not operate the node."""
    if isinstance(by, Keeper) or (by.may_act and by.operates_node):
        return
    raise Refused(_("Only administrators of the agency that operates this node may do this."))


def require_administrator(by: Actor, agency: Agency) -> None:
    """Refuse whoever does not administer the agency; to other agencies' people it is as if it were not there."""
    if isinstance(by, Keeper) or (by.may_act and by.administers(agency)):
        return
    if by.agency_id != agency.pk:
        raise Http404
    raise Refused(_("Only administrators of the agency may do this."))


def active_administrators(agency: Agency) -> Any:
    """Query the people who administer an agency and may act."""
    return Officer.objects.filter(agency=agency, is_active=True, is_machine=False, roles__contains=[ADMINISTRATOR])

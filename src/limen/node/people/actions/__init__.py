"""Every change of agencies and officers: each function checks who asks, changes, and records.

Pages, interface and command line call these and nothing else. They raise `Refused`, `Invalid` or `Http404`.
"""

from limen.node.people.actions.agencies import (
    change_policy,
    deactivate_agency,
    make_agency,
    reactivate_agency,
    set_up_node,
)
from limen.node.people.actions.invitations import accept_invitation, find_invitation, invite, withdraw_invitation
from limen.node.people.actions.officers import (
    change_own_details,
    change_roles,
    deactivate_officer,
    make_officer,
    reactivate_officer,
    reset_password,
    reset_second_factor,
)
from limen.node.people.actions.sessions import end_all_sessions, end_other_sessions, end_session

__all__ = [
    "accept_invitation",
    "change_own_details",
    "change_policy",
    "change_roles",
    "deactivate_agency",
    "deactivate_officer",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "find_invitation",
    "invite",
    "make_agency",
    "make_officer",
    "reactivate_agency",
    "reactivate_officer",
    "reset_password",
    "reset_second_factor",
    "set_up_node",
    "withdraw_invitation",
]

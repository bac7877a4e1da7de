"""Making agencies, their policy, and their end."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.people.actions.officers import make_officer
from limen.node.people.actions.sessions import end_all_sessions
from limen.node.people.models import ADMINISTRATOR, Agency, Invitation, Officer
from limen.node.people.noting import note, note_own
from limen.node.people.rights import KEEPER, Actor, Keeper, require_administrator, require_node_operator
from limen.node.web.errors import Invalid, Refused

POLICY = ("second_person_always", "machine_release", "retention_months", "protection_months", "contact")
"""What an agency decides for itself."""

_RETENTION = range(1, 601)
_PROTECTION = range(1, 61)


@transaction.atomic
def make_agency(by: Actor, *, code: str, name: str, operates_node: bool = False, **fields: Any) -> Agency:
    """Make an agency. The first one may be made the operator of the node, from the command line or at first run."""
    require_node_operator(by)
    if operates_node and not isinstance(by, Keeper):
        raise Refused(_("Which agency operates the node is decided when it is set up."))
    agency = Agency(code=code.strip().lower(), name=name.strip(), operates_node=operates_node, **fields)
    agency.country = agency.country.upper()
    _save_valid(agency)
    note("agency.made", agency, code=agency.code)
    return agency


def _save_valid(agency: Agency) -> None:
    try:
        agency.full_clean()
        with transaction.atomic():
            agency.save()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=None if field == "__all__" else field) from error
    except IntegrityError as error:
        raise Invalid(_("An agency with this code exists already."), field="code") from error


@transaction.atomic
def change_policy(by: Actor, agency: Agency, **changes: Any) -> Agency:
    """Change what an agency decides for itself: second person, release of machines' reports, retention, contact."""
    require_administrator(by, agency)
    unknown = set(changes) - set(POLICY)
    if unknown:
        raise Invalid(_("An agency does not decide this for itself."), field=min(unknown))
    if changes.get("retention_months", 60) not in _RETENTION:
        raise Invalid(_("Reports are kept for 1 to 600 months."), field="retention_months")
    if changes.get("protection_months", 12) not in _PROTECTION:
        raise Invalid(_("Screenings are kept for 1 to 60 months."), field="protection_months")
    before = {name: getattr(agency, name) for name in changes}
    for name, value in changes.items():
        setattr(agency, name, value)
    _save_valid(agency)
    changed = {name: [before[name], value] for name, value in changes.items() if before[name] != value}
    note("agency.policy_changed", agency, changes=changed)
    return agency


@transaction.atomic
def deactivate_agency(by: Actor, agency: Agency) -> None:
    """Shut an agency out: its officers are signed out at once, and its invitations are void."""
    require_node_operator(by)
    if agency.operates_node:
        raise Refused(_("The agency that operates the node cannot be deactivated."))
    Agency.objects.filter(pk=agency.pk).update(is_active=False)
    agency.is_active = False
    Invitation.objects.filter(agency=agency, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    for officer in Officer.objects.filter(agency=agency):
        end_all_sessions(officer)
    note("agency.deactivated", agency)


@transaction.atomic
def reactivate_agency(by: Actor, agency: Agency) -> None:
    """Let an agency in again."""
    require_node_operator(by)
    Agency.objects.filter(pk=agency.pk).update(is_active=True)
    agency.is_active = True
    note("agency.reactivated", agency)


def setup_token_file() -> Path:
    """Say where the token of the first-run page lies."""
    folder: Path = settings.CONFIG.home.secrets
    return folder / "setup-token"


def require_setup(token: str) -> None:
    """Answer as if the first-run page did not exist, once an agency exists or where the token is wrong."""
    path = setup_token_file()
    expected = path.read_text().strip() if path.is_file() else ""
    if not expected or not secrets.compare_digest(expected.encode(), token.encode()) or Agency.objects.exists():
        raise Http404


@transaction.atomic
def set_up_node(
    token: str, agency: dict[str, Any], *, name: str, email: str, password: str, language: str = "en"
) -> Officer:
    """Make the agency that operates this node and its administrator; possible once."""
    require_setup(token)
    operator = make_agency(KEEPER, **agency, operates_node=True)
    officer = make_officer(
        KEEPER, operator, email=email, name=name, roles=[ADMINISTRATOR], password=password, language=language
    )
    note_own("node.set_up", officer)
    transaction.on_commit(lambda: setup_token_file().unlink(missing_ok=True))
    return officer

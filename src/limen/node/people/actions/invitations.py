"""Inviting officers, and accepting.

The link's token is 256 random bits; the database holds its SHA-256 digest alone, so that whoever reads the database
cannot join. A token is good once, until it expires or is withdrawn.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.people.actions.officers import clean_email, clean_language, clean_password, clean_roles
from limen.node.people.models import ADMINISTRATOR, Agency, Invitation, Officer
from limen.node.people.noting import note, note_own
from limen.node.people.rights import Actor, Keeper, active_administrators, require_administrator
from limen.node.web.errors import Invalid, Refused


def digest_of(token: str) -> str:
    """Compute what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def _require_may_invite(by: Actor, agency: Agency, roles: Sequence[str]) -> None:
    """Let administrators invite to their agency, and node operators an agency's first administrator."""
    first = isinstance(by, Officer) and by.operates_node and not by.administers(agency)
    if not first:
        require_administrator(by, agency)
    elif list(roles) != [ADMINISTRATOR] or active_administrators(agency).exists():
        raise Refused(_("Whom an agency with an administrator invites is its own affair."))
    if not agency.is_active:
        raise Refused(_("The agency is deactivated."))


@transaction.atomic
def invite(
    by: Actor, agency: Agency, *, email: str, roles: Sequence[str], name: str = "", language: str = "en"
) -> tuple[Invitation, str]:
    """Invite a person; the answer holds the token of the link, which is nowhere kept. A former invitation is void."""
    roles = clean_roles(roles)
    _require_may_invite(by, agency, roles)
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Invalid(error.messages[0], field="email") from error
    now, token = timezone.now(), secrets.token_urlsafe(32)
    open_ones = Invitation.objects.filter(email=clean_email(email), accepted_at=None, withdrawn_at=None)
    open_ones.filter(agency=agency).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        digest=digest_of(token),
        agency=agency,
        email=clean_email(email),
        name=name.strip(),
        roles=roles,
        language=clean_language(language),
        invited_by=None if isinstance(by, Keeper) else by,
        expires_at=now + timedelta(days=settings.LIMEN_INVITATION_DAYS),
    )
    note("officer.invited", agency, invitation=invitation.pk, email=invitation.email, roles=roles)
    return invitation, token


@transaction.atomic
def withdraw_invitation(by: Actor, invitation: Invitation) -> None:
    """Make an invitation void."""
    require_administrator(by, invitation.agency)
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    note("officer.invitation_withdrawn", invitation.agency, invitation=invitation.pk, email=invitation.email)


def find_invitation(digest: str, *, lock: bool = False) -> Invitation:
    """Find an open invitation; unknown, used, withdrawn and expired ones answer alike."""
    invitations = Invitation.objects.select_related("agency")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(digest=digest).first()
    if invitation is None or not invitation.is_open:
        raise Http404
    return invitation


@transaction.atomic
def accept_invitation(digest: str, *, name: str, password: str | None, language: str) -> Officer:
    """Make an officer of the person who holds an invitation's link; possible once."""
    invitation = find_invitation(digest, lock=True)
    email = clean_email(invitation.email)
    if not name.strip():
        raise Invalid(_("An officer has a name."), field="name")
    if password is not None:
        clean_password(password, Officer(email=email, name=name))
    officer = Officer.objects.create_user(
        email,
        password,
        name=name.strip(),
        agency=invitation.agency,
        roles=invitation.roles,
        language=clean_language(language),
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    note_own("officer.joined", officer, invitation=invitation.pk, roles=officer.roles)
    return officer

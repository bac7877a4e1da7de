"""Making and revoking tokens: each function checks who asks, does, and records."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.api.models import Scope, Token
from limen.node.api.secret import digest, new_secret
from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.people.rights import require_administrator
from limen.node.sharing.classes import ceiling
from limen.node.web.errors import Invalid, Refused

MOST_DAYS = 730


@transaction.atomic
def make_token(by: Officer, *, name: str, scopes: Sequence[str], days: int) -> tuple[Token, str]:
    """Make a machine of the administrator's agency with a token, and return it with its secret, which is not kept.

    Raises `Refused`, also for scopes that let the machine see more than whoever makes it; `Invalid`.
    """
    require_administrator(by, by.agency)
    name = name.strip()
    if not 1 <= len(name) <= 120 or "\x00" in name:
        raise Invalid(_("A machine has a name, of 120 characters at most."), field="name")
    roles = _clean(by, scopes)
    machine = Officer(
        email=f"{secrets.token_hex(8)}@machines.invalid", name=name, agency=by.agency, roles=roles, is_machine=True
    )
    machine.set_unusable_password()
    machine.save()
    return _issue(by, machine, days)


@transaction.atomic
def renew_token(by: Officer, number: int, *, days: int) -> tuple[Token, str]:
    """Make another token for the same machine; the earlier one stays until it is revoked. Raises as `make_token`."""
    token = _own_token(by, number)
    machine = _locked(token)
    _clean(by, machine.roles)
    if not machine.is_active:
        machine.is_active, machine.deactivated_at = True, None
        machine.save(update_fields=["is_active", "deactivated_at"])
    return _issue(by, machine, days)


@transaction.atomic
def revoke_token(by: Officer, number: int) -> Token:
    """End a token from the next request on; with a machine's last token, the machine is deactivated."""
    token = _own_token(by, number)
    machine = _locked(token)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        if not any(other.is_live for other in Token.objects.filter(officer=machine).exclude(pk=token.pk)):
            machine.is_active, machine.deactivated_at = False, token.revoked_at
            machine.save(update_fields=["is_active", "deactivated_at"])
        log("token.revoked", subject=f"token:{token.pk}", details={"machine": machine.pk})
    return token


def tokens_of(agency: Agency) -> list[Token]:
    """List an agency's tokens, the newest first; row-level security shows them to its administrators alone."""
    return list(Token.objects.filter(agency=agency).select_related("officer", "created_by"))


def _issue(by: Officer, machine: Officer, days: int) -> tuple[Token, str]:
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(_("A token is valid for 1 to %(most)d days.") % {"most": MOST_DAYS}, field="days")
    secret = new_secret()
    token = Token.objects.create(
        agency=by.agency,
        officer=machine,
        name=machine.name,
        digest=digest(secret),
        created_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    told = {"machine": machine.pk, "scopes": machine.roles, "expires": token.expires_at.isoformat()}
    log("token.made", subject=f"token:{token.pk}", details=told)
    return token, secret


def _clean(by: Officer, scopes: Sequence[str]) -> list[str]:
    chosen = [scope for scope in Scope.values if scope in scopes]
    if not chosen or set(scopes) - set(chosen):
        raise Invalid(_("Choose what the machine may do."), field="scopes")
    for own in (True, False):
        if ceiling(chosen, own=own) & ~ceiling(by.roles, own=own):
            raise Refused(
                _("A machine can see no more than who makes its token: ask an administrator whose role sees as much.")
            )
    return chosen


def _own_token(by: Officer, number: int) -> Token:
    """Find a token of the administrator's own agency."""
    require_administrator(by, by.agency)
    token = Token.objects.select_related("officer").filter(agency=by.agency, pk=number).first()
    if token is None:
        raise Http404
    return token


def _locked(token: Token) -> Officer:
    """Lock the machine, so that of two changes at once the second sees the first."""
    return Officer.objects.select_for_update().get(pk=token.officer_id)

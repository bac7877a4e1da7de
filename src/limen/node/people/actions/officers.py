"""Officers' roles, their second factor, and their end."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.people.actions.sessions import end_all_sessions
from limen.node.people.models import ADMINISTRATOR, Agency, Invitation, Officer, Role
from limen.node.people.noting import note
from limen.node.people.rights import Actor, Keeper, active_administrators, require_administrator
from limen.node.web.errors import Invalid, Refused


def clean_roles(roles: Sequence[str]) -> list[str]:
    """Put roles into the order of the list; there must be one at least."""
    unknown = set(roles) - set(Role.values)
    if unknown or not roles:
        raise Invalid(_("Choose at least one of the roles."), field="roles")
    return [role for role in Role.values if role in roles]


def clean_email(email: str) -> str:
    """Check that no officer has the address yet."""
    email = email.strip().lower()
    if Officer.objects.filter(email__iexact=email).exists():
        raise Invalid(_("An officer with this address exists already."), field="email")
    return email


def clean_language(language: str) -> str:
    """Check that the site speaks the language."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("The site does not speak this language."), field="language")
    return language


def clean_password(password: str, officer: Officer) -> None:
    """Check a new password against the rules."""
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="password") from error


@transaction.atomic
def make_officer(
    by: Actor,
    agency: Agency,
    *,
    email: str,
    name: str,
    roles: Sequence[str],
    password: str | None,
    language: str = "en",
) -> Officer:
    """Make an officer without an invitation: from the command line, and at first run."""
    if not isinstance(by, Keeper):
        raise Refused(_("Officers are invited."))
    email = clean_email(email)
    if not name.strip():
        raise Invalid(_("An officer has a name."), field="name")
    if password is not None:
        clean_password(password, Officer(email=email, name=name))
    officer = Officer.objects.create_user(
        email, password, name=name.strip(), agency=agency, roles=clean_roles(roles), language=clean_language(language)
    )
    note("officer.made", officer, roles=officer.roles)
    return officer


def _locked(officer: Officer) -> Officer:
    """Read the officer anew, with a lock on the agency, so that two changes never remove its last administrators."""
    Agency.objects.select_for_update().get(pk=officer.agency_id)
    return Officer.objects.select_related("agency").get(pk=officer.pk)


def _require_another_administrator(officer: Officer) -> None:
    if not officer.has_role(ADMINISTRATOR) or not officer.is_active:
        return
    if not active_administrators(officer.agency).exclude(pk=officer.pk).exists():
        raise Refused(_("An agency needs an active administrator, and this is its last one."))


@transaction.atomic
def change_roles(by: Actor, officer: Officer, roles: Sequence[str]) -> Officer:
    """Change what an officer does. Of the own roles, one can only be given up."""
    officer = _locked(officer)
    require_administrator(by, officer.agency)
    roles = clean_roles(roles)
    if isinstance(by, Officer) and by.pk == officer.pk and not set(roles) <= set(officer.roles):
        raise Refused(_("Nobody gives themselves a role: ask another administrator."))
    if ADMINISTRATOR not in roles:
        _require_another_administrator(officer)
    before, officer.roles = officer.roles, roles
    officer.save(update_fields=["roles"])
    note("officer.roles_changed", officer, before=before, after=roles)
    return officer


@transaction.atomic
def deactivate_officer(by: Actor, officer: Officer) -> Officer:
    """Shut an officer out from the next request on; sessions end, and the officer's open invitations are void."""
    officer = _locked(officer)
    require_administrator(by, officer.agency)
    _require_another_administrator(officer)
    now = timezone.now()
    officer.is_active, officer.deactivated_at = False, now
    officer.save(update_fields=["is_active", "deactivated_at"])
    Invitation.objects.filter(invited_by=officer, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    end_all_sessions(officer)
    note("officer.deactivated", officer)
    return officer


@transaction.atomic
def reactivate_officer(by: Actor, officer: Officer) -> Officer:
    """Let an officer in again, with the former roles and second factor."""
    officer = _locked(officer)
    require_administrator(by, officer.agency)
    officer.is_active, officer.deactivated_at = True, None
    officer.save(update_fields=["is_active", "deactivated_at"])
    note("officer.reactivated", officer)
    return officer


@transaction.atomic
def reset_second_factor(by: Actor, officer: Officer) -> Officer:
    """Forget an officer's passkeys, codes and identity providers; sessions end, and the next sign-in enrols anew."""
    officer = _locked(officer)
    require_administrator(by, officer.agency)
    if isinstance(by, Officer) and by.pk == officer.pk:
        raise Refused(_("Ask another administrator to reset your second factor."))
    Authenticator.objects.filter(user=officer).delete()
    SocialAccount.objects.filter(user=officer).delete()
    end_all_sessions(officer)
    note("officer.second_factor_reset", officer)
    return officer


@transaction.atomic
def reset_password(by: Actor, officer: Officer, password: str) -> Officer:
    """Set a password for an officer who has lost it, and end the sessions; the command line alone may."""
    if not isinstance(by, Keeper):
        raise Refused(_("Passwords are reset by their officers, or on the node's command line."))
    officer = _locked(officer)
    clean_password(password, officer)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    end_all_sessions(officer)
    note("officer.password_reset", officer)
    return officer


@transaction.atomic
def change_own_details(by: Officer, *, name: str, language: str) -> Officer:
    """Change the own name and language."""
    if not name.strip():
        raise Invalid(_("An officer has a name."), field="name")
    by.name, by.language = name.strip(), clean_language(language)
    by.save(update_fields=["name", "language"])
    note("officer.details_changed", by, fields=["name", "language"])
    return by

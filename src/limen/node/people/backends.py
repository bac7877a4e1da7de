"""Whom the site takes for signed in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from limen.node.people.models import Officer


class OfficerBackend(AuthenticationBackend):
    """Lets officers in who may act, and answers for all others as if there were no such address.

    Django asks it at every request, so that a deactivation holds from the next one on.
    """

    def user_can_authenticate(self, user: Officer) -> bool:
        """Say whether this is a person who may act."""
        return user.may_act and not user.is_machine

    def get_user(self, user_id: int) -> Officer | None:
        """Find the officer of a session, with the agency."""
        officer = Officer.objects.select_related("agency").filter(pk=user_id).first()
        return officer if officer and self.user_can_authenticate(officer) else None

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> AbstractBaseUser | None:
        """Keep no officer aside: allauth would tell those with the right password that they are deactivated."""
        return None

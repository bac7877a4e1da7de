"""Tokens that machines sign their requests with.

Row-level security shows a token to the administrators of its agency alone, and the column with the digest to nobody:
a request is recognised by the database function `api_authenticate` (migrations/sql).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer


class Scope(models.TextChoices):
    """What a machine may do; each is a role of its officer (`limen.node.sharing.classes.CEILINGS`)."""

    WRITE = "write", _("send reports")
    READ0 = "read0", _("read statistical data and masked images")
    READ1 = "read1", _("and document numbers")
    READ2 = "read2", _("and the bearer's names and birth date")
    READ3 = "read3", _("and unmasked images")


class TokenManager(models.Manager["Token"]):
    """Reads tokens without their digests, which the site may not read."""

    def get_queryset(self) -> models.QuerySet[Token]:
        """Query every column but the digest."""
        return super().get_queryset().defer("digest")


class Token(models.Model):
    """A secret that a machine of an agency brings. Only its SHA-256 is kept; it was shown once, when it was made."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("machine"))
    name = models.CharField(_("name"), max_length=120)
    digest = models.BinaryField(unique=True, editable=False)
    created_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("made by"))
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects: ClassVar[TokenManager] = TokenManager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("token")
        verbose_name_plural = _("tokens")

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether a request may still bring it; its machine and agency may be deactivated all the same."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def scopes(self) -> list[Scope]:
        """What its machine may do."""
        return [Scope(value) for value in Scope.values if value in self.officer.roles]

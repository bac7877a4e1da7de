"""The log of what was seen and changed.

Entries are written by the database function `audit_append` alone, each with the digest of the one before it in its
agency's chain; a trigger refuses to change or remove them, whoever asks.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing done by one officer, or by the node itself. Chain 0 is the node's, any other an agency's number."""

    chain = models.BigIntegerField()
    position = models.BigIntegerField()
    at = models.DateTimeField(_("time"))
    actor = models.BigIntegerField(_("officer"), null=True)
    action = models.TextField(_("action"))
    subject = models.TextField(_("subject"))
    details = models.TextField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "position"], name="audit_chain_position")]
        indexes: ClassVar = [models.Index(fields=["subject"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"


class Head(models.Model):
    """The end of a chain: whoever appends locks it."""

    chain = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.chain}: {self.position}"

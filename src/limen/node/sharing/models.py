"""Audiences, what they grant, and releases."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer
from limen.node.sharing.agreed import Agreement, Clause, Consent, Edition, Halt, Party
from limen.node.sharing.conditions import Condition, ConditionStage, Statement
from limen.node.sharing.markings import Marking

__all__ = [
    "Agreement",
    "Audience",
    "Clause",
    "Condition",
    "ConditionStage",
    "Consent",
    "Decision",
    "Edition",
    "Grant",
    "Halt",
    "Party",
    "Release",
    "RoleCeiling",
    "Shareable",
    "State",
    "Statement",
    "ViewerKey",
]


class Audience(models.Model):
    """Whom records are for; equal audiences are one row, so that counts are kept per audience.

    Rows are made by the database function `sharing_intern` alone and never change.
    """

    key = models.BinaryField(unique=True)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    marking = models.CharField(max_length=16, choices=Marking)
    community = models.BooleanField()
    agencies = ArrayField(models.BigIntegerField())
    officers = ArrayField(models.BigIntegerField())
    classes = models.SmallIntegerField()
    is_private = models.BooleanField()
    agreements = ArrayField(models.BigIntegerField(), default=list)
    kind = models.CharField(max_length=16, default="")
    """Of which kind of records, where it names agreements or is `floor`: a clause tells some kinds and not others."""
    floor = models.BooleanField(db_default=False)
    """Whether its records warn of imminent danger, and so reach who contributes nothing."""
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["agreements"], name="sharing_under")]

    def __str__(self) -> str:
        return f"{self.marking} of {self.owner_id}"


class Grant(models.Model):
    """That somebody is in an audience: derived by `sharing_intern`, read by `sharing_audiences`.

    Without an agency it is the whole community; with an officer or a role, those of the agency alone. What an agreement
    grants is derived anew whenever the agreement changes, and holds between two moments.
    """

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", null=True)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+", null=True)
    role = models.CharField(max_length=16, null=True)
    classes = models.SmallIntegerField()
    own = models.BooleanField()
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+", null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    copied = models.BooleanField(default=True)
    """Whether the receiver may take a copy, as far as the marking lets it: an agreement may forbid it."""
    floor = models.BooleanField(db_default=False)
    """Of a grant to the community: whether it reaches who does not contribute."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "audience", "officer", "role", "agreement", "since"],
                name="sharing_grant_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience_id} for {self.agency_id}"


class RoleCeiling(models.Model):
    """What a role may see at most: `classes.CEILINGS`, where the database can read it."""

    role = models.CharField(max_length=16, primary_key=True)
    own = models.SmallIntegerField()
    foreign = models.SmallIntegerField()

    class Meta:
        db_table = "sharing_role"

    def __str__(self) -> str:
        return self.role


class ViewerKey(models.Model):
    """The key by which the database knows that the site named a viewer: one row, closed to the site (`viewer.py`)."""

    key = models.BinaryField()

    def __str__(self) -> str:
        return "key"


class State(models.TextChoices):
    """Where a record stands on its way to others."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waiting for release")
    RELEASED = "released", _("released")
    RECALLED = "recalled", _("recalled")


class Shareable(models.Model):
    """What every record that can be shared carries.

    `audience` is always the one in force: nobody beyond the owner until the release, and after a recall. It has no
    index of its own: records are found by what they are about, and what the viewer may not see is left out.
    """

    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name=_("agency"))
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+", db_index=False, verbose_name=_("author"))
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_index=False, editable=False)
    marking = models.CharField(max_length=16, choices=Marking, default=Marking.AMBER_STRICT, editable=False)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, editable=False)
    retain_until = models.DateField(_("kept until"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def kind_label(self) -> str:
        """The label of its kind (`kinds.Kind.label`)."""
        return self._meta.app_label


class Part(models.Model):
    """What every part of a shareable record carries, copied from it by triggers, so that a policy needs no join."""

    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, editable=False)
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+", db_index=False, editable=False)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_index=False, editable=False)

    class Meta:
        abstract = True


class Decision(models.TextChoices):
    """What became of a proposal to release."""

    OPEN = "open", _("waiting")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("sent back")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RECALLED = "recalled", _("recalled")


class Release(models.Model):
    """A proposal to let an audience see a record, and the decision.

    `kind` and `record` name it (an app's label, a row's number), since reports are not the only records shared.
    """

    kind = models.CharField(max_length=16)
    record = models.BigIntegerField()
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    basis = models.TextField(_("legal basis"), blank=True)
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decision = models.CharField(_("decision"), max_length=16, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "record"], condition=models.Q(decision="open"), name="sharing_one_open_release"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "decision", "-proposed_at"], name="sharing_release_queue"),
            models.Index(
                fields=["owner", "kind", "-decided_at"],
                condition=models.Q(decision="approved"),
                name="sharing_release_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}: {self.decision}"

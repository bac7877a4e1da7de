"""Agreements: a memorandum of understanding as data.

An agreement has editions; one that every party has consented to is agreed, and holds from its first day until its last,
or until the next edition begins. A clause says what one party tells another: which kinds of records, up to which field
classes. Nothing is told by an agreement alone: its owner releases a record *under* it, and then whoever the clauses
name sees it for as long as the agreement is in force. A halt by any party stops everything, in every direction, from
that second; an end stops it for good.

Editions and what is in them change as drafts alone. What makes one agreed, and what that grants, is decided by
triggers (migrations/sql/0006_agreed.sql): no page, token or race of requests gets past two people of each party.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer
from limen.node.sharing.references import drawn


def new_reference() -> str:
    """Make a reference that people can read out, and nobody can count by: M26-7KQ2-MBX4."""
    return drawn("M")


class Purpose(models.TextChoices):
    """What what is told may be used for."""

    BORDER = "border", _("checks at borders and visa offices")
    INVESTIGATION = "investigation", _("criminal investigation")
    EXAMINATION = "examination", _("examination of documents")
    PROTECTION = "protection", _("protection of victims")
    ANALYSIS = "analysis", _("analysis and statistics")


class Onward(models.TextChoices):
    """What a receiver may do with what it was told."""

    NO = "no", _("read here alone: nothing is copied or passed on")
    WITHIN = "within", _("copied for the receiver's own use, not passed on")
    CONSENT = "consent", _("passed on with the owner's consent, asked for each time")


class Agreement(models.Model):
    """What some agencies have agreed on; known to its parties alone."""

    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=160)
    maker = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("drawn up by"))
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    end_reason = models.TextField(_("why it ended"), blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return self.reference


class Stage(models.TextChoices):
    """Where an edition stands."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waiting for consent")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Edition(models.Model):
    """One text of an agreement, from its first draft on; an amendment is the next."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.DRAFT, editable=False)
    maker = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    begins_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("in force until"), null=True, blank=True)
    purposes = ArrayField(
        models.CharField(max_length=16, choices=Purpose), default=list, blank=True, verbose_name=_("purposes")
    )
    onward = models.CharField(_("onward use"), max_length=16, choices=Onward, default=Onward.NO)
    note = models.TextField(_("what was agreed, in a few sentences"), blank=True)
    document = models.FileField(_("signed text"), upload_to="agreements", max_length=200, blank=True)
    document_name = models.CharField(max_length=200, blank=True, editable=False)
    document_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    comment = models.TextField(blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="sharing_edition_number"),
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(stage__in=["draft", "proposed"]), name="sharing_edition_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}, edition {self.number}"


class Party(models.Model):
    """An agency that an edition binds."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="parties")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    contact = models.CharField(_("contact point"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["agency__name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "agency"], name="sharing_party_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.edition_id}"


class Clause(models.Model):
    """One direction: what the giver tells the receiver of records that it releases under the agreement."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="clauses")
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("gives"))
    receiver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("receives"))
    kinds = ArrayField(models.CharField(max_length=16), default=list, verbose_name=_("kinds of records"))
    classes = models.SmallIntegerField(_("field classes"), default=1)

    class Meta:
        ordering: ClassVar = ["giver__name", "receiver__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "giver", "receiver"], name="sharing_clause_once"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="sharing_clause_two"),
            models.CheckConstraint(condition=models.Q(classes__gte=1, classes__lte=15), name="sharing_clause_classes"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.receiver_id}"


class Consent(models.Model):
    """That an officer agrees for a party. A party has consented with two, of whom one coordinates."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="consents")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "officer"], name="sharing_consent_once")]

    def __str__(self) -> str:
        return f"{self.officer_id} for {self.agency_id}"


class Halt(models.Model):
    """A party's stop of all that an agreement tells. One person halts; two of the same party lift it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="halts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    lifted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    lifted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "agency"], condition=models.Q(lifted_at=None), name="sharing_one_open_halt"
            )
        ]

    def __str__(self) -> str:
        return f"halt of {self.agreement_id}"

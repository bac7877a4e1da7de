"""Screenings, referrals, contacts, texts and figures.

Everything is found by random keys: nothing counts what there is. Who sees which row stands in
migrations/sql/0002_security.sql. None of these tables is shareable, exported, searched or sent by the interface.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer
from limen.node.sharing.references import drawn


def new_screening() -> str:
    """Make a reference that says nothing of what the screening came from: S26-7KQ2-MBX4."""
    return drawn("S")


def new_referral() -> str:
    """Make the reference of a referral, which does not tell its screening's: H26-7KQ2-MBX4."""
    return drawn("H")


class Stage(models.TextChoices):
    """Who has a screening in hand."""

    OPEN = "open", _("open")
    HANDED = "handed", _("handed over")


class Age(models.TextChoices):
    """Whether the person is a child; who may be one is treated as one."""

    ADULT = "adult", _("adult")
    CHILD = "child", _("child, under 18")
    UNCLEAR = "unclear", _("perhaps a child: treated as one")


class Interpreter(models.TextChoices):
    """Who interprets. Never a companion, an employer or another traveller."""

    NONE = "none", _("not needed: the officer speaks the language")
    PRESENT = "present", _("an interpreter of the agency's choice, present")
    PHONE = "phone", _("an interpreter of the agency's choice, by telephone")
    CARDS = "cards", _("nobody: the questions are shown in writing")


class Said(models.TextChoices):
    """What the person answered."""

    NOT_ASKED = "", _("not asked")
    YES = "yes", _("yes")
    NO = "no", _("no")
    DECLINED = "declined", _("did not answer")


class Result(models.TextChoices):
    """What the indicators amount to; nobody is decided upon by it."""

    CALLS = "calls", _("Indicators that call for a referral")
    SOME = "some", _("Some indicators: offer a referral")
    NONE = "none", _("No indicators were seen: this does not exclude trafficking")


class Screening(models.Model):
    """One conversation with one person, whom it does not name.

    `origin_kind` and `origin` say from which record's page it was begun; nothing in that record says it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True, default=new_screening, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.OPEN)
    origin_kind = models.CharField(max_length=16, blank=True)
    origin = models.CharField(max_length=24, blank=True)

    language = models.CharField(_("language of the person"), max_length=12, default="en")
    country = models.CharField(_("country of the conversation"), max_length=3, blank=True)
    age = models.CharField(_("age"), max_length=8, choices=Age, default=Age.ADULT)
    interpreter = models.CharField(_("interpreter"), max_length=8, choices=Interpreter, default=Interpreter.NONE)
    alone = models.BooleanField(_("the conversation was in private"), null=True, blank=True)
    agreed = models.CharField(max_length=8, choices=Said, blank=True)
    danger = models.CharField(max_length=8, choices=Said, blank=True)
    observations = models.TextField(_("what the officer saw"), blank=True)
    result = models.CharField(max_length=8, choices=Result, blank=True)

    opened_at = models.DateTimeField(auto_now_add=True)
    handed_at = models.DateTimeField(null=True)
    retain_until = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "stage", "-opened_at"], name="protection_by_agency"),
            models.Index(fields=["author", "origin"], name="protection_by_origin"),
            models.Index(fields=["retain_until"], name="protection_retention"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def as_child(self) -> bool:
        """Whether the rules for children hold."""
        return self.age != Age.ADULT


class Answer(models.Model):
    """What was answered to one question, and, apart from it, whether the officer saw it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, models.CASCADE, related_name="answers")
    code = models.CharField(max_length=40)
    said = models.CharField(max_length=8, choices=Said, blank=True)
    seen = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["screening", "code"], name="protection_answer_once")]

    def __str__(self) -> str:
        return self.code


class Mechanism(models.Model):
    """Whom an agency calls: a contact of a national referral mechanism, as the agency itself entered it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    country = models.CharField(_("country"), max_length=3)
    name = models.CharField(_("name of the mechanism"), max_length=120)
    body = models.CharField(_("agency or organization"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    languages = models.CharField(_("languages spoken"), max_length=120, blank=True)
    for_children = models.BooleanField(_("for children"), default=False)
    partner = models.ForeignKey(
        Agency, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("agency on this node")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["country", "name"]

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """A text in the person's language that an agency confirmed, or put in the place of ours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    code = models.CharField(max_length=40)
    text = models.TextField()
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "language", "code"], name="protection_wording_once")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.code}"


class Step(models.TextChoices):
    """Where a referral stands."""

    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("consent withdrawn")


class Basis(models.TextChoices):
    """Whose agreement it rests on."""

    PERSON = "person", _("the person agreed")
    GUARDIAN = "guardian", _("a guardian or the child protection authority agreed")


class How(models.TextChoices):
    """How agreement was given."""

    SPOKEN = "spoken", _("spoken")
    WRITTEN = "written", _("signed")
    GESTURE = "gesture", _("shown on the card")


class Item(models.TextChoices):
    """What a person may agree to have passed on, each by itself."""

    NAME = "name", _("the name")
    CONTACT = "contact", _("how to reach the person")
    NEEDS = "needs", _("what is needed first")
    ANSWERS = "answers", _("the answers")
    OBSERVATIONS = "observations", _("what the officer saw")


class Referral(models.Model):
    """What was passed on, and nothing else: a copy of what the person agreed to, which the other side reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True, default=new_referral, editable=False)
    screening = models.ForeignKey(Screening, models.CASCADE, related_name="referrals")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+", db_index=False)
    partner = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    mechanism_name = models.CharField(max_length=120)
    mechanism_phone = models.CharField(max_length=40, blank=True)
    urgent = models.BooleanField(default=False)
    for_child = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True)
    basis = models.CharField(max_length=8, choices=Basis)
    how = models.CharField(max_length=8, choices=How)
    items = ArrayField(models.CharField(max_length=16, choices=Item), default=list)
    name = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    needs = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    observations = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    step = models.CharField(max_length=12, choices=Step, default=Step.SENT)
    feedback = models.TextField(blank=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, db_index=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.reference


class Figure(models.Model):
    """How many, five or more, of one kind, in a row of whole months; published once and never changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    country = models.CharField(max_length=3, blank=True)
    outcome = models.CharField(max_length=12)
    first = models.DateField()
    last = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-last", "country", "outcome"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.first} {self.last}"


class Pending(models.Model):
    """What is still too few to be told: closed to the site."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    country = models.CharField(max_length=3, blank=True)
    outcome = models.CharField(max_length=12)
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "country", "outcome"], name="protection_pending_once")
        ]

    def __str__(self) -> str:
        return self.outcome


class Tallied(models.Model):
    """A month whose counting is over: it is never counted again."""

    month = models.DateField(unique=True)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

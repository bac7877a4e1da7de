"""A case study: a report worked up to teach from, step by step; class 0 throughout.

`Step` and `Link` are its parts: they carry its owner, author and audience, copied by a trigger, so that a policy needs
no join. Pictures are exhibits (`limen.node.exhibits`), which steps name by their number.
"""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Officer
from limen.node.sharing.models import Part, Shareable
from limen.node.sharing.references import drawn


class Difficulty(models.IntegerChoices):
    """How hard it is to see."""

    EASY = 1, _("to be seen at once")
    MIDDLING = 2, _("to be seen with the right light or question")
    HARD = 3, _("to be seen by examiners alone, or by comparison")


class Linked(models.TextChoices):
    """Which records a case study may lead to."""

    REPORTS = "reports", _("report")
    ALERTS = "alerts", _("alert")


def new_reference() -> str:
    """Make a reference that people can read out, and nobody can count by: C26-7KQ2-MBX4."""
    return drawn("C")


class CaseStudy(Shareable):
    """How one fraud was found, told so that others find the next one."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)

    title = models.CharField(_("title"), max_length=120, blank=True)
    language = models.CharField(_("language of the texts"), max_length=12, default="en")
    issuer = models.CharField(_("issuer"), max_length=3, blank=True)
    category = models.CharField(_("kind of document"), max_length=32, blank=True)
    model_name = models.CharField(_("model"), max_length=80, blank=True)
    model_year = models.PositiveSmallIntegerField(_("model of the year"), null=True, blank=True)
    fraud_class = models.CharField(_("class of fraud"), max_length=32, blank=True)
    methods = ArrayField(
        models.CharField(max_length=48),
        default=list,
        blank=True,
        verbose_name=_("methods"),
        help_text=_("The principal one first."),
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty, null=True, blank=True)
    features = models.TextField(
        _("what gave it away"), blank=True, help_text=_("One feature a line, the surest first. No names, no numbers.")
    )
    lesson = models.TextField(
        _("the lesson"), blank=True, help_text=_("One paragraph to remember: what to look at next time, and why.")
    )

    words = models.TextField(default="", editable=False)
    search = models.GeneratedField(
        expression=SearchVector("words", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        ordering: ClassVar = ["-released_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(difficulty__in=[1, 2, 3]), name="casebook_difficulty"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="casebook_search"),
            GinIndex(fields=["methods"], name="casebook_methods"),
            models.Index(fields=["-released_at", "-id"], name="casebook_newest", include=["audience", "state"]),
            models.Index(fields=["owner", "state"], name="casebook_by_owner"),
            models.Index(fields=["issuer"], name="casebook_by_issuer"),
            models.Index(fields=["retain_until"], name="casebook_retention"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def key_features(self) -> list[str]:
        """What gave it away, one by one."""
        return [line.strip(" -•·*\t") for line in self.features.splitlines() if line.strip(" -•·*\t")]


class Step(Part):
    """One step of finding it, in the order of `position`: what was done, with what, and where on which picture."""

    case = models.ForeignKey(CaseStudy, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("what was done, and what it showed"), blank=True)
    light = models.CharField(_("light"), max_length=16, blank=True)
    tool = models.CharField(_("by means of"), max_length=32, blank=True)
    exhibit = models.UUIDField(_("picture"), null=True, blank=True)
    region = models.PositiveSmallIntegerField(_("marked place"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return f"step {self.position} of {self.case_id}"


class Link(Part):
    """A report or alert that a case study leads to: shown to those who may open it, and to nobody else."""

    case = models.ForeignKey(CaseStudy, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=16, choices=Linked)
    record = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "kind", "record"], name="casebook_link_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


def new_token() -> str:
    """Make the name of a question in addresses: nobody guesses it, and it says nothing of what is asked."""
    return secrets.token_urlsafe(24)


class Question(models.Model):
    """One question to an officer who practises, and the answer: the officer's own, closed to everybody else.

    `pictures` are pairs of exhibits' numbers, a pair a light: the one shown, and that of the other side, if any. A case
    study that is deleted leaves the answers without it.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    token = models.CharField(max_length=48, unique=True, default=new_token, editable=False)
    case = models.ForeignKey(CaseStudy, models.SET_NULL, null=True, related_name="+")
    pictures = models.JSONField(default=list)
    two_sided = models.BooleanField()
    shows_fraud = models.BooleanField()
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    objected = models.BooleanField(null=True)
    place = models.JSONField(null=True)
    right = models.BooleanField(null=True)
    hit = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["officer", "answered_at"], name="casebook_questions")]

    def __str__(self) -> str:
        return "question"

    @property
    def is_good(self) -> bool:
        """Whether nothing was wrong with the answer: it moves the case study one box up."""
        return self.right is not False and self.hit is not False

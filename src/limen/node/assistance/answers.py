"""An answer to a request: conclusions on the stated scale, marked places, methods and limits; and what came of it.

The asked agency writes it; the asker sees it once it is signed. Then it does not change: what is to be added is another
answer to the same request, a supplement, with the next number. The database holds all of this by itself
(migrations/sql/*_answers.sql): who writes, who signs, and that two examiners sign where two are needed.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from limen.node.assistance.scale import Asked, Degree, Method
from limen.node.people.models import Agency, Officer


class Signing(models.TextChoices):
    """How far an answer is."""

    DRAFT = "draft", pgettext_lazy("answer", "being written")
    WAITING = "waiting", pgettext_lazy("answer", "waits for a second examiner")
    SIGNED = "signed", pgettext_lazy("answer", "signed")


class Answer(models.Model):
    """What an examiner of the asked agency answers. `number` counts from 1; from 2 on it is a supplement."""

    request = models.ForeignKey("assistance.Request", models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField(default=1)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    language = models.CharField(_("language of the texts"), max_length=12, default="en")
    findings = models.TextField(_("what was found"), blank=True)
    methods = ArrayField(models.CharField(max_length=16, choices=Method), default=list, blank=True)
    equipment = models.CharField(_("equipment and reference material"), max_length=400, blank=True)
    limits = models.TextField(_("limits"), blank=True)
    stage = models.CharField(max_length=16, choices=Signing, default=Signing.DRAFT)
    comment = models.TextField(blank=True)
    """Why the second examiner sent it back."""
    signed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    second_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(null=True)
    took = models.DurationField(null=True)
    """From sending to the signature, without the time in which the clock stood; the database measures it."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="assistance_answer_numbers"),
            models.UniqueConstraint(
                fields=["request"], condition=~models.Q(stage="signed"), name="assistance_one_open_answer"
            ),
            models.CheckConstraint(
                condition=models.Q(methods__contained_by=[str(each) for each in Method.values]),
                name="assistance_methods_known",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.number} to {self.request_id}"

    @property
    def is_signed(self) -> bool:
        """Whether it is final."""
        return self.stage == Signing.SIGNED

    @property
    def is_supplement(self) -> bool:
        """Whether it adds to an answer that was signed before."""
        return self.number > 1


class Conclusion(models.Model):
    """The opinion on one question. Without a degree it cannot be examined, and `note` says what would be needed."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="conclusions")
    asked = models.CharField(max_length=16, choices=Asked)
    degree = models.SmallIntegerField(choices=Degree, null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "asked"], name="assistance_one_conclusion_each"),
            models.CheckConstraint(
                condition=models.Q(asked__in=[str(each) for each in Asked.values]), name="assistance_asked_known"
            ),
            models.CheckConstraint(
                condition=models.Q(degree__range=(-3, 3)) | (models.Q(degree=None) & ~models.Q(note="")),
                name="assistance_degree_on_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked}: {self.degree}"


class Marked(models.Model):
    """The places that an examiner marked on one picture of the request; the picture itself stays the asker's."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="marked")
    exhibit = models.UUIDField(default=uuid.uuid4)
    regions = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "exhibit"], name="assistance_marked_once"),
        ]

    def __str__(self) -> str:
        return f"{len(self.regions)} places"


class Document(models.TextChoices):
    """What became of the document."""

    RETURNED = "returned", _("returned to the bearer")
    KEPT = "kept", _("kept by the agency")
    LABORATORY = "laboratory", _("sent to a laboratory")
    ISSUER = "issuer", _("sent to its issuer")
    UNKNOWN = "unknown", pgettext_lazy("document", "not known")


class Bearer(models.TextChoices):
    """What became of the bearer, in neutral words."""

    WENT_ON = "went_on", _("went on with the journey")
    REFUSED = "refused", _("was refused entry or carriage")
    PROTECTED = "protected", _("was referred to protection")
    PROCEEDINGS = "proceedings", _("proceedings were opened")
    NOT_THERE = "not_there", _("was not there")
    UNKNOWN = "unknown", pgettext_lazy("bearer", "not known")


class Source(models.TextChoices):
    """By what it was found out whether the opinion holds."""

    ISSUER = "issuer", _("the issuer answered")
    LABORATORY = "laboratory", _("a laboratory examined the document")
    BEARER = "bearer", _("the bearer said so")
    COURT = "court", _("a court or authority decided")
    OTHER = "other", pgettext_lazy("source", "otherwise")
    NONE = "none", _("nothing more was found out")


class Outcome(models.Model):
    """What the asker feeds back. It does not change; a later one takes the place of an earlier."""

    request = models.ForeignKey("assistance.Request", models.CASCADE, related_name="outcomes")
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    document = models.CharField(_("the document"), max_length=16, choices=Document, default=Document.UNKNOWN)
    bearer = models.CharField(_("the bearer"), max_length=16, choices=Bearer, default=Bearer.UNKNOWN)
    source = models.CharField(_("found out by"), max_length=16, choices=Source, default=Source.NONE)
    truths = models.JSONField(default=dict)
    """For each question: "a" or "b", whichever statement turned out to be true."""
    text = models.TextField(_("in words"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(document__in=[str(each) for each in Document.values])
                & models.Q(bearer__in=[str(each) for each in Bearer.values])
                & models.Q(source__in=[str(each) for each in Source.values]),
                name="assistance_outcome_known",
            )
        ]

    def __str__(self) -> str:
        return f"outcome of {self.request_id}"

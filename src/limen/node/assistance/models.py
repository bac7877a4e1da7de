"""A request: what one agency asks an examiner of another, with what it takes to answer.

Each table holds one field class, as those of reports do:

- `Request`, `Message` and the pictures (`limen.node.exhibits`): class 0;
- `RequestDocument`: class 1, numbers, machine readable zone, what the chip said;
- `RequestBearer`: class 2;
- `RequestOriginal`: class 3, pictures as they were taken.

Besides its own agency the one that is asked sees a request, and nobody else, whatever its audience: row-level security
asks for both. Where a request stands (`stage`), who took it and its clock are kept by a trigger, which lets each side
move what is its own to move (migrations/sql/0002_security.sql).
"""

from __future__ import annotations

import datetime
import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from limen.node.people.models import Agency, Officer
from limen.node.sharing.models import Part, Shareable, State
from limen.node.sharing.references import drawn


class Priority(models.TextChoices):
    """How soon an answer is needed."""

    TRAVELLER_WAITS = "traveller_waits", _("a traveller waits: 30 minutes")
    URGENT = "urgent", _("urgent: 4 hours")
    SOON = "soon", _("soon: 2 days")
    ROUTINE = "routine", _("routine: 10 days")

    @property
    def span(self) -> datetime.timedelta:
        """How long the asked agency has, from sending; `assistance_span` in the database says the same."""
        return SPANS[self]

    @property
    def is_urgent(self) -> bool:
        """Whether phones are reached at once, quiet hours or not."""
        return self in (Priority.TRAVELLER_WAITS, Priority.URGENT)


SPANS = {
    Priority.TRAVELLER_WAITS: datetime.timedelta(minutes=30),
    Priority.URGENT: datetime.timedelta(hours=4),
    Priority.SOON: datetime.timedelta(days=2),
    Priority.ROUTINE: datetime.timedelta(days=10),
}


class Stage(models.TextChoices):
    """Where a request stands, once it is sent."""

    OPEN = "open", pgettext_lazy("request", "open")
    TAKEN = "taken", pgettext_lazy("request", "taken")
    ASKED_BACK = "asked_back", pgettext_lazy("request", "asked back")
    ANSWERED = "answered", pgettext_lazy("request", "answered")
    CLOSED = "closed", pgettext_lazy("request", "closed")


WAITING = (Stage.OPEN, Stage.TAKEN, Stage.ASKED_BACK)
"""Stages in which an answer is still to come."""


def new_reference() -> str:
    """Make a reference that people can read out, and nobody can count by: Q26-7KQ2-MBX4."""
    return drawn("Q")


class Request(Shareable):
    """A question to an examiner, and the bundle that it is asked with (class 0)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    asked = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", null=True, blank=True, db_index=False, verbose_name=_("asked agency")
    )
    """Does not change once it was asked: another agency is asked by a request of its own."""
    priority = models.CharField(_("priority"), max_length=16, choices=Priority, default=Priority.SOON)
    question = models.TextField(
        _("question"), blank=True, help_text=_("What do you want to know? No names, no numbers.")
    )
    language = models.CharField(_("language of the answer"), max_length=12, default="en")
    issuer = models.CharField(_("issuer"), max_length=3, blank=True)
    category = models.CharField(_("kind of document"), max_length=32, blank=True)
    model_name = models.CharField(_("model"), max_length=80, blank=True)
    fraud_class = models.CharField(_("what is suspected"), max_length=32, blank=True)
    report = models.BigIntegerField(null=True, editable=False)
    """The report of the own agency that it was begun from."""
    results = models.JSONField(default=list, editable=False)
    """What an inspection found, of each document that was examined, as far as class 0 tells it (`captured.py`)."""
    overruled = models.TextField(
        _("why it is sent all the same"),
        blank=True,
        help_text=_("Where the pictures could be better, and there is no time: a traveller waits, say."),
    )

    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.OPEN, editable=False)
    taken_by = models.ForeignKey(
        Officer, models.PROTECT, related_name="+", null=True, editable=False, verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    """Since when the clock stands, because the asking agency was asked back."""
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering: ClassVar = ["-sent_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(asked=models.F("owner")), name="assistance_others")
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked", "stage", "due_at"], name="assistance_inbox"),
            models.Index(fields=["owner", "-id"], name="assistance_by_owner"),
            models.Index(fields=["retain_until"], name="assistance_retention"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self.state == State.RELEASED and self.stage in WAITING

    @property
    def is_pressing(self) -> bool:
        """Whether it is one that reaches phones."""
        return Priority(self.priority).is_urgent

    @property
    def left(self) -> datetime.timedelta | None:
        """How much time is left, negative where it is overdue; None where no clock runs. It stands while asked back."""
        if self.due_at is None or not self.is_waiting:
            return None
        return self.due_at - (self.stopped_at or timezone.now())

    @property
    def is_overdue(self) -> bool:
        """Whether the time is over."""
        left = self.left
        return left is not None and left < datetime.timedelta()


class RequestDocument(Part):
    """Numbers, machine readable zone and what the chip said (class 1)."""

    request = models.OneToOneField(Request, models.CASCADE, primary_key=True, related_name="document")
    number = models.CharField(_("document number"), max_length=32, blank=True)
    number_key = models.CharField(max_length=32, blank=True, editable=False, db_collation="C")
    personal_number = models.CharField(_("personal number"), max_length=32, blank=True)
    mrz = models.TextField(_("machine readable zone"), blank=True)
    chip = models.TextField(_("what the chip said"), blank=True)

    def __str__(self) -> str:
        return f"document of {self.request_id}"


class RequestBearer(Part):
    """The bearer (class 2)."""

    request = models.OneToOneField(Request, models.CASCADE, primary_key=True, related_name="bearer")
    surname = models.CharField(_("surname"), max_length=120, blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    birth_date = models.CharField(_("date of birth"), max_length=10, blank=True)
    narrative = models.TextField(_("what happened"), blank=True)

    def __str__(self) -> str:
        return f"bearer of {self.request_id}"


class RequestOriginal(Part):
    """A picture as it was taken (class 3), only where the officer includes it. `exhibit` is its masked picture."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="originals")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    exhibit = models.UUIDField(editable=False)
    file = models.FileField(upload_to="originals", max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "exhibit"], name="assistance_original_once")
        ]

    def __str__(self) -> str:
        return f"original of {self.request_id}"


class Message(Part):
    """One sentence or more from one side of a request to the other (class 0); it does not change."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="messages")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    asks = models.BooleanField(default=False)
    """Whether the asked agency asks back by it, so that the clock stands."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"message to {self.request_id}"


class Expertise(models.Model):
    """What an agency, or one of its examiners, knows best.

    An agency's own row, without an officer, is told to everybody; those of its examiners stay within it, and what they
    have in common is told as the agency's (`assistance_directory` in the database).
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+", null=True)
    issuers = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("issuers"))
    categories = ArrayField(
        models.CharField(max_length=32), default=list, blank=True, verbose_name=_("kinds of documents")
    )
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name=_("languages"))
    on_duty = models.BooleanField(_("on duty"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "officer"], name="assistance_expertise_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"expertise of {self.officer_id or self.agency_id}"


from limen.node.assistance.answers import Answer, Conclusion, Marked, Outcome  # noqa: E402, F401 - part of the app

"""What one partner of a plan asks one other, and what it is answered. The two agencies alone see that there is such.

Each table holds what may be seen together, so that a policy on rows is a policy on fields:

- `InformationRequest`, `InformationItem`: what is asked and why, in words that hold no number and no name;
- `ItemDetail`: the number, name or flight that is meant, of the class that it says;
- `InformationReply`, `ReplyItem`: what was decided on each item, for which reason, in words for the asker;
- `ReplyContent`, `ReplyLink`: what is told, of the class that it says, and records that it leads to.

A reply exists for the asker once an approving officer has released it; before, not even its row is seen. The steps are
held by triggers (migrations/sql/0021_information.sql).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer
from limen.node.sharing.classes import NAMES
from limen.node.sharing.references import drawn

CLASSES = [(each.number, name) for each, name in NAMES.items()]


def new_reference() -> str:
    """Make a reference that people can read out, and nobody can count by: N26-7KQ2-MBX4."""
    return drawn("N")


class RequestStage(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("draft")
    WAITING = "waiting", _("waiting for a second person")
    SENT = "sent", _("sent")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("taken back")


class Sort(models.TextChoices):
    """What is asked for."""

    DOCUMENT = "document", _("reports on a travel document")
    PERSON = "person", _("records on a person")
    MOVEMENTS = "movements", _("entries and exits")
    PASSENGERS = "passengers", _("passenger list")
    VISA = "visa", _("visa application")
    PICTURE = "picture", _("picture or copy of a document")
    OTHER = "other", _("something else")


class InformationRequest(models.Model):
    """What one partner asks one other."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="information_requests")
    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    asker = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=160)
    basis = models.CharField(max_length=400, blank=True)
    wanted_by = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=16, choices=RequestStage, default=RequestStage.DRAFT, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    sent_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    end_reason = models.TextField(blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(asker=models.F("asked")), name="plans_information_two"),
        ]

    def __str__(self) -> str:
        return self.reference


class InformationItem(models.Model):
    """One thing that is asked for: words without number or name, and why it is needed."""

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    sort = models.CharField(max_length=16, choices=Sort, default=Sort.OTHER)
    asked = models.TextField()
    why = models.TextField()
    field_class = models.PositiveSmallIntegerField(choices=CLASSES, default=0)
    """The class of what is asked for, and of the detail by which it is named."""

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(field_class__lte=3), name="plans_item_class"),
        ]

    def __str__(self) -> str:
        return f"item {self.position} of {self.request_id}"


class ItemDetail(models.Model):
    """The number, name or flight that an item means; the trigger copies class, asker and author."""

    item = models.OneToOneField(InformationItem, models.CASCADE, related_name="detail")
    writer = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    field_class = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField()

    def __str__(self) -> str:
        return f"detail of {self.item_id}"


class ReplyStage(models.TextChoices):
    """Where a reply stands."""

    DRAFT = "draft", _("being prepared")
    PROPOSED = "proposed", _("waiting for approval")
    RELEASED = "released", _("released")
    RECALLED = "recalled", _("taken back")


class Verdict(models.TextChoices):
    """What was decided on an item."""

    RELEASED = "released", _("released as asked")
    PART = "part", _("released in part")
    WITHHELD = "withheld", _("withheld")


class Ground(models.TextChoices):
    """Why something is withheld."""

    LAW = "law", _("the law does not allow it")
    INVESTIGATION = "investigation", _("an ongoing investigation")
    SOURCE = "source", _("protection of a source")
    NOT_HELD = "not_held", _("not held")
    NOT_NECESSARY = "not_necessary", _("not necessary for the stated purpose")


class InformationReply(models.Model):
    """An answer of the asked side: prepared by one officer, released by another."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="replies")
    stage = models.CharField(max_length=16, choices=ReplyStage, default=ReplyStage.DRAFT, editable=False)
    begun_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    basis = models.CharField(max_length=400, blank=True)
    note = models.TextField(blank=True)
    prepared_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    comment = models.TextField(blank=True, editable=False)
    """Why it was sent back for more work: the asked side's own, emptied as the reply is released."""
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    recalled_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    recalled_at = models.DateTimeField(null=True, editable=False)
    recall_reason = models.TextField(blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(stage__in=["draft", "proposed"]), name="plans_one_open_reply"
            ),
        ]

    def __str__(self) -> str:
        return f"reply to {self.request_id}"


class ReplyItem(models.Model):
    """What was decided on one item, and the words in which the asker is told."""

    reply = models.ForeignKey(InformationReply, models.CASCADE, related_name="items")
    item = models.ForeignKey(InformationItem, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=16, choices=Verdict)
    ground = models.CharField(max_length=16, choices=Ground, blank=True)
    words = models.TextField(blank=True)
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering: ClassVar = ["item__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "item"], name="plans_reply_once"),
            models.CheckConstraint(
                condition=models.Q(verdict="released") | (~models.Q(ground="") & ~models.Q(words="")),
                name="plans_withheld_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.item_id}"


class ReplyContent(models.Model):
    """What the asker is told on an item: a text, a file, of the class that it says."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reply_item = models.OneToOneField(ReplyItem, models.CASCADE, related_name="content")
    writer = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    field_class = models.PositiveSmallIntegerField(choices=CLASSES, default=0)
    text = models.TextField(blank=True)
    file = models.FileField(upload_to="information", max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(field_class__lte=3), name="plans_content_class"),
        ]

    def __str__(self) -> str:
        return f"content of {self.reply_item_id}"


class ReplyLink(models.Model):
    """A record of the asked side's own that a reply leads to: shown to whoever may open it, and to nobody else."""

    reply_item = models.ForeignKey(ReplyItem, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=16)
    record = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply_item", "kind", "record"], name="plans_reply_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"

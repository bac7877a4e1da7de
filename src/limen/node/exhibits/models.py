"""Exhibits: masked pictures of a record of another app, such as an alert or a case study (class 0).

What an exhibit carries of its record, and whether it is withheld, is written by the database alone (the trigger
`exhibits_keep`): whatever code says, it is seen exactly when its record is, and while its source allows it.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from limen.node.people.models import Agency
from limen.node.sharing.models import Part


class Role(models.TextChoices):
    """What a picture is there for."""

    SHOWN = "shown", pgettext_lazy("picture", "what was found")
    REFERENCE = "reference", pgettext_lazy("picture", "reference")


class Exhibit(Part):
    """A picture with everything personal masked, what it shows, and what it is compared with (class 0)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=16, editable=False)
    record = models.BigIntegerField(editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(_("purpose"), max_length=16, choices=Role, default=Role.SHOWN)
    compared_with = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    light = models.CharField(_("light"), max_length=16, default="white")
    subject = models.CharField(_("what it shows"), max_length=32, blank=True)
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    masked = models.FileField(upload_to="exhibits", max_length=200)
    thumbnail = models.FileField(upload_to="thumbnails", max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    masks = models.JSONField(default=list)
    masks_confirmed = models.BooleanField(default=False)
    regions = models.JSONField(default=list)
    source_report = models.BigIntegerField(null=True, editable=False)
    source_image = models.UUIDField(null=True, editable=False)
    source_owner = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, null=True, editable=False
    )
    source_marking = models.CharField(max_length=16, blank=True, editable=False)
    withheld = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "record", "position"], name="exhibits_of_record"),
            models.Index(
                fields=["source_report"], name="exhibits_by_source", condition=models.Q(source_report__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "record", "source_image"], name="exhibits_taken_once")
        ]

    def __str__(self) -> str:
        return f"exhibit of {self.kind} {self.record}"

    @property
    def is_reference(self) -> bool:
        """Whether it shows what others are compared with."""
        return self.role == Role.REFERENCE

    @property
    def is_foreign(self) -> bool:
        """Whether it was taken from a report of another agency."""
        return self.source_owner_id is not None and self.source_owner_id != self.owner_id


class Original(Part):
    """An uploaded picture as it was taken (class 3): kept until its masks are confirmed, for its own agency alone."""

    exhibit = models.OneToOneField(Exhibit, models.CASCADE, primary_key=True, related_name="original")
    file = models.FileField(upload_to="originals", max_length=200)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"original of {self.exhibit_id}"


class Attached(models.Model):
    """A kind of records that have exhibits, and their table: made by `exhibits_attach`, read by triggers."""

    kind = models.CharField(max_length=16, primary_key=True)
    table = models.CharField(max_length=63)

    def __str__(self) -> str:
        return self.kind

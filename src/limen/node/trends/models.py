"""What trends keep."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer


class Dismissal(models.Model):
    """That an agency looked at a surge and put it aside: why, who, and how large it was then."""

    owner = models.ForeignKey(Agency, models.CASCADE, related_name="+", db_index=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    stream = models.CharField(max_length=240)
    """The stream as addresses name it (`surges.streams.Stream.token`)."""
    since = models.DateField()
    """The first day of the surge."""
    count = models.PositiveIntegerField()
    reason = models.CharField(_("reason"), max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "-created_at"], name="trends_dismissal_newest")]

    def __str__(self) -> str:
        return f"{self.stream} put aside by {self.owner_id}"

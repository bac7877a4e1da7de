"""Which warnings were sent: so that each is sent once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from limen.node.people.models import Agency


class Warned(models.Model):
    """That an agency's coordinators were told, so many days ahead, from when on it sees less."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    stops_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "stops_on", "days"], name="contribution_warned_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.stops_on}, {self.days} days ahead"

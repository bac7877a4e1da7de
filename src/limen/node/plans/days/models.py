"""A joint operation day: when, what is looked for, the posts of the partners, and what each counted.

Who sees the plan sees them. Counts are rows that are only ever added, so that no two officers who count at once lose
one another's; what was counted wrong is taken off by a row that says why.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer


class OperationDay(models.Model):
    """One day, or a few in a row, on which partners look for the same at the same time."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="operation_days")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    first_on = models.DateField()
    last_on = models.DateField()
    hours = models.CharField(max_length=80, blank=True)
    looked_for = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["first_on", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_day_number"),
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="plans_day_order"),
        ]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """Where a partner counts: a place of the list, and which part of it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.ForeignKey(OperationDay, models.CASCADE, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    place = models.CharField(max_length=8)
    name = models.CharField(max_length=80, blank=True)
    stood_down_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["agency__name", "place", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "agency", "place", "name"], name="plans_post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.name}".strip()


class Counted(models.TextChoices):
    """What is counted."""

    INSPECTED = "inspected", _("inspected")
    SECOND_LINE = "second_line", _("referred to second line")
    REFUSED = "refused", _("refused")
    OBJECTED = "objected", _("documents objected to")
    PROTECTION = "protection", _("persons referred to protection")


class Tally(models.Model):
    """So many more, or with a reason so many fewer, of something at a post. `press` is the button's own number."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="tallies")
    what = models.CharField(max_length=16, choices=Counted)
    amount = models.SmallIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(auto_now_add=True)
    press = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "press"], name="plans_tally_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=-999, amount__lte=999) & ~models.Q(amount=0), name="plans_tally_amount"
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0) | ~models.Q(reason=""), name="plans_tally_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["post", "what"], include=["amount"], name="plans_tally_sums")]

    def __str__(self) -> str:
        return f"{self.amount} {self.what}"

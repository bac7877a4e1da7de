"""What the community asks of those who see its records, and what agencies state: rows of the rule's fourth step.

An administrator of the agency that operates the node proposes a condition, another confirms it; triggers see to it
(migrations/sql/0008_conditions.sql). It begins some time after that, so that all are warned; what ends a condition
holds at once. `contributing.py` says what follows.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer

WARNED_DAYS = 30
"""Days from the confirmation of a condition to its beginning; the database counts the same."""


class ConditionStage(models.TextChoices):
    """Where a condition stands. Of those confirmed and begun, the one confirmed last holds."""

    PROPOSED = "proposed", _("waiting")
    CONFIRMED = "confirmed", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Condition(models.Model):
    """So many released reports in so many months; or nothing any more."""

    is_on = models.BooleanField(default=True)
    least = models.PositiveSmallIntegerField(
        _("reports"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    months = models.PositiveSmallIntegerField(
        _("within months"), default=6, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    grace = models.PositiveSmallIntegerField(
        _("months of grace for new agencies"), default=6, validators=[MaxValueValidator(24)]
    )
    reason = models.TextField(_("reason"))
    stage = models.CharField(max_length=16, choices=ConditionStage, default=ConditionStage.PROPOSED, editable=False)
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    begins_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stage"], condition=models.Q(stage="proposed"), name="sharing_one_open_condition"
            ),
            models.CheckConstraint(
                condition=models.Q(least__range=(1, 1000), months__range=(1, 24), grace__range=(0, 24)),
                name="sharing_condition_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.least} in {self.months} months" if self.is_on else "nothing is asked"


class Statement(models.Model):
    """That a month brought an agency nothing to report, or nothing else; a coordinator signs it, for good."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    month = models.DateField()
    """Its first day."""
    signed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "month"], name="sharing_statement_once")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.month:%Y-%m}"

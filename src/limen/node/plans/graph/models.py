"""What officers add to a plan's chart that stands in no record: entities, ties, and that two entities are one.

Row-level security (migrations/sql/0041_entered.sql) shows a row to those who are in the plan, see its field class and,
of a tie, see both its ends. What is of class 1 or above stays in the agency until a second officer has confirmed it.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer
from limen.node.plans.graph.kinds import NAMES, Kind
from limen.node.plans.models import Addressed, Plan
from limen.node.sharing.classes import FieldClass

CLASSES = (
    (int(FieldClass.STATISTICAL), _("class 0: statistical data")),
    (int(FieldClass.DOCUMENT), _("class 1: document numbers")),
    (int(FieldClass.BEARER), _("class 2: names, telephones, what tells of a person")),
)


class Entered(Addressed):
    """Who entered it, from which source, of which class, and who confirmed it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    classes = models.SmallIntegerField(_("field class"), choices=CLASSES)
    source = models.CharField(_("source"), max_length=200)
    on = models.DateField(_("on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def waits(self) -> bool:
        """Whether it takes a second officer before partners see it."""
        return self.classes > FieldClass.STATISTICAL and self.confirmed_at is None


class Entity(Entered):
    """An entity that no record names."""

    kind = models.CharField(_("kind"), max_length=16, choices=[(kind.value, name) for kind, name in NAMES.items()])
    name = models.CharField(_("name or number"), max_length=120)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["place", "country", "carrier"], classes__gte=1)
                | models.Q(kind="document", classes__gte=2)
                | models.Q(classes__gte=4),
                name="plans_entity_class",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def key(self) -> str:
        """What it is joined by: its code where it has one, else itself alone."""
        coded = self.kind in (Kind.COUNTRY, Kind.CARRIER)
        return f"{self.kind}:{self.name}" if coded else f"{self.kind}:#:{self.pk}"


class Tie(Entered):
    """That two entities are tied, or are one.

    The ends are keyed digests of what entities are joined by, with where the officer saw each: a row is seen by whoever
    sees both ends in one of these records, and tells nobody else that there is something.
    """

    same = models.BooleanField(default=False)
    words = models.CharField(_("how they are tied"), max_length=120, blank=True)
    one = models.BinaryField(max_length=32)
    other = models.BinaryField(max_length=32)
    one_at = ArrayField(models.CharField(max_length=40))
    """Records that name the one, as "reports:12"; an entered entity as "entities:3"."""
    other_at = ArrayField(models.CharField(max_length=40))
    one_class = models.SmallIntegerField()
    other_class = models.SmallIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(classes__gte=models.F("one_class")) & models.Q(classes__gte=models.F("other_class")),
                name="plans_tie_class",
            )
        ]

    def __str__(self) -> str:
        return f"tie {self.pk}"

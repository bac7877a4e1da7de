"""An alert: a bulletin to people at counters, and what becomes of it there.

Everything in it is class 0. Rows and their security:

- `Alert`: seen by its audience, as a report is;
- `Link`: a report that belongs to an alert, seen by whoever sees both;
- `Acknowledgement`: "read and understood", seen by who gave it and by coordinators of the same agency; the alert's
  owner sees how many (`acknowledging.by_agency`), not who;
- `Feedback`: seen by the agency that gave it and by the alert's owner.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer
from limen.node.reports.models import Report
from limen.node.sharing.models import Part, Shareable, State
from limen.node.sharing.references import drawn
from limen.node.sharing.retention import months_after


def new_reference() -> str:
    """Make a reference that people can read out, and nobody can count by: A26-7KQ2-MBX4."""
    return drawn("A")


class Urgency(models.IntegerChoices):
    """How soon an officer must know. The order is that of the list."""

    ROUTINE = 1, _("routine")
    IMPORTANT = 2, _("important")
    URGENT = 3, _("urgent: imminent danger")


class Alert(Shareable):
    """One bulletin."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)

    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("What is going round, in a line. No names, no numbers.")
    )
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.ROUTINE)
    issuers = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("issuers"))
    category = models.CharField(_("kind of document"), max_length=32, blank=True)
    model_name = models.CharField(_("model"), max_length=80, blank=True)
    model_year = models.PositiveSmallIntegerField(_("model of the year"), null=True, blank=True)
    fraud_class = models.CharField(_("class of fraud"), max_length=32, blank=True)
    methods = ArrayField(models.CharField(max_length=48), default=list, blank=True, verbose_name=_("methods"))
    countries = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, verbose_name=_("countries concerned")
    )
    places = ArrayField(models.CharField(max_length=8), default=list, blank=True, verbose_name=_("places concerned"))
    route = models.CharField(
        _("route"), max_length=300, blank=True, help_text=_("As it is known: from where, over where, to where.")
    )
    summary = models.TextField(
        _("what it is"),
        blank=True,
        help_text=_("Two or three sentences that are read in seconds. No names, no numbers."),
    )
    points = models.JSONField(_("points to check"), default=list, blank=True)
    action = models.TextField(
        _("what to do"),
        blank=True,
        help_text=_("Refer to second line. A hit proves nothing, and the bearer may be a victim."),
    )
    contact = models.CharField(
        _("contact point"), max_length=200, blank=True, help_text=_("A desk that answers, not a person.")
    )
    language = models.CharField(_("written in"), max_length=12, default="en", blank=True)
    valid_from = models.DateField(_("valid from"), default=timezone.localdate, null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("replaces"),
        help_text=_("The reference of an alert of your agency that this one takes the place of."),
    )

    words = models.TextField(default="", editable=False)
    search = models.GeneratedField(
        expression=SearchVector("words", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering: ClassVar = ["-urgency", "-released_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(urgency__in=[1, 2, 3]), name="alerts_urgency"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="alerts_search"),
            GinIndex(fields=["issuers"], name="alerts_issuers"),
            models.Index(fields=["state", "valid_until"], name="alerts_in_force"),
            models.Index(fields=["retain_until"], name="alerts_retention"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a released alert for its agency's months from the end of its validity, not from its release."""
        if self.state == State.RELEASED and self.valid_until:
            self.retain_until = months_after(self.valid_until, self.owner.retention_months)
        super().save(*args, **kwargs)


class Link(Part):
    """A report that belongs to an alert: of its owner's choice, or a sighting that another agency reported.

    Owner, author and audience are the alert's, copied by a trigger; `agency` is whose link it is.
    """

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="links")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", editable=False)
    is_sighting = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alert", "report"], name="alerts_link_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} and report {self.report_id}"


class Acknowledgement(models.Model):
    """That an officer has read and understood an alert as it was released then.

    Edition, reference and recall are set by triggers.
    """

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="acknowledgements")
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    edition = models.DateTimeField(editable=False)
    reference = models.CharField(max_length=16, editable=False)
    recalled_at = models.DateTimeField(null=True, editable=False)
    """When what was acknowledged was taken back; by then the alert itself is out of sight."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "officer", "edition"], name="alerts_acknowledged_once")
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} by {self.officer_id}"


class Verdict(models.TextChoices):
    """What an officer says back."""

    SEEN = "seen", _("seen here")
    NOT_SEEN = "not_seen", _("not seen here")
    USEFUL = "useful", _("useful")
    UNCLEAR = "unclear", _("unclear")
    COMMENT = "comment", _("a comment")


class Feedback(models.Model):
    """What an officer says back to the owner of an alert (class 0). Owner and agency are set by a trigger."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="feedback")
    owner = models.ForeignKey(Agency, models.CASCADE, related_name="+", editable=False)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+", editable=False)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", editable=False)
    verdict = models.CharField(_("what you say"), max_length=16, choices=Verdict)
    count = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    on = models.DateField(_("on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=8, blank=True)
    comment = models.CharField(_("comment"), max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["alert", "-at"], name="alerts_feedback_newest")]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.alert_id}"


from limen.node.alerts.subscriptions import models as _subscriptions  # noqa: E402, F401 - tables of this app too

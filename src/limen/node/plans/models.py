"""Investigation plans, class 0 throughout.

A plan is its lead's record and is put to its partners by the release that every record takes. What hangs on it is seen
by whoever is in it: its lead and the partners that have joined (migrations/sql/0002_security.sql says who sees what
before). Nothing here is counted for anybody else.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Officer
from limen.node.sharing.agreed import Agreement
from limen.node.sharing.models import Shareable
from limen.node.sharing.references import drawn

MOST_TEXT = 4000


class Addressed(models.Model):
    """What addresses name by a drawn number: one that is counted up would tell how many others there are."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Period(Addressed):
    """A period of action: weeks in which several agencies work at the same thing, in one plan or many.

    One that is for the community is known to every agency, which may put plans of its own in it; who does is not.
    """

    name = models.CharField(_("name"), max_length=120)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    for_community = models.BooleanField(_("known to the whole community"), default=False)
    maker = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-first_day", "-pk"]
        verbose_name = _("period of action")
        verbose_name_plural = _("periods of action")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="plans_period_days")
        ]

    def __str__(self) -> str:
        return self.name


class Offence(models.TextChoices):
    """What a plan looks into, in words that accuse nobody."""

    DOCUMENT_FRAUD = "document_fraud", _("document fraud")
    VISA_FRAUD = "visa_fraud", _("visa or permit obtained by deception")
    IMPOSTOR = "impostor", _("use of another person's document")
    SMUGGLING = "smuggling", _("smuggling of migrants")
    EXPLOITATION = "exploitation", _("exploitation of persons")
    IRREGULAR_CROSSING = "irregular_crossing", _("irregular crossing of a border")
    OVERSTAY = "overstay", _("stay beyond what was allowed")
    FACILITATION = "facilitation", _("facilitation by insiders or carriers")


class Stage(models.TextChoices):
    """Where a plan stands once it is written. Before a partner has joined it is a draft, or waits (`Plan.state`)."""

    DRAFT = "draft", _("being prepared")
    RUNNING = "running", _("running")
    CLOSED = "closed", _("closed")
    ARCHIVED = "archived", _("archived")


def new_reference() -> str:
    """Make a reference that people can read out, and nobody can count by: P26-7KQ2-MBX4."""
    return drawn("P")


class Plan(Shareable):
    """What several agencies do together, for how long, why and on which legal basis. Its owner is the lead."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.DRAFT, editable=False)

    title = models.CharField(_("title"), max_length=120, blank=True)
    language = models.CharField(_("language of the texts"), max_length=12, default="en")
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="plans", null=True, blank=True, verbose_name=_("period of action")
    )
    begins_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    objective = models.TextField(
        _("objective"),
        blank=True,
        help_text=_("What shall be reached, in a few sentences. No names or numbers of persons, no names of partners."),
    )
    offences = ArrayField(
        models.CharField(max_length=32, choices=Offence), default=list, blank=True, verbose_name=_("offences")
    )
    issuers = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("issuers"))
    nationalities = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, verbose_name=_("nationalities")
    )
    networks = models.TextField(
        _("networks"),
        blank=True,
        help_text=_("How they work, in neutral words: some whom they carry are their victims. No names."),
    )
    routes = models.JSONField(default=list, blank=True, verbose_name=_("routes"))
    """Lists of codes of places or countries, each from an origin over transits to a destination."""
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("agreement")
    )
    """The legal basis; where there is none, single approvals are (`Approval`)."""

    arrests = models.PositiveIntegerField(_("arrests"), null=True, blank=True)
    refusals = models.PositiveIntegerField(_("refusals of entry or boarding"), null=True, blank=True)
    referrals = models.PositiveIntegerField(_("referrals to protection"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    """What came of it: entered by the lead as it closes the plan."""

    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    running_at = models.DateTimeField(_("running since"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "stage"], name="plans_by_owner"),
            models.Index(fields=["-created_at", "-id"], name="plans_newest", include=["audience", "state"]),
            models.Index(fields=["retain_until"], name="plans_retention"),
        ]

    def __str__(self) -> str:
        return self.reference


class Standing(models.TextChoices):
    """Where a partner stands."""

    NAMED = "named", _("named")
    ASKED = "asked", _("asked to join")
    JOINED = "joined", _("joined")
    REFUSED = "refused", _("refused")
    LEFT = "left", _("has left")


class Partner(models.Model):
    """An agency that the lead wants in a plan. The lead names it; it joins, refuses and leaves by itself.

    It is asked as the plan is put to it, and has joined when a second of its officers has confirmed the approval
    (`Approval`, of joining). A recall of the plan names it again: what it joined is not what comes next. So
    does the end of a plan that it has not joined by then.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="partners")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    standing = models.CharField(max_length=16, choices=Standing, default=Standing.NAMED, editable=False)
    joined_at = models.DateTimeField(_("joined"), null=True, editable=False)
    closed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    comment = models.TextField(_("reason"), blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["agency__name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "agency"], name="plans_partner_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.plan_id}"


class Phase(Addressed):
    """Some days of a plan with an aim of their own. What an approval was confirmed for changes no more."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=120)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    aim = models.TextField(_("what is to be reached"), blank=True)

    class Meta:
        ordering: ClassVar = ["first_day", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="plans_phase_days")
        ]

    def __str__(self) -> str:
        return self.name


class Of(models.TextChoices):
    """What an approval is of."""

    JOINING = "joining", _("joining the plan")
    BASIS = "basis", _("the legal basis")
    PHASE = "phase", _("the phase")


class Approval(Addressed):
    """That an authority of an agency has approved something: entered by one officer, confirmed by a second.

    Until it is confirmed it counts for nothing. The confirmation of a partner's approval of joining lets it join.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="approvals")
    of = models.CharField(max_length=16, choices=Of)
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="approvals", null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    authority = models.CharField(_("approving authority"), max_length=200)
    number = models.CharField(_("reference of the approval"), max_length=120)
    decided_on = models.DateField(_("approved on"))
    document = models.FileField(_("signed approval"), upload_to="approvals", max_length=200, blank=True)
    document_name = models.CharField(max_length=200, blank=True, editable=False)
    document_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    void = models.BooleanField(default=False, editable=False)
    """Of joining: the plan was recalled since, so that it counts no more."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "agency", "of", "phase"],
                condition=~models.Q(of="basis") & models.Q(void=False),
                name="plans_approval_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(of="phase", phase__isnull=False) | (~models.Q(of="phase") & models.Q(phase=None)),
                name="plans_approval_phase",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.agency_id}"

    @property
    def is_confirmed(self) -> bool:
        """Whether a second officer has confirmed it."""
        return self.confirmed_at is not None


class TaskState(models.TextChoices):
    """How far a task is."""

    OPEN = "open", _("open")
    DOING = "doing", _("being done")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class Task(Addressed):
    """Something one agency of a plan does. The lead sets it, or the agency itself; how far it is, that agency says."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    phase = models.ForeignKey(Phase, models.SET_NULL, related_name="tasks", null=True, blank=True)
    title = models.CharField(_("what is to be done"), max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    officer = models.ForeignKey(
        Officer, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("officer")
    )
    begins_on = models.DateField(_("begins"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=TaskState, default=TaskState.OPEN)
    note = models.TextField(_("note"), blank=True)
    set_by = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Linked(models.TextChoices):
    """Which records a plan may lead to; the values are the labels of their kinds."""

    REPORTS = "reports", _("report")
    ALERTS = "alerts", _("alert")
    CASES = "casebook", _("case study")
    REQUESTS = "assistance", _("request")


class PlanLink(Addressed):
    """A record that a plan leads to: shown to those in the plan who may open it, and neither told nor counted else."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=16, choices=Linked)
    record = models.BigIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "kind", "record"], name="plans_link_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


class Series(Addressed):
    """A search of reports that a plan follows; how many answer it is counted for each who looks."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="series")
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(_("search"), max_length=1000)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


from limen.node.plans.days import models as _of_days  # noqa: E402, F401 - the app's, kept with what they are about
from limen.node.plans.graph import models as _of_graph  # noqa: E402, F401
from limen.node.plans.information import models as _of_information  # noqa: E402, F401

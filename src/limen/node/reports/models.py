"""A report: a detected fraud as told to others.

Each table holds one field class, and row-level security shows its rows to whom that class was granted:

- `Report`, `Leg`, `Image`: class 0, statistical data and masked images;
- `DocumentDetail`: class 1, numbers and machine readable zone;
- `BearerDetail`: class 2, names, birth date, narrative;
- `Original`: class 3, images before they were masked.

The parts carry the report's owner, author and audience, copied by a trigger, so that a policy needs no join.
Codes are those of `limen.node.terms`; a country is the three-letter code of Doc 9303-3, section 5.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import HnswIndex, VectorField

from limen.node.people.models import Agency, Officer
from limen.node.sharing.models import Audience, Part, Shareable
from limen.node.sharing.references import drawn

FINGERPRINT = 100
"""Numbers in the descriptor of a masked image: `limen.node.images.DIMENSIONS`, which is heavy to import here."""


def new_reference() -> str:
    """Make a reference that people can read out, and nobody can count by: R26-7KQ2-MBX4."""
    return drawn("R")


COVERED = ["audience", "state", "detection_country", "place"]
"""What counts by place and row-level security ask of a report: carried by its indexes, so that neither reads rows."""

COUNTED_BY = [
    "state", "issuer", "category", "fraud_class", "method", "detection_country", "place", "setting", "outcome",
    "nationality_claimed", "route_origin", "route_via", "route_end",
]  # fmt: skip
"""What charts count by: carried by the index of audiences, so that those which are not tallied are counted from it."""


class Report(Shareable):
    """One detection of one fraudulent document: what may be told of it without telling of a person (class 0)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    client_key = models.CharField(max_length=64, null=True, editable=False)

    issuer = models.CharField(_("issuer"), max_length=3, blank=True)
    category = models.CharField(_("kind of document"), max_length=32, blank=True)
    document_type = models.CharField(_("document code"), max_length=2, blank=True)
    model_name = models.CharField(_("model"), max_length=80, blank=True)
    model_year = models.PositiveSmallIntegerField(_("model of the year"), null=True, blank=True)

    fraud_class = models.CharField(_("class of fraud"), max_length=32, blank=True)
    method = models.CharField(_("principal method"), max_length=48, blank=True)
    other_methods = ArrayField(
        models.CharField(max_length=48), default=list, blank=True, verbose_name=_("other methods")
    )

    detected_on = models.DateField(_("detected on"), default=timezone.localdate)
    detection_country = models.CharField(_("country of detection"), max_length=3, blank=True)
    place = models.CharField(_("place of detection"), max_length=8, blank=True)
    setting = models.CharField(_("setting"), max_length=32, blank=True)
    line = models.PositiveSmallIntegerField(_("line of inspection"), null=True, blank=True)
    means = ArrayField(models.CharField(max_length=32), default=list, blank=True, verbose_name=_("detected by"))

    nationality_claimed = models.CharField(_("nationality claimed"), max_length=3, blank=True)
    nationality_established = models.CharField(_("nationality established"), max_length=3, blank=True)
    sex = models.CharField(_("sex"), max_length=16, blank=True)
    age_band = models.CharField(_("age band"), max_length=16, blank=True)
    facilitated = models.CharField(_("facilitated"), max_length=16, blank=True)

    summary = models.TextField(
        _("what was found"), blank=True, help_text=_("Everybody who sees the report reads this: no names, no numbers.")
    )
    price = models.DecimalField(_("price paid"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    supply_country = models.CharField(_("country of supply"), max_length=3, blank=True)
    supply_place = models.CharField(_("place of supply"), max_length=120, blank=True)
    companions = models.JSONField(_("companion documents"), default=list, blank=True)
    outcome = models.CharField(_("outcome"), max_length=32, blank=True)
    source_reliability = models.CharField(_("reliability of the source"), max_length=1, blank=True)
    information_credibility = models.CharField(_("credibility of the information"), max_length=1, blank=True)

    route_origin = models.CharField(max_length=8, default="", editable=False, db_collation="C")
    """Where the journey began: the first leg that is an embarkation; its place, or its country where no place is known.

    The database derives the three ends of the route from the legs (migrations/sql/0006_routes.sql); what is written
    here otherwise is put right. What is not told of is empty.
    """
    route_via = models.CharField(max_length=8, default="", editable=False, db_collation="C")
    """The last transit of the journey, where the document was found or before."""
    route_end = models.CharField(max_length=8, default="", editable=False, db_collation="C")
    """Where the journey led: the last leg that is a destination; where none is, the final destination intended."""

    words = models.TextField(default="", editable=False)
    search = models.GeneratedField(
        expression=SearchVector("words", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering: ClassVar = ["-detected_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "client_key"], name="reports_once_per_client_key"),
            models.CheckConstraint(condition=models.Q(line__in=[1, 2, 3]), name="reports_line"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="reports_search"),
            GinIndex(fields=["other_methods"], name="reports_other_methods"),
            models.Index(fields=["-detected_on", "-id"], name="reports_newest", include=COVERED),
            models.Index(
                fields=["-detected_on", "-id"], name="reports_unreleased", condition=~models.Q(state="released")
            ),
            models.Index(fields=["author", "-detected_on", "-id"], name="reports_by_author"),
            *(
                models.Index(fields=[field, "-detected_on", "-id"], name=f"reports_by_{short}", include=COVERED)
                for field, short in (
                    ("owner", "owner"),
                    ("issuer", "issuer"),
                    ("category", "category"),
                    ("fraud_class", "class"),
                    ("method", "method"),
                    ("detection_country", "country"),
                    ("place", "place"),
                    ("setting", "setting"),
                    ("outcome", "outcome"),
                    ("marking", "marking"),
                    ("nationality_claimed", "claimed"),
                    ("nationality_established", "established"),
                )
            ),
            *(
                models.Index(
                    fields=[field, "-detected_on", "-id"],
                    name=f"reports_by_{field}",
                    include=["audience", "state"],
                    condition=models.Q(**{f"{field}__gt": ""}),
                )
                for field in ("route_origin", "route_via", "route_end", "model_name")
            ),
            models.Index(
                fields=["model_year", "-detected_on", "-id"],
                name="reports_by_model_year",
                include=["audience", "state"],
                condition=models.Q(model_year__gt=0),
            ),
            models.Index(fields=["audience", "-detected_on"], name="reports_by_audience", include=COUNTED_BY),
            models.Index(fields=["retain_until"], name="reports_retention"),
        ]

    def __str__(self) -> str:
        return self.reference


class Leg(Part):
    """One leg of the route, in the order of `position` (class 0)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(_("part of the route"), max_length=16)
    country = models.CharField(_("country"), max_length=3, blank=True)
    place = models.CharField(_("place"), max_length=8, blank=True)
    carrier = models.CharField(_("carrier"), max_length=8, blank=True)
    service = models.CharField(_("flight or service number"), max_length=12, blank=True)
    on = models.DateField(_("on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "position"], name="reports_leg_position")]
        indexes: ClassVar = [
            models.Index(fields=["place"], name="reports_leg_place"),
            models.Index(fields=["carrier"], name="reports_leg_carrier"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.place or self.country}"


class DocumentDetail(Part):
    """Numbers and machine readable zone of the document (class 1)."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="document")
    number = models.CharField(_("document number"), max_length=32, blank=True)
    number_key = models.CharField(max_length=32, blank=True, editable=False, db_collation="C")
    series = models.CharField(_("series"), max_length=32, blank=True)
    personal_number = models.CharField(_("personal number"), max_length=32, blank=True)
    mrz = models.TextField(_("machine readable zone"), blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    expires_on = models.DateField(_("date of expiry"), null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["number_key"], name="reports_number")]

    def __str__(self) -> str:
        return f"document of {self.report_id}"


class BearerDetail(Part):
    """The bearer, and what else names persons (class 2)."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="bearer")
    surname = models.CharField(_("surname"), max_length=120, blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    birth_date = models.CharField(_("date of birth"), max_length=10, blank=True)
    established_name = models.CharField(_("name established"), max_length=200, blank=True)
    facilitator = models.TextField(_("facilitator"), blank=True)
    narrative = models.TextField(_("what happened"), blank=True)
    words = models.TextField(default="", editable=False)
    search = models.GeneratedField(
        expression=SearchVector("words", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["search"], name="reports_bearer_search")]

    def __str__(self) -> str:
        return f"bearer of {self.report_id}"


class Image(Part):
    """A picture with everything personal masked, and what it shows (class 0)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="images")
    position = models.PositiveSmallIntegerField(default=0)
    light = models.CharField(_("light"), max_length=16, default="white")
    subject = models.CharField(_("what it shows"), max_length=32, blank=True)
    masked = models.FileField(upload_to="masked", max_length=200)
    thumbnail = models.FileField(upload_to="thumbnails", max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    masks = models.JSONField(default=list)
    masks_confirmed = models.BooleanField(default=False)
    regions = models.JSONField(default=list)
    fingerprint = VectorField(dimensions=FINGERPRINT, null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        indexes: ClassVar = [
            HnswIndex(
                name="reports_similar",
                fields=["fingerprint"],
                m=16,
                ef_construction=64,
                opclasses=["vector_cosine_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"image of {self.report_id}"


class Original(Part):
    """A picture as it was taken (class 3)."""

    image = models.OneToOneField(Image, models.CASCADE, primary_key=True, related_name="original")
    report = models.ForeignKey(Report, models.CASCADE, related_name="originals")
    file = models.FileField(upload_to="originals", max_length=200)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"original of {self.image_id}"


class Rollup(models.Model):
    """How many released reports an audience holds, by month and one dimension; kept by triggers.

    A count is a sum over the audiences that the viewer is in, and over rows: triggers append what came and went, a key
    may therefore have several, and `reports_merge` puts them together (migrations/sql/0007_tallies.sql).
    """

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()
    dimension = models.CharField(max_length=16)
    value = models.CharField(max_length=48)
    n = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["audience", "dimension", "month", "value"], name="reports_rollup_by_audience", include=["n"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.dimension}={self.value}: {self.n}"


class Tally(models.Model):
    """How many released reports the community sees, by month or week and up to three dimensions.

    All audiences that are the community are one here: whoever sees one sees all (`reports_sees_community`). `Moved`
    holds what is not counted in yet. Read by `limen.node.trends.counting` alone.
    """

    dimension = models.CharField(max_length=40)
    """Grain and dimensions: "month issuer method"."""
    period = models.DateField()
    """The first day of the month, or the week's Monday."""
    part = models.CharField(max_length=48)
    """The value of the first of two dimensions; empty where there is one."""
    value = models.CharField(max_length=48)
    n = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dimension", "period", "part", "value"], name="reports_tally_key", include=["n"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.dimension}={self.part} {self.value}: {self.n}"


def _like(name: str) -> models.CharField[str, str]:
    """A column like the report's own."""
    own = Report._meta.get_field(name)
    return models.CharField(max_length=own.max_length, db_collation=getattr(own, "db_collation", None))


class Moved(models.Model):
    """What came to the community's reports, or left them, since it was tallied last: what a tally knows of a report."""

    step = models.IntegerField()
    """How many came; negative where they left."""
    detected_on = models.DateField()
    issuer = _like("issuer")
    category = _like("category")
    fraud_class = _like("fraud_class")
    method = _like("method")
    detection_country = _like("detection_country")
    place = _like("place")
    setting = _like("setting")
    nationality_claimed = _like("nationality_claimed")
    nationality_established = _like("nationality_established")
    outcome = _like("outcome")
    sex = _like("sex")
    age_band = _like("age_band")
    facilitated = _like("facilitated")
    route_origin = _like("route_origin")
    route_via = _like("route_via")
    route_end = _like("route_end")

    def __str__(self) -> str:
        return f"{self.step:+}"


class SavedFilter(models.Model):
    """A search that an officer keeps under a name, for oneself or for the agency."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="saved_filters")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField()
    for_agency = models.BooleanField(_("for the whole agency"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["officer", "name"], name="reports_saved_filter_name")]

    def __str__(self) -> str:
        return self.name

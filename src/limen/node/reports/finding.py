"""Finding reports: what was asked, the rows, and how many there are.

Everything that lists, counts, maps or exports reports goes through `Search`, and `Search` through `policy.visible`.
The text searched is class 0, and a whole document number finds its report where the viewer sees numbers (class 1). A
search for names is asked apart, since it reads class 2, and is recorded.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField
from django.utils.translation import gettext as _

from limen.node.reports import words
from limen.node.reports.drafting import number_key
from limen.node.reports.models import BearerDetail, DocumentDetail, Image, Report, Rollup
from limen.node.sharing import policy
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.models import State
from limen.node.terms import normalise
from limen.node.web.errors import Invalid

COUNTED = 1_000
"""How far results are counted; beyond, there are "more than"."""

SIMILAR = 0.25
"""The greatest cosine distance at which two pictures are called similar."""

_CODES = {
    "issuer": "issuer",
    "category": "document_category",
    "fraud_class": "fraud_class",
    "method": "method",
    "country": "country",
    "place": "place",
    "setting": "detection_setting",
    "nationality": "issuer",
    "outcome": "outcome",
}
_ROLLED = {"issuer": "issuer", "fraud_class": "fraud_class", "method": "method", "country": "country", "place": "place"}


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for; empty fields ask for nothing."""

    q: str = ""
    name: str = ""
    issuer: str = ""
    category: str = ""
    fraud_class: str = ""
    method: str = ""
    country: str = ""
    place: str = ""
    setting: str = ""
    nationality: str = ""
    outcome: str = ""
    marking: str = ""
    agency: str = ""
    state: str = "released"
    mine: bool = False
    since: datetime.date | None = None
    until: datetime.date | None = None
    similar: str = field(default="")

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Search:
        """Read a query string. Raises `Invalid` for a value that is not understood; unknown names are ignored."""
        found: dict[str, Any] = {}
        for each in fields(cls):
            if value := str(asked.get(each.name) or "").strip()[:200].replace("\x00", ""):
                found[each.name] = _understood(each.name, value)
        return cls(**found)

    def asked(self) -> dict[str, str]:
        """What differs from asking for nothing, as a query string holds it."""
        nothing = Search()
        return {
            each.name: str(value)
            for each in fields(self)
            if (value := getattr(self, each.name)) != getattr(nothing, each.name)
        }

    def without(self, name: str) -> Search:
        """The same, less one condition."""
        return replace(self, **{name: getattr(Search(), name)})

    def rows(self) -> QuerySet[Report]:
        """The reports, the newest first, that the viewer sees."""
        rows = policy.visible(Report.objects.select_related("owner").defer("words", "search")).filter(
            self._conditions()
        )
        if self.similar:
            return rows.filter(pk__in=_similar(self.similar))
        return rows.order_by("-detected_on", "-id")

    def count(self) -> tuple[int, bool]:
        """How many there are, and whether that is exact: from the roll-ups where they can tell, else counted so far."""
        rolled = self._rolled()
        if rolled is not None:
            return int(rolled.aggregate(n=Sum("n"))["n"] or 0), True
        counted = self.rows().order_by()[: COUNTED + 1].count()
        return min(counted, COUNTED), counted <= COUNTED

    def by_place(self) -> dict[tuple[str, str], int]:
        """Count by country and place of detection; without a place the country stands alone."""
        rows = self.rows().order_by().values_list("detection_country", "place")
        return {(country, place): n for country, place, n in rows.annotate(n=Count("pk"))}

    def _conditions(self) -> Q:
        asked = Q()
        if self.state != "any":
            asked &= Q(state=self.state)
        for name in ("issuer", "category", "fraud_class", "place", "setting", "outcome", "marking"):
            if value := getattr(self, name):
                asked &= Q(**{name: value})
        if self.method:
            asked &= Q(method=self.method) | Q(other_methods__contains=[self.method])
        if self.country:
            asked &= Q(detection_country=self.country)
        if self.nationality:
            asked &= Q(nationality_claimed=self.nationality) | Q(nationality_established=self.nationality)
        if self.agency:
            asked &= Q(owner__code=self.agency)
        if self.mine:
            asked &= Q(author_id=RawSQL("(SELECT sharing_viewer())", []))
        if self.since:
            asked &= Q(detected_on__gte=self.since)
        if self.until:
            asked &= Q(detected_on__lte=self.until)
        return asked & _text(self.q) & _name(self.name)

    def _rolled(self) -> QuerySet[Rollup] | None:
        asked = self.asked()
        if not asked.keys() <= _ROLLED.keys() or len(asked) > 1 or "method" in asked:
            return None
        dimension, value = (_ROLLED[next(iter(asked))], next(iter(asked.values()))) if asked else ("all", "")
        return policy.visible(Rollup.objects.filter(dimension=dimension, value=value))


def _understood(name: str, value: str) -> Any:
    try:
        if name in _CODES:
            return normalise.code(_CODES[name], value)
        if name in ("since", "until"):
            return datetime.date.fromisoformat(value)
    except normalise.Unknown as error:
        raise Invalid(str(error), field=name) from error
    except ValueError as error:
        raise Invalid(_("“%(value)s” is no date; write 2026-11-30.") % {"value": value}, field=name) from error
    if name == "mine":
        return value.lower() in ("1", "true", "on", "yes")
    if name == "state" and value not in (*State.values, "any"):
        raise Invalid(_("There is no state “%(value)s”.") % {"value": value}, field=name)
    return value


def _text(q: str) -> Q:
    asked = words.query(q)
    if not asked:
        return Q()
    found = Q(RawSQL("reports_report.search @@ to_tsquery('simple', %s)", [asked], output_field=BooleanField()))
    key = number_key(q)
    if len(key) >= 5 and any(c.isdigit() for c in key) and " " not in q.strip():
        numbers = policy.visible(DocumentDetail.objects.filter(number_key=key), FieldClass.DOCUMENT)
        found |= Q(pk__in=list(numbers.values_list("report_id", flat=True)[:200]))
        found |= Q(reference=q.strip().upper())
    return found


def _name(name: str) -> Q:
    asked = words.query(name)
    if not asked:
        return Q()
    bearers = policy.visible(BearerDetail.objects.all(), FieldClass.BEARER).filter(
        RawSQL("reports_bearerdetail.search @@ to_tsquery('simple', %s)", [asked], output_field=BooleanField())
    )
    return Q(pk__in=list(bearers.order_by("-report_id").values_list("report_id", flat=True)[:1000]))


def _similar(uid: str) -> list[int]:
    """Reports with a picture like this one, the viewer's own sight of both taken for granted."""
    try:
        wanted = policy.visible(Image.objects.filter(uid=uid)).values_list("fingerprint", flat=True).first()
    except (ValueError, TypeError):
        wanted = None
    except Exception as error:
        raise Invalid(_("There is no such picture."), field="similar") from error
    if wanted is None:
        return []
    return [report for report, _distance in similar_to(wanted)]


def similar_to(fingerprint: Any, most: int = 50) -> list[tuple[int, float]]:
    """Reports with the most similar pictures and their distance (0 the same, 1 nothing alike), the nearest first."""
    distance = RawSQL("fingerprint <=> %s::vector", [[float(x) for x in fingerprint]])
    rows = policy.visible(Image.objects.filter(fingerprint__isnull=False)).annotate(distance=distance)
    nearest: dict[int, float] = {}
    for report, apart in rows.order_by("distance").values_list("report_id", "distance")[: 4 * most]:
        if apart <= SIMILAR:
            nearest.setdefault(report, float(apart))
    return list(nearest.items())[:most]

"""Finding reports: what was asked, the rows, and how many there are.

Everything that lists, counts, maps or exports reports goes through `Search`, and `Search` through `policy.visible`.
The text searched is class 0, and a whole document number finds its report where the viewer sees numbers (class 1). A
search for names is asked apart, since it reads class 2, and is recorded.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField
from django.utils.translation import gettext as _

from limen.icao.codes import CODES
from limen.node.reports import likeness, words
from limen.node.reports.drafting import number_key
from limen.node.reports.models import BearerDetail, DocumentDetail, Leg, Report, Rollup
from limen.node.reports.paging import PAGE, Page, paged
from limen.node.sharing import policy
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.terms import alpha2, normalise
from limen.node.web.errors import Invalid

COUNTED = 200
"""How far results are counted; beyond, there are "more than".

So few, and in the order of the list, that PostgreSQL walks an index from the newest and stops: counting to 1,000 it
reads all that two conditions meet, 97 ms against 4 at a million reports.
"""

similar_to = likeness.similar_to

NO_PLACE = NOT_STATED = "-"
"""What a condition asks for to find the reports that say nothing there; of `place`: that name a country alone."""

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
    "means": "detection_means",
    "sex": "sex",
    "age_band": "age_band",
    "facilitated": "facilitated",
    "supply_country": "country",
    "source_reliability": "source_reliability",
    "information_credibility": "information_credibility",
    "via": "place",
    "via_country": "country",
    "carrier": "carrier",
    "principal": "method",
    "nationality_claimed": "issuer",
    "nationality_established": "issuer",
}
_EQUAL = {
    name: name
    for name in (
        "issuer", "category", "fraud_class", "place", "setting", "outcome", "marking", "document_type", "line", "sex",
        "age_band", "facilitated", "supply_country", "source_reliability", "information_credibility", "model_name",
        "nationality_claimed", "nationality_established",
    )
} | {"principal": "method", "country": "detection_country"}  # fmt: skip
"""Conditions that ask for what one column holds, and the column."""
_MAY_LACK = frozenset(
    ["issuer", "category", "fraud_class", "principal", "country", "place", "setting", "outcome", "sex", "age_band",
     "facilitated", "nationality_claimed", "nationality_established", "model_year"]
)  # fmt: skip
"""Conditions that may ask for reports which say nothing there (`NOT_STATED`)."""
_ROUTE = {"route_from": "route_origin", "route_via": "route_via", "route_to": "route_end"}
"""Conditions on the ends of the route (`models.Report.route_origin`), and the column."""
_LEGS = {"via": "place", "via_country": "country", "carrier": "carrier"}
"""Conditions on any leg of the route."""
_UNSURE = ("q", *_LEGS, "means")
"""Conditions of which PostgreSQL cannot tell well how many reports meet them."""
_ROLLED = {
    "issuer": "issuer",
    "fraud_class": "fraud_class",
    "principal": "method",
    "country": "country",
    "place": "place",
}
"""Conditions whose counts are rolled up, and the dimension. A method is not: its roll-up knows the principal ones."""


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
    document_type: str = ""
    means: str = ""
    line: str = ""
    sex: str = ""
    age_band: str = ""
    facilitated: str = ""
    supply_country: str = ""
    source_reliability: str = ""
    information_credibility: str = ""
    via: str = ""
    via_country: str = ""
    carrier: str = ""
    principal: str = ""
    nationality_claimed: str = ""
    nationality_established: str = ""
    route_from: str = ""
    route_via: str = ""
    route_to: str = ""
    model_name: str = ""
    model_year: str = ""
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
        search, faults = cls.read(asked)
        if faults:
            raise faults[0]
        return search

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> tuple[Search, list[Invalid]]:
        """Read a query string, and say of which conditions nothing was understood: those are left out."""
        found: dict[str, Any] = {}
        faults: list[Invalid] = []
        for each in fields(cls):
            value = str(asked.get(each.name) or "").strip()[: _LONGEST.get(each.name, 200)].replace("\x00", "")
            try:
                if value:
                    found[each.name] = _understood(each.name, value)
            except Invalid as fault:
                faults.append(fault)
        search = cls(**found)
        if search.since and search.until and search.since > search.until:
            faults.append(Invalid(_("The first day lies after the last."), field="since"))
        return search, faults

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
        """The reports that the viewer sees, the newest first."""
        rows = policy.visible(Report.objects.select_related("owner").defer("words", "search")).filter(self.conditions())
        if self.similar:
            rows = rows.filter(pk__in=[report for report, _distance in self.alike()])
        return rows.order_by("-detected_on", "-id")

    def alike(self) -> list[tuple[int, float]]:
        """Reports with pictures like the one asked for, the nearest first; empty where none was asked for."""
        wanted = likeness.fingerprint_of(self.similar) if self.similar else None
        return [] if wanted is None else likeness.similar_to(wanted)

    def page(self, cursor: str = "", size: int = PAGE, *, few: bool | None = None) -> Page[Report]:
        """One page of the rows after (or before) a place in the list; with a picture, all by likeness.

        `few` says that there are no more than `COUNTED`, where the caller counted already. Words, routes and means that
        few reports hold are found by their index and sorted: in the order of dates, PostgreSQL, which cannot tell that
        they are few, would read most reports to find a page.
        """
        if self.similar:
            return Page(self._by_likeness())
        unsure = any(getattr(self, name) for name in _UNSURE)
        return paged(self.rows(), cursor, size, sort=unsure and (self.count()[1] if few is None else few))

    def _by_likeness(self) -> list[Report]:
        distances = dict(self.alike())
        rows = sorted(self.rows(), key=lambda report: distances.get(report.pk, 1.0))
        for report in rows:
            report.distance = distances.get(report.pk, 1.0)
        return rows

    def count(self) -> tuple[int, bool]:
        """How many there are, and whether that is exact: from the roll-ups where they can tell, else counted so far."""
        rolled = self._rolled()
        if rolled is not None:
            return int(rolled.aggregate(n=Sum("n"))["n"] or 0), True
        counted = self.rows()[: COUNTED + 1].count()
        return min(counted, COUNTED), counted <= COUNTED

    def by_place(self) -> dict[tuple[str, str], int]:
        """Count by country and place of detection; without a place the country stands alone."""
        rows = self.rows().order_by().values_list("detection_country", "place")
        return {(country, place): n for country, place, n in rows.annotate(n=Count("pk"))}

    def conditions(self) -> Q:
        """What is asked of reports, likeness of pictures apart: for rows that were narrowed to what the viewer sees."""
        asked = self._coded() & _text(self.q) & _name(self.name)
        if self.state != "any":
            asked &= Q(state=self.state)
        if along := {column: value for name, column in _LEGS.items() if (value := getattr(self, name))}:
            asked &= Q(pk__in=policy.visible(Leg.objects.filter(**along)).values("report_id"))
        if self.agency:
            asked &= Q(owner__code=self.agency)
        if self.mine:
            asked &= Q(author_id=RawSQL("(SELECT sharing_viewer())", []))
        if self.since:
            asked &= Q(detected_on__gte=self.since)
        if self.until:
            asked &= Q(detected_on__lte=self.until)
        return asked

    def _coded(self) -> Q:
        """The conditions on codes that stand in the report's own row."""
        asked = Q()
        for name, column in _EQUAL.items():
            if value := getattr(self, name):
                asked &= Q(**{column: "" if value == NOT_STATED else value})
        for name, column in _ROUTE.items():
            if value := getattr(self, name):
                asked &= _at(column, value)
        if self.model_year:
            asked &= Q(model_year=None if self.model_year == NOT_STATED else self.model_year)
        if self.method:
            asked &= Q(method=self.method) | Q(other_methods__contains=[self.method])
        if self.nationality:
            asked &= Q(nationality_claimed=self.nationality) | Q(nationality_established=self.nationality)
        if self.means:
            asked &= Q(means__contains=[self.means])
        return asked

    def _rolled(self) -> QuerySet[Rollup] | None:
        """The roll-ups that add up to the count: of one dimension at most, in whole months."""
        asked = self.asked()
        months = whole_months(self.since, self.until)
        rest = {name: value for name, value in asked.items() if name not in ("since", "until")}
        if months is None or not rest.keys() <= _ROLLED.keys() or len(rest) > 1 or NO_PLACE in rest.values():
            return None
        dimension, value = (_ROLLED[next(iter(rest))], next(iter(rest.values()))) if rest else ("all", "")
        return policy.visible(Rollup.objects.filter(months, dimension=dimension, value=value))


def whole_months(since: datetime.date | None, until: datetime.date | None) -> Q | None:
    """The condition on roll-ups for a span of whole months; None where it begins or ends within one."""
    if (since and since.day != 1) or (until and (until + datetime.timedelta(days=1)).day != 1):
        return None
    return (Q(month__gte=since) if since else Q()) & (Q(month__lte=until) if until else Q())


_LONGEST = {"similar": 400}


def _understood(name: str, value: str) -> Any:
    """Turn what was typed into a condition's value. Raises `Invalid` in one sentence."""
    if value == NOT_STATED and name in (*_MAY_LACK, *_ROUTE):
        return value
    if read := _READ.get(name):
        return read(name, value)
    if name == "document_type":
        return value.upper()[:2]
    if name == "mine":
        return value.lower() in ("1", "true", "on", "yes")
    if (fault := _fault(name, value)) is not None:
        raise Invalid(fault, field=name)
    return value


def _fault(name: str, value: str) -> str | None:
    """Say what is wrong with a value that is no code; None where nothing is."""
    told = {"value": value[:60]}
    match name:
        case "line" if value not in ("1", "2", "3"):
            return _("There are three lines of inspection: 1, 2 and 3.")
        case "similar" if likeness.vector_of(value) is None and likeness.uid_of(value) is None:
            return _("There is no such picture.")
        case "state" if value not in (*State.values, "any"):
            return _("There is no state “%(value)s”.") % told
        case "marking" if value not in Marking.values:
            return _("There is no marking “%(value)s”.") % told
        case "model_year" if not (value.isascii() and value.isdigit() and 1900 <= int(value[:9]) <= 2100):
            return _("“%(value)s” is no year; write 2021.") % told
    return None


def _code(name: str, value: str, kind: str = "") -> str:
    try:
        return normalise.code(kind or _CODES[name], value)
    except normalise.Unknown as error:
        raise Invalid(str(error), field=name) from error


def _end(name: str, value: str) -> str:
    """An end of a route: a place; a country with all its places; "THA-" is the country where no place is known."""
    country = value.removesuffix(NOT_STATED)
    if len(country) == 3 and country.upper() in CODES:
        return _code(name, country, "country") + value[len(country) :]
    return _code(name, value, "place")


def _at(column: str, value: str) -> Q:
    """The condition on an end of the route; places begin with their country's two letters."""
    exactly = Q(**{column: value.removesuffix(NOT_STATED)})
    two = alpha2(value) if len(value) == 3 else None
    if two is None:
        return exactly
    place = RawSQL(f"reports_report.{column} LIKE %s", [f"{two}__%"], output_field=BooleanField())  # noqa: S611 - ours
    return exactly | Q(place)


def _day(name: str, value: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError as error:
        raise Invalid(_("“%(value)s” is no date; write 2026-11-30.") % {"value": value[:60]}, field=name) from error
    if not 1900 <= day.year <= 2100:
        raise Invalid(_("“%(value)s” lies outside of what is recorded.") % {"value": value[:60]}, field=name)
    return day


_READ: dict[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(_CODES, _code),
    **dict.fromkeys(_ROUTE, _end),
    **dict.fromkeys(("since", "until"), _day),
}
"""How conditions are read that are no text of their own."""


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

"""Finding alerts: conditions that stand in an address, and pages by key."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import BooleanField, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from limen.node.alerts import reading
from limen.node.alerts.models import Alert, Urgency
from limen.node.alerts.reading import Standing
from limen.node.people.models import Officer
from limen.node.reports import words
from limen.node.reports.paging import Page, page_of
from limen.node.terms import alpha3, normalise

PAGE = 30
"""Alerts of one page."""

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

URGENCIES = {"routine": Urgency.ROUTINE, "important": Urgency.IMPORTANT, "urgent": Urgency.URGENT}
"""The least urgency asked for, as an address says it."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which alerts are asked for; empty conditions ask for nothing."""

    state: str = Standing.IN_FORCE.value
    q: str = ""
    issuer: str = ""
    method: str = ""
    place: str = ""
    urgency: str = ""
    unread: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Search:
        """Read an address; what is not understood is left out."""
        state = str(values.get("state", ""))
        return cls(
            state if state in set(Standing) else Standing.IN_FORCE.value,
            str(values.get("q", "")).replace("\x00", "").strip()[:200],
            _code("issuer", values.get("issuer", "")),
            _code("method", values.get("method", "")),
            _code("place", values.get("place", "")),
            str(values.get("urgency", "")) if values.get("urgency", "") in URGENCIES else "",
            "1" if values.get("unread", "") == "1" else "",
        )

    def asked(self) -> dict[str, str]:
        """The conditions that are set, as an address holds them."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value for name, value in values.items() if value and (name, value) != ("state", Standing.IN_FORCE)
        }

    def rows(self, officer: Officer) -> QuerySet[Alert]:
        """The alerts asked for that the officer, who looks now, sees."""
        rows = reading.standing_as(reading.alerts(), Standing(self.state))
        rows = rows.annotate(acknowledged=reading.acknowledged_by(officer)).filter(self._conditions())
        if self.unread:
            rows = rows.filter(acknowledged=False)
        if tsquery := words.query(self.q):
            found = "alerts_alert.search @@ to_tsquery('simple', %s)"
            rows = rows.filter(RawSQL(found, [tsquery], output_field=BooleanField()))  # noqa: S611 - a word of ours
        return rows

    def _conditions(self) -> Q:
        """An alert without an issuer is about any; one about a country is about its places."""
        found = Q()
        if self.issuer:
            found &= Q(issuers__contains=[self.issuer]) | Q(issuers=[])
        if self.method:
            found &= Q(methods__contains=[self.method])
        if self.place:
            found &= Q(places__contains=[self.place]) | Q(countries__contains=[alpha3(self.place[:2]) or ""])
        if self.urgency:
            found &= Q(urgency__gte=URGENCIES[self.urgency])
        return found

    @property
    def by_urgency(self) -> bool:
        """Whether the most urgent come first; what is past, or not out, comes by time alone."""
        return self.state in (Standing.IN_FORCE, Standing.COMING)


def page(search: Search, officer: Officer, cursor: str = "", size: int = PAGE) -> Page[Alert]:
    """Page by key: the cursor names the row at which another page ended."""
    rank = F("urgency") if search.by_urgency else Value(0)
    rows = search.rows(officer).annotate(rank=rank, at=Coalesce("released_at", "updated_at"))
    backward, end = _ending(cursor)
    if end is not None:
        rows = rows.filter(_beyond(end, "gt" if backward else "lt"))
    order = ("rank", "at", "pk")
    rows = rows.order_by(*(order if backward else (f"-{name}" for name in order)))
    found = list(rows[: size + 1])
    return page_of(found, size, _key, backward=backward, begun=end is not None)


@dataclass(frozen=True, slots=True)
class _Key:
    """Where a row stands in the list."""

    rank: int
    at: datetime.datetime
    pk: int


def _key(alert: Any) -> str:
    micros = (alert.at - EPOCH) // datetime.timedelta(microseconds=1)
    return f"{alert.rank}.{micros}.{alert.pk}"


def _beyond(end: _Key, way: str) -> Q:
    same = Q(rank=end.rank)
    return (
        Q(**{f"rank__{way}": end.rank})
        | same & Q(**{f"at__{way}": end.at})
        | same & Q(at=end.at, **{f"pk__{way}": end.pk})
    )


_CURSOR = re.compile(r"(before|after)\.([0-3])\.(\d{1,17})\.(\d{1,18})")


def _ending(cursor: str) -> tuple[bool, _Key | None]:
    """Read a cursor; one that is none is the first page's."""
    if not (match := _CURSOR.fullmatch(cursor)):
        return False, None
    at = EPOCH + datetime.timedelta(microseconds=int(match[3]))
    return match[1] == "before", _Key(int(match[2]), at, int(match[4]))


def _code(kind: str, value: Any) -> str:
    try:
        return normalise.code(kind, str(value).replace("\x00", "")) if value else ""
    except normalise.Unknown:
        return ""

"""What an export holds: the fields that the viewer sees, of reports that may be copied, and what was left out, and why.

Rows come through `Search`, parts through the policy, and PostgreSQL stands behind both. Everything is read at once,
in the viewer's name: nothing is left to be read when the answer is already on its way.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from limen.node.people.models import Officer
from limen.node.reports.fields import FIELDS, MODELS, PART_CLASSES, Field
from limen.node.reports.filtering import may_search_names
from limen.node.reports.finding import Search
from limen.node.reports.models import Leg, Report
from limen.node.sharing import policy
from limen.node.sharing.copying import leaving, may_copy
from limen.node.sharing.markings import Marking
from limen.node.web.errors import Invalid, Refused

MOST = {"csv": 50_000, "json": 10_000, "pdf": 200}
"""Reports of one file."""

MOST_NAMED = 1_000
"""Reports of one file that holds names, since each of them is recorded."""

CHUNK = 2_000


@dataclass(slots=True)
class Gathered:
    """The contents of an export."""

    officer: Officer
    search: Search
    at: datetime.datetime
    fields: tuple[Field, ...]
    """The fields of the file, in the order of the form; of classes that the viewer sees of none they are missing."""
    records: list[Record] = field(default_factory=list)
    forbidden: int = 0
    """Reports left out since their marking forbids a copy."""
    beyond: int = 0
    """Reports left out since the file would be too long; one more than that where nobody counted further."""
    with_names: bool = False

    @property
    def marking(self) -> Marking:
        """The strictest marking of what is in it: that of the whole file."""
        markings = {record.report.marking for record in self.records}
        return Marking(max(markings, key=Marking.values.index, default="clear"))

    @property
    def left_out(self) -> list[str]:
        """What is missing, and why, in sentences; empty where nothing is."""
        found = []
        if self.forbidden:
            found.append(
                ngettext(
                    "%(n)d report is left out, since its marking forbids a copy.",
                    "%(n)d reports are left out, since their marking forbids a copy.",
                    self.forbidden,
                )
                % {"n": self.forbidden}
            )
        if self.beyond:
            found.append(
                _("Only the newest %(n)d are here; narrow the search for the rest.") % {"n": len(self.records)}
            )
        if not self.with_names:
            found.append(_("Names and what tells of the bearer are left out."))
        return found


@dataclass(frozen=True, slots=True)
class Record:
    """One report of an export."""

    report: Report
    parts: dict[str, Any]
    """Rows of its other tables that the viewer sees, by related name."""
    legs: list[Leg]

    def value(self, each: Field) -> Any:
        """A field's value; None where the viewer does not see it or there is none."""
        row = self.parts.get(each.part) if each.part else self.report
        return getattr(row, each.name) if row is not None else None


def gather(search: Search, officer: Officer, form: str, *, with_names: bool = False) -> Gathered:
    """Read what the search finds. Raises `Refused` where names are asked for and the role sees none."""
    if with_names and not may_search_names(officer):
        raise Refused(_("Your role sees no names, so it exports none."))
    most = min(MOST[form], MOST_NAMED) if with_names else MOST[form]
    found = _empty(search, officer, with_names)
    for chunk in _chunks(search, found, most):
        found.records += _records(chunk, found)
    _drop_unseen(found)
    return found


def gather_one(report: Report, officer: Officer, *, with_names: bool = False) -> Gathered:
    """Read one report. Raises `Refused` where its marking forbids a copy."""
    if not may_copy(report, officer):
        raise Refused(
            _("This report is marked %(marking)s: it is read here and not copied.")
            % {"marking": Marking(report.marking).label}
        )
    found = _empty(Search(), officer, with_names)
    found.records = _records([report], found)
    _drop_unseen(found)
    return found


def _empty(search: Search, officer: Officer, with_names: bool) -> Gathered:
    fields = tuple(each for each in FIELDS if each.part != "bearer" or with_names)
    return Gathered(officer, search, timezone.now(), fields, with_names=with_names)


def _chunks(search: Search, found: Gathered, most: int) -> Iterator[list[Report]]:
    """Reports that may be copied, up to the most of them; the others are counted."""
    cursor, kept = "", 0
    read_here = policy.read_here()
    while True:
        page = search.page(cursor, CHUNK)
        rows = [report for report in page.rows if may_copy(report, found.officer, read_here)]
        found.forbidden += len(page.rows) - len(rows)
        if kept + len(rows) > most:
            found.beyond = kept + len(rows) - most
        yield rows[: most - kept]
        kept += len(rows)
        if found.beyond or not page.after:
            return
        cursor = page.after
        if kept == most:
            found.beyond = int(bool(search.page(cursor, 1).rows))
            return


def _records(reports: Sequence[Report], found: Gathered) -> list[Record]:
    with leaving():
        return _read(reports, found)


def _read(reports: Sequence[Report], found: Gathered) -> list[Record]:
    keys = [report.pk for report in reports]
    legs: dict[int, list[Leg]] = {}
    for leg in policy.visible(Leg.objects.filter(report__in=keys)).order_by("report_id", "position"):
        legs.setdefault(leg.report_id, []).append(leg)
    parts = {part: _parts(part, keys) for part in MODELS if part and (part != "bearer" or found.with_names)}
    return [
        Record(
            report,
            {part: rows[report.pk] for part, rows in parts.items() if report.pk in rows},
            legs.get(report.pk, []),
        )
        for report in reports
    ]


def _parts(part: str, keys: Sequence[int]) -> dict[int, Any]:
    """The rows of one class that the viewer sees: as the roles allow, or as their author."""
    model = MODELS[part]
    rows = model.objects.filter(report__in=keys)
    allowed = policy.visible(model.objects.all(), PART_CLASSES[part]).values("pk")
    mine = Q(author_id=RawSQL("(SELECT sharing_viewer())", []))
    return {row.pk: row for row in rows.filter(mine | Q(pk__in=allowed))}


def _drop_unseen(found: Gathered) -> None:
    """Leave fields out of which there is nothing to see, as if they did not exist."""
    seen = {"", *(part for record in found.records for part in record.parts)}
    found.fields = tuple(each for each in found.fields if each.part in seen)


def check(form: str) -> None:
    """Raise `Invalid` for a format that is none."""
    if form not in MOST:
        raise Invalid(_("Reports are exported as csv, json or pdf."), field="format")

"""Records that a plan leads to: linked from the record's page or from the plan's, shown to whoever sees both.

Row-level security decides on each link by the policies of the record's own table, so that a link to what a viewer may
not open is neither listed nor counted for them, and a reference of such a record is as unknown as one that is none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.plans import reading
from limen.node.plans.models import Linked as Linkable
from limen.node.plans.models import Plan, PlanLink
from limen.node.plans.tasking import acted
from limen.node.sharing.kinds import Kind, kinds
from limen.node.sharing.models import Shareable
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

MOST = 1000
"""Links of one plan that a viewer is shown, the newest."""
OFFERED = 50
"""Plans offered on a record's page."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A linked record that the viewer may open."""

    uid: uuid.UUID
    kind: str
    noun: str | Promise
    record: Any
    reference: str
    headline: str
    url: str
    agency: int
    """Whose link it is."""


def visible(plan: Plan) -> list[Linked]:
    """The linked records that this viewer may see, the newest links first."""
    links = list(PlanLink.objects.filter(plan=plan).order_by("-pk")[:MOST])
    found: dict[tuple[str, int], tuple[Kind, Any]] = {}
    for kind in _kinds():
        wanted = [link.record for link in links if link.kind == kind.label]
        rows = kind.rows().filter(pk__in=wanted) if wanted else ()
        found |= {(kind.label, record.pk): (kind, record) for record in rows}
    return [_linked(link, *found[link.kind, link.record]) for link in links if (link.kind, link.record) in found]


def link(plan: Plan, officer: Officer, record: Shareable) -> None:
    """Link a record that the officer sees; one that is linked already stays so. Raises `Refused`."""
    if record.kind_label not in Linkable.values:
        raise Refused(_("A plan leads to reports, alerts, case studies and requests."))
    with transaction.atomic():
        plan = acted(plan, officer)
        _link, made = PlanLink.objects.get_or_create(
            plan=plan,
            kind=record.kind_label,
            record=record.pk,
            defaults={"agency": officer.agency, "added_by": officer},
        )
        if made:
            log("plan.linked", subject=subject_of(plan), details={"record": subject_of(record)})


def link_named(plan: Plan, officer: Officer, reference: str) -> None:
    """Link the record of this reference. Raises `Refused`, `Invalid`."""
    link(plan, officer, _named(reference))


def unlink(plan: Plan, officer: Officer, uid: uuid.UUID) -> None:
    """Take a link away: who added it, or the lead. Raises `Refused`, `Http404`."""
    with transaction.atomic():
        plan = acted(plan, officer)
        found = PlanLink.objects.filter(plan=plan, uid=uid).first()
        if found is None:
            raise Http404
        if officer.agency_id not in (found.agency_id, plan.owner_id):
            raise Refused(_("Only the agency that added it, or the lead, takes it off."))
        details = {"kind": found.kind, "record": found.record}
        found.delete()
        log("plan.unlinked", subject=subject_of(plan), details=details)


def plans_of(record: Shareable) -> list[Plan]:
    """The plans to which a record is linked, of those that the viewer is in."""
    rows = PlanLink.objects.filter(kind=record.kind_label, record=record.pk).values("plan")
    return list(reading.plans().filter(pk__in=rows).order_by("-pk")[:OFFERED])


def offered(record: Shareable) -> list[Plan]:
    """The plans in which the viewer's agency works now and to which the record is not linked; the newest first."""
    rows = PlanLink.objects.filter(kind=record.kind_label, record=record.pk).values("plan")
    acting = reading.plans().filter(pk__in=RawSQL("SELECT unnest(plans_acting())", []))
    return list(acting.exclude(pk__in=rows).order_by("-pk")[:OFFERED])


def kind_named(label: str) -> Kind:
    """A kind that plans lead to. Raises `Http404`."""
    for kind in _kinds():
        if kind.label == label:
            return kind
    raise Http404


def _kinds() -> Iterable[Kind]:
    return [kind for kind in kinds() if kind.label in Linkable.values]


def _named(reference: str) -> Shareable:
    """Every kind is asked, whatever the reference looks like, so that all that is not found takes alike."""
    wanted, found = reference.replace("\x00", "").strip().upper()[:16], None
    for kind in _kinds():
        try:
            found = kind.find(wanted)
        except Http404:
            continue
    if found is None:
        raise Invalid(_("There is no record with this reference that you may see."), field="reference")
    record: Shareable = found
    return record


def _linked(link: PlanLink, kind: Kind, record: Any) -> Linked:
    return Linked(
        link.uid,
        kind.label,
        kind.noun,
        record,
        record.reference,
        kind.headline(record),
        kind.url("show", record),
        link.agency_id,
    )

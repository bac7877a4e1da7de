"""Finding screenings and referrals: row-level security leaves what the viewer may see; the rest is absent."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from limen.node.people.models import Agency, Officer, Role
from limen.node.protection.assessing import Given
from limen.node.protection.models import Mechanism, Referral, Screening, Stage

SCREENERS = (Role.COUNTER, Role.EXAMINER, Role.COORDINATOR, Role.PROTECTION)
"""Roles that meet persons, and may begin a screening."""

KEEPERS = (Role.COORDINATOR, Role.PROTECTION)
"""Roles that keep contacts and texts, and read figures."""


def may_screen(officer: Officer) -> bool:
    """Whether the officer may begin a screening: a person, in a role that meets persons."""
    return not officer.is_machine and officer.has_role(*SCREENERS)


def may_keep(officer: Officer) -> bool:
    """Whether the officer keeps contacts and texts, and reads figures."""
    return not officer.is_machine and officer.has_role(*KEEPERS)


def is_protection(officer: Officer) -> bool:
    """Whether the officer is a protection officer."""
    return not officer.is_machine and officer.has_role(Role.PROTECTION)


def screening_of(reference: str) -> Screening:
    """The screening of a reference. Raises `Http404`, for absent and for others' alike."""
    found = Screening.objects.select_related("agency", "author").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def referral_of(reference: str) -> Referral:
    """The referral of a reference. Raises `Http404`, for absent and for others' alike."""
    found = Referral.objects.select_related("agency", "partner").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def find(reference: str) -> Screening | Referral:
    """What a notice is about. Raises `Http404`."""
    return referral_of(reference) if reference.startswith("H") else screening_of(reference)


def answers_of(screening: Screening) -> dict[str, Given]:
    """What was answered and seen, by the question's code."""
    return {each.code: Given(each.said, each.seen) for each in screening.answers.all()}


def own_open() -> QuerySet[Screening]:
    """The viewer's own that are not handed over yet."""
    return Screening.objects.filter(stage=Stage.OPEN)


def handed() -> QuerySet[Screening]:
    """What was handed over to the viewer's agency's protection officers."""
    return Screening.objects.filter(stage=Stage.HANDED).order_by("-handed_at", "id")


def received(officer: Officer) -> QuerySet[Referral]:
    """What was referred to the viewer's agency."""
    return Referral.objects.select_related("agency").filter(partner=officer.agency_id)


def mechanisms(country: str = "", *, child: bool = False) -> list[Mechanism]:
    """The contacts that are in use: those of the country first, and there those for children where one is concerned."""
    found = Mechanism.objects.filter(is_active=True)
    return sorted(
        found, key=lambda each: (each.country != country, each.country, each.for_children != child, each.name)
    )


def protection_officers(agency: Agency | int) -> QuerySet[Officer]:
    """The protection officers of an agency who may act."""
    return Officer.objects.filter(
        agency=agency, agency__is_active=True, is_active=True, is_machine=False, roles__contains=[Role.PROTECTION]
    )


def begun_from(kind: str, reference: str) -> Mapping[str, object] | None:
    """The viewer's own screening that was begun from this record's page, or, handed over, a protection officer's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference, stage, opened_at FROM protection_begun_from(%s, %s)", [kind, reference])
        row = cursor.fetchone()
    return dict(zip(("reference", "stage", "opened_at"), row, strict=True)) if row else None

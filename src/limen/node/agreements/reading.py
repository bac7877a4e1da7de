"""Reading agreements: what the viewer's agency is a party to, or has drawn up. Absent and forbidden are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.people.models import Agency, Officer
from limen.node.sharing import rules
from limen.node.sharing.agreed import Agreement, Edition, Halt, Stage
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.kinds import RELEASERS
from limen.node.sharing.models import Shareable


def agreements() -> QuerySet[Agreement]:
    """All that the viewer may see; row-level security decides."""
    return Agreement.objects.select_related("maker")


def agreement_of(reference: str) -> Agreement:
    """The agreement with this reference. Raises `Http404` where there is none for this viewer."""
    found = agreements().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def editions(agreement: Agreement) -> list[Edition]:
    """Its editions, as far as the viewer sees them, the newest first."""
    return list(agreement.editions.select_related("maker", "author").prefetch_related("parties__agency"))


def current(agreement: Agreement) -> Edition | None:
    """The edition whose days are now, whether or not a party halts it."""
    today = timezone.now().date()
    agreed = [each for each in editions(agreement) if each.stage == Stage.AGREED and each.begins_on]
    begun = [each for each in agreed if each.begins_on <= today]
    last = max(begun, key=lambda each: (max(each.begins_on, each.agreed_at.date()), each.number), default=None)
    return last if last and (last.ends_on is None or last.ends_on >= today) else None


def open_edition(agreement: Agreement) -> Edition | None:
    """The edition that is a draft, or waits for consent."""
    return next((each for each in editions(agreement) if each.stage in (Stage.DRAFT, Stage.PROPOSED)), None)


def halts(agreement: Agreement) -> list[Halt]:
    """Its halts, open ones first."""
    rows = agreement.halts.select_related("agency", "officer", "asked_by", "lifted_by")
    return sorted(rows, key=lambda each: each.lifted_at is not None)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the viewer's agency is told of a record, and which classes on this ground."""

    basis: rules.Basis
    agreement: Agreement | None
    classes: FieldClass


def grounds(record: Shareable) -> list[Ground]:
    """On which grounds the viewer's agency is told of another's record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT basis, agreement_id, classes FROM agreements_grounds(%s)", [record.audience_id])
        rows = cursor.fetchall()
    known = agreements().in_bulk([number for _basis, number, _classes in rows if number])
    return [Ground(rules.Basis(basis), known.get(number), FieldClass(classes)) for basis, number, classes in rows]


def is_party(edition: Edition, agency: int) -> bool:
    """Whether an agency is bound by an edition."""
    return any(party.agency_id == agency for party in edition.parties.all())


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands, in a word and a look."""

    word: str
    look: str
    in_force: bool = False


def standing(agreement: Agreement) -> Standing:
    """Say where it stands: ended, halted, in force, agreed for later, waiting, a draft."""
    if agreement.ended_at:
        return Standing(_("ended"), "")
    agreed = [each for each in editions(agreement) if each.stage == Stage.AGREED]
    if agreed and agreement.halts.filter(lifted_at=None).exists():
        return Standing(_("halted"), "warn")
    if current(agreement):
        return Standing(_("in force"), "good", in_force=True)
    if any(each.begins_on and each.begins_on > timezone.now().date() for each in agreed):
        return Standing(_("agreed, not begun"), "note")
    if agreed:
        return Standing(_("lapsed"), "")
    waiting = open_edition(agreement)
    return (
        Standing(_("waiting for consent"), "note")
        if waiting and waiting.stage == Stage.PROPOSED
        else Standing(_("draft"), "")
    )


def consented(edition: Edition) -> list[dict[str, Any]]:
    """Each party with who consented for it; its own officers by name, others' as far as they are known."""
    given: dict[int, list[Officer]] = {}
    for each in edition.consents.select_related("officer"):
        given.setdefault(each.agency_id, []).append(each.officer)
    return [
        {
            "party": party,
            "officers": given.get(party.agency_id, []),
            "done": len(given.get(party.agency_id, [])) >= 2
            and any(officer.has_role("coordinator") for officer in given.get(party.agency_id, [])),
        }
        for party in edition.parties.all()
    ]


def rights(agreement: Agreement, edition: Edition | None, officer: Officer) -> dict[str, bool]:
    """Which actions a page offers; the actions ask again, and the database a third time."""
    decides = officer.has_role(*RELEASERS)
    mine = edition is not None and edition.maker_id == officer.agency_id
    waits = edition is not None and edition.stage == Stage.PROPOSED
    party = waits and is_party(edition, officer.agency_id) if edition else False
    bound = any(each.stage == Stage.AGREED and is_party(each, officer.agency_id) for each in editions(agreement))
    alive = agreement.ended_at is None
    gave = edition is not None and edition.consents.filter(officer=officer).exists()
    return {
        "may_edit": alive and decides and mine and edition is not None and edition.stage == Stage.DRAFT,
        "may_consent": alive and decides and bool(party) and not gave,
        "may_refuse": alive and decides and bool(party),
        "may_withdraw": alive and decides and mine and waits,
        "may_amend": alive and decides and bound and edition is None,
        "may_halt": alive and decides and bound and not _halted_by(agreement, officer.agency),
        "may_end": alive and decides and bound,
        "decides": decides,
    }


def _halted_by(agreement: Agreement, agency: Agency) -> bool:
    return agreement.halts.filter(agency=agency, lifted_at=None).exists()

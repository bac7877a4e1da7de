"""What officers do with agreements, a function each: it checks the right, does, and records.

The database asks the same once more (sharing/migrations/sql/0006_agreed.sql): a party has consented with two of its
officers, one of them a coordinator; one halts, two lift a halt.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.agreements import reading
from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.sharing import papers
from limen.node.sharing.agreed import Agreement, Clause, Consent, Edition, Halt, Onward, Party, Purpose, Stage
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.kinds import RELEASERS, kinds
from limen.node.web.errors import Invalid, Refused
from limen.node.web.typed import day

MOST_PARTIES = 40


@dataclass(frozen=True, slots=True)
class Tells:
    """One direction, as a form says it: agencies by number."""

    giver: int
    receiver: int
    kinds: frozenset[str]
    classes: FieldClass


def draw_up(officer: Officer, title: str) -> Edition:
    """Begin an agreement: its first edition is a draft, and one's own agency a party. Raises `Refused`, `Invalid`."""
    _decides(officer)
    with transaction.atomic():
        agreement = Agreement.objects.create(title=_title(title), maker=officer.agency)
        edition = _new_edition(agreement, officer, 1)
        Party.objects.create(edition=edition, agency=officer.agency, contact=officer.agency.contact[:200])
        log("agreement.drawn_up", subject=subject_of(agreement))
    return edition


def amend(agreement: Agreement, officer: Officer) -> Edition:
    """Begin the next edition with what the last agreed one says. Raises `Refused`."""
    _decides(officer)
    with transaction.atomic():
        agreement = _locked(agreement)
        last = next((each for each in reading.editions(agreement) if each.stage == Stage.AGREED), None)
        if last is None or not reading.is_party(last, officer.agency_id) or agreement.ended_at:
            raise Refused(_("Only a party to an agreement that has not ended can amend it."))
        if reading.open_edition(agreement) is not None:
            raise Refused(_("Another edition is being written or waits for consent; decide that one first."))
        number = max(each.number for each in reading.editions(agreement)) + 1
        edition = _new_edition(agreement, officer, number, last)
        for party in last.parties.all():
            Party.objects.create(edition=edition, agency_id=party.agency_id, contact=party.contact)
        for clause in last.clauses.all():
            Clause.objects.create(
                edition=edition,
                giver_id=clause.giver_id,
                receiver_id=clause.receiver_id,
                kinds=clause.kinds,
                classes=clause.classes,
            )
        log("agreement.amended", subject=subject_of(agreement), details={"edition": number})
    return edition


def write(edition: Edition, officer: Officer, values: Mapping[str, Any]) -> Edition:
    """Change what a draft says: title, days, purposes, onward use, note. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        edition = _draft(edition, officer)
        edition.begins_on, edition.ends_on = day(values, "begins_on", since=1900), day(values, "ends_on")
        if edition.begins_on and edition.ends_on and edition.ends_on < edition.begins_on:
            raise Invalid(_("The last day lies before the first."), field="ends_on")
        purposes = [str(each) for each in values.get("purposes", [])]
        if unknown := set(purposes) - set(Purpose.values):
            raise Invalid(_("There is no purpose “%(name)s”.") % {"name": min(unknown)[:40]}, field="purposes")
        edition.purposes = [each for each in Purpose.values if each in purposes]
        if (onward := str(values.get("onward", Onward.NO))) not in Onward.values:
            raise Invalid(_("Choose one of the rules for onward use."), field="onward")
        edition.onward, edition.note = onward, str(values.get("note", "")).replace("\x00", "").strip()[:4000]
        edition.save(update_fields=["begins_on", "ends_on", "purposes", "onward", "note"])
        if (title := values.get("title")) is not None and _title(str(title)) != edition.agreement.title:
            edition.agreement.title = _title(str(title))
            edition.agreement.save(update_fields=["title"])
        log("agreement.written", subject=subject_of(edition.agreement), details={"edition": edition.number})
    return edition


def set_parties(edition: Edition, officer: Officer, parties: Sequence[tuple[str, str, str]]) -> None:
    """Say whom a draft binds: code, contact point and day of signature of each. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        edition = _draft(edition, officer)
        agencies = _agencies([code for code, _contact, _signed in parties])
        if edition.maker_id not in {agency.pk for agency in agencies.values()}:
            raise Invalid(_("Your own agency draws it up, so it is a party."), field="parties")
        edition.parties.exclude(agency__in=agencies.values()).delete()
        edition.clauses.exclude(giver__in=agencies.values(), receiver__in=agencies.values()).delete()
        for code, contact, signed in parties:
            signed_on = day({"signed_on": signed}, "signed_on", "parties", since=1900)
            values = {"contact": contact.strip()[:200], "signed_on": signed_on}
            Party.objects.update_or_create(edition=edition, agency=agencies[code.strip().lower()], defaults=values)
        log("agreement.parties_set", subject=subject_of(edition.agreement), details={"count": len(agencies)})


def set_clauses(edition: Edition, officer: Officer, told: Sequence[Tells]) -> None:
    """Say who tells whom what. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        edition = _draft(edition, officer)
        parties = {party.agency_id for party in edition.parties.all()}
        known = {kind.label for kind in kinds()}
        for each in told:
            if each.giver == each.receiver or not {each.giver, each.receiver} <= parties:
                raise Invalid(_("Each direction leads from one party to another."), field="clauses")
            if not each.kinds or not each.kinds <= known or each.classes & ~ALL:
                raise Invalid(_("Say for each direction which kinds of records, and which classes."), field="clauses")
        if len({(each.giver, each.receiver) for each in told}) != len(told):
            raise Invalid(_("A direction is named twice."), field="clauses")
        edition.clauses.all().delete()
        for each in told:
            Clause.objects.create(
                edition=edition,
                giver_id=each.giver,
                receiver_id=each.receiver,
                kinds=sorted(each.kinds),
                classes=int(each.classes | FieldClass.STATISTICAL),
            )
        log("agreement.clauses_set", subject=subject_of(edition.agreement), details={"count": len(told)})


def attach(edition: Edition, officer: Officer, name: str, data: bytes) -> None:
    """Keep the signed text, a PDF, with a draft. Raises `Refused`, `Invalid`."""
    papers.check(data)
    with transaction.atomic():
        edition = _draft(edition, officer)
        if edition.document:
            storage, old = edition.document.storage, edition.document.name
            transaction.on_commit(lambda: storage.delete(old))
        papers.keep(edition, name, data)
        edition.save(update_fields=["document", "document_name", "document_sha256"])
        log(
            "agreement.text_attached",
            subject=subject_of(edition.agreement),
            details={"sha256": edition.document_sha256},
        )


def missing(edition: Edition) -> list[str]:
    """Say what a draft lacks before it can be put to the parties, a sentence each."""
    found = []
    if edition.begins_on is None:
        found.append(_("Say from which day it is in force."))
    if edition.parties.count() < 2:
        found.append(_("Name the other parties."))
    if not edition.purposes:
        found.append(_("Say what what is told may be used for."))
    if not edition.clauses.exists():
        found.append(_("Say who tells whom what: without a direction it does nothing."))
    return found


def propose(edition: Edition, officer: Officer) -> None:
    """Put a draft to its parties. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        edition = _draft(edition, officer)
        if faults := missing(edition):
            raise Invalid(" ".join(faults))
        edition.stage = Stage.PROPOSED
        edition.save(update_fields=["stage"])
        log("agreement.proposed", subject=subject_of(edition.agreement), details={"edition": edition.number})


def consent(edition: Edition, officer: Officer) -> bool:
    """Agree for one's agency, in one's own name; say whether the edition is agreed by this. Raises `Refused`."""
    with transaction.atomic():
        edition = _waiting(edition, officer)
        if edition.consents.filter(officer=officer).exists():
            raise Refused(_("You have consented already; a second person of your agency must, too."))
        Consent.objects.create(edition=edition, agency=officer.agency, officer=officer)
        edition.refresh_from_db()
        agreed = bool(edition.stage == Stage.AGREED)
        details = {"edition": edition.number, "agreed": agreed}
        log("agreement.consented", subject=subject_of(edition.agreement), details=details)
    return agreed


def refuse(edition: Edition, officer: Officer, comment: str) -> None:
    """Say no for one's agency, with the reason. Raises `Refused`, `Invalid`."""
    _close(edition, officer, Stage.REFUSED, comment)


def withdraw(edition: Edition, officer: Officer) -> None:
    """Take back what one's own agency put to the parties. Raises `Refused`."""
    _close(edition, officer, Stage.WITHDRAWN, "-")


def discard(edition: Edition, officer: Officer) -> None:
    """Delete a draft, and its agreement where it has no other edition. Raises `Refused`."""
    with transaction.atomic():
        edition = _draft(edition, officer)
        agreement = edition.agreement
        if edition.document:
            storage, name = edition.document.storage, edition.document.name
            transaction.on_commit(lambda: storage.delete(name))
        edition.delete()
        if not agreement.editions.exists():
            agreement.delete()
        log("agreement.discarded", subject=subject_of(agreement))


def halt(agreement: Agreement, officer: Officer, reason: str) -> None:
    """Stop all that an agreement tells, in every direction, from now on. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        agreement = _bound(agreement, officer)
        if agreement.halts.filter(agency=officer.agency, lifted_at=None).exists():
            raise Refused(_("Your agency halts this agreement already."))
        Halt.objects.create(agreement=agreement, agency=officer.agency, officer=officer, reason=_reason(reason))
        log("agreement.halted", subject=subject_of(agreement), details={"reason": _reason(reason)})


def lift(agreement: Agreement, officer: Officer) -> bool:
    """Ask to lift the halt of one's agency; the second lifts it. Say whether it is lifted. Raises `Refused`."""
    with transaction.atomic():
        agreement = _bound(agreement, officer)
        rows = agreement.halts.select_for_update(of=("self",))
        open_halt = rows.filter(agency=officer.agency, lifted_at=None).first()
        if open_halt is None:
            raise Refused(_("Your agency does not halt this agreement."))
        if open_halt.asked_by_id == officer.pk:
            raise Refused(_("You asked for this yourself; a second person must lift it."))
        if open_halt.asked_by_id is None:
            open_halt.asked_by = officer
            open_halt.save(update_fields=["asked_by"])
            log("agreement.lifting_asked", subject=subject_of(agreement))
            return False
        open_halt.lifted_by = officer
        open_halt.save(update_fields=["lifted_by"])
        log("agreement.lifted", subject=subject_of(agreement))
    return True


def end(agreement: Agreement, officer: Officer, reason: str) -> None:
    """End an agreement for good; what it told stops being told. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        agreement = _bound(agreement, officer)
        agreement.ended_by, agreement.end_reason = officer, _reason(reason)
        agreement.ended_at = datetime.datetime.now(datetime.UTC)
        agreement.save(update_fields=["ended_at", "ended_by", "end_reason"])
        log("agreement.ended", subject=subject_of(agreement), details={"reason": agreement.end_reason})


def subject_of(agreement: Agreement) -> str:
    """Name an agreement in the log."""
    return f"agreement:{agreement.reference}"


def _decides(officer: Officer) -> None:
    if not officer.has_role(*RELEASERS) or not officer.may_act or officer.is_machine:
        raise Refused(_("Coordinators and examiners decide on agreements; ask one of your agency."))


def _new_edition(agreement: Agreement, officer: Officer, number: int, last: Edition | None = None) -> Edition:
    said: dict[str, Any] = {}
    if last is not None:
        said = {name: getattr(last, name) for name in ("ends_on", "purposes", "onward", "note")}
    return Edition.objects.create(agreement=agreement, number=number, maker=officer.agency, author=officer, **said)


def _locked(agreement: Agreement) -> Agreement:
    found = Agreement.objects.select_for_update(of=("self",)).filter(pk=agreement.pk).first()
    if found is None:
        raise Http404
    return found


def _bound(agreement: Agreement, officer: Officer) -> Agreement:
    """The agreement, locked, of whose agreed editions the officer's agency is a party."""
    _decides(officer)
    agreement = _locked(agreement)
    if agreement.ended_at:
        raise Refused(_("This agreement has ended."))
    agreed = [each for each in reading.editions(agreement) if each.stage == Stage.AGREED]
    if not any(reading.is_party(each, officer.agency_id) for each in agreed):
        raise Refused(_("Only a party to it can do this."))
    return agreement


def _edition(edition: Edition) -> Edition:
    rows = Edition.objects.select_for_update(of=("self",)).select_related("agreement")
    if (found := rows.filter(pk=edition.pk).first()) is None:
        raise Http404
    return found


def _draft(edition: Edition, officer: Officer) -> Edition:
    _decides(officer)
    edition = _edition(edition)
    if edition.maker_id != officer.agency_id:
        raise Refused(_("Who drew an edition up changes it."))
    if edition.stage != Stage.DRAFT:
        raise Refused(_("This edition was put to the parties; it changes no more. Write the next one."))
    return edition


def _waiting(edition: Edition, officer: Officer) -> Edition:
    _decides(officer)
    edition = _edition(edition)
    if edition.stage != Stage.PROPOSED:
        raise Refused(_("This edition does not wait for consent."))
    if not reading.is_party(edition, officer.agency_id):
        raise Http404
    return edition


def _close(edition: Edition, officer: Officer, stage: Stage, comment: str) -> None:
    with transaction.atomic():
        edition = _waiting(edition, officer)
        if stage == Stage.WITHDRAWN and edition.maker_id != officer.agency_id:
            raise Refused(_("Who drew an edition up takes it back."))
        edition.stage, edition.closed_by, edition.comment = stage, officer, _reason(comment)
        edition.save(update_fields=["stage", "closed_by", "comment"])
        log(f"agreement.{stage}", subject=subject_of(edition.agreement), details={"edition": edition.number})


def _reason(text: str) -> str:
    said = text.replace("\x00", "").strip()[:2000]
    if not said:
        raise Invalid(_("Say in a sentence why."), field="reason")
    return said


def _title(text: str) -> str:
    title = " ".join(text.replace("\x00", "").split())
    if not 3 <= len(title) <= 160:
        raise Invalid(_("Give the agreement a title of 3 to 160 characters."), field="title")
    return title


def _agencies(codes: Sequence[str]) -> dict[str, Agency]:
    wanted = [code.strip().lower() for code in codes]
    if len(set(wanted)) != len(wanted):
        raise Invalid(_("A party is named twice."), field="parties")
    if len(wanted) > MOST_PARTIES:
        raise Invalid(_("An agreement has at most %(most)d parties.") % {"most": MOST_PARTIES}, field="parties")
    found = {agency.code: agency for agency in Agency.objects.filter(code__in=wanted, is_active=True)}
    if unknown := [code for code in wanted if code not in found]:
        raise Invalid(_("Nobody on this platform is known as “%(name)s”.") % {"name": unknown[0][:80]}, field="parties")
    return found

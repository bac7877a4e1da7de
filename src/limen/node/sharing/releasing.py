"""Releasing a record, by one person or two, and recalling it.

Each function is one action: it checks the right, does, and records. The database refuses the same things once more
(migrations/sql/0002_rules.sql and 0003_kinds.sql), so that no other way leads past them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.sharing import policy, rules
from limen.node.sharing.classes import ALL, PROTECTED, FieldClass
from limen.node.sharing.kinds import RELEASERS, kind_of
from limen.node.sharing.models import Decision, Release, Shareable, State
from limen.node.sharing.retention import months_after
from limen.node.web.errors import Invalid, Refused

R = TypeVar("R", bound=Shareable)


def propose(record: R, officer: Officer, audience: rules.Audience, basis: str = "") -> Release:
    """Propose to release a draft to an audience; where one person is enough, it is released at once.

    Raises `Refused` for who may not, `Invalid` for a record that lacks something or does not fit the audience, and for
    an audience that contradicts its marking, is nobody, or unlocks protected classes without a legal basis.
    """
    with transaction.atomic():
        locked = _lock(record)
        kind = kind_of(record)
        _may(locked, officer, kind.proposers, machine=kind.machines)
        audience = reaching(locked, audience)
        if locked.state not in (State.DRAFT, State.RECALLED):
            raise Refused(_("Only a draft can be proposed for release; this one was already."))
        _check(audience, basis, locked)
        if faults := kind.missing(locked):
            raise Invalid(" ".join(faults))
        if unfit := kind.unfit(locked, audience):
            raise Invalid(" ".join(unfit), field="audience")
        two = needs_two(locked, audience)
        alone = not two and (not officer.is_machine or locked.owner.machine_release)
        release = Release.objects.create(
            kind=locked._meta.app_label,
            record=locked.pk,
            owner=locked.owner,
            audience_id=policy.intern(audience),
            basis=basis.strip(),
            proposed_by=officer,
        )
        _move(record, locked, State.PROPOSED)
        if alone:
            _approve(record, locked, release, officer)
        else:
            log(f"{release.kind}.proposed", subject=subject_of(locked), details=_told(release, audience))
    return release


def reaching(record: Shareable, audience: rules.Audience) -> rules.Audience:
    """The audience, as this record reaches it: to the community, a warning of imminent danger reaches all."""
    kind = kind_of(record)
    if not audience.community or not kind.warns(record):
        return audience
    return replace(audience, floor=True, kind=kind.label)


def needs_two(record: Shareable, audience: rules.Audience) -> bool:
    """Whether the release of this record to this audience takes a second person."""
    return kind_of(record).always_two or policy.needs_two(audience, record.owner)


def approve(record: R, release: Release, officer: Officer, comment: str = "") -> None:
    """Release what somebody else proposed. Raises `Refused`."""
    with transaction.atomic():
        locked, release = _lock(record), _lock_release(release)
        _may(locked, officer, RELEASERS)
        if release.proposed_by_id == officer.pk and needs_two(locked, policy.described(release.audience)):
            raise Refused(_("You proposed this release yourself; a second person must approve it."))
        _approve(record, locked, release, officer, comment)


def refuse(record: R, release: Release, officer: Officer, comment: str) -> None:
    """Send a proposal back to its author, saying why. Raises `Refused`, `Invalid` without a comment."""
    if not comment.strip():
        raise Invalid(_("Say in a sentence what must change before this can be released."), field="comment")
    with transaction.atomic():
        locked, release = _lock(record), _lock_release(release)
        _may(locked, officer, RELEASERS)
        _close(release, officer, Decision.REFUSED, comment)
        _move(record, locked, State.DRAFT)
        log(f"{release.kind}.refused", subject=subject_of(locked))


def withdraw(record: R, release: Release, officer: Officer) -> None:
    """Take one's own proposal back. Raises `Refused`."""
    with transaction.atomic():
        locked, release = _lock(record), _lock_release(release)
        _may(locked, officer, kind_of(record).proposers)
        if officer.pk not in (release.proposed_by_id, locked.author_id) and not officer.has_role(*RELEASERS):
            raise Refused(_("Only who proposed it, or a coordinator or examiner, can take a proposal back."))
        _close(release, officer, Decision.WITHDRAWN, "")
        _move(record, locked, State.DRAFT)
        log(f"{release.kind}.withdrawn", subject=subject_of(locked))


def recall(record: R, officer: Officer, reason: str) -> None:
    """Take a released record back: its owner alone sees it now. Raises `Refused`, `Invalid` without a reason."""
    if not reason.strip():
        raise Invalid(_("Say in a sentence why the record is recalled."), field="reason")
    with transaction.atomic():
        locked = _lock(record)
        if locked.author_id != officer.pk:
            _may(locked, officer, RELEASERS)
        _may(locked, officer, kind_of(record).proposers)
        if locked.state != State.RELEASED:
            raise Refused(_("Only a released record can be recalled."))
        release = Release.objects.filter(
            kind=locked._meta.app_label, record=locked.pk, decision=Decision.APPROVED
        ).latest("decided_at")
        locked.audience_id = policy.intern(rules.Audience.private(locked.owner_id))
        locked.released_at = None
        _move(record, locked, State.RECALLED, "audience", "marking", "released_at")
        _close(release, officer, Decision.RECALLED, reason)
        kind_of(record).recalled(record)
        log(f"{release.kind}.recalled", subject=subject_of(locked), details={"reason": reason})


def may_edit(record: Shareable, officer: Officer) -> bool:
    """Whether the officer may change this record: its author, or an examiner or coordinator, before its release."""
    mine = record.author_id == officer.pk or officer.has_role(*RELEASERS)
    return record.owner_id == officer.agency_id and mine and record.state in (State.DRAFT, State.RECALLED)


def rights(record: Shareable, officer: Officer) -> dict[str, bool]:
    """Which actions a record's page offers this officer; the actions themselves ask again."""
    mine = record.owner_id == officer.agency_id
    proposes = mine and officer.has_role(*kind_of(record).proposers)
    releases = mine and officer.has_role(*RELEASERS)
    edits = may_edit(record, officer)
    return {
        "may_edit": edits,
        "may_discard": edits and record.state == State.DRAFT,
        "may_propose": proposes and record.state in (State.DRAFT, State.RECALLED),
        "may_decide": mine and record.state == State.PROPOSED,
        "may_recall": (releases or (proposes and record.author_id == officer.pk)) and record.state == State.RELEASED,
    }


def open_release(record: Shareable) -> Release | None:
    """Find the proposal that waits for a decision, if there is one."""
    return (
        Release.objects.filter(kind=record._meta.app_label, record=record.pk, decision=Decision.OPEN)
        .select_related("audience", "proposed_by")
        .first()
    )


def history(record: Shareable) -> list[Release]:
    """List what was proposed and decided, the newest first; the owner alone sees it."""
    return list(
        Release.objects.filter(kind=record._meta.app_label, record=record.pk).select_related(
            "audience", "proposed_by", "decided_by"
        )
    )


def subject_of(record: Shareable) -> str:
    """Name a record in the log."""
    return f"{record._meta.model_name}:{getattr(record, 'reference', record.pk)}"


def _approve(record: R, locked: R, release: Release, officer: Officer, comment: str = "") -> None:
    _close(release, officer, Decision.APPROVED, comment)
    now = timezone.now()
    locked.audience_id = release.audience_id
    locked.released_at = now
    locked.retain_until = months_after(now.date(), locked.owner.retention_months)
    _move(record, locked, State.RELEASED, "audience", "marking", "released_at", "retain_until")
    kind_of(record).released(record)
    log(
        f"{release.kind}.released",
        subject=subject_of(locked),
        details=_told(release, policy.described(release.audience)) | {"proposed_by": release.proposed_by_id},
    )


def _check(audience: rules.Audience, basis: str, record: Shareable) -> None:
    if audience.owner != record.owner_id:
        raise Refused(_("A record is released by its owner alone."))
    messages = {
        "community": _("The whole community can be told only what is marked TLP:CLEAR or TLP:GREEN."),
        "agencies": _("TLP:RED names persons, not agencies."),
        "officers": _("Only TLP:RED names persons; name their agencies instead."),
        "agreements": _("TLP:RED names persons; an agreement names agencies."),
        "floor": _("The whole community can be told only what is marked TLP:CLEAR or TLP:GREEN."),
        "classes": _("Every release holds the statistical data."),
    }
    if audience.fault:
        raise Invalid(messages[audience.fault], field="audience")
    if audience.is_private:
        raise Invalid(_("Choose who shall see it: an empty audience is nobody."), field="audience")
    if audience.classes & PROTECTED and not (audience.agencies or audience.officers or audience.agreements):
        raise Invalid(
            _("The community as a whole receives statistical data; name the agencies that shall see more."),
            field="classes",
        )
    if audience.classes & PROTECTED and not basis.strip():
        raise Invalid(
            _("Name the agreement, or the approval, that allows more than statistical data to be told."), field="basis"
        )
    if audience.classes & PROTECTED and not kind_of(record).classes:
        raise Invalid(_("It holds statistical data alone; there are no other classes to release."), field="classes")
    if audience.classes & ~ALL:
        raise Invalid(_("There are four field classes, 0 to 3."), field="classes")


def _may(record: Shareable, officer: Officer, roles: tuple[str, ...], *, machine: bool = False) -> None:
    if officer.agency_id != record.owner_id or not officer.is_active:
        raise Refused(_("Only officers of the agency that owns the record can do this."))
    if not (officer.has_role(*roles) or (machine and officer.is_machine)):
        raise Refused(_("Your role does not allow this; ask a coordinator of your agency."))


def _lock(record: R) -> R:
    """Lock the row, so that of two decisions at once the second sees the first.

    Row-level security lets only officers of the owner lock it: others, who may see it, find nothing here.
    """
    rows = type(record)._default_manager.select_for_update(of=("self",)).select_related("owner")
    if (locked := rows.filter(pk=record.pk).first()) is None:
        raise Refused(_("Only officers of the agency that owns the record can do this."))
    return locked


def _lock_release(release: Release) -> Release:
    rows = Release.objects.select_for_update(of=("self",)).select_related("audience")
    if (locked := rows.filter(pk=release.pk).first()) is None or locked.decision != Decision.OPEN:
        raise Refused(_("This proposal was already decided."))
    return locked


def _close(release: Release, officer: Officer, decision: Decision, comment: str) -> None:
    release.decision, release.decided_by, release.decided_at = decision, officer, timezone.now()
    release.comment = comment.strip()
    release.save(update_fields=["decision", "decided_by", "decided_at", "comment"])


def _move(record: R, locked: R, state: State, *fields: str) -> None:
    """Save the new state, and leave the caller's copy as the database has it."""
    locked.state = state
    locked.save(update_fields=["state", *fields])
    record.refresh_from_db()


def _told(release: Release, audience: rules.Audience) -> dict[str, object]:
    return {
        "marking": audience.marking.value,
        "community": audience.community,
        "floor": audience.floor,
        "agencies": sorted(audience.agencies),
        "officers": sorted(audience.officers),
        "agreements": sorted(audience.agreements),
        "classes": [FieldClass(bit).number for bit in (1, 2, 4, 8) if audience.classes & bit],
        "release": release.pk,
    }

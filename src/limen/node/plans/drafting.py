"""Writing a plan: begun, changed while it is a draft, its partners named, discarded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.files.rows import delete_when_done, named
from limen.node.people.models import Agency, Officer
from limen.node.plans import rights
from limen.node.plans.fields import clean
from limen.node.plans.models import Partner, Plan
from limen.node.sharing import policy, rules
from limen.node.sharing.models import State
from limen.node.sharing.releasing import subject_of
from limen.node.sharing.retention import months_after
from limen.node.web.errors import Invalid, Refused

MOST_PARTNERS = 40


def begin(officer: Officer, values: Mapping[str, Any] | None = None, partners: Iterable[str] = ()) -> Plan:
    """Begin a draft, of one's own agency alone. Raises `Refused`, `Invalid`."""
    may_begin(officer)
    cleaned = clean(dict(values or {}))
    for _attempt in range(5):
        try:  # the drawn reference may be taken
            with transaction.atomic():
                plan = _begin(officer, cleaned)
                log("plan.begun", subject=subject_of(plan))
            break
        except IntegrityError:
            continue
    else:
        raise Refused(_("The plan could not be begun just now; try again."))
    if codes := list(partners):
        set_partners(plan, officer, codes)
    return plan


def change(plan: Plan, officer: Officer, values: Mapping[str, Any]) -> Plan:
    """Change some of what a draft says. Raises `Refused`, `Invalid`; then nothing was changed."""
    cleaned = clean(dict(values))
    with transaction.atomic():
        locked = lock_draft(plan, officer)
        for name, value in cleaned.items():
            setattr(locked, name, value)
        if locked.begins_on and locked.ends_on and locked.ends_on < locked.begins_on:
            raise Invalid(_("The last day lies before the first."), field="ends_on")
        locked.save(update_fields=[*cleaned, "updated_at"])
        log("plan.changed", subject=subject_of(locked), details={"fields": sorted(cleaned)})
    return locked


def set_partners(plan: Plan, officer: Officer, codes: Iterable[str]) -> list[Agency]:
    """Name the agencies that the plan will be put to. They learn nothing yet. Raises `Refused`, `Invalid`."""
    wanted = list(dict.fromkeys(code.strip().lower() for code in codes if code.strip()))
    if len(wanted) > MOST_PARTNERS:
        raise Invalid(_("A plan has at most %(most)d partners.") % {"most": MOST_PARTNERS}, field="partners")
    with transaction.atomic():
        locked = lock_draft(plan, officer)
        known = {each.code: each for each in Agency.objects.filter(code__in=wanted, is_active=True)}
        if unknown := [code for code in wanted if code not in known]:
            raise Invalid(
                _("Nobody on this platform is known as “%(name)s”.") % {"name": unknown[0][:80]}, field="partners"
            )
        if locked.owner_id in {each.pk for each in known.values()}:
            raise Invalid(_("Your own agency leads the plan; name the others."), field="partners")
        locked.partners.exclude(agency__in=known.values()).delete()
        already = set(locked.partners.values_list("agency", flat=True))
        for agency in known.values():
            if agency.pk not in already:
                Partner.objects.create(plan=locked, agency=agency)
        log("plan.partners_named", subject=subject_of(locked), details={"agencies": sorted(known)})
    return list(known.values())


def discard(plan: Plan, officer: Officer) -> None:
    """Delete a draft that was never put to anybody, and all that hangs on it. Raises `Refused`."""
    with transaction.atomic():
        locked = lock_draft(plan, officer)
        if locked.state != State.DRAFT:
            raise Refused(_("A plan that was put to partners is kept until its retention ends."))
        delete_when_done(named(each.document for each in locked.approvals.all()))
        # What hangs on it goes by a trigger: the officer may not delete, nor see, each of its rows.
        Plan.objects.filter(pk=locked.pk)._raw_delete(connection.alias)
        log("plan.discarded", subject=subject_of(locked))


def may_begin(officer: Officer) -> None:
    """Let writers pass. Raises `Refused`."""
    if not rights.may_write(officer):
        raise Refused(_("Examiners, analysts and coordinators write plans; ask one of your agency."))


def lock_draft(plan: Plan, officer: Officer) -> Plan:
    """Lock a draft for a change by this officer. Raises `Refused`."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=plan.pk).first()
    if locked is None or not rights.may_edit(locked, officer):
        raise Refused(_("What a plan says is written by its lead, before it is put to the partners."))
    return locked


def _begin(officer: Officer, cleaned: Mapping[str, Any]) -> Plan:
    plan = Plan(
        owner=officer.agency,
        author=officer,
        audience_id=policy.intern(rules.Audience.private(officer.agency_id)),
        language=officer.language if officer.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        retain_until=months_after(timezone.localdate(), officer.agency.retention_months),
    )
    for name, value in cleaned.items():
        setattr(plan, name, value)
    plan.save(force_insert=True)
    return plan


def chosen(plan: Plan) -> dict[str, str]:
    """The partners named, as a text field and as a type-ahead field hold them."""
    agencies = [each.agency for each in plan.partners.select_related("agency")]
    return {
        "codes": ",".join(agency.code for agency in agencies),
        "selected": json.dumps([{"value": agency.code, "label": agency.name} for agency in agencies]),
    }

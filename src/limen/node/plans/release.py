"""What a plan needs before it may be put to its partners, which the ordinary release does, always by two people."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.node.people.models import Agency
from limen.node.plans import reading, subject
from limen.node.plans.fields import FIELDS, TEXTS, told
from limen.node.plans.models import Of, Plan, Stage
from limen.node.reports.release import personal_in
from limen.node.sharing import policy, rules
from limen.node.sharing.kinds import RELEASERS, Kind, register
from limen.node.sharing.markings import Marking
from limen.node.sharing.retention import months_after

MARKINGS = (Marking.AMBER, Marking.AMBER_STRICT)
"""Markings that a plan may bear: it is for agencies, by name or under an agreement."""


def headline(plan: Plan) -> str:
    """Say in a line what a plan is about."""
    offences = told(next(field for field in FIELDS if field.name == "offences"), plan.offences)
    return " · ".join(part for part in (plan.title, offences) if part)


def missing(plan: Plan) -> list[str]:
    """Say what keeps the plan from being put to partners, a sentence each; empty where nothing does."""
    if plan.stage != Stage.DRAFT:
        return [_("This plan is closed; it is put to nobody any more.")]
    found = [
        _("“%(field)s” is missing.") % {"field": field.label}
        for field in FIELDS
        if field.required and getattr(plan, field.name) in ("", None, [])
    ]
    if not plan.partners.exists():
        found.append(_("Name the partners."))
    if not plan.phases.exists():
        found.append(_("Name at least one phase."))
    if fault := _basis(plan):
        found.append(fault)
    texts = [getattr(plan, name) for name in TEXTS]
    texts += [text for phase in plan.phases.all() for text in (phase.name, phase.aim)]
    if what := personal_in("\n".join(texts)):
        found.append(_("Everybody who sees the plan reads its texts, and they hold %(what)s.") % {"what": what})
    return found


def _basis(plan: Plan) -> str:
    """What the legal basis lacks, if anything."""
    if plan.agreement_id is None:
        if plan.approvals.filter(of=Of.BASIS, confirmed_at__isnull=False).exists():
            return ""
        return _("Name the agreement, or record the approval, that is its legal basis; a second officer confirms it.")
    parties = {
        agency
        for clause in policy.in_force()
        if clause.agreement == plan.agreement_id
        for agency in (clause.giver, clause.receiver)
    }
    named = set(plan.partners.values_list("agency", flat=True))
    if named <= parties:
        return ""
    return _("The agreement is not in force between your agency and every partner that you named.")


def unfit(plan: Plan, audience: rules.Audience) -> list[str]:
    """Say what forbids this audience: it is exactly the partners named, by name or under an agreement."""
    found = []
    if audience.community or audience.marking not in MARKINGS:
        found.append(_("A plan is for its partners: mark it TLP:AMBER or TLP:AMBER+STRICT, not for the community."))
    under = {
        clause.receiver
        for clause in policy.in_force()
        if clause.agreement in audience.agreements and clause.giver == plan.owner_id and "plans" in clause.kinds
    }
    if (set(audience.agencies) | under) - {plan.owner_id} != set(plan.partners.values_list("agency", flat=True)):
        found.append(_("Put it to the partners that you named, to all of them and to nobody else."))
    return found


def put_query(plan: Plan) -> str:
    """What the form of the release is to propose: the partners by name, TLP:AMBER+STRICT."""
    codes = Agency.objects.filter(pk__in=plan.partners.values("agency")).order_by("code")
    named = ",".join(codes.values_list("code", flat=True))
    return urlencode({"marking": Marking("amber_strict").value, "agencies": named})


def _released(plan: Plan) -> None:
    """Keep it from its last day on, which may lie after the months that others are kept; tell the partners."""
    from_day = max(timezone.localdate(), plan.ends_on or timezone.localdate())
    plan.retain_until = months_after(from_day, plan.owner.retention_months)
    plan.save(update_fields=["retain_until"])
    subject.asked(plan)


KIND = register(
    Kind(
        "plans",
        gettext_lazy("Plan"),
        find=reading.find,
        rows=reading.plans,
        headline=headline,
        missing=missing,
        unfit=unfit,
        proposers=RELEASERS,
        classes=False,
        always_two=True,
        released=_released,
    )
)

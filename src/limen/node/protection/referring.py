"""Referrals: what the person agreed to is copied, and nothing else; answered by who received it; withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.protection import reading, telling
from limen.node.protection.assessing import is_sign
from limen.node.protection.models import Basis, How, Item, Mechanism, Referral, Said, Screening, Step
from limen.node.protection.questions import BY_CODE
from limen.node.web.errors import Invalid, Refused

LONGEST = 2000
_TYPED = {str(Item.NAME): 200, str(Item.CONTACT): 200, str(Item.NEEDS): LONGEST}
"""What is typed for a referral, and how long it may be."""
_ANSWERS, _SEEN = str(Item.ANSWERS), str(Item.OBSERVATIONS)


def subject_of(referral: Referral) -> str:
    """What the log calls it: its own reference, which does not tell its screening's."""
    return f"referral:{referral.reference}"


@transaction.atomic
def refer(screening: Screening, officer: Officer, mechanism: Mechanism, values: Mapping[str, Any]) -> Referral:
    """Refer with what the person agreed to. Raises `Invalid`, `Http404`."""
    reading.screening_of(screening.reference)
    items = _agreed(screening, values)
    sent = Referral.objects.create(
        screening=screening,
        agency=officer.agency,
        author=officer,
        partner=mechanism.partner,
        mechanism_name=mechanism.name,
        mechanism_phone=mechanism.phone,
        urgent=bool(values.get("urgent")) or screening.danger == Said.YES,
        for_child=screening.as_child,
        language=screening.language,
        basis=values["basis"],
        how=values["how"],
        items=items,
        **_content(screening, items, values),
    )
    if sent.partner_id:
        telling.referral(sent, sent.partner_id)
    log("referral.made", subject=subject_of(sent), details={"items": items, "urgent": sent.urgent})
    return sent


def _agreed(screening: Screening, values: Mapping[str, Any]) -> list[str]:
    """What may be passed on, on whose word. Raises `Invalid`."""
    if values.get("basis") not in Basis.values or values.get("how") not in How.values:
        raise Invalid(_("Say who agreed to the referral, and how."), field="basis")
    if not screening.as_child and values["basis"] != Basis.PERSON:
        raise Invalid(_("An adult agrees in person, or is not referred."), field="basis")
    if screening.as_child and values["basis"] != Basis.GUARDIAN:
        raise Invalid(
            _("For a child, a guardian or the child protection authority agrees; hear the child as well."),
            field="basis",
        )
    items = [item for item in Item.values if item in values.get("items", ())]
    if not items:
        raise Invalid(_("Choose at least one thing that may be passed on."), field="items")
    for name, longest in _TYPED.items():
        if name in items and not str(values.get(name, "")).strip():
            raise Invalid(_("Write what is to be passed on, or take its mark away."), field=name)
        if len(str(values.get(name, ""))) > longest:
            raise Invalid(_("This is too long."), field=name)
    return items


def _content(screening: Screening, items: list[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The copy: what was not agreed to stays behind. Answers are those that are indicators, by code."""
    content: dict[str, Any] = {name: str(values[name]).strip() for name in _TYPED if name in items}
    given = reading.answers_of(screening)
    asked = {code: each.said for code, each in given.items() if each.said and BY_CODE[code].ask}
    seen = [code for code, each in given.items() if each.seen and is_sign(BY_CODE[code], each)]
    content["answers"] = ({"said": asked} if _ANSWERS in items else {}) | ({"seen": seen} if _SEEN in items else {})
    if _SEEN in items:
        content["observations"] = screening.observations
    return content


def may_answer(referral: Referral, officer: Officer) -> bool:
    """Whether it is the officer's to say what became of it."""
    side = referral.partner_id or referral.agency_id
    return side == officer.agency_id and reading.is_protection(officer) and referral.step != Step.WITHDRAWN


@transaction.atomic
def answer(referral: Referral, officer: Officer, step: str, feedback: str) -> Referral:
    """Accept or decline, with words for the other side. Raises `Refused`, `Invalid`."""
    locked = _locked(referral)
    if not may_answer(locked, officer):
        raise Refused(_("A protection officer of who received the referral says what became of it."))
    if step not in (str(Step.ACCEPTED), str(Step.DECLINED)) or len(feedback) > LONGEST:
        raise Invalid(_("Say whether it is accepted or declined, in at most 2,000 characters."), field="step")
    locked.step, locked.feedback = step, feedback.strip()
    locked.decided_by, locked.decided_at = officer, timezone.now()
    locked.save(update_fields=["step", "feedback", "decided_by", "decided_at"])
    if locked.partner_id:
        telling.referral(locked, locked.agency_id)
    log(f"referral.{step}", subject=subject_of(locked))
    return locked


@transaction.atomic
def withdraw(referral: Referral, officer: Officer) -> Referral:
    """Delete what was passed on, as consent was withdrawn; the other side sees that there was something, no more."""
    locked = _locked(referral)
    if locked.agency_id != officer.agency_id or locked.step == Step.WITHDRAWN:
        raise Refused(_("Who made a referral withdraws it, once."))
    locked.step, locked.items, locked.answers = Step.WITHDRAWN, [], {}
    locked.language = locked.name = locked.contact = locked.needs = locked.observations = locked.feedback = ""
    locked.save()
    if locked.partner_id:
        telling.referral(locked, locked.partner_id)
    log("referral.withdrawn", subject=subject_of(locked))
    return locked


def _locked(referral: Referral) -> Referral:
    reading.referral_of(referral.reference)
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

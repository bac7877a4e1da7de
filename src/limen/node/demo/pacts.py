"""The agreements of the demonstration, each drawn up, put to its parties and consented to by two officers of each.

Two are in force: one on visa fraud by which people are brought to work against their will, and one on people who enter
one country and cross into its neighbours. A third waits for the consent of a party.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from django.utils import timezone

from limen.node.agreements import acting as agreeing
from limen.node.agreements.acting import Tells
from limen.node.demo.acting import acting
from limen.node.people.models import Agency
from limen.node.sharing.agreed import Agreement, Edition, Onward, Purpose
from limen.node.sharing.classes import FieldClass

NUMBERS: Final = FieldClass.STATISTICAL | FieldClass.DOCUMENT
NAMES: Final = NUMBERS | FieldClass.BEARER


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement of the demonstration: sites by the beginning of their domain, who told whom as it was agreed."""

    title: str
    note: str
    sites: tuple[str, ...]
    kinds: tuple[str, ...]
    classes: FieldClass
    purposes: tuple[Purpose, ...]
    onward: Onward
    months: int
    agreed: bool = True


LABOUR: Final = Pact(
    "Memorandum on visa fraud and forced labour",
    "Who finds a visa label or a work permit that was obtained or altered for somebody else's profit tells the other. "
    "Names are told so that people who were deceived can be found and helped; they are not used to punish them.",
    ("srilanka", "malaysia", "centre"),
    ("assistance", "plans", "reports"),
    NAMES,
    (Purpose.INVESTIGATION, Purpose.EXAMINATION, Purpose.PROTECTION),
    Onward.CONSENT,
    24,
)
CROSSING: Final = Pact(
    "Arrangement on onward movement across land borders",
    "Document numbers of those who enter by air and leave across a land border without being seen are told to the "
    "neighbours, for checks at their own counters.",
    ("thailand", "malaysia", "laos"),
    ("alerts", "assistance", "plans", "reports"),
    NUMBERS,
    (Purpose.BORDER, Purpose.INVESTIGATION),
    Onward.WITHIN,
    12,
)
WAITING: Final = Pact(
    "Exchange of document numbers at airports",
    "Numbers of passports that were refused, for the checks of the same week.",
    ("vietnam", "thailand"),
    ("reports",),
    NUMBERS,
    (Purpose.BORDER,),
    Onward.NO,
    6,
    agreed=False,
)
ALL: Final = (LABOUR, CROSSING, WAITING)


def tell() -> list[Agreement]:
    """Draw up all of them."""
    return [draw_up(pact) for pact in ALL]


def draw_up(pact: Pact) -> Agreement:
    """Draw one up, put it to its parties, and let them consent where they do."""
    with acting(f"coordinator@{pact.sites[0]}") as officer:
        edition = agreeing.draw_up(officer, pact.title)
        codes = [f"demo-{site}" for site in pact.sites]
        agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
        agreeing.write(edition, officer, _said(pact))
        signed = (timezone.localdate() - datetime.timedelta(days=40)).isoformat()
        named = [(code, f"duty desk, {agencies[code].contact}", signed) for code in codes]
        agreeing.set_parties(edition, officer, named)
        both_ways = permutations([agencies[code].pk for code in codes], 2)
        kinds = frozenset(pact.kinds)
        told = [Tells(one, other, kinds, pact.classes) for one, other in both_ways]
        agreeing.set_clauses(edition, officer, told)
        agreeing.propose(edition, officer)
    _consent(edition, pact)
    edition.agreement.refresh_from_db()
    return edition.agreement


def _said(pact: Pact) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "begins_on": (today - datetime.timedelta(days=30)).isoformat(),
        "ends_on": (today + datetime.timedelta(days=30 * pact.months)).isoformat(),
        "purposes": [str(purpose) for purpose in pact.purposes],
        "onward": str(pact.onward),
        "note": pact.note,
    }


def _consent(edition: Edition, pact: Pact) -> None:
    """Two of each party; of one that is not agreed yet, its maker's alone."""
    for site in pact.sites if pact.agreed else pact.sites[:1]:
        for name in ("coordinator", "examiner"):
            with acting(f"{name}@{site}") as officer:
                agreeing.consent(edition, officer)

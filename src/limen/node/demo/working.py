"""What partners of the demonstration's plans do with each other: a question that is answered in part, a joint day."""

from __future__ import annotations

import datetime
import uuid
from typing import Final

from django.utils import timezone

from limen.node.demo.acting import acting
from limen.node.people.models import Agency
from limen.node.plans.days import acting as counting
from limen.node.plans.days.models import Counted, OperationDay
from limen.node.plans.information import answering, asking
from limen.node.plans.information.asking import Wanted
from limen.node.plans.information.models import Ground, InformationRequest, Sort, Verdict
from limen.node.plans.models import Plan

COUNTS: Final = (
    ("thailand", "THBKK", {"inspected": 412, "second_line": 9, "objected": 3, "refused": 2}),
    ("malaysia", "MYKUL", {"inspected": 365, "second_line": 6, "objected": 2, "protection": 1}),
    ("laos", "LAVTE", {"inspected": 128, "second_line": 4}),
)
"""Which site counted what at its post."""


def ask(plan: Plan) -> InformationRequest:
    """Sri Lanka asks Malaysia, which tells a part and withholds another with its reason."""
    with acting("examiner@srilanka") as officer:
        other = Agency.objects.get(code="demo-malaysia")
        wanted = [
            Wanted(str(Sort.OTHER), "How many such labels were found inland since August?", "To size the checks."),
            Wanted(str(Sort.OTHER), "Which employer do those who were found name?", "To warn those who still apply."),
        ]
        values = {"subject": "Labels found inland", "basis": plan.reference, "wanted_by": _day(5)}
        request = asking.begin(officer, plan, other, values, wanted)
        asking.send(request, officer)
        request.refresh_from_db()
    with acting("analyst@malaysia") as officer:
        reply = answering.begin(request, officer)
        first, second = request.items.order_by("position")
        told = {"verdict": str(Verdict.RELEASED), "text": "Eleven since August, seven of them in November."}
        answering.decide(reply, officer, first, told)
        held = {
            "verdict": str(Verdict.WITHHELD),
            "ground": str(Ground.INVESTIGATION),
            "words": "The labour inspectorate is still looking into it; ask again in two weeks.",
        }
        answering.decide(reply, officer, second, held)
        answering.propose(reply, officer)
    with acting("coordinator@malaysia") as officer:
        reply.refresh_from_db()
        answering.release(reply, officer)
    return request


def count(plan: Plan) -> OperationDay:
    """The joint day of the second plan, with what its posts have counted so far."""
    with acting("coordinator@thailand") as officer:
        day = counting.make(
            plan,
            officer,
            {
                "title": "Airports and bridge",
                "first_on": _day(0),
                "last_on": _day(1),
                "hours": "06:00 to 22:00 local time",
                "looked_for": "The doubled title of the alert; travellers without luggage who are met by a driver.",
            },
        )
    for site, place, counts in COUNTS:
        with acting(f"examiner@{site}") as officer:
            post = counting.add_post(day, officer, officer.agency, place, "")
            for what, number in counts.items():
                counting.count(post, officer, str(Counted(what)), number, uuid.uuid4().hex)
    return day


def _day(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()

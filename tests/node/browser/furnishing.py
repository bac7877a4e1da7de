"""Furnishes a node that serves, for tests of its pages: a small demonstration, and a report in each state.

Run as the keeper, with LIMEN_HOME; it prints where things stand, as JSON.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "limen.node.settings"
django.setup()

from django.core.files.base import ContentFile  # noqa: E402

from limen.node.agreements import acting  # noqa: E402 - the apps come first
from limen.node.alerts import drafting as alerts  # noqa: E402 - the apps come first
from limen.node.alerts import linking  # noqa: E402
from limen.node.api.actions import make_token  # noqa: E402
from limen.node.api.models import Scope  # noqa: E402
from limen.node.assistance import acting as assistance  # noqa: E402
from limen.node.assistance import answering as opinions  # noqa: E402
from limen.node.assistance.models import Request  # noqa: E402
from limen.node.casebook import drafting as cases  # noqa: E402
from limen.node.casebook import stepping  # noqa: E402
from limen.node.casebook.models import CaseStudy  # noqa: E402
from limen.node.contribution import asking as conditions  # noqa: E402
from limen.node.demo import loading, tasks  # noqa: E402
from limen.node.demo.picturing import picture  # noqa: E402
from limen.node.exhibits import adding  # noqa: E402
from limen.node.exhibits.models import Exhibit  # noqa: E402
from limen.node.people.actions import invite  # noqa: E402
from limen.node.people.models import Agency, Officer  # noqa: E402
from limen.node.plans import acting as planning  # noqa: E402
from limen.node.plans import tasking  # noqa: E402
from limen.node.plans.days import acting as days  # noqa: E402
from limen.node.plans.information import answering, asking  # noqa: E402
from limen.node.plans.information import reading as information  # noqa: E402
from limen.node.plans.models import Of, Plan  # noqa: E402
from limen.node.protection import acting as screening  # noqa: E402
from limen.node.protection import reading as protection  # noqa: E402
from limen.node.protection import referring  # noqa: E402
from limen.node.protection.assessing import Given  # noqa: E402
from limen.node.reports import drafting, picturing, release  # noqa: E402
from limen.node.reports.models import Report  # noqa: E402
from limen.node.sharing import releasing, rules  # noqa: E402
from limen.node.sharing.agreed import Agreement, Edition  # noqa: E402
from limen.node.sharing.classes import FieldClass  # noqa: E402
from limen.node.sharing.markings import Marking  # noqa: E402
from limen.node.sharing.viewer import viewing  # noqa: E402

WRITTEN = {
    "issuer": "UTO",
    "category": "passport",
    "fraud_class": "forgery",
    "method": "photo_substitution",
    "detection_country": "THA",
    "place": "THBKK",
    "detected_on": "2026-10-05",
    "summary": "The laminate was lifted at the portrait and glued down again.",
    "number": "L898902C3",
    "surname": "Eriksson",
    "narrative": "She said that a friend had sold it to her.",
}
TAUGHT = {
    "title": "A portrait that was glued in",
    "issuer": "UTO",
    "category": "passport",
    "fraud_class": "forgery",
    "methods": ["photo_substitution"],
    "difficulty": "2",
    "features": "An edge around the portrait\nThe laminate is dull there",
    "lesson": "Tilt the page before you read it.",
}
ANSWERED = {
    "findings": "The laminate of the data page was lifted and laid again.",
    "methods": ["reference", "magnified"],
    "conclusions": {"portrait": (-2, "The edge cuts the guilloche."), "chip": (None, "A trace of the chip.")},
}
PLACE = {"x": 0.6, "y": 0.5, "w": 0.2, "h": 0.25, "label": "portrait", "text": "An edge around the portrait."}


def main() -> None:
    """Fill the node, and say where things stand."""
    drawn: list = []
    tasks.put_off = drawn.extend  # the worker would draw for as long as the tests run
    loading.fill(240)
    mine = Agency.objects.get(code="demo-thailand")
    of_mine = dict(Report.objects.filter(owner=mine, state="released").values_list("pk", "reference"))
    number, one = next((number, one) for number, one in drawn if number in of_mine and one.story)
    picture(number, one.category, one.method, one.specimen, one.story)
    counter, coordinator = _officer("counter"), _officer("coordinator")
    draft, proposed = (_begun(counter) for _ in range(2))
    with viewing(counter.pk):
        (image,) = picturing.attach(draft, counter, _file())
        for each in picturing.attach(proposed, counter, _file()):
            picturing.set_masks(each, counter, each.masks)
        friend = Agency.objects.get(code="demo-vietnam")
        classes = FieldClass.STATISTICAL | FieldClass.DOCUMENT
        audience = rules.Audience(mine.pk, Marking("amber"), agencies=frozenset([friend.pk]), classes=classes)
        release.propose(proposed, counter, audience, "Memorandum of 2024, article 3")
    alert, alert_draft = _alerts(Report.objects.get(reference=of_mine[number]))
    agreement, draft_agreement = _agreed(coordinator, friend), _drawn_up(coordinator, friend).agreement
    administrator = _officer("administrator")
    with viewing(administrator.pk):
        token, _secret = make_token(administrator, name="Gate 4", scopes=[Scope.values[0]], days=30)
    invite(administrator, mine, email="new@thailand.example", roles=["counter"], name="Nok")
    _invitation, word = invite(administrator, mine, email="other@thailand.example", roles=["counter"], name="Ploy")
    case_draft, case = _case(mine, Report.objects.get(pk=number)), _case(mine, Report.objects.get(pk=number), "green")
    plan, plan_draft = _plan(coordinator, friend), _planned(coordinator, friend)
    with viewing(coordinator.pk):
        phase, task = str(plan.phases.get().uid), str(plan.tasks.get().uid)
    known = _screened(_officer("protection"), proposed) | {
        "request": _request(friend).reference,
        "request_draft": _request(None).reference,
        **_answers(friend),
        "plan": plan.reference,
        "plan_draft": plan_draft.reference,
        **_worked(coordinator, friend),
        "phase": phase,
        "task": task,
        "period": str(plan.period.uid),
        "condition": _asked(),
        "case": case.reference,
        "case_draft": case_draft.reference,
        "agreement": agreement.reference,
        "draft_agreement": draft_agreement.reference,
        "draft": draft.reference,
        "proposed": proposed.reference,
        "released": of_mine[number],
        "image": str(image.uid),
        "alert": alert,
        "alert_draft": alert_draft,
        "officer": counter.pk,
        "coordinator": coordinator.pk,
        "token": token.pk,
        "invitation": word,
    }
    sys.stdout.write(json.dumps(known))


def _screened(officer: Officer, report: Report) -> dict[str, str]:
    """A screening in Tamil, with a referral."""
    with viewing(officer.pk):
        begun = screening.begin(officer, kind="reports", reference=report.reference, language="ta")
        answers = {"work.hours": Given("yes"), "threats.leave": Given("no", True), "travel.told": Given("declined")}
        begun = screening.write(begun, officer, {"observations": "Looked at her companion first."}, answers)
        contact = protection.mechanisms(officer.agency.country)[0]
        agreed = {"basis": "person", "how": "spoken", "items": ["needs", "answers"], "needs": "A place for tonight"}
        sent = referring.refer(begun, officer, contact, agreed)
    return {"screening": begun.reference, "referral": sent.reference, "contact": str(contact.pk)}


def _drawn_up(officer: Officer, friend: Agency) -> Edition:
    """A draft of an agreement, which lacks nothing."""
    with viewing(officer.pk):
        edition = acting.draw_up(officer, "Memorandum on the exchange of information on document fraud")
        acting.write(edition, officer, {"begins_on": "2026-01-01", "purposes": ["border"], "onward": "within"})
        acting.set_parties(edition, officer, [(officer.agency.code, "desk", "2025-12-01"), (friend.code, "", "")])
        numbers = FieldClass.STATISTICAL | FieldClass.DOCUMENT
        told = [acting.Tells(officer.agency_id, friend.pk, frozenset({"reports"}), numbers)]
        acting.set_clauses(edition, officer, told)
    return edition


def _asked() -> int:
    """What the community is to be asked, which waits for a second administrator."""
    operator = Officer.objects.get(email="administrator@centre.example")
    with viewing(operator.pk):
        return conditions.propose(operator, least=3, months=6, grace=6, reason="Who sees should give.").pk


def _agreed(officer: Officer, friend: Agency) -> Agreement:
    """An agreement in force."""
    edition = _drawn_up(officer, friend)
    with viewing(officer.pk):
        acting.propose(edition, officer)
    for agency in (officer.agency, friend):
        for each in Officer.objects.filter(agency=agency, email__regex="^(coordinator|examiner)@"):
            with viewing(each.pk):
                acting.consent(edition, each)
    return edition.agreement


def _planned(officer: Officer, friend: Agency) -> Plan:
    """A draft of a plan, which lacks nothing."""
    second = Officer.objects.get(agency=officer.agency, email__startswith="examiner@")
    approved = {"authority": "Director General", "number": "DG 17/2026", "decided_on": "2026-09-20"}
    days = {"first_day": "2026-10-01", "last_day": "2026-12-15"}
    with viewing(officer.pk):
        period = tasking.make_period(officer, {"name": "Joint period of action 2026"} | days)
        said = {
            "title": "Visas obtained by deception",
            "period": str(period.uid),
            "begins_on": "2026-10-01",
            "ends_on": "2026-12-15",
            "objective": "Find who offers the visas, and how those who are sent work.",
            "offences": ["visa_fraud", "exploitation"],
            "issuers": ["UTO"],
            "routes": "THA > VNM",
        }
        plan = planning.begin(officer, said, [friend.code])
        tasking.add_phase(plan, officer, {"name": "Gathering", "aim": "Know the method."} | days)
        tasking.add_task(plan, officer, {"title": "Compare the adverts", "due_on": "2026-10-20"})
        basis = planning.record(plan, officer, Of.BASIS, approved)
    with viewing(second.pk):
        planning.confirm(basis, second)
    return plan


def _plan(officer: Officer, friend: Agency) -> Plan:
    """A plan that was put to its partner."""
    plan = _planned(officer, friend)
    second = Officer.objects.get(agency=officer.agency, email__startswith="examiner@")
    with viewing(officer.pk):
        audience = rules.Audience(officer.agency_id, Marking("amber_strict"), agencies=frozenset({friend.pk}))
        waiting = releasing.propose(plan, officer, audience)
    with viewing(second.pk):
        releasing.approve(plan, waiting, second)
    return plan


def _worked(officer: Officer, friend: Agency) -> dict[str, str]:
    """A plan that runs: a draft of a request, one that is being answered, and a day with a post."""
    plan = _plan(officer, friend)
    first, second = (
        Officer.objects.get(agency=friend, email__startswith=f"{role}@") for role in ("coordinator", "examiner")
    )
    approved = {"authority": "Director General", "number": "QD 8/2026", "decided_on": "2026-09-25"}
    with viewing(first.pk):
        joining = planning.record(plan, first, Of.JOINING, approved)
    with viewing(second.pk):
        planning.confirm(joining, second)
    said = {"subject": "Who travelled together", "basis": "Memorandum, article 4"}
    wanted = asking.Wanted("passengers", "The passenger list of that evening.", "To see who travelled together.")
    with viewing(officer.pk):
        plan.refresh_from_db()
        draft, sent = (asking.begin(officer, plan, friend, said, [wanted]) for _each in range(2))
        asking.send(sent, officer)
        told = {"title": "Arrivals, first weekend", "first_on": "2026-11-01", "looked_for": "Visas of that series."}
        day = days.make(plan, officer, told)
        post = days.add_post(day, officer, officer.agency, "THBKK", "lanes 3 to 5")
        days.count(post, officer, "inspected", 12)
    with viewing(second.pk):
        reply = answering.begin(information.find(sent.reference), second)
        answering.decide(reply, second, sent.items.get(), {"verdict": "released", "text": "Forty.", "field_class": "0"})
    return {"joint_plan": plan.reference, "asking": draft.reference, "asked": sent.reference, "post": str(post.uid)}


def _officer(name: str) -> Officer:
    return Officer.objects.select_related("agency").get(email=f"{name}@thailand.example")


def _alerts(report: Report) -> tuple[str, str]:
    """One alert that is out, and a draft, with a picture and a point each."""
    analyst, coordinator = _officer("analyst"), _officer("coordinator")
    point = {"look": "Watermark", "light": "transmitted", "right": "soft shades", "wrong": "sharp edges"}
    told = {"title": "Counterfeits with a flat watermark", "summary": "Printed by ink jet.", "points": [point]}
    made = []
    with viewing(analyst.pk):
        for _each in range(2):
            alert = alerts.begin(analyst, alerts.known_of(report) | told | {"urgency": 3})
            linking.add(alert, analyst, report)
            adding.take(alert, analyst, report.images.first())
            made.append(alert)
        everybody = rules.Audience(analyst.agency_id, Marking("green"), community=True)
        waiting = releasing.propose(made[0], analyst, everybody)
    with viewing(coordinator.pk):
        releasing.approve(made[0], waiting, coordinator)
    return made[0].reference, made[1].reference


def _request(friend: Agency | None) -> Request:
    """A request to an agency, which was asked back by nobody yet; without one, a draft."""
    examiner = _officer("examiner")
    asked = {"question": "Is the laminate of this model?", "issuer": "UTO", "category": "passport"}
    with viewing(examiner.pk):
        request = assistance.begin(examiner, values=asked | ({"asked": friend.code} if friend else {}))
        if friend:
            audience = rules.Audience(examiner.agency_id, Marking("amber_strict"), agencies=frozenset([friend.pk]))
            releasing.propose(request, examiner, audience)
            assistance.say(request, examiner, "The traveller can be asked once more tomorrow.")
    return request


def _answers(friend: Agency) -> dict[str, str]:
    """A request that was answered, one whose answer is being written, and the picture of that one."""
    examiner = Officer.objects.get(email="examiner@vietnam.example")
    asked = []
    for _each in range(2):
        request = _request(None)
        with viewing(request.author_id):
            assistance.write(request, request.author, {"asked": friend.code, "overruled": "A traveller waits."})
            picture = _picture("assistance", request, regions=[PLACE])
            picture.save(force_insert=True)
            audience = rules.Audience(request.owner_id, Marking("amber_strict"), agencies=frozenset([friend.pk]))
            releasing.propose(request, request.author, audience)
        with viewing(examiner.pk):
            assistance.take(request, examiner)
            draft = opinions.write(opinions.begin(request, examiner), examiner, ANSWERED)
            opinions.mark(draft, examiner, picture.uid, [PLACE])
        asked.append((request.reference, str(picture.uid), draft))
    with viewing(examiner.pk):
        opinions.sign(asked[0][2], examiner)
    return {"answered": asked[0][0], "answering": asked[1][0], "answering_picture": asked[1][1]}


def _begun(officer: Officer) -> Report:
    with viewing(officer.pk):
        return drafting.begin(officer, WRITTEN)


def _case(mine: Agency, report: Report, marking: str = "") -> CaseStudy:
    examiner = _officer("examiner")
    with viewing(examiner.pk):
        case = cases.begin(examiner, TAUGHT)
        stepping.link(case, examiner, report.reference)
        found = _pair(case)
        told = {"text": "Turned under ultraviolet.", "light": "uv", "tool": "light", "place": f"{found.uid}:0"}
        stepping.add_step(case, examiner, told)
        if marking:
            releasing.propose(case, examiner, rules.Audience(mine.pk, Marking(marking), community=True))
    return case


def _pair(case: CaseStudy) -> Exhibit:
    """What was found, marked, and its reference, as they are after an upload and a person's look at the masks."""
    reference = _picture("casebook", case, role="reference")
    reference.save(force_insert=True)
    found = _picture("casebook", case, compared_with=reference, regions=[PLACE])
    found.save(force_insert=True)
    return found


def _picture(kind: str, record: Any, **values: Any) -> Exhibit:
    """A picture of a record with its files; the row is not saved."""
    known = {"kind": kind, "record": record.pk, "owner": record.owner, "author": record.author, "subject": "data_page"}
    known |= {"audience": record.audience, "width": 640, "height": 480, "masks_confirmed": True}
    made = Exhibit(**known, **values)
    for name in ("masked", "thumbnail"):
        getattr(made, name).save(f"{made.uid.hex}{name}.jpg", ContentFile(_file()), save=False)
    return made


def _file() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((640, 480)).save(file, "JPEG")
    return file.getvalue()


if __name__ == "__main__":
    main()

"""Something of each kind that one agency keeps to itself, or shares with one other: for everybody else it is not there.

`names` gives, for each kind of `addresses.NAMED`, what its names are: of something hidden, and of nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from limen.node.agreements import acting as agreements
from limen.node.agreements.acting import Tells
from limen.node.alerts import drafting as alerts
from limen.node.alerts.models import Alert
from limen.node.alerts.subscriptions.models import Subscription
from limen.node.assistance import acting as requests
from limen.node.assistance.models import Request
from limen.node.casebook import drafting as cases
from limen.node.casebook.models import CaseStudy
from limen.node.exhibits.models import Exhibit
from limen.node.notices.models import Notice
from limen.node.plans import acting as plans
from limen.node.plans import tasking
from limen.node.plans.information.models import InformationRequest
from limen.node.plans.models import Of, Period, Plan
from limen.node.protection.models import Basis, Mechanism, Referral, Screening
from limen.node.reports.models import Image, SavedFilter
from limen.node.sharing import policy, releasing, rules
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing

from ..exhibits.records import webp
from .addresses import NOBODY

PLAN = {
    **{"title": "Hidden", "objective": "Hidden", "offences": ["visa_fraud"], "issuers": ["UTO"], "routes": "THA > VNM"},
    **{"begins_on": "2026-10-01", "ends_on": "2026-12-15"},
}
APPROVED = {"authority": "Hidden", "number": "Hidden", "decided_on": "2026-09-20"}


@dataclass(slots=True)
class Hidden:
    """What there is, and how it is named."""

    a: Any
    b: Any
    names: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)

    def name(self, kind: str, there: tuple[str, ...], absent: tuple[str, ...]) -> None:
        """Keep a name of something hidden, beside one of nothing."""
        self.names.setdefault(kind, []).append((there, absent))


def staff(make: Any, code: str) -> SimpleNamespace:
    """An agency and its officers."""
    agency = make.agency(code=code, name=f"Agency {code.upper()}")
    roles = {"coordinator": "coordinator", "examiner": "examiner", "third": "coordinator", "counter": "counter"}
    officers = {name: make.officer(agency, role, name=f"{name} of {code}") for name, role in roles.items()}
    return SimpleNamespace(agency=agency, administrator=make.officer(agency, "administrator"), **officers)


def build(make: Any, keeping: Any) -> Hidden:
    """Make all of it, of agencies a and b."""
    made = Hidden(staff(make, "a"), staff(make, "b"))
    fill(made, make, keeping)
    return made


def fill(made: Hidden, make: Any, keeping: Any) -> None:
    """Make all of it between two agencies. What is named by a number has one that stands nowhere else."""
    with keeping(), connection.cursor() as cursor:
        for model in (Alert, CaseStudy, Request, Plan, Period, Notice, SavedFilter, Subscription):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 770000000)", [model._meta.db_table])
    agreed = _agreements(made)
    _reports(made, make, keeping, agreed)
    _alerts_and_cases(made, keeping)
    _requests(made, keeping)
    _plans(made, keeping)
    with keeping():
        _own(made)
        _protection(made)


def private_to(made: Hidden, **values: Any) -> rules.Audience:
    """Of A, for B alone."""
    return rules.Audience(made.a.agency.pk, Marking.AMBER, agencies=frozenset({made.b.agency.pk}), **values)


def agree(made: Hidden, title: str, *, until: str = "consent", kinds: tuple[str, ...] = ("reports",)) -> Any:
    """An agreement of A and B, as far as it has come: draft, propose or consent."""
    first = made.a.coordinator
    with viewing(first.pk):
        edition = agreements.draw_up(first, title)
        said = {"begins_on": "2026-01-01", "purposes": ["border"], "onward": "within", "note": title}
        agreements.write(edition, first, said)
        agreements.set_parties(edition, first, [("a", title, ""), ("b", title, "")])
        a, b = made.a.agency.pk, made.b.agency.pk
        told = [Tells(*pair, frozenset(kinds), ALL) for pair in ((a, b), (b, a))]
        agreements.set_clauses(edition, first, told)
        agreements.attach(edition, first, f"{title}.pdf", b"%PDF-1.4 " + title.encode())
        if until != "draft":
            agreements.propose(edition, first)
    if until == "consent":
        for side in (made.a, made.b):
            for officer in (side.coordinator, side.examiner):
                with viewing(officer.pk):
                    agreements.consent(edition, officer)
    return edition.agreement


def _agreements(made: Hidden) -> Any:
    found = [agree(made, f"Hidden {until}", until=until) for until in ("draft", "propose", "consent")]
    for each in found:
        made.name("agreement", (each.reference,), ("M26-2222-2222",))
    return found[-1]


def _reports(made: Hidden, make: Any, keeping: Any, agreed: Any) -> None:
    under = rules.Audience(
        made.a.agency.pk, Marking.AMBER, classes=ALL, agreements=frozenset({agreed.pk}), kind="reports"
    )
    numbers = FieldClass.STATISTICAL | FieldClass.DOCUMENT
    found = [
        make.report(made.a.counter, number="X7654321", surname="DOE"),
        make.released(made.a.counter, private_to(made, classes=numbers), made.a.coordinator, number="X7654322"),
        make.released(made.a.counter, under, made.a.coordinator, number="X7654323", surname="ROE"),
    ]
    for report in found:
        made.name("report", (report.reference,), ("R26-2222-2222",))
        made.name("record", ("reports", report.reference), ("reports", "R26-2222-2222"))
        with keeping():
            image = Image(report=report, width=1, height=1, regions=[], masks_confirmed=True)
            image.fingerprint = [0.5] * Image._meta.get_field("fingerprint").dimensions
            image.masked.save("x.webp", ContentFile(webp()), save=False)
            image.thumbnail.save("x.webp", ContentFile(webp()), save=False)
            image.save()
        made.name("image", (str(image.uid),), (NOBODY,))


def _alerts_and_cases(made: Hidden, keeping: Any) -> None:
    author = made.a.examiner
    for begin, kind, absent in ((alerts.begin, "alert", "A26-2222-2222"), (cases.begin, "case", "C26-2222-2222")):
        for released in (False, True):
            with viewing(author.pk):
                record = begin(author, {"title": "Hidden"})
            label = record._meta.app_label
            with keeping():
                if released:
                    # Where a release brings it; what that takes is others' to test.
                    record.state, record.audience_id = State.RELEASED, policy.intern(private_to(made))
                    record.save()
                exhibit = _exhibit(record, label)
            made.name(kind, (record.reference,), (absent,))
            made.name("record", (label, record.reference), (label, absent))
            made.name("exhibits", (label, str(record.pk)), (label, "999999999"))
            made.name("exhibit", (str(exhibit.uid),), (NOBODY,))


def _requests(made: Hidden, keeping: Any) -> None:
    for sent in (False, True):
        request = ask(made, sent=sent)
        made.name("request", (request.reference,), ("Q26-2222-2222",))
        made.name("record", ("assistance", request.reference), ("assistance", "Q26-2222-2222"))
        made.name("exhibits", ("assistance", str(request.pk)), ("assistance", "999999999"))
        with keeping():
            exhibit = _exhibit(request, "assistance")
        made.name("exhibit", (str(exhibit.uid),), (NOBODY,))


def ask(made: Hidden, *, sent: bool = True) -> Request:
    """A request of A to B with its number; sent, taken, and talked about, or not."""
    author, second, examiner = made.a.counter, made.a.coordinator, made.b.examiner
    said = {"question": "Hidden", "issuer": "UTO", "category": "passport", "priority": "urgent", "number": "X7654321"}
    with viewing(author.pk):
        request = requests.begin(author, values=said | {"asked": made.b.agency.code})
        if sent:
            numbers = FieldClass.STATISTICAL | FieldClass.DOCUMENT
            release = releasing.propose(request, author, private_to(made, classes=numbers), "MoU 1")
    if sent:
        with viewing(second.pk):
            releasing.approve(request, release, second)
        with viewing(examiner.pk):
            request.refresh_from_db()
            requests.take(request, examiner)
            requests.say(request, examiner, "Hidden", asks=True)
    return request


def _plans(made: Hidden, keeping: Any) -> None:
    for joined in (False, True):
        plan = plan_together(made, joined=joined)
        made.name("plan", (plan.reference,), ("P26-2222-2222",))
        made.name("record", ("plans", plan.reference), ("plans", "P26-2222-2222"))
        with viewing(made.a.coordinator.pk):
            made.name("period", (str(plan.period.uid),), (NOBODY,))

    sides = {"asker": made.a.agency, "author": made.a.examiner, "asked": made.b.agency}
    with keeping():
        information = InformationRequest.objects.create(plan=plan, subject="Hidden", stage="sent", **sides)
    made.name("information", (information.reference,), ("N26-2222-2222",))


def plan_together(made: Hidden, *, joined: bool = True) -> Plan:
    """A plan of A with B: a draft, or put to B, which joined it."""
    first, second = made.a.coordinator, made.a.examiner
    days = {"first_day": "2026-10-01", "last_day": "2026-12-15"}
    with viewing(first.pk):
        plan = plans.begin(first, PLAN, ("b",))
        plan.period = Period.objects.create(name="Hidden", maker=made.a.agency, **days)
        plan.save()
        tasking.add_phase(plan, first, {"name": "Hidden", "aim": "Hidden", **days})
        basis = plans.record(plan, first, Of.BASIS, APPROVED)
    with viewing(second.pk):
        plans.confirm(basis, second)
    if joined:
        with viewing(first.pk):
            release = releasing.propose(plan, first, private_to(made))
        with viewing(second.pk):
            releasing.approve(plan, release, second)
        with viewing(made.b.coordinator.pk):
            joining = plans.record(plan, made.b.coordinator, Of.JOINING, APPROVED)
        with viewing(made.b.examiner.pk):
            plans.confirm(joining, made.b.examiner)
    return plan


def _exhibit(record: Any, label: str) -> Exhibit:
    exhibit = Exhibit(kind=label, record=record.pk, uid=uuid.uuid4(), width=1, height=1, regions=[])
    exhibit.owner_id, exhibit.author_id, exhibit.audience_id = record.owner_id, record.author_id, record.audience_id
    exhibit.masks_confirmed = True
    exhibit.masked.save("x.webp", ContentFile(webp()), save=False)
    exhibit.thumbnail.save("x.webp", ContentFile(webp()), save=False)
    exhibit.save()
    return exhibit


def _protection(made: Hidden) -> None:
    agency, author = made.a.agency, made.a.counter
    screening = Screening.objects.create(agency=agency, author=author)
    said = {"screening": screening, "agency": agency, "author": author, "partner": made.b.agency}
    referral = Referral.objects.create(**said, mechanism_name="Hidden", basis=Basis.values[0])
    contact = Mechanism.objects.create(agency=agency, country="THA", name="Hidden", phone="+00 000")
    made.name("screening", (screening.reference,), ("S26-2222-2222",))
    made.name("referral", (referral.reference,), ("H26-2222-2222",))
    made.name("contact", (str(contact.pk),), (NOBODY,))


def _own(made: Hidden) -> None:
    officer = made.a.counter
    notice = Notice.objects.create(
        officer=officer, kind="alert", number="x", url="/alerts/A26-3333-3333/", created_at=timezone.now()
    )
    saved = SavedFilter.objects.create(officer=officer, agency=officer.agency, name="x", query="issuer=UTO")
    watch = Subscription.objects.create(officer=officer)
    for kind, row in (("notice", notice), ("filter", saved), ("subscription", watch)):
        made.name(kind, (str(row.pk),), ("999999999",))

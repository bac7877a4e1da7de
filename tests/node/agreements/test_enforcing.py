"""What an agreement tells, it tells from that second until it is halted, amended, over or ended, and never more."""

import datetime

import pytest
from django.utils import timezone

from limen.node.agreements import acting, effects
from limen.node.agreements.acting import Tells
from limen.node.reports import reading
from limen.node.sharing import policy, rules
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

from .conftest import NUMBERS, REPORTS, consent_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(parties, make):
    """Release a report of A's under an agreement, with its number and its bearer: `told(agreement)`."""

    def released(agreement, marking="amber", classes=ALL, **more):
        audience = rules.Audience(
            parties.a.agency.pk,
            Marking(marking),
            classes=classes,
            agreements=frozenset({agreement.pk}),
            kind="reports",
            **more,
        )
        return make.released(
            parties.a.counter, audience, parties.a.second, number="X1234567", surname="Doe", narrative="Said nothing."
        )

    return released


def seen(officer, report):
    """The classes that an officer sees of a report."""
    with viewing(officer.pk):
        return policy.sight(report.audience_id) if reading.reports().filter(pk=report.pk).exists() else FieldClass.NONE


def test_a_clause_tells_what_clause_and_release_allow(parties, agree, told):
    """Of a report released with every class, a clause for numbers tells numbers; a narrower release tells less."""
    agreement = agree()
    assert seen(parties.b.second, told(agreement)) == NUMBERS
    assert seen(parties.b.second, told(agreement, classes=FieldClass.STATISTICAL)) == FieldClass.STATISTICAL
    assert seen(parties.c.second, told(agreement)) == FieldClass.NONE
    assert seen(parties.a.second, told(agreement)) == ALL


def test_roles_cut_what_an_agreement_tells(parties, agree, told, make):
    """An administrator sees nothing of numbers, whatever is agreed."""
    agreement = agree()
    report = told(agreement)
    assert seen(make.officer(parties.b.agency, "administrator"), report) == FieldClass.STATISTICAL


def test_halting_and_lifting(parties, agree, told):
    """From the second of a halt nothing is told; the first who asks does not lift it, a second person does."""
    agreement = agree()
    report = told(agreement)
    with viewing(parties.b.second.pk):
        acting.halt(agreement, parties.b.second, "A leak is being looked into.")
    assert seen(parties.b.second, report) == FieldClass.NONE
    with viewing(parties.b.first.pk):
        assert acting.lift(agreement, parties.b.first) is False
    assert seen(parties.b.second, report) == FieldClass.NONE
    with viewing(parties.b.third.pk):
        assert acting.lift(agreement, parties.b.third) is True
    assert seen(parties.b.second, report) == NUMBERS


def test_every_halt_counts(parties, agree, told):
    """Where both sides halt, lifting one is not enough."""
    agreement = agree()
    report = told(agreement)
    for side in (parties.a, parties.b):
        with viewing(side.first.pk):
            acting.halt(agreement, side.first, "A pause.")
    for officer in (parties.a.first, parties.a.third):
        with viewing(officer.pk):
            acting.lift(agreement, officer)
    assert seen(parties.b.second, report) == FieldClass.NONE


def test_ending(parties, agree, told):
    """After the end nothing is told, for good."""
    agreement = agree()
    report = told(agreement)
    with viewing(parties.b.first.pk):
        acting.end(agreement, parties.b.first, "The memorandum was not renewed.")
    assert seen(parties.b.second, report) == FieldClass.NONE
    assert seen(parties.a.second, report) == ALL


def test_amending(parties, agree, told):
    """An amendment holds when all have consented: then C sees, and B no numbers any more; until then all stays."""
    agreement = agree()
    report = told(agreement)
    first = parties.a.first
    with viewing(first.pk):
        edition = acting.amend(agreement, first)
        acting.write(edition, first, {"begins_on": "2026-01-02", "purposes": ["border"], "onward": "no"})
        acting.set_parties(edition, first, [("a", "", ""), ("b", "", ""), ("c", "", "")])
        a, b, c = (each.agency.pk for each in (parties.a, parties.b, parties.c))
        acting.set_clauses(
            edition, first, [Tells(a, b, REPORTS, FieldClass.STATISTICAL), Tells(a, c, REPORTS, NUMBERS)]
        )
        acting.propose(edition, first)
    assert (seen(parties.b.second, report), seen(parties.c.second, report)) == (NUMBERS, FieldClass.NONE)
    consent_all(edition, parties.a, parties.b, parties.c)
    assert (seen(parties.b.second, report), seen(parties.c.second, report)) == (FieldClass.STATISTICAL, NUMBERS)


@pytest.mark.parametrize(
    ("begins", "ends", "sees"),
    [(-10, None, True), (-10, 0, True), (-10, -1, False), (0, 0, True), (1, None, False)],
)
def test_a_term(parties, agree, told, begins, ends, sees):
    """The first and the last day count; before and after nothing is told."""
    today = timezone.now().date()
    days = {"begins_on": (today + datetime.timedelta(days=begins)).isoformat()}
    if ends is not None:
        days["ends_on"] = (today + datetime.timedelta(days=ends)).isoformat()
    report = told(agree(**days))
    assert bool(seen(parties.b.second, report)) is sees


def test_kinds(parties, agree, told):
    """A clause for case studies tells no reports."""
    assert seen(parties.b.second, told(agree(kinds=frozenset({"casebook"})))) == FieldClass.NONE


def test_both_directions(parties, agree, make):
    """B's reports are told to A under the same agreement, and are not where no clause says so."""
    for back, expected in ((True, NUMBERS), (False, FieldClass.NONE)):
        agreement = agree(back=back)
        audience = rules.Audience(
            parties.b.agency.pk, Marking.AMBER, classes=ALL, agreements=frozenset({agreement.pk}), kind="reports"
        )
        report = make.released(parties.b.counter, audience, parties.b.second, number="X7654321")
        assert seen(parties.a.second, report) == expected


def test_onward_use(parties, agree, told, enter):
    """What an agreement lets be read here alone is neither exported nor given to machines; else the marking decides."""
    for onward, status in (("no", 422), ("within", 200)):
        report = told(agree(onward=onward))
        response = enter(parties.b.second).get(f"/reports/{report.reference}/pdf/")
        assert (response.status_code == 200) is (status == 200), (onward, response.status_code)
        with viewing(parties.b.second.pk):
            assert may_copy(report, parties.b.second) is (onward != "no")
            assert may_copy(report, parties.b.second, policy.read_here()) is (onward != "no")


def test_a_class_that_is_read_here_leaves_nowhere(parties, agree, make, enter):
    """What everybody may copy can hold a number that an agreement lets B read here: B's exports do without it."""
    audience = rules.Audience(
        parties.a.agency.pk,
        Marking.GREEN,
        community=True,
        classes=ALL,
        agreements=frozenset({agree(onward="no", classes=ALL).pk}),
        kind="reports",
    )
    report = make.released(parties.a.counter, audience, parties.a.second, number="X7654321", surname="DOE")
    client = enter(parties.b.second)
    assert "X7654321" in client.get(f"/reports/{report.reference}/").content.decode()
    told = client.get(f"/api/v1/reports/{report.reference}?include=bearer").json()
    assert (told["classes"], told.get("number"), told.get("surname")) == ([0], None, None)
    assert client.get("/api/v1/reports?q=X7654321").json()["items"] == []
    file = client.post("/reports/export/", {"format": "csv", "names": "on"}).content.decode()
    assert report.reference in file
    assert "X7654321" not in file
    assert "DOE" not in file


def test_effects(parties, agree, told):
    """What a halt takes away, and what an edition brings, is said beforehand, of one's own records alone."""
    agreement = agree()
    for _ in range(3):
        told(agreement)
    with viewing(parties.a.first.pk):
        (effect,) = effects.of_stopping(agreement, parties.a.first)
        assert (effect.agency, effect.appear, effect.vanish, effect.more, effect.less) == (parties.b.agency, 0, 3, 0, 0)
        edition = acting.amend(agreement, parties.a.first)
        acting.set_parties(edition, parties.a.first, [("a", "", ""), ("b", "", ""), ("c", "", "")])
        a, b, c = (each.agency.pk for each in (parties.a, parties.b, parties.c))
        acting.set_clauses(edition, parties.a.first, [Tells(a, b, REPORTS, ALL), Tells(a, c, REPORTS, NUMBERS)])
        said = {
            each.agency.code: (each.appear, each.vanish, each.more)
            for each in effects.of_edition(edition, parties.a.first)
        }
    assert said == {"b": (0, 0, 3), "c": (3, 0, 0)}
    with viewing(parties.b.first.pk):
        assert effects.of_stopping(agreement, parties.b.first) == []


def test_recalled(parties, agree, told):
    """A recall takes a record back from an agreement too."""
    from limen.node.sharing import releasing

    report = told(agree())
    with viewing(parties.a.second.pk):
        releasing.recall(report, parties.a.second, "Entered twice.")
    assert seen(parties.b.second, report) == FieldClass.NONE


def test_the_page_names_the_agreement_that_lets_one_see(parties, agree, make, enter):
    """A receiver reads by which agreement it is told what, and nothing of another one under which others are told."""
    shared, apart = agree(), agree(parties.c)
    audience = rules.Audience(
        parties.a.agency.pk,
        Marking("amber"),
        classes=ALL,
        agreements=frozenset({shared.pk, apart.pk}),
        kind="reports",
    )
    report = make.released(parties.a.counter, audience, parties.a.second, number="X1234567")
    page = f"/agreements/access/reports/{report.reference}/"
    text = enter(parties.b.second).get(page).content.decode()
    assert shared.reference in text
    assert "document numbers" in text
    assert apart.reference not in text
    assert parties.c.agency.name not in text
    assert apart.reference in enter(parties.c.second).get(page).content.decode()
    with viewing(parties.b.first.pk):
        acting.halt(shared, parties.b.first, "A question is open.")
    assert enter(parties.b.second).get(page).status_code == 404

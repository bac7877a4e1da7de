"""Writing a case study: who may, what becomes of what they type, and what keeps it from others."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import Http404

from limen.node.audit.models import Entry
from limen.node.casebook import drafting, reading, release, stepping
from limen.node.casebook.finding import Search
from limen.node.casebook.models import CaseStudy, Link, Step
from limen.node.reports import drafting as reports
from limen.node.sharing import rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may"),
    [("examiner", True), ("analyst", True), ("coordinator", True), ("counter", False), ("administrator", False)],
)
def test_who_writes(make, agency, role, may):
    """Examiners, analysts and coordinators write case studies, and nobody else."""
    officer = make.officer(agency, role)
    with viewing(officer.pk):
        if may:
            assert drafting.begin(officer).reference.startswith("C")
        else:
            with pytest.raises(Refused):
                drafting.begin(officer)


def test_who_changes(make, agency, examiner, write):
    """Its author, examiners and coordinators of the agency change a draft; an analyst changes only their own."""
    case = write()
    for role, may in (("coordinator", True), ("analyst", False), ("counter", False)):
        officer = make.officer(agency, role)
        with viewing(officer.pk):
            assert reading.may_edit(case, officer) is may
            if not may:
                with pytest.raises(Refused):
                    drafting.change(case, officer, {"title": "Other"})
    own = write(make.officer(agency, "analyst"))
    with viewing(own.author_id):
        assert reading.may_edit(own, own.author)


def test_a_draft_is_its_agencys_alone(write, stranger, examiner):
    """Nobody of another agency sees a draft or its parts, by functions or by SQL."""
    case = write()
    with viewing(stranger.pk):
        with pytest.raises(Http404):
            reading.case_of(case.reference)
        assert not Search(state="any").rows().exists()
        assert (CaseStudy.objects.count(), Step.objects.count(), Link.objects.count()) == (0, 0, 0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE casebook_casestudy SET title = 'mine'")
            assert cursor.rowcount == 0


def test_sql_adds_nothing_to_anothers(write, stranger):
    """By SQL too, no officer of another agency writes a step into a case study."""
    case = write()
    with viewing(stranger.pk), pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.create(case=case, position=9, text="mine")


@pytest.mark.parametrize(
    ("name", "value"),
    [("issuer", "XQ7"), ("difficulty", "4"), ("language", "xx"), ("model_year", "1492"), ("title", "x" * 121)],
)
def test_what_is_not_understood(examiner, write, name, value):
    """A value that is not understood changes nothing, and the field is named."""
    case = write()
    with viewing(examiner.pk):
        with pytest.raises(Invalid) as caught:
            drafting.change(case, examiner, {name: value, "lesson": "changed"})
        assert caught.value.field == name
        case.refresh_from_db()
    assert case.lesson != "changed"


def test_steps_keep_their_order(examiner, write):
    """Steps are added at the end, moved within the list, and never out of it."""
    case = write()
    with viewing(examiner.pk):
        first, (second, third) = case.steps.get(), (stepping.add_step(case, examiner, {"text": t}) for t in "BC")
        stepping.move_step(case, examiner, third.pk, -1)
        assert [step.pk for step in case.steps.all()] == [first.pk, third.pk, second.pk]
        stepping.move_step(case, examiner, first.pk, -1)
        stepping.move_step(case, examiner, second.pk, 1)
        assert [step.pk for step in case.steps.all()] == [first.pk, third.pk, second.pk]
        stepping.remove_step(case, examiner, third.pk)
        assert [step.pk for step in case.steps.all()] == [first.pk, second.pk]
        with pytest.raises(Http404):
            stepping.remove_step(case, examiner, third.pk)


def test_a_step_of_another_case(examiner, write):
    """A step is changed within its own case study alone."""
    one, other = write(), write()
    with viewing(examiner.pk), pytest.raises(Http404):
        stepping.change_step(one, examiner, other.steps.get().pk, {"text": "mine"})


def test_found_by_what_it_says(examiner, write):
    """A case study is found by words of its texts and of its steps, and by the conditions of the library."""
    case = write(language="th")
    with viewing(examiner.pk):
        for asked in (
            {"q": "ultraviolet"},
            {"q": "edges"},
            {"q": case.reference},
            {"issuer": "UTO"},
            {"method": "whole_counterfeit"},
            {"category": "passport"},
            {"difficulty": "2"},
            {"language": "th"},
        ):
            assert list(Search(**asked, state="any").rows()) == [case], asked
        for asked in ({"q": "laminate"}, {"issuer": "THA"}, {"difficulty": "1"}, {"language": "vi"}, {"q": "!"}):
            assert not Search(**asked, state="any").rows().exists(), asked
        assert not Search().rows().exists()  # a draft is not in the library


def test_begun_from_a_report(make, agency, examiner):
    """A report gives its fields, its means as steps, and a link; nothing of class 1 or more."""
    report = make.report(
        make.officer(agency, "counter"),
        method="whole_counterfeit",
        model_name="P 2015",
        model_year="2015",
        means=["light", "chip"],
        summary="The fibres were missing.",
        number="L898902C3",
        surname="Eriksson",
        narrative="She told.",
    )
    with viewing(examiner.pk):
        case = drafting.from_report(examiner, report)
        assert (case.issuer, case.category, case.methods, case.model_year) == (
            "UTO",
            "passport",
            ["whole_counterfeit"],
            2015,
        )
        assert [(step.tool, step.text) for step in case.steps.all()] == [
            ("light", "The fibres were missing."),
            ("chip", ""),
        ]
        assert [link.reference for link in reading.links_of(case)] == [report.reference]
        told = " ".join(release.open_texts(case)) + case.words
    assert not any(word.lower() in told.lower() for word in ("L898902C3", "Eriksson", "She told"))


def test_only_from_ones_own_agency(make, stranger, examiner):
    """A report of another agency is no beginning, though it may be seen and linked."""
    report = make.released(stranger, rules.Audience(stranger.agency_id, Marking("green"), community=True))
    with viewing(examiner.pk):
        with pytest.raises(Refused):
            drafting.from_report(examiner, report)
        case = drafting.begin(examiner)
        stepping.link(case, examiner, report.reference.lower())
        assert [link.reference for link in reading.links_of(case)] == [report.reference]


def test_what_a_release_needs(examiner, write):
    """A complete one lacks nothing; each required field, and a step that says something, is asked for."""
    case = write()
    with viewing(examiner.pk):
        assert release.missing(case) == []
        drafting.change(case, examiner, {"lesson": "", "difficulty": ""})
        stepping.change_step(case, examiner, case.steps.get().pk, {"text": ""})
        case.refresh_from_db()
        assert len(release.missing(case)) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It read P<UTOERIKSSON<<ANNA<MARIA<<<<<", "machine readable zone"),
        ("The passport L 898902-C3 was new.", "number"),
        ("Mrs Eriksson did not know.", "name"),
        ("Born 1974-08-12.", "date of birth"),
    ],
)
def test_no_text_tells_of_a_person(make, agency, examiner, write, text, told):
    """A zone in any text, and number, name and birth date of the bearer of a linked report, keep it from release."""
    counter = make.officer(agency, "counter")
    report = make.report(counter, number="L898902C3", surname="Eriksson", birth_date="1974-08-12")
    for place in ("title", "features", "lesson", "step"):
        case = write()
        with viewing(examiner.pk):
            stepping.link(case, examiner, report.reference)
            assert release.missing(case) == []
            if place == "step":
                stepping.change_step(case, examiner, case.steps.get().pk, {"text": text})
            else:
                drafting.change(case, examiner, {place: text})
                case.refresh_from_db()
            assert [told in sentence for sentence in release.missing(case)] == [True], place


def test_discarded_whole(make, agency, examiner, write):
    """A draft goes with its steps and links, those too that whoever deletes it cannot see."""
    case = write()
    secret = make.report(make.officer(agency, "counter"))
    with viewing(examiner.pk):
        stepping.link(case, examiner, secret.reference)
        reports.discard(secret, examiner)
        assert reading.links_of(case) == []
        drafting.discard(case, examiner)
        assert (CaseStudy.objects.count(), Step.objects.count()) == (0, 0)


def test_each_change_is_in_the_log(make, agency, examiner, write, keeping):
    """Begun, changed and discarded: each stands in the agency's log under the case study's reference."""
    case = write()
    with viewing(examiner.pk):
        drafting.change(case, examiner, {"title": "Other"})
        drafting.discard(case, examiner)
    with keeping():
        subject = f"casestudy:{case.reference}"
        actions = set(Entry.objects.filter(subject=subject).values_list("action", flat=True))
    assert actions == {"case.begun", "case.changed", "case.discarded"}

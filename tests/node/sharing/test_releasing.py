"""Releasing and recalling a report: who may, how many it takes, and what others see afterwards."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from limen.node.reports import reading
from limen.node.reports.models import BearerDetail, DocumentDetail, Image, Report
from limen.node.reports.release import missing, propose
from limen.node.sharing import policy, releasing
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Release, State
from limen.node.sharing.rules import Audience
from limen.node.sharing.viewer import sealed, viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(make):
    """A counter officer, who reports."""
    return make.officer(None, "counter")


@pytest.fixture
def colleague(make, counter):
    """A coordinator of the same agency."""
    return make.officer(counter.agency, "coordinator")


@pytest.fixture
def partner(make):
    """An examiner of another agency."""
    return make.officer(None, "examiner")


@pytest.fixture
def stranger(make):
    """An examiner of a third agency."""
    return make.officer(None, "examiner")


def to_community(officer):
    return Audience(officer.agency_id, Marking.GREEN, community=True)


def to_partner(officer, partner, classes=ALL):
    return Audience(officer.agency_id, Marking.AMBER, agencies=frozenset({partner.agency_id}), classes=classes)


def seen_by(officer, report):
    """Whether the officer finds the report, and which of its details."""
    with viewing(officer.pk):
        return (
            Report.objects.filter(pk=report.pk).exists(),
            DocumentDetail.objects.filter(report=report).exists(),
            BearerDetail.objects.filter(report=report).exists(),
        )


def test_a_draft_is_its_agencys_alone(make, counter, colleague, partner):
    """Nobody of another agency sees a draft; colleagues do, as far as their roles go."""
    report = make.report(counter, number="X1234567", surname="Doe")
    analyst = make.officer(counter.agency, "analyst")
    assert seen_by(counter, report) == (True, True, True)
    assert seen_by(colleague, report) == (True, True, True)
    assert seen_by(analyst, report) == (True, True, False)
    assert seen_by(partner, report) == (False, False, False)
    with viewing(partner.pk), pytest.raises(Http404):
        reading.report_of(report.reference)


def test_statistics_are_released_by_one(make, counter, partner, stranger):
    """Class 0 needs no second person, and reaches the community at once, without numbers and names."""
    report = make.report(counter, number="X1234567", surname="Doe")
    with viewing(counter.pk):
        propose(report, counter, to_community(counter))
    assert report.state == State.RELEASED
    assert seen_by(partner, report) == (True, False, False)
    assert seen_by(stranger, report) == (True, False, False)


def test_an_agency_may_ask_for_two_always(make, partner):
    """With `second_person_always`, statistics wait for a second person too."""
    officer = make.officer(make.agency(second_person_always=True), "coordinator")
    report = make.report(officer)
    with viewing(officer.pk):
        propose(report, officer, to_community(officer))
    assert report.state == State.PROPOSED
    assert seen_by(partner, report) == (False, False, False)


def test_protected_classes_take_two(make, counter, colleague, partner, stranger):
    """Class 1 and more is released when a second person approves, and to the agencies named alone."""
    report = make.report(counter, number="X1234567", surname="Doe")
    with viewing(counter.pk):
        release = propose(report, counter, to_partner(counter, partner), "MoU of 2024")
    assert report.state == State.PROPOSED
    assert seen_by(partner, report) == (False, False, False)
    with viewing(colleague.pk):
        releasing.approve(report, release, colleague)
    assert seen_by(partner, report) == (True, True, True)
    assert seen_by(stranger, report) == (False, False, False)


def test_who_proposed_does_not_approve(make, colleague, partner):
    """A coordinator's own proposal of protected data waits for another; neither code nor SQL gets past that."""
    report = make.report(colleague)
    with viewing(colleague.pk):
        release = propose(report, colleague, to_partner(colleague, partner), "MoU")
        with pytest.raises(Refused):
            releasing.approve(report, release, colleague)
        with pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(decision="approved", decided_by=colleague)


def test_sql_releases_nothing_by_itself(make, counter, colleague, partner):
    """Setting the audience or deciding in another's name is refused by the database."""
    report = make.report(counter)
    with viewing(counter.pk):
        release = propose(report, counter, to_partner(counter, partner), "MoU")
        for change in (
            lambda: Report.objects.filter(pk=report.pk).update(audience_id=release.audience_id),
            lambda: Release.objects.filter(pk=release.pk).update(decision="approved", decided_by=colleague),
            lambda: Release.objects.filter(pk=release.pk).update(proposed_by=colleague),
            lambda: policy.intern(to_partner(partner, counter)),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


@pytest.mark.parametrize("role", ["counter", "analyst", "administrator"])
def test_only_examiners_and_coordinators_approve(make, counter, partner, role):
    """No other role approves what somebody else proposed."""
    report = make.report(counter)
    other = make.officer(counter.agency, role)
    with viewing(counter.pk):
        release = propose(report, counter, to_partner(counter, partner), "MoU")
    with viewing(other.pk), pytest.raises(Refused):
        releasing.approve(report, release, other)
    with viewing(other.pk), pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(decision="approved", decided_by=other)


def test_another_agency_decides_nothing(make, counter, partner):
    """A coordinator of another agency can neither approve nor recall."""
    foreign = make.officer(partner.agency, "coordinator")
    report = make.released(counter, to_community(counter))
    with viewing(foreign.pk), pytest.raises(Refused):
        releasing.recall(report, foreign, "no")


def test_recall_takes_it_back_at_once(make, counter, partner):
    """After a recall the owner alone sees the report and all its parts; the reason stands in its history."""
    report = make.released(counter, to_partner(counter, partner), number="X1234567", surname="Doe")
    assert seen_by(partner, report) == (True, True, True)
    with viewing(counter.pk):
        releasing.recall(report, counter, "the wrong document")
        assert releasing.history(report)[0].comment == "the wrong document"
    assert report.state == State.RECALLED
    assert seen_by(partner, report) == (False, False, False)
    assert seen_by(counter, report) == (True, True, True)


def test_red_names_persons(make, counter, colleague, partner):
    """TLP:RED is seen by the persons named, the author's coordinators and nobody else, of neither agency."""
    audience = Audience(
        counter.agency_id, Marking.RED, officers=frozenset({partner.pk, counter.pk}), classes=FieldClass.STATISTICAL
    )
    report = make.released(counter, audience, second=colleague)
    beside, within = make.officer(partner.agency, "coordinator"), make.officer(counter.agency, "examiner")
    assert [seen_by(officer, report)[0] for officer in (counter, colleague, partner, beside, within)] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"community": True, "marking": Marking.AMBER}, "audience"),
        ({"community": False}, "audience"),
        ({"classes": ALL}, "classes"),
    ],
)
def test_what_cannot_be_released(make, counter, change, field):
    """An audience against its marking, an empty one, and protected classes for everybody are refused in a sentence."""
    report = make.report(counter)
    values = {"owner": counter.agency_id, "marking": Marking.GREEN, "community": True} | change
    with viewing(counter.pk), pytest.raises(Invalid) as caught:
        propose(report, counter, Audience(**values), "MoU")
    assert field == caught.value.field


def test_what_a_release_needs(make, counter):
    """What is missing is named, and personal data in the text for everybody are found."""
    report = make.report(
        counter, issuer="", number="AB 123456", surname="Macgorerfort", summary="Mr Macgorerfort carried it"
    )
    with viewing(counter.pk):
        assert len(missing(report)) == 2
        with pytest.raises(Invalid):
            propose(report, counter, to_community(counter))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("summary", "Number AB-123 456 was scraped"),
        ("supply_place", "Macgorerfort's flat"),
        ("summary", "P<UTOMACGORERFORT<<WANDA"),
        ("summary", "born 1960-04-22"),
        ("companions", [{"category": "", "issuer": "", "note": "for Wanda Macgorerfort"}]),
    ],
)
def test_no_text_for_everybody_tells_of_the_bearer(make, counter, field, text):
    """Number, name, birth date and zone are found in whichever text of class 0 they stand."""
    known = {"number": "AB 123456", "surname": "Macgorerfort", "given_names": "Wanda", "birth_date": "1960-04-22"}
    report = make.report(counter, **known | {field: text})
    with viewing(counter.pk):
        assert len(missing(report)) == 1


def test_marked_places_tell_nothing_either(make, counter):
    """What is written at a marked place is read by everybody, and looked through like the rest."""
    report = make.report(counter, number="AB 123456")
    with viewing(counter.pk):
        regions = [{"x": 0, "y": 0, "w": 1, "h": 1, "label": "", "text": "AB123456 altered"}]
        Image.objects.create(report=report, width=1, height=1, masks_confirmed=True, regions=regions)
        assert len(missing(report)) == 1


def test_preview_says_what_will_be_seen(make, counter, partner, stranger):
    """The preview of an audience is what the database then grants, agency by agency."""
    audience = to_partner(counter, partner, FieldClass.STATISTICAL | FieldClass.DOCUMENT)
    told = {recipient.agency.pk: recipient.classes for recipient in policy.preview(audience)}
    report = make.released(counter, audience)
    assert stranger.agency_id not in told
    with viewing(partner.pk):
        assert told[partner.agency_id] == policy.sight(report.audience_id)


def test_nobody_sees_nothing(make, counter):
    """Without a viewer, and for who was deactivated, protected tables are empty."""
    report = make.released(counter, to_community(counter))
    with viewing(None):
        assert not Report.objects.exists()
    gone = make.officer(None, "examiner", is_active=False)
    assert seen_by(gone, report) == (False, False, False)


def test_sql_cannot_name_another_viewer(make, counter, partner):
    """A setting without its seal, or with another's, names nobody; the key is closed to the site."""
    make.report(counter)
    for forged in (str(counter.pk), sealed(partner.pk).replace(f"{partner.pk}.", f"{counter.pk}."), "x.y", "."):
        with viewing(partner.pk), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('limen.viewer', %s, false)", [forged])
            assert not Report.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sharing_viewerkey")


def test_every_protected_table_has_row_level_security():
    """A table that carries an audience or an owner has policies; the list of those without is looked at by people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE a.attname IN ('audience_id', 'owner_id') AND c.relkind = 'r' AND NOT c.relrowsecurity"
            " AND has_table_privilege('limen_site', c.oid, 'SELECT')"
        )
        assert cursor.fetchall() == []

"""Pictures taken from reports: by whom, of which reports, for which audiences, and what a recall does to them."""

from __future__ import annotations

import json

import pytest
from django.db import Error, connection, transaction
from django.http import Http404

from limen.node.audit.models import Entry
from limen.node.exhibits import adding, reading
from limen.node.exhibits.fitting import fit
from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.showing import viewer_of
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

from .records import audience_of, recall, release, webp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holder")]


@pytest.fixture
def officer(make):
    return make.officer(None, "examiner")


@pytest.fixture
def record(make, officer):
    """The record that the pictures are for."""
    return make.report(officer)


def take(record, officer, image) -> Exhibit:
    with viewing(officer.pk):
        return adding.take(record, officer, image)


def sees(record, officer) -> int:
    """How many exhibits an officer sees, in rows."""
    with viewing(officer.pk):
        return Exhibit.objects.filter(record=record.pk).count()


def test_a_copy_with_its_marked_places(make, record, officer, pictured):
    """File, thumbnail, light, subject and regions are the picture's; the file is another."""
    regions = [{"x": 0.1, "y": 0.1, "w": 0.2, "h": 0.2, "label": "", "text": "lifted"}]
    image = pictured(make.report(officer), light="uv", subject="data_page", regions=regions)
    exhibit = take(record, officer, image)
    assert (exhibit.light, exhibit.subject, exhibit.regions) == ("uv", "data_page", regions)
    assert (exhibit.owner_id, exhibit.audience_id, exhibit.withheld) == (record.owner_id, record.audience_id, False)
    assert exhibit.masked.name != image.masked.name
    with exhibit.masked.open() as file:
        assert file.read() == webp()


def test_taking_is_recorded(make, record, officer, pictured, keeping):
    """With the report that it came from."""
    image = pictured(make.report(officer))
    exhibit = take(record, officer, image)
    with keeping():
        entry = Entry.objects.get(action="exhibit.taken")
    assert entry.subject == f"report:{record.reference}"
    assert json.loads(entry.details) == {"exhibit": str(exhibit.uid), "report": image.report.reference}


def test_what_may_be_taken(make, record, officer, told, pictured):
    """Of the own agency all but TLP:RED; of others what the whole community was told."""
    other = make.officer(None, "examiner")
    takeable = {
        "own draft": pictured(make.report(officer)),
        "own green": told(officer, "green"),
        "other's green": told(other, "green"),
        "other's clear": told(other, "clear"),
    }
    refused = {
        "other's green, named": told(other, "green", officer.agency),
        "other's amber": told(other, "amber", officer.agency),
    }
    for name, image in takeable.items():
        assert take(record, officer, image).pk, name
    for image in refused.values():
        with pytest.raises(Refused):
            take(record, officer, image)
    assert sees(record, officer) == len(takeable)


def test_the_database_holds_the_same(make, record, officer, told):
    """A row that was written past `take` is refused too."""
    other = make.officer(None, "examiner")
    image = told(other, "amber", officer.agency)
    with viewing(officer.pk), pytest.raises(Error), transaction.atomic():
        Exhibit.objects.create(
            kind="reports", record=record.pk, width=1, height=1, masked="x", source_report=image.report_id
        )
    with viewing(other.pk), pytest.raises(Error), transaction.atomic():
        Exhibit.objects.create(kind="reports", record=record.pk, width=1, height=1, masked="x")


def test_not_twice_not_unconfirmed_and_only_into_drafts(make, record, officer, pictured):
    """Each with a sentence that says so."""
    image = pictured(make.report(officer))
    take(record, officer, image)
    with pytest.raises(Invalid, match="already"):
        take(record, officer, image)
    with pytest.raises(Invalid, match="masks"):
        take(record, officer, pictured(make.report(officer), confirmed=False))
    counter = make.officer(officer.agency, "counter")
    with pytest.raises(Refused):
        take(record, counter, pictured(make.report(officer)))
    release(record, officer, "green")
    with pytest.raises(Refused):
        take(record, officer, pictured(make.report(officer)))


def test_released_exhibits_do_not_change(make, record, officer, pictured):
    """Whatever code says: the database refuses, for who may write them."""
    exhibit = take(record, officer, pictured(make.report(officer)))
    release(record, officer, "green")
    with viewing(officer.pk):
        for statement in (
            "UPDATE exhibits_exhibit SET caption = 'x' WHERE id = %s",
            "UPDATE exhibits_exhibit SET masks_confirmed = false WHERE id = %s",
            "DELETE FROM exhibits_exhibit WHERE id = %s",
        ):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [exhibit.pk])
        with connection.cursor() as cursor:  # what is copied is copied, whatever is written
            cursor.execute("UPDATE exhibits_exhibit SET audience_id = 1, owner_id = 1, withheld = true")
        exhibit.refresh_from_db()
        record.refresh_from_db()
    assert (exhibit.audience_id, exhibit.withheld) == (record.audience_id, False)


def test_seen_exactly_when_its_record_is(make, record, officer, pictured):
    """By nobody beyond the owner, then by the agency named, then by the owner alone again."""
    friend, stranger = make.officer(None, "counter"), make.officer(None, "examiner")
    exhibit = take(record, officer, pictured(make.report(officer)))
    assert [sees(record, each) for each in (officer, friend, stranger)] == [1, 0, 0]
    release(record, officer, "amber", friend.agency)
    assert [sees(record, each) for each in (officer, friend, stranger)] == [1, 1, 0]
    recall(record, officer)
    assert [sees(record, each) for each in (officer, friend, stranger)] == [1, 0, 0]
    with viewing(officer.pk):
        record.refresh_from_db()
        exhibit.refresh_from_db()
        assert exhibit.audience_id == record.audience_id


def test_a_release_goes_no_further_than_the_source(make, record, officer, told):
    """A picture of another's TLP:GREEN report keeps the record from TLP:CLEAR, and the database withholds it there."""
    other, stranger = make.officer(None, "examiner"), make.officer(None, "examiner")
    take(record, officer, told(other, "green"))
    with viewing(officer.pk):
        faults = {
            marking: fit(record, audience_of(record.owner_id, marking, *named))
            for marking, named in {"clear": (), "green": (), "amber": (stranger.agency,)}.items()
        }
    assert {marking: len(each) for marking, each in faults.items()} == {"clear": 1, "green": 0, "amber": 0}
    assert str(other.agency) in faults["clear"][0]
    release(record, officer, "clear")  # past `fit`
    assert sees(record, stranger) == 0
    recall(record, officer)
    release(record, officer, "green")
    assert sees(record, stranger) == 1


def test_a_recalled_source_takes_its_picture_along(make, record, officer, told, enter):
    """From others at once, and from the agency that took it, which learns why; it comes back with a new release."""
    other, stranger = make.officer(None, "examiner"), make.officer(None, "examiner")
    image = told(other, "green")
    exhibit = take(record, officer, image)
    release(record, officer, "green")
    address = f"/exhibits/{exhibit.uid}/"
    assert [enter(each).get(address).status_code for each in (officer, stranger)] == [200, 200]
    recall(image.report, other)
    assert [enter(each).get(address).status_code for each in (officer, stranger)] == [404, 404]
    assert sees(record, stranger) == 0
    with viewing(officer.pk):
        shown = viewer_of(record)
        assert (shown["pictures"], shown["withheld"]) == ([], 1)
        assert len(fit(record)) == 1
    release(image.report, other, "green")
    assert [enter(each).get(address).status_code for each in (officer, stranger)] == [200, 200]


def test_a_source_that_was_deleted_leaves_things_as_they_were(make, record, officer, told, keeping):
    """Its time was over: what was told stays told, and what was withheld stays withheld."""
    other = make.officer(None, "examiner")
    kept, gone = told(other, "green"), told(other, "green")
    one, two = take(record, officer, kept), take(record, officer, gone)
    recall(gone.report, other)
    with keeping():
        kept.report.delete()
        gone.report.delete()
    release(record, officer, "green")
    with viewing(officer.pk):
        one.refresh_from_db()
        two.refresh_from_db()
        assert (one.withheld, two.withheld) == (False, True)
        assert (one.source_marking, one.is_foreign) == ("green", True)
        with pytest.raises(Http404):
            reading.picture_of(two.uid)


def test_deleting_a_record_deletes_rows_and_files(make, record, officer, pictured, django_capture_on_commit_callbacks):
    """Both follow, and nothing of others goes with them."""
    from limen.node.exhibits import deleting

    exhibit = take(record, officer, pictured(make.report(officer)))
    second = make.report(officer)
    other = take(second, officer, pictured(make.report(officer)))
    with viewing(officer.pk), django_capture_on_commit_callbacks(execute=True):
        assert deleting.go_with([record]) == 2
        record.delete()
    with viewing(officer.pk):
        assert list(Exhibit.objects.all()) == [other]
    assert not exhibit.masked.storage.exists(exhibit.masked.name)
    assert other.masked.storage.exists(other.masked.name)

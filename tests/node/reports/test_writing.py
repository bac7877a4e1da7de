"""Writing a report through its pages."""

from __future__ import annotations

import pytest

from limen.node.reports.models import BearerDetail, Report

pytestmark = pytest.mark.django_db


def test_a_draft_begins_with_a_press_of_a_button(people, seen_by):
    """GET changes nothing; POST makes the draft and leads to its form."""
    client = people.sign_in(people.counter)
    assert client.get("/reports/new/").status_code == 200
    with seen_by(people.counter):
        assert not Report.objects.exists()
    response = client.post("/reports/new/")
    with seen_by(people.counter):
        report = Report.objects.get()
    assert response["Location"] == f"/reports/{report.reference}/edit/"
    assert report.detection_country == "THA"


def test_who_writes_no_reports_begins_none(people, seen_by):
    """An administrator of machines needs no documents."""
    assert people.sign_in(people.administrator).post("/reports/new/").status_code == 403
    with seen_by(people.coordinator):
        assert not Report.objects.exists()


def test_an_analyst_writes_and_others_propose(people, begin):
    """The form does not lead where they may not go."""
    draft = begin(people.analyst)
    client = people.sign_in(people.analyst)
    for address in ("edit", "beside"):
        page = client.get(f"/reports/{draft.reference}/{address}/", headers={"HX-Request": "true"}).content.decode()
        assert "Go on to release" not in page
        assert "proposes its release" in page


def test_the_form_shows_what_is_in_the_draft(people, draft):
    """Every field has its control, and the required ones stand open."""
    page = people.sign_in(people.counter).get(f"/reports/{draft.reference}/edit/").content.decode()
    assert 'value="UTO"' in page
    assert "Eriksson" in page
    assert "L898902C3" in page
    assert f'data-autosave="/reports/{draft.reference}/field/"' in page


def test_every_field_is_in_the_form(people, draft):
    """A field that is forgotten here cannot be reported."""
    from limen.node.reports.fields import FIELDS

    page = people.sign_in(people.counter).get(f"/reports/{draft.reference}/edit/").content.decode()
    absent = [field.name for field in FIELDS if f'name="{field.name}"' not in page and field.name != "companions"]
    assert absent == []


def test_what_is_typed_is_saved_field_by_field(people, draft, seen_by):
    """Words are understood as codes."""
    client = people.sign_in(people.counter)
    response = client.post(f"/reports/{draft.reference}/field/", {"issuer": "Viet Nam", "place": "SGN"})
    assert response.json()["errors"] == {}
    assert response.status_code == 200
    with seen_by(people.counter):
        draft.refresh_from_db()
    assert (draft.issuer, draft.place) == ("VNM", "VNSGN")


def test_a_field_in_error_is_told_and_the_rest_is_saved(people, draft, seen_by):
    """One wrong date does not lose the other fields."""
    client = people.sign_in(people.counter)
    response = client.post(
        f"/reports/{draft.reference}/field/", {"expires_on": "31.31.2020", "series": "ab", "price": "many"}
    )
    assert response.status_code == 422
    assert response.json()["errors"].keys() == {"expires_on", "price"}
    with seen_by(people.counter):
        draft.refresh_from_db()
        assert draft.document.series == "AB"


@pytest.mark.parametrize(
    ("sent", "stored"), [(["light", "chip"], ["light", "chip"]), (["", "chip"], ["chip"]), ([""], [])]
)
def test_several_values_come_apart(people, draft, seen_by, sent, stored):
    """Checkboxes send one value each, and an empty one that says that none is ticked."""
    client = people.sign_in(people.counter)
    client.post(f"/reports/{draft.reference}/field/", {"means": ["face"]})
    assert client.post(f"/reports/{draft.reference}/field/", {"means": sent}).status_code == 200
    with seen_by(people.counter):
        draft.refresh_from_db()
    assert draft.means == stored


def test_a_method_tells_the_class_of_fraud(people, seen_by):
    """Where none was chosen; a class that was chosen stays."""
    from limen.node.reports import drafting

    with seen_by(people.counter):
        draft = drafting.begin(people.counter)
    client = people.sign_in(people.counter)
    for method, expected in (("photo_substitution", "forgery"), ("look_alike", "forgery")):
        client.post(f"/reports/{draft.reference}/field/", {"method": method})
        with seen_by(people.counter):
            draft.refresh_from_db()
        assert (draft.method, draft.fraud_class) == (method, expected)


def test_the_form_works_without_scripts(people, draft, seen_by):
    """Sent as a whole, with the route; what is wrong comes back as it was typed, and the rest is stored."""
    client = people.sign_in(people.counter)
    sent = {"issuer": "THA", "price": "many", "leg-sent": "1", "leg-0-place": "BKK", "leg-0-service": "tg 401"}
    response = client.post(f"/reports/{draft.reference}/edit/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="many"' in page
    assert "is not understood" in page
    with seen_by(people.counter):
        draft.refresh_from_db()
        assert draft.issuer == "THA"
        assert [leg.place for leg in draft.legs.all()] == ["THBKK"]
    assert client.post(f"/reports/{draft.reference}/edit/", {"issuer": "THA"}).status_code == 302


def test_legs_are_stored_as_a_whole(people, draft, seen_by):
    """A row that says nothing is dropped; one in error stores none, and says so."""
    client = people.sign_in(people.counter)
    address = f"/reports/{draft.reference}/legs/"
    rows = {
        "leg-0-place": "BKK",
        "leg-0-role": "embarkation",
        "leg-1-service": "",
        "leg-2-country": "VNM",
        "leg-2-role": "final",
    }
    assert client.post(address, rows).status_code == 200
    with seen_by(people.counter):
        assert [(leg.role, leg.place, leg.country) for leg in draft.legs.all()] == [
            ("embarkation", "THBKK", ""),
            ("final", "", "VNM"),
        ]
    wrong = client.post(address, {"leg-0-country": "Atlantis"})
    assert wrong.status_code == 422
    assert "Atlantis" in wrong.content.decode()
    with seen_by(people.counter):
        assert draft.legs.count() == 2


def test_rows_are_added_and_removed_by_buttons(people, draft, seen_by):
    """The fragment that comes back has one row more, or one less."""
    client = people.sign_in(people.counter)
    address = f"/reports/{draft.reference}/legs/"
    more = client.post(address, {"leg-0-place": "BKK", "leg-add": "1"}).content.decode()
    assert 'name="leg-1-place"' in more
    less = client.post(address, {"leg-0-place": "BKK", "leg-1-place": "SGN", "leg-remove": "0"}).content.decode()
    assert 'name="leg-1-place"' not in less
    with seen_by(people.counter):
        assert [leg.place for leg in draft.legs.all()] == ["VNSGN"]


def test_companion_documents_are_rows_too(people, draft, seen_by):
    """Kind, issuer and a note."""
    client = people.sign_in(people.counter)
    rows = {"companion-0-category": "visa_label", "companion-0-issuer": "Thailand", "companion-1-note": "boarding pass"}
    assert client.post(f"/reports/{draft.reference}/companions/", rows).status_code == 200
    with seen_by(people.counter):
        draft.refresh_from_db()
    assert [item["issuer"] for item in draft.companions] == ["THA", ""]


def test_a_draft_is_discarded_with_all_it_holds(people, draft, seen_by):
    """Nothing of it is left."""
    client = people.sign_in(people.counter)
    assert client.post(f"/reports/{draft.reference}/discard/").status_code == 302
    assert client.get(f"/reports/{draft.reference}/").status_code == 404
    with seen_by(people.counter):
        assert not BearerDetail.objects.exists()


def test_who_may_not_change_a_draft(people, draft, seen_by):
    """A colleague who only reads is told so; another agency finds nothing, as if it were not there."""
    body = {"issuer": "VNM"}
    assert people.sign_in(people.analyst).post(f"/reports/{draft.reference}/field/", body).status_code == 403
    absent = people.sign_in(people.friendly).post("/reports/R26-ZZZZZZ/field/", body)
    forbidden = people.sign_in(people.friendly).post(f"/reports/{draft.reference}/field/", body)
    assert absent.status_code == forbidden.status_code == 404
    with seen_by(people.counter):
        draft.refresh_from_db()
    assert draft.issuer == "UTO"


def test_opening_the_bearers_data_is_recorded(people, draft):
    """The form shows them, so the log says who opened it."""
    from limen.node.audit.models import Entry

    people.sign_in(people.examiner).get(f"/reports/{draft.reference}/edit/")
    with_role = people.coordinator
    from limen.node.sharing.viewer import viewing

    with viewing(with_role.pk):
        assert Entry.objects.filter(action="report.bearer_seen", actor=people.examiner.pk).exists()

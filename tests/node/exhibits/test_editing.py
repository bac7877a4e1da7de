"""Exhibits through their pages: uploaded, masked, described, marked, paired, put in order, removed."""

from __future__ import annotations

import io
import json
import re

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from limen.node.exhibits import adding
from limen.node.exhibits.fitting import fit
from limen.node.exhibits.models import Exhibit, Original
from limen.node.sharing.viewer import viewing

from .records import audience_of, recall, release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holder")]


@pytest.fixture
def officer(make):
    return make.officer(None, "counter")


@pytest.fixture
def record(make, officer):
    """The record that the pictures are for."""
    return make.report(officer)


@pytest.fixture
def client(enter, officer):
    return enter(officer)


def png(seed: int = 3) -> bytes:
    file = io.BytesIO()
    Pillow.fromarray(np.random.default_rng(seed).integers(0, 256, (240, 320, 3), np.uint8)).save(file, "PNG")
    return file.getvalue()


def upload(client, record, data: bytes, **headers):
    file = SimpleUploadedFile("page.png", data, content_type="image/png")
    return client.post(f"/exhibits/reports/{record.pk}/upload/", {"image": file, "light": "uv"}, headers=headers)


def rows(record, officer) -> list[Exhibit]:
    with viewing(officer.pk):
        return list(Exhibit.objects.filter(record=record.pk))


@pytest.fixture
def uploaded(client, record, officer) -> Exhibit:
    """A picture in which no page was found."""
    upload(client, record, png())
    return rows(record, officer)[0]


@pytest.fixture
def taken(make, record, officer, pictured):
    """Two pictures from a report of the own agency."""
    source = make.report(officer)
    with viewing(officer.pk):
        return [adding.take(record, officer, pictured(source)) for _ in range(2)]


def pixels(file) -> np.ndarray:
    with file.storage.open(file.name) as opened:
        return np.asarray(Pillow.open(io.BytesIO(opened.read())).convert("RGB"))


def test_an_upload_is_hidden_until_confirmed(client, record, officer, uploaded):
    """All of it is masked where no page is found, and it keeps the record from being released."""
    assert (uploaded.light, uploaded.masks_confirmed, uploaded.width) == ("uv", False, 320)
    assert pixels(uploaded.masked).std() < 1
    with viewing(officer.pk):
        assert any("masks" in each for each in fit(record))
    page = client.get(f"/exhibits/reports/{record.pk}/").content.decode()
    assert "Masks not confirmed" in page


def test_htmx_gets_the_card_alone(client, record):
    """And scripts learn that pictures changed."""
    response = upload(client, record, png(), **{"HX-Request": "true"})
    assert "limen:pictures" in response["HX-Trigger"]
    assert re.match(r"\s*<article", response.content.decode())


def test_confirming_deletes_the_original(
    client, record, officer, uploaded, make, enter, django_capture_on_commit_callbacks
):
    """It was for who uploaded it and those of the agency whose role sees it; afterwards it is nobody's."""
    analyst, examiner = make.officer(officer.agency, "analyst"), make.officer(officer.agency, "examiner")
    address = f"/exhibits/{uploaded.uid}/original/"
    readers = [client, enter(examiner), enter(analyst), enter(make.officer(None, "examiner"))]
    assert [each.get(address).status_code for each in readers] == [200, 200, 404, 404]
    with viewing(officer.pk):
        file = Original.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        drawn = json.dumps([{"x": 0.2, "y": 0.2, "w": 0.5, "h": 0.4}])
        assert client.post(f"/exhibits/{uploaded.uid}/masks/", {"masks": drawn}).status_code == 302
    (exhibit,) = rows(record, officer)
    assert exhibit.masks_confirmed
    seen = pixels(exhibit.masked)
    assert seen[60:120, 80:200].std(axis=(0, 1)).max() < 4 < seen[:40].std()
    assert not file.storage.exists(file.name)
    assert [each.get(address).status_code for each in readers] == [404] * 4


def test_looking_at_an_original_is_recorded(client, uploaded, keeping):
    """As that of a report's picture is."""
    from limen.node.audit.models import Entry

    client.get(f"/exhibits/{uploaded.uid}/original/")
    with keeping():
        assert Entry.objects.filter(action="exhibit.original_seen").count() == 1


def test_who_does_not_see_the_original_does_not_confirm(make, enter, record, officer, keeping):
    """An examiner uploads; the counter officer who wrote the record does not see it, so does not judge its masks."""
    upload(enter(make.officer(officer.agency, "examiner")), record, png())
    (exhibit,) = rows(record, officer)
    client = enter(officer)
    assert client.get(f"/exhibits/{exhibit.uid}/masks/").status_code == 403
    assert client.post(f"/exhibits/{exhibit.uid}/masks/", {"keep": "1"}).status_code == 403
    assert not rows(record, officer)[0].masks_confirmed


def test_more_is_hidden_on_what_was_taken(client, record, officer, taken, django_capture_on_commit_callbacks):
    """There is no original to go back to: masks are added to those before, and the file before is gone."""
    before = taken[0]
    with django_capture_on_commit_callbacks(execute=True):
        drawn = json.dumps([{"x": 0, "y": 0, "w": 1, "h": 0.5}])
        client.post(f"/exhibits/{before.uid}/masks/", {"masks": drawn})
    exhibit = rows(record, officer)[0]
    assert len(exhibit.masks) == 1
    assert pixels(exhibit.masked)[:20].std(axis=(0, 1)).max() < 4
    assert not before.masked.storage.exists(before.masked.name)


def test_described_and_paired(client, record, officer, taken):
    """By code and by number; what is not understood changes nothing."""
    one, two = taken
    values = {"caption": " Lifted\n laminate ", "light": "uv", "subject": "data_page", "compared_with": str(two.uid)}
    assert client.post(f"/exhibits/{one.uid}/change/", values).status_code == 302
    client.post(f"/exhibits/{two.uid}/change/", {"role": "reference"})
    first, second = rows(record, officer)
    assert (first.caption, first.light, first.subject) == ("Lifted laminate", "uv", "data_page")
    assert (first.compared_with_id, second.role) == (two.pk, "reference")
    for wrong in ({"light": "x-rays"}, {"role": "genuine"}, {"compared_with": str(one.uid)}):
        assert client.post(f"/exhibits/{one.uid}/change/", wrong).status_code == 422
    page = client.get(f"/exhibits/reports/{record.pk}/").content.decode()
    assert f'data-compare="{two.uid}"' in page
    assert "data-reference" in page


def test_marked_places(client, record, officer, taken):
    """As the marker sends them."""
    address = f"/exhibits/{taken[0].uid}/regions/"
    sent = json.dumps({"regions": [{"x": 0.1, "y": 0.2, "w": 0.9, "h": 0.1, "label": "laminate", "text": "lifted"}]})
    assert client.post(address, sent, content_type="application/json").status_code == 200
    assert rows(record, officer)[0].regions[0]["text"] == "lifted"
    assert client.post(address, "{}", content_type="application/json").status_code == 422
    assert client.get(address).status_code == 200


def test_put_in_order_and_removed(client, record, officer, taken, django_capture_on_commit_callbacks):
    """With the files; what was compared with it is compared with nothing."""
    one, two = taken
    client.post(f"/exhibits/{one.uid}/change/", {"compared_with": str(two.uid)})
    client.post(f"/exhibits/{two.uid}/move/", {"to": "earlier"})
    assert rows(record, officer) == [two, one]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/exhibits/{two.uid}/remove/")
    (left,) = rows(record, officer)
    assert (left.pk, left.compared_with_id) == (one.pk, None)
    assert not two.masked.storage.exists(two.masked.name)


def test_taking_by_reference(make, client, record, officer, told, pictured):
    """The report's pictures are offered where it is seen and lets them be taken; nothing tells of others."""
    other = make.officer(None, "examiner")
    green, hidden = told(other, "green"), pictured(make.report(other))
    address = f"/exhibits/reports/{record.pk}/"
    offered = client.get(address, {"reference": green.report.reference.lower()}).content.decode()
    assert str(green.uid) in offered
    absent = "R26-AAAA-AAAA"
    answers = [
        client.get(f"{address}offers/", {"reference": each}, headers={"HX-Request": "true"}).content.decode()
        for each in (hidden.report.reference, absent)
    ]
    assert answers[0] == answers[1]
    assert client.post(f"{address}take/", {"image": str(green.uid)}).status_code == 302
    assert client.post(f"{address}take/", {"image": str(hidden.uid)}).status_code == 404
    assert [each.source_report for each in rows(record, officer)] == [green.report_id]


def test_texts_that_name_the_bearer_keep_it_from_release(make, client, record, officer, pictured):
    """A caption is read by everybody: it holds neither the document's number nor a machine readable zone."""
    source = make.report(officer, number="L898902C3")
    with viewing(officer.pk):
        exhibit = adding.take(record, officer, pictured(source))
        assert fit(record) == []
    for caption in ("Number L898902C3 was printed twice", "P<UTOERIKSSON<<ANNA"):
        client.post(f"/exhibits/{exhibit.uid}/change/", {"caption": caption})
        with viewing(officer.pk):
            assert len(fit(record)) == 1


def test_others_do_not_edit(make, client, enter, record, officer, taken):
    """Another agency's officers find nothing; the own agency's without the right are told; nobody edits a release."""
    exhibit = taken[0]
    stranger, analyst = enter(make.officer(None, "examiner")), enter(make.officer(officer.agency, "analyst"))
    posts = {
        f"/exhibits/{exhibit.uid}/change/": {"caption": "x"},
        f"/exhibits/{exhibit.uid}/remove/": {},
        f"/exhibits/{exhibit.uid}/move/": {"to": "later"},
        f"/exhibits/{exhibit.uid}/masks/": {"keep": "1"},
        f"/exhibits/reports/{record.pk}/take/": {"image": str(exhibit.source_image)},
    }
    for address, values in posts.items():
        assert stranger.post(address, values).status_code == 404, address
        assert analyst.post(address, values).status_code == 403, address
    release(record, officer, "green")
    for address, values in posts.items():
        assert client.post(address, values).status_code == 403, address
        assert stranger.post(address, values).status_code == 403, address
    assert client.get("/exhibits/nothing/1/").status_code == 404


def test_the_own_agency_learns_that_a_source_was_recalled(make, client, record, officer, taken):
    """Its own report: the picture stays, for it to judge."""
    with viewing(officer.pk):
        source = adding.Image.objects.get(uid=taken[0].source_image).report
    release(source, officer, "green")
    recall(source, officer)
    assert "Its report was recalled" in client.get(f"/exhibits/reports/{record.pk}/").content.decode()
    with viewing(officer.pk):
        assert fit(record, audience_of(record.owner_id, "clear")) == []


def test_there_are_only_so_many(client, record, taken, stored, monkeypatch):
    """And the files of one too many are removed again."""
    before = set(stored)
    monkeypatch.setattr(adding, "MOST", len(taken) + 1)
    assert upload(client, record, png()).status_code != 422
    assert len(stored - before) == 3, "one that fits stores picture, thumbnail and original"
    kept = set(stored)
    assert upload(client, record, png()).status_code == 422
    assert stored == kept


def test_backup_and_check_know_the_files(uploaded, keeping):
    """Picture, thumbnail and original are among the files that rows name."""
    from limen.node.backup.rows import stored_names

    with keeping():
        names = set(stored_names())
        original = Original.objects.get(exhibit=uploaded).file.name
    assert {uploaded.masked.name, uploaded.thumbnail.name, original} <= names

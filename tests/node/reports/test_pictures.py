"""Pictures through their pages: what is taken in, what is hidden, who is given which file."""

from __future__ import annotations

import io
import json
import re

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from limen.node.images.masks import whole
from limen.node.reports import picturing
from limen.node.reports.models import BearerDetail, DocumentDetail, Image, Original
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def test_a_fingerprint_fits_its_column():
    """What is computed is what is stored."""
    from limen.node.images import DIMENSIONS
    from limen.node.reports.models import FINGERPRINT

    assert DIMENSIONS == FINGERPRINT


def upload(client, draft, data: bytes, name: str = "page.jpg", **headers):
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return client.post(f"/reports/{draft.reference}/images/", {"image": file}, headers={"HX-Request": "true"} | headers)


def read(file) -> bytes:
    """What is stored."""
    with file.open() as opened:
        return opened.read()


def pixels_of(file) -> np.ndarray:
    """What is seen."""
    return np.asarray(Pillow.open(io.BytesIO(read(file))).convert("RGB"))


@pytest.fixture
def attached(people, draft, seen_by, picture) -> Image:
    """A picture of the draft, all of it hidden since no page was found in it."""
    with seen_by(people.counter):
        (image,) = picturing.attach(draft, people.counter, picture())
        return Image.objects.get(pk=image.pk)


def test_a_page_fills_in_the_form(people, seen_by, page_jpeg):
    """The machine readable zone is read, and what was filled in is said."""
    from limen.node.reports import drafting

    with seen_by(people.counter):
        draft = drafting.begin(people.counter, {"nationality_claimed": "THA"})
    response = upload(people.sign_in(people.counter), draft, page_jpeg)
    assert response.status_code == 200
    assert "Filled in from the picture" in response.content.decode()
    with seen_by(people.counter):
        draft.refresh_from_db()
        assert (draft.issuer, draft.category) == ("UTO", "passport")
        assert draft.nationality_claimed == "THA"  # it was not empty
        assert draft.age_band
        assert DocumentDetail.objects.get().number
        assert BearerDetail.objects.get().surname
        assert draft.images.count() == draft.originals.count() == 1


def test_filled_in_fields_come_anew(people, draft):
    """They take the place of those on the page, and of no other."""
    client = people.sign_in(people.counter)
    fragment = client.get(f"/reports/{draft.reference}/controls/?names=issuer,surname,owner").content.decode()
    assert set(re.findall(r'id="([\w-]+)" hx-swap-oob', fragment)) == {"row-issuer", "row-surname", "short-bearer"}
    assert "Eriksson" in fragment


@pytest.mark.parametrize(
    ("make", "status", "told"),
    [
        (lambda picture: b"", 422, "empty"),
        (lambda picture: picture(8, 8, "PNG"), 422, "smaller than 64 pixels"),
        (lambda picture: b"no picture at all, only words", 422, "file"),
        (lambda picture: b"\xff\xd8\xff" + b"\x00" * 50_000_000, 413, "larger than this node accepts"),
    ],
    ids=["empty", "tiny", "words", "50 MB"],
)
def test_what_is_no_picture_is_told_in_one_sentence(people, draft, picture, make, status, told):
    """Nothing is kept of it."""
    response = upload(people.sign_in(people.counter), draft, make(picture))
    page = response.content.decode()
    assert response.status_code == status
    assert told in page
    assert page.count("<p>") == 1
    with viewing(people.counter.pk):
        assert draft.images.count() == 0


def test_no_file_is_told_too(people, draft):
    """The form was sent without one."""
    assert people.sign_in(people.counter).post(f"/reports/{draft.reference}/images/").status_code == 422


def test_where_a_picture_was_taken_is_gone(picture, people, draft, seen_by):
    """EXIF with a position in what came in is in neither file."""
    exif = Pillow.Exif()
    exif[0x010F] = "CAMERA OF THE OFFICER"
    exif.get_ifd(0x8825)[2] = (13.0, 41.0, 24.0)
    assert b"CAMERA OF" in picture(exif=exif)
    upload(people.sign_in(people.counter), draft, picture(exif=exif))
    with seen_by(people.counter):
        files = [draft.images.get().masked, draft.images.get().thumbnail, draft.originals.get().file]
        for file in files:
            data = read(file)
            assert b"CAMERA OF" not in data
            assert not Pillow.open(io.BytesIO(data)).getexif()


def test_a_page_that_was_not_found_is_hidden_as_a_whole(attached):
    """Nobody is shown a picture in which Limen is not sure of the page."""
    pixels = pixels_of(attached.masked)
    assert attached.masks == [whole().to_json()]
    assert not attached.masks_confirmed
    assert pixels.std() < 1


def test_a_masked_file_holds_nothing_of_what_is_hidden(people, draft, seen_by):
    """Two pictures that differ under their masks alone give the same bytes, and the same fingerprint."""
    one = np.random.default_rng(1).integers(0, 256, (240, 320, 3), np.uint8)
    two = one.copy()
    two[60:120, 80:200] = np.random.default_rng(2).integers(0, 256, (60, 120, 3), np.uint8)
    mask = [{"kind": "data", "x": 0.2, "y": 0.2, "w": 0.5, "h": 0.4}]
    stored = []
    with seen_by(people.counter):
        for pixels in (one, two):
            file = io.BytesIO()
            Pillow.fromarray(pixels).save(file, "PNG")
            (image,) = picturing.attach(draft, people.counter, file.getvalue())
            image = picturing.set_masks(image, people.counter, mask)
            stored.append((read(image.masked), np.asarray(image.fingerprint)))
    inside = [np.asarray(Pillow.open(io.BytesIO(data)).convert("RGB"))[60:120, 80:200] for data, _ in stored]
    assert max(part.std(axis=(0, 1)).max() for part in inside) < 4


def test_drawn_masks_take_the_place_of_others_for_good(people, attached, seen_by, django_capture_on_commit_callbacks):
    """The file before is gone, the masks are confirmed, and the new file shows what is open."""
    client = people.sign_in(people.counter)
    before = attached.masked.name
    masks = json.dumps([{"x": 0.1, "y": 0.1, "w": 0.3, "h": 0.30000001}])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/reports/images/{attached.uid}/masks/", {"masks": masks}).status_code == 302
    with seen_by(people.counter):
        image = Image.objects.get()
    assert image.masks_confirmed
    storage = image.masked.storage
    assert [storage.exists(name) for name in (before, image.masked.name, image.thumbnail.name)] == [False, True, True]
    assert image.masks[0]["source"] == "hand"
    assert pixels_of(image.masked).std() > 20


def test_masks_may_be_kept_as_they_are(people, attached, seen_by):
    """One press confirms them."""
    people.sign_in(people.counter).post(f"/reports/images/{attached.uid}/masks/", {"keep": "1"})
    with seen_by(people.counter):
        image = Image.objects.get()
    assert image.masks_confirmed
    assert len(image.masks) == 1


@pytest.mark.parametrize(
    "sent", ["", "[]", "nonsense", '[{"x": "a"}]', '[{"x": 0, "y": 0, "w": 0, "h": 0}]', "[1]", "7", '{"masks": {}}']
)
def test_masks_that_are_none_hide_and_open_nothing(people, attached, seen_by, sent):
    """An empty list opens the whole picture, so it must be said expressly."""
    response = people.sign_in(people.counter).post(f"/reports/images/{attached.uid}/masks/", {"masks": sent})
    assert response.status_code == 422
    with seen_by(people.counter):
        assert not Image.objects.get().masks_confirmed


def test_that_no_mask_is_needed_is_said_expressly(people, attached, seen_by):
    """A detail of print tells of nobody."""
    people.sign_in(people.counter).post(f"/reports/images/{attached.uid}/masks/", {"masks": "[]", "none": "1"})
    with seen_by(people.counter):
        assert Image.objects.get().masks == []


def test_places_are_marked_with_what_they_show(people, attached, seen_by):
    """As the marker sends them."""
    client = people.sign_in(people.counter)
    region = {"x": 0.1, "y": 0.2, "w": 0.95, "h": 0.1, "label": "laminate", "text": "lifted"}
    address = f"/reports/images/{attached.uid}/regions/"
    response = client.post(
        address,
        json.dumps({"regions": [region]}),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 200
    with seen_by(people.counter):
        (stored,) = Image.objects.get().regions
    assert stored == {"x": 0.1, "y": 0.2, "w": 0.9, "h": 0.1, "label": "laminate", "text": "lifted"}
    wrong = client.post(address, json.dumps({"regions": [{"x": 3}]}), content_type="application/json")
    assert wrong.status_code == 422
    assert client.get(address).status_code == 200


def test_light_and_subject_are_set(people, attached, seen_by):
    """By code."""
    people.sign_in(people.counter).post(
        f"/reports/images/{attached.uid}/change/", {"light": "uv", "subject": "data_page"}
    )
    with seen_by(people.counter):
        image = Image.objects.get()
    assert (image.light, image.subject) == ("uv", "data_page")


def test_pictures_are_put_in_order_and_taken_away(
    picture, people, draft, attached, seen_by, django_capture_on_commit_callbacks
):
    """With their files."""
    client = people.sign_in(people.counter)
    upload(client, draft, picture(400, 240))
    client.post(f"/reports/images/{attached.uid}/move/", {"to": "later"})
    with seen_by(people.counter):
        assert list(draft.images.all())[1].uid == attached.uid
        file = attached.masked
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/reports/images/{attached.uid}/detach/")
    assert not file.storage.exists(file.name)
    with seen_by(people.counter):
        assert draft.images.count() == draft.originals.count() == 1


def test_a_report_holds_so_many_pictures(picture, people, draft, stored, monkeypatch):
    """And the files of one too many are removed again."""
    monkeypatch.setattr(picturing, "MOST", 1)
    client = people.sign_in(people.counter)
    assert upload(client, draft, picture()).status_code != 422
    assert len(stored) == 3, "one that fits stores picture, thumbnail and original"
    kept = set(stored)
    assert upload(client, draft, picture()).status_code == 422
    assert stored == kept


def test_files_are_given_out_by_class(people, attached):
    """Its own agency's examiner sees both; the analyst the masked one alone; another agency neither."""
    masked, original = f"/reports/images/{attached.uid}/", f"/reports/images/{attached.uid}/original/"
    seen = {
        name: tuple(
            people.sign_in(getattr(people, name)).get(address).status_code
            for address in (masked, masked + "thumb/", original)
        )
        for name in ("counter", "examiner", "analyst", "friendly")
    }
    assert seen == {
        "counter": (200, 200, 200),  # who took it
        "examiner": (200, 200, 200),
        "analyst": (200, 200, 404),
        "friendly": (404, 404, 404),
    }


def test_a_forbidden_file_answers_as_an_absent_one(people, attached):
    """In every byte that does not name the address."""
    client = people.sign_in(people.friendly)
    absent = "00000000-0000-4000-8000-000000000000"
    for kind in ("", "thumb/", "original/"):
        forbidden = client.get(f"/reports/images/{attached.uid}/{kind}")
        missing = client.get(f"/reports/images/{absent}/{kind}")
        assert forbidden.status_code == missing.status_code == 404
        assert _plain(forbidden, str(attached.uid)) == _plain(missing, absent)
        assert set(forbidden.headers) == set(missing.headers)


def _plain(response, uid: str) -> str:
    page = response.content.decode().replace(uid, "")
    return re.sub(r'(csrf-token" content=|csrfmiddlewaretoken" value=)"[^"]*"', "", page)


def test_a_file_is_a_picture_and_nothing_else(people, attached):
    """Its type is fixed, and no browser keeps an original."""
    client = people.sign_in(people.examiner)
    masked, original = (
        client.get(f"/reports/images/{attached.uid}/"),
        client.get(f"/reports/images/{attached.uid}/original/"),
    )
    assert masked["Content-Type"] == "image/webp"
    assert original["Content-Type"] == "image/jpeg"
    for response in (masked, original):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == "inline"
    assert original["Cache-Control"] == "private, no-store"
    assert "ETag" not in original
    again = client.get(f"/reports/images/{attached.uid}/", headers={"If-None-Match": masked["ETag"]})
    assert again.status_code == 304


def test_an_original_that_was_seen_is_in_the_log(people, attached, seen_by):
    """Of the reader's own agency too."""
    from limen.node.audit.models import Entry

    people.sign_in(people.examiner).get(f"/reports/images/{attached.uid}/original/")
    with seen_by(people.coordinator):
        assert Entry.objects.get(action="report.original_seen").actor == people.examiner.pk


def test_a_draft_that_is_discarded_takes_its_files_along(
    people, draft, attached, django_capture_on_commit_callbacks, seen_by
):
    """None is left in the store."""
    with seen_by(people.counter):
        files = [attached.masked, attached.thumbnail, Original.objects.get().file]
    with django_capture_on_commit_callbacks(execute=True):
        people.sign_in(people.counter).post(f"/reports/{draft.reference}/discard/")
    assert [file.storage.exists(file.name) for file in files] == [False] * 3

"""Pictures: sent with a form, masked at once, given out by class."""

from __future__ import annotations

import io

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from limen.node.audit.models import Entry
from limen.node.reports import picturing
from limen.node.reports.models import Image as Row
from limen.node.sharing import rules
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def picture():
    """Something that is no document: everything of it is masked until a person has looked."""
    pixels = np.random.default_rng(7).integers(0, 256, (30, 40, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.kron(pixels, np.ones((8, 8, 1), np.uint8))).save(file, "JPEG")
    return file.getvalue()


def send(api, path, data, **fields):
    form = fields | ({"image": SimpleUploadedFile("a.jpg", data)} if data is not None else {})
    return api.post(f"{path}/images", encode_multipart(BOUNDARY, form), content_type=MULTIPART_CONTENT)


@pytest.fixture
def draft(machine, full):
    api = machine("write")
    api.path = f"/reports/{api.post('/reports', full).json()['reference']}"
    return api


def test_a_picture_is_masked_and_stored(draft):
    """What others will see, and, for its author, what was sent."""
    response = send(draft, draft.path, picture(), light="uv", subject="data_page")
    assert response.status_code == 201, response.content
    [told] = response.json()["items"]
    assert (told["light"], told["subject"], told["masks_confirmed"]) == ("uv", "data_page", False)
    assert draft.get(draft.path).json()["images"] == [told]
    masked, original = (draft.get(told[name].removeprefix("/api/v1")) for name in ("masked", "original"))
    for each in (masked, original):
        assert each["Content-Type"] == Image.open(io.BytesIO(each.content)).get_format_mimetype()
    assert masked.content != original.content


def test_a_machine_does_not_release_what_nobody_looked_at(draft, refused):
    """The masks must be confirmed by a person."""
    send(draft, draft.path, picture())
    refused(draft.post(f"{draft.path}/release", {"marking": "green", "community": True}), 422)


@pytest.mark.parametrize("data", [None, b"", b"no picture", picture()[:500]])
def test_what_is_no_picture(draft, refused, data):
    """It is told in one sentence, and nothing is stored."""
    refused(send(draft, draft.path, data), 422)
    assert not Row.objects.exists()


def test_another_form(draft, refused, settings):
    """Two files, other content types, too much, and bytes that are no form."""
    two = encode_multipart(BOUNDARY, {"image": SimpleUploadedFile("a", b"1"), "other": SimpleUploadedFile("b", b"2")})
    refused(draft.post(f"{draft.path}/images", two, content_type=MULTIPART_CONTENT), 422)
    refused(draft.post(f"{draft.path}/images", picture(), content_type="image/jpeg"), 415)
    refused(draft.post(f"{draft.path}/images", {}), 415)
    refused(draft.post(f"{draft.path}/images", b"x", content_type="multipart/form-data"), 400)
    refused(send(draft, draft.path, picture(), light="x" * 65), 422)
    refused(send(draft, draft.path, picture(), light="moonlight"), 422)
    settings.UPLOAD_MAX_BYTES = 1000
    refused(send(draft, draft.path, picture()), 413)
    settings.UPLOAD_MAX_BYTES = -(1 << 20)
    refused(send(draft, draft.path, picture()), 413)


def test_pictures_by_class(draft, machine, make, refused, keeping):
    """Masked for who sees class 0; as taken for who sees class 3, which is recorded; absent for others."""
    [told] = send(draft, draft.path, picture()).json()["items"]
    statistics, biometrics, stranger = machine("read0"), machine("read3"), machine("read3")
    examiner = make.officer(draft.agency, "examiner")
    audience = rules.Audience(
        draft.agency.pk,
        Marking.AMBER,
        agencies=frozenset([statistics.agency.pk, biometrics.agency.pk]),
        classes=ALL,
    )
    with viewing(examiner.pk):
        from limen.node.reports.release import propose
        from limen.node.sharing.releasing import approve

        row = Row.objects.select_related("report").get()
        picturing.set_masks(row, examiner, [])
        release = propose(row.report, examiner, audience, "MoU 1")
    second = make.officer(draft.agency, "coordinator")
    with viewing(second.pk):
        approve(row.report, release, second)
    masked, original = (f"/images/{told['uid']}/{name}" for name in ("masked", "original"))
    assert statistics.get(masked).status_code == biometrics.get(masked).status_code == 200
    assert "original" not in statistics.get(draft.path).json()["images"][0]
    refused(statistics.get(original), 404)
    assert biometrics.get(original).status_code == 200
    with keeping():
        assert Entry.objects.filter(chain=biometrics.agency.pk, action="report.original_seen").count() == 1
    for path in (masked, original, draft.path):
        refused(stranger.get(path), 404)
    assert FieldClass.BIOMETRIC.number in biometrics.get(draft.path).json()["classes"]

"""The Verifier on a page."""

import re
from pathlib import Path

import pytest

from limen.node.reports.models import Image, Report
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

SPECIMENS = Path(__file__).parents[3] / "specimens"


def post(client, address, name, **headers):
    with (SPECIMENS / name).open("rb") as file:
        return client.post(address, {"image": file}, headers=headers)


def verdict(response):
    return re.search(r'verdict">([^<]+)<', response.content.decode())[1]


def test_answers_in_the_words_of_the_verifier(make, enter, specimens):
    """Each verdict has its words; none of them calls a document genuine."""
    client = enter(make.officer())
    for name, words in specimens.items():
        response = post(client, "/verify/", name)
        assert verdict(response) == words, name
        text = response.content.decode()
        assert "genuine" not in text.lower()
        assert 'src="data:image/webp;base64,' in text
        assert "{{" not in text


def test_the_zone_is_shown(make, enter):
    """The lines of the zone as they were read, one below the other, and the fields of it."""
    text = post(enter(make.officer()), "/verify/", "passport-scan.jpg").content.decode()
    assert "P&lt;UTOPELQUIST&lt;&lt;TUULI" in text
    assert "K302760310UTO9802252F3208106" in text
    assert ">K30276031<" in text


def test_nothing_is_stored(make, enter, specimens):
    """A picture that is verified leaves no row and no file."""
    officer = make.officer()
    post(enter(officer), "/verify/", next(iter(specimens)))
    with viewing(officer.pk):
        assert not Report.objects.exists()
        assert not Image.objects.exists()


def test_a_report_is_made_of_it(make, enter, specimens):
    """A draft with the picture attached and the fields of the zone filled in."""
    officer = make.officer()
    response = post(enter(officer), "/verify/report/", next(iter(specimens)))
    assert response.status_code == 302
    with viewing(officer.pk):
        report = Report.objects.get()
        assert response["Location"] == f"/reports/{report.reference}/edit/"
        assert report.issuer
        assert report.document.number
        assert report.images.count() == 1


def test_what_is_no_picture_is_told(make, enter):
    """One sentence, whatever was sent."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = enter(make.officer())
    assert client.get("/verify/").status_code == 200
    assert client.post("/verify/").status_code == 422
    assert client.post("/verify/", {"image": SimpleUploadedFile("x.jpg", b"no picture")}).status_code == 422
    assert client.post("/verify/report/", {"image": SimpleUploadedFile("x.jpg", b"")}).status_code == 422


def test_who_writes_no_reports_is_offered_none(make, enter, specimens):
    """An administrator may verify, and is not offered to report."""
    client = enter(make.officer(None, "administrator"))
    assert "/verify/report/" not in post(client, "/verify/", next(iter(specimens))).content.decode()
    assert post(client, "/verify/report/", next(iter(specimens))).status_code == 403


@pytest.fixture
def specimens():
    """Bundled pictures and the words that they are answered with."""
    return {
        "passport-scan.jpg": "No irregularity found",
        "fraud-changed-digit.jpg": "Refer to second line",
        "card-front-phone.jpg": "Could not be decided",
    }

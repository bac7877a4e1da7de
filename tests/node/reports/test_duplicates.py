"""Reports of what may be the same case, offered while one writes."""

from __future__ import annotations

import pytest

from limen.node.reports import duplicates, picturing
from limen.node.reports.models import Image

pytestmark = pytest.mark.django_db

MASK = [{"kind": "data", "x": 0, "y": 0, "w": 0.2, "h": 0.2}]


def found(people, seen_by, report, who="counter") -> list[tuple[str, str]]:
    with seen_by(getattr(people, who)):
        return [(each.report.reference, each.reason) for each in duplicates.of(report)]


def test_the_same_number_is_the_first_reason(people, draft, begin, seen_by):
    """Written with other spaces and signs."""
    other = begin(people.counter, number="L89 8902-C3")
    assert found(people, seen_by, draft) == [(other.reference, "The same document number.")]


def test_the_same_case_by_place_and_date(people, draft, begin, seen_by):
    """Issuer, method and place within three days; a day more is another case."""
    with seen_by(people.counter):
        near = begin(people.counter, number="X0000001", detected_on="2026-10-08")
        begin(people.counter, number="X0000002", detected_on="2026-10-09")
        begin(people.counter, number="X0000003", place="VNSGN")
    assert [reference for reference, _ in found(people, seen_by, draft)] == [near.reference]


def test_a_picture_that_looks_alike(people, draft, begin, seen_by, picture):
    """Whatever its size."""
    with seen_by(people.counter):
        other = begin(people.counter, number="X0000001", place="VNSGN")
        for report, size in ((draft, (320, 240)), (other, (640, 480))):
            (image,) = picturing.attach(report, people.counter, _scaled(picture(), size))
            picturing.set_masks(image, people.counter, MASK)
        assert Image.objects.filter(fingerprint__isnull=False).count() == 2
    assert found(people, seen_by, draft) == [(other.reference, "A picture that looks alike.")]


def _scaled(data: bytes, size: tuple[int, int]) -> bytes:
    import io

    from PIL import Image as Pillow

    file = io.BytesIO()
    Pillow.open(io.BytesIO(data)).resize(size).save(file, "JPEG", quality=92)
    return file.getvalue()


def test_nothing_is_offered_that_one_may_not_see(people, draft, begin, seen_by):
    """Another agency's draft of the same document."""
    with seen_by(people.friendly):
        theirs = begin(people.friendly)
    assert found(people, seen_by, draft) == []
    assert found(people, seen_by, theirs, "friendly") == []


def test_they_are_offered_beside_the_form(people, draft, begin, seen_by):
    """With the reason, and a link."""
    with seen_by(people.counter):
        other = begin(people.counter)
    page = people.sign_in(people.counter).get(f"/reports/{draft.reference}/beside/").content.decode()
    assert other.reference in page
    assert "The same document number." in page

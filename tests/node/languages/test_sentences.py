"""What inspections and pictures say is said in the officer's language."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from limen.inspection.registry import all_checks
from limen.node.images import MaskError, take
from limen.node.images.intake import IntakeError
from limen.node.images.masks import masks_from_json
from limen.node.images.reading import prefill
from limen.node.reports import sentences
from limen.node.reports.sentences import said

OF_PICTURES = ("mrz.", "print.", "reading.")


def test_every_question_of_a_picture_is_known():
    """A new check of pictures needs its question in the table."""
    titles = [check.title for check in all_checks() if check.code.startswith(OF_PICTURES)]
    assert [title for title in titles if not sentences.known(title)] == []


@pytest.mark.parametrize(
    ("english", "thai"),
    [
        (
            "The check digit of the document number is 4 and should be 7.",
            "เลขตรวจสอบของหมายเลขเอกสารคือ 4 แต่ควรเป็น 7",
        ),
        (
            "In the field sex (character 21 of line 2), 'Q' stands for no sex in the machine readable zone: found 'Q'.",
            "ในช่องเพศ (อักขระที่ 21 ของบรรทัด 2): 'Q' ไม่ใช่เพศใดในแถบข้อมูลอ่านด้วยเครื่อง พบ 'Q'",
        ),
        ("The document is not yet valid: it is dated 3 May 2031.", "เอกสารยังไม่มีผลใช้ เพราะลงวันที่ 2031-05-03"),
        ("A sentence that nobody knows.", "A sentence that nobody knows."),
    ],
)
def test_sentences_are_filled_in(english, thai):
    """What stands in a gap is translated too, days are written as ISO 8601 has them, and the unknown stays English."""
    with translation.override("th"):
        assert said(english) == thai
    with translation.override("en"):
        assert said(english) == english


def test_vietnamese_sentence_begins_with_a_capital():
    """Where a part opens a sentence, its first letter is large."""
    with translation.override("vi"):
        assert said("The date of birth is no date of the calendar: found '990231'.").startswith("Ngày sinh không phải")


@pytest.mark.parametrize("data", [b"GIF89a", b"nothing of the kind", b"%PDF-1.4 broken", b"\xff\xd8\xff\xe0cut"])
def test_refused_pictures_say_why(data):
    """Why a file gives no picture is known in other languages."""
    with pytest.raises(IntakeError) as refused:
        take(data)
    assert sentences.known(refused.value.message), refused.value.message


def test_refused_masks_say_why():
    """Why a mask is none is known, as far as a person can draw it."""
    with pytest.raises(MaskError) as refused:
        masks_from_json([{"kind": "hand", "x": 2, "y": 0, "w": 1, "h": 1}])
    assert sentences.known(refused.value.message), refused.value.message


@pytest.mark.parametrize(
    ("fraud", "ppi"),
    [("changed-digit", 170), ("recomputed-digit", 150), ("changed-name", 110), ("wrong-typeface", 200)],
)
def test_findings_of_forgeries_are_known(fraud, ppi):
    """What is found in pictures of invented forgeries, good and poor ones, is said in other languages."""
    from limen.specimen import Light, capture, make
    from limen.specimen.frauds import apply_fraud

    for seed in (3, 4):
        forged = apply_fraud(make("TD3", seed, lights=(Light.WHITE,), ppi=300), fraud, seed)
        found = prefill(capture(forged, seed, "reader", ppi=ppi).image, on=datetime.date(2050, 11, 1))
        said_of_it = [one.message for one in (*found.irregularities, *found.open_questions)]
        assert [message for message in said_of_it if not sentences.known(message)] == []

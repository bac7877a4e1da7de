"""The annotated image and the report."""

import dataclasses

import numpy as np
import pypdfium2 as pdfium
import pytest

from limen.cli.annotate import annotated, marks, strip
from limen.cli.report import report as write_report
from limen.inspection import Obligation, Verdict

from .staged import ON, examined, inspection, picture, result, span, zone

RED = np.array((200, 0, 60))


def text_of(pdf):
    document = pdfium.PdfDocument(pdf)
    assert len(document) == 1
    page = document[0]
    text = page.get_textpage()
    said = " ".join(text.get_text_range().split())
    text.close()
    page.close()
    document.close()
    return said


def report(made, on):
    return write_report(made, on, {"": annotated(made.frame.image, made.inspection)})


def wrong(reading, *places, **rest):
    return result("mrz.wrong", Verdict.FAILED, where=tuple(span(reading, *p) for p in places), **rest)


def test_each_place_is_marked_once_with_all_its_numbers():
    """Two checks of one place share a mark; numbers are those of the list, evaluatory checks have none."""
    reading = zone()
    first, second = wrong(reading, (2, 22, 27)), wrong(reading, (2, 22, 27), (1, 1, 2))
    noted = result("mrz.noted", Verdict.FAILED, Obligation.EVALUATORY, where=(span(reading, 1, 9, 9),))
    found = marks(inspection(reading, noted, first, second))
    assert [(mark.quad, mark.numbers, mark.irregular) for mark in found] == [
        (span(reading, 2, 22, 27), (1, 2), True),
        (span(reading, 1, 1, 2), (2,), True),
    ]


@pytest.mark.parametrize("angle", [0, 20, 90])
def test_the_mark_is_where_the_irregularity_is(angle):
    """Around the irregular characters, and not elsewhere in the zone, the image carries the mark's colour."""
    reading = zone(angle=angle, pitch=10, at=(180, 280))
    image = picture(reading)
    drawn = annotated(image, inspection(reading, wrong(reading, (2, 10, 19))))
    factor = drawn.shape[1] / image.shape[1]
    marked = np.argwhere(np.abs(drawn.astype(int) - RED).sum(axis=2) < 30)[:, ::-1] / factor
    corners = np.array(span(reading, 2, 10, 19))
    assert len(marked) > 100
    assert np.all(marked.min(axis=0) > corners.min(axis=0) - 40)
    assert np.all(marked.max(axis=0) < corners.max(axis=0) + 40)


def test_the_image_itself_is_left_alone():
    """Annotation works on a copy."""
    reading = zone()
    image = picture(reading)
    before = image.copy()
    annotated(image, inspection(reading, wrong(reading, (1, 1, 5))))
    assert np.array_equal(before, image)


def test_a_strip_is_upright_however_the_document_lies():
    """The zone of a turned document comes out like that of an upright one."""
    upright = strip(picture(zone(pitch=10, at=(180, 280))), inspection(zone(pitch=10, at=(180, 280))))
    reading = zone(angle=90, pitch=10, at=(180, 280))
    turned = strip(picture(reading), inspection(reading))
    assert turned.shape == upright.shape
    assert np.abs(turned.astype(int) - upright.astype(int)).mean() < 6
    assert strip(picture(None), inspection(None)) is None


def test_degenerate_outlines_are_survived():
    """A zone of no extent has no strip, and drawing it does not fail."""
    reading = zone()
    flat = dataclasses.replace(reading, quad=((5, 5),) * 4)
    made = inspection(flat, result("a.b", Verdict.FAILED, where=(((3, 3),) * 4,)))
    assert strip(picture(reading), made) is None
    assert annotated(picture(reading), made).shape[2] == 3


def test_the_report_says_it_on_one_page():
    """The report names the image, the result, the data, the irregularity with its rule, the day and the caution."""
    reading = zone()
    check = wrong(reading, (2, 22, 27), message="The document expired.", found="120415", expected="later")
    said = text_of(report(examined([check, result("a.fine", title="Is it fine?")], reading), ON))
    for words in (
        "photo.jpg", "Refer to second line", "ERIKSSON, ANNA MARIA", "L898902C36UTO", "The document expired.",
        "line 2, positions 22-27", "Doc 9303-4, 4.2 (mrz.wrong)", "Is it fine?", "2026-01-15", "Limen 0.1",
        "does not mean genuine",
    ):  # fmt: skip
        assert words in said


def test_a_long_report_still_has_one_page_and_says_what_it_leaves_out():
    """Forty irregularities and sixty other checks do not spill over, and nothing is dropped silently."""
    reading = zone()
    many = [wrong(reading, (2, 1, n), message=f"Wrong in way {n}: " + "so it is. " * 20) for n in range(1, 41)]
    fine = [result(f"a.b{'c' * n}", title=f"Is it fine in a rather long way, the {n}th?") for n in range(60)]
    said = text_of(report(examined([*many, *fine], reading), ON))
    assert "Wrong in way 1:" in said
    assert "more, which the command lists" in said
    assert "60 no objection, 40 irregular" in said


def test_a_report_without_a_zone():
    """An image without a zone has a report, too."""
    check = result("mrz.found", Verdict.UNDETERMINED, message="No machine readable zone was found.")
    said = text_of(report(examined([check]), ON))
    assert "Could not be decided" in said
    assert "No machine readable zone was found" in said


@pytest.mark.parametrize("name", ["a#b*c_d$e`<f>@g.jpg", '"]; #panic()', "ไฟล์.jpg", "x" * 300])
def test_file_names_are_text_in_a_report(name):
    """Whatever a file is called, its name is neither markup nor code, and does not break the page."""
    reading = zone()
    said = text_of(report(examined([wrong(reading, (1, 1, 5))], reading, source=name), ON))
    assert "Refer to second line" in said
    if name.isascii() and len(name) < 100:
        assert name in said

"""The checks of the capture: a poor picture is told with what to do better, and is never the document's fault."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from limen.icao.mrz import Format
from limen.inspection import CheckResult, Context, Obligation, Verdict, all_checks
from limen.inspection.evidence import Evidence, PageEvidence
from limen.vision.light import Light
from limen.vision.page import Page, Quality, Side, laid_flat

ON = datetime.date(2026, 11, 23)
GOOD = Quality(ppi=350.0, edge_mm=0.13, exposure=0.9)


def page(quality: Quality = GOOD, shift: tuple[float, float] = (0.0, 0.0), **changes: object) -> Page:
    """A passport's page, some millimetres of it beyond the picture's left and upper edges."""
    to_image = np.array([[10.0, 0.0, -10 * shift[0]], [0.0, 10.0, -10 * shift[1]], [0.0, 0.0, 1.0]])
    sheet = laid_flat(np.full((880, 1250, 3), 220, np.uint8), to_image, Format.TD3, Light.WHITE)
    one = Page(Format.TD3, Side.FRONT, {Light.WHITE: sheet}, quality, zone_lines=("P<", "A"))
    return replace(one, **changes)  # type: ignore[arg-type]


def asked(*pages: Page, unlocated: str = "") -> dict[str, CheckResult]:
    """The results of the family by the last word of their codes."""
    evidence = Evidence(pages=tuple(PageEvidence(one, picture="a.png") for one in pages), unlocated=unlocated)
    context = Context.among(evidence, ON)
    results = [one.run(context) for one in all_checks() if one.code.startswith("capture.")]
    return {result.code.rpartition(".")[2]: result for result in results if result is not None}


def test_a_good_capture_raises_no_objection() -> None:
    """And there is no other light to speak of."""
    found = asked(page())
    assert {name: result.verdict for name, result in found.items()} == dict.fromkeys(
        ("page", "resolution", "sharpness", "glare", "whole", "exposure"), Verdict.SUCCESSFUL
    )


def test_without_a_page_nothing_is_asked() -> None:
    """Unless one was looked for in vain: then the advice is passed on."""
    assert asked() == {}
    found = asked(unlocated="No page was found: lay it on a plain ground.")
    assert set(found) == {"page"}
    assert (found["page"].verdict, found["page"].message[:18]) == (Verdict.UNDETERMINED, "No page was found:")


@pytest.mark.parametrize(
    ("shown", "name", "said"),
    [
        (page(replace(GOOD, ppi=250.0)), "resolution", "Move closer: 250 ppi, 300 needed to compare the artwork."),
        (page(replace(GOOD, ppi=150.0)), "resolution", "Move closer: 150 ppi, 200 needed to read the text."),
        (page(replace(GOOD, ppi=90.0)), "resolution", "Move closer: 90 ppi, 120 needed to examine the machine"),
        (page(replace(GOOD, edge_mm=0.3)), "sharpness", "at most 0.25 mm will do to compare the artwork."),
        (page(replace(GOOD, edge_mm=0.7)), "sharpness", "at most 0.45 mm will do to read the text."),
        (page(replace(GOOD, glare=((10, 30, 9, 9),))), "glare", "Glare over the portrait: turn the document or the"),
        (page(replace(GOOD, glare=((60, 70, 9, 9),))), "glare", "Glare over the machine readable zone"),
        (page(replace(GOOD, glare=((60, 30, 9, 9),))), "glare", "Glare over the text"),
        (page(replace(GOOD, outside=0.1), (8.0, 0.0)), "whole", "The left edge of the page is outside"),
        (page(replace(GOOD, outside=0.2), (8.0, 8.0)), "whole", "The upper edge and the left edge of the page are"),
        (page(replace(GOOD, exposure=0.2)), "exposure", "too dark"),
        (page(replace(GOOD, exposure=1.0)), "exposure", "too bright"),
    ],
)
def test_each_lack_has_its_advice(shown: Page, name: str, said: str) -> None:
    """Undetermined, and not counted: what needs more is itself undetermined."""
    result = asked(page(), shown)[name]
    assert said in result.message
    assert result.verdict is Verdict.UNDETERMINED
    assert result.obligation is Obligation.EVALUATORY
    assert result.picture == "a.png"


def test_glare_is_shown_where_it_is() -> None:
    """In pixels of the picture."""
    result = asked(page(replace(GOOD, glare=((10.0, 30.0, 9.0, 8.0),))))["glare"]
    np.testing.assert_allclose(result.where, [[(100, 300), (190, 300), (190, 380), (100, 380)]])


def test_a_light_that_was_given_in_vain_is_told() -> None:
    """With its reason; one sentence for both where both have the same. That it counts is for its own checks."""
    swapped = "The ultraviolet and infrared images seem to be swapped: give each as what it is."
    result = asked(page(problems={Light.IR: swapped, Light.UV: swapped}))["lights"]
    assert (result.verdict, result.message, result.details) == (Verdict.UNDETERMINED, swapped, ())
    assert not result.counts


def test_lights_that_agree_are_said_to() -> None:
    """By how much, at least."""
    white = page().white
    other = replace(white, light=Light.UV, agreement=0.9)
    result = asked(page(sheets={Light.WHITE: white, Light.UV: other}))["lights"]
    assert result.verdict is Verdict.SUCCESSFUL
    assert result.details == ("They agree by 90% at least.",)

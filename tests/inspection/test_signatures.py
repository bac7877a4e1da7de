"""What the marks of known presses come to."""

from __future__ import annotations

import pytest
from pages import asked, blank

from limen.inspection import Obligation, PageEvidence, Verdict
from limen.vision.light import Light
from limen.vision.press import Hit, Likeness, MarkFound

PRESS = "press 12 of 2026"


def mark(met: bool | None, margin: float | None = 0.5, region: str = "microtext") -> MarkFound:
    """One, at 10 to 20 mm."""
    place = (10.0, 10.0, 10.0, 2.0)
    return MarkFound(region, Light.WHITE, "picture", met, margin, place, "likeness 0.91", "at least 0.80")


def page(*hits: Hit) -> PageEvidence:
    """A page against which these signatures were held."""
    return PageEvidence(blank(), hits=hits, picture="a.white.png")


def test_a_hit_of_a_promoted_signature_is_failed_and_names_the_press() -> None:
    """The officer reads which press it is, where to look, and what the examiner advises."""
    hit = Hit(PRESS, True, 2, (mark(True), mark(True, 0.3, "seal"), mark(False, -0.4)), "Ask for the ticket.", "THA")
    result = asked("signature.match", page(hit))
    assert result is not None
    assert (result.verdict, result.obligation, result.margin) == (Verdict.FAILED, Obligation.MANDATORY, -0.3)
    assert PRESS in result.message
    assert "Ask for the ticket." in result.message
    assert len(result.where) == 2
    assert result.picture == "a.white.png"
    assert asked("signature.trial", page(hit)) is None


def test_a_hit_on_trial_never_counts() -> None:
    """It is logged by the other check, and the one that counts is not run."""
    hit = Hit(PRESS, False, 1, (mark(True),))
    result = asked("signature.trial", page(hit))
    assert result is not None
    assert (result.verdict, result.counts) == (Verdict.FAILED, False)
    assert asked("signature.match", page(hit)) is None


def test_a_page_without_the_marks_passes() -> None:
    """One mark of two is no hit; the margin says how far it was."""
    result = asked("signature.match", page(Hit(PRESS, True, 2, (mark(True, 0.9), mark(False, -0.4)))))
    assert result is not None
    assert (result.verdict, result.margin) == (Verdict.SUCCESSFUL, 0.4)


@pytest.mark.parametrize(
    ("marks", "likeness"),
    [
        ((True, None), Likeness.OPEN),
        ((None, None), Likeness.OPEN),
        ((False, None), Likeness.NONE),
        ((True, True), Likeness.HIT),
        ((True, False), Likeness.NONE),
    ],
)
def test_a_mark_that_could_not_be_judged_decides_nothing(marks: tuple[bool | None, ...], likeness: Likeness) -> None:
    """A hit needs its marks seen; that there is none needs enough of them missing."""
    found = tuple(mark(one, None if one is None else 0.5 if one else -0.5) for one in marks)
    hit = Hit(PRESS, True, 2, found)
    assert hit.likeness is likeness
    result = asked("signature.match", page(hit))
    assert (result is None) == (likeness is Likeness.OPEN)


def test_without_signatures_nothing_is_asked() -> None:
    """No known press of this model is no finding."""
    assert asked("signature.match", page()) is None
    assert asked("signature.match") is None

"""BSI TR-03105-5.1 on the emulated card, case by case, and the page that counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from limen.inspection import Verdict
from limen.specimen.chip import Access, CardSpec, make_card

from .catalogue import ALL, CASES, page, why_not
from .documents import BAC, PLAIN, told
from .judging import holds

DOCS = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"


@pytest.mark.parametrize("case", sorted(CASES))
def test_case(case: str) -> None:
    """The document of the case is taken as the table says."""
    what, play, expected = CASES[case]
    found = play()
    assert holds(found, expected), f"{what}: {found.verdict}, failed {set(found.failed)}, open {set(found.open)}"


@pytest.mark.parametrize("spec", [PLAIN, BAC, CardSpec(), CardSpec(access=(Access.PACE_CAM,))])
def test_the_documents_that_are_changed_are_sound(spec: CardSpec) -> None:
    """Unchanged, each raises no objection: what a case finds is what the case changed."""
    assert told(make_card(spec)).verdict is Verdict.SUCCESSFUL


def test_every_case_of_the_plan_is_there_or_says_why() -> None:
    """All 338 are played or have a reason, and none of another name is."""
    assert len(ALL) == len(set(ALL)) == 338
    assert set(CASES) <= set(ALL)
    assert [case for case in ALL if (case in CASES) == (why_not(case) is not None)] == []


def test_the_page_is_as_the_table_says() -> None:
    """docs/conformance.md is what `python -m tests.conformance.catalogue` prints."""
    assert DOCS.read_text() == page()

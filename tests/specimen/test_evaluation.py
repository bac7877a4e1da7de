"""How the evaluation of forgeries counts: its documents, its rates, its tables."""

import json
from collections import Counter
from pathlib import Path

import pytest
from bench.forgeries.__main__ import FIRST_DEVELOPMENT, FIRST_HELD_OUT
from bench.forgeries.documents import DEVELOPMENT, GENUINE, HELD_OUT, jobs, learning_seeds
from bench.forgeries.page import measured
from bench.forgeries.rates import Rate, area, detected_at
from bench.forgeries.results import RESULTS, rows

from limen.specimen import FRAUDS


def test_no_document_is_of_both_sets() -> None:
    """Neither an issuer nor a seed of the development set is held out, and no document was learned from."""
    assert not {one.issuer for one in DEVELOPMENT} & {one.issuer for one in HELD_OUT}
    made = {first: jobs(sources, first, genuine=400, each=100) for sources, first in
            ((DEVELOPMENT, FIRST_DEVELOPMENT), (HELD_OUT, FIRST_HELD_OUT))}  # fmt: skip
    assert max(job.seed for job in made[FIRST_DEVELOPMENT]) < 100_000
    assert min(job.seed for job in made[FIRST_HELD_OUT]) >= 900_000
    for first, part in made.items():
        assert not set(learning_seeds(first)) & {job.seed for job in part}
        assert len({job.key for job in part}) == len({job.seed for job in part}) == len(part)


def test_every_family_meets_every_model() -> None:
    """In a whole run; and a run that is broken off early has met all families."""
    made = jobs(HELD_OUT, FIRST_HELD_OUT, genuine=400, each=100)
    counts = Counter(job.family for job in made)
    assert counts == {GENUINE: 400, **dict.fromkeys(FRAUDS, 100)}
    assert {(job.family, job.source) for job in made} == {(family, source) for family in counts for source in HELD_OUT}
    assert {job.family for job in made[: len(made) // 10]} == set(counts)


def test_intervals_are_wilsons() -> None:
    """Against published values: 81 of 263 is 25.5 to 36.6 % (Newcombe 1998, table I); none of 20 is 0 to 16.1 %."""
    low, high = Rate(81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert Rate(0, 20).interval == (0.0, pytest.approx(0.1611, abs=1e-4))


def test_scores_are_ranked() -> None:
    """The area is the share of pairs in order; the limit lets no more alarms through than were allowed."""
    genuine, false = [0.5, 0.4, 0.3, 0.2], [0.25, -0.5]
    assert area(genuine, false) == 7 / 8
    assert detected_at(genuine, false, 0.0) == Rate(1, 2)
    assert detected_at(genuine, false, 0.25) == Rate(2, 2)


def line(family: str, checks: list[list[object]], seed: int) -> str:
    """One document as a run writes it down."""
    return json.dumps({
        "key": f"UTO TD3/{family}/{seed}", "model": "UTO TD3", "unseen": False, "family": family, "seed": seed,
        "fields": ["viz.sex"] if family != GENUINE else [], "checks": checks, "stages": {"page": 50.0}, "gaps": [],
        "cpu": 1.0, "verdict": "", "summary": "",
    })  # fmt: skip


def test_what_does_not_count_is_not_counted(tmp_path: Path) -> None:
    """Failed checks for the log alone, and those that object to every State that exists nowhere."""
    lines = [
        line(GENUINE, [["mrz.issuer.code", "failed", True, None, ""], ["page.x", "failed", False, -1.0, ""],
                       ["light.y", "successful", True, 0.4, ""]], 1),
        line("changed-visual", [["visual.sex", "failed", True, None, "It differs."]], 2),
        line("changed-visual", [["visual.sex", "undetermined", True, None, ""]], 3),
        line("changed-visual", [["visual.sex", "successful", True, None, ""]], 4),
        line("painted-uv", [["artwork.uv", "failed", True, -0.2, ""]], 5),
    ]  # fmt: skip
    (tmp_path / RESULTS).write_text("".join(f"{one}\n" for one in lines) + '{"key": "broken o', "utf-8")
    found = rows(tmp_path)
    assert [row.found for row in found] == [False, True, False, False, True]
    assert [row.score for row in found] == [0.4, -1.0, 0.0, 1.0, -0.2]
    assert [row.found_unknown for row in found] == [False, True, False, False, False]
    told = measured(found)
    assert "Of 3 entries with one other character, 1 were told" in told
    assert "1 were told to be unread" in told
    assert "1 passed in silence" in told

"""Print is found and read, and two readings of it are weighed."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from bench.true_pages import true_page

from limen.specimen import Light, capture, make
from limen.vision.page import Page
from limen.vision.text import TextReader, TextReading, likelihood
from limen.vision.text.letters import OTHER, index_of, shape


@cache
def reader() -> TextReader:
    return TextReader()


@cache
def shown(format_: str) -> tuple[Page, dict[str, str]]:
    """A page as a reader sees it, and what its fields say."""
    seen = capture(make(format_, 7, ppi=400, lights=(Light.WHITE,)), 7, "reader", ppi=385)
    return true_page([seen]), {field.name: field.text for field in seen.truth.fields}


@cache
def read(format_: str) -> TextReading:
    page, _ = shown(format_)
    return reader().read(page, (0.0, page.size_mm[1] - 23.2, page.size_mm[0], 23.2))


@pytest.mark.parametrize("format_", ["TD3", "TD2"])
def test_names_numbers_and_dates_are_read(format_: str) -> None:
    """Every entry that the zone repeats, at the place where it is printed."""
    _, fields = shown(format_)
    texts = {line.text for line in read(format_).lines}
    wanted = {fields[f"viz.{name}"] for name in ("surname", "given_names", "number", "birth_date", "expiry_date")}
    assert wanted - texts == set()


def test_the_zone_is_left_out() -> None:
    """Nobody needs its lines a second time."""
    page, _ = shown("TD3")
    assert max(line.rect[1] + line.rect[3] for line in read("TD3").lines) <= page.size_mm[1] - 23.0


def test_each_character_has_its_confidence() -> None:
    """As many as characters, between 0 and 1."""
    for line in read("TD3").lines:
        assert len(line.confidences) == len(line.text)
        assert all(0 <= value <= 1 for value in line.confidences)


def test_a_line_is_likelier_to_say_what_it_says() -> None:
    """Than the same with one character changed, in each of the ways in which it is read again."""
    _, fields = shown("TD3")
    number = fields["viz.number"]
    reading = read("TD3")
    line = next(line for line in reading.lines if line.text == number)
    assert reading.again is not None
    (looks,) = reading.again([line.rect])
    for look in looks:
        assert look.folded is not None
        other = number[:-1] + ("8" if number[-1] != "8" else "3")
        assert likelihood(look.folded, number) > likelihood(look.folded, other) + 2


def test_a_blank_page_says_nothing() -> None:
    """And is no fault."""
    page, _ = shown("TD3")
    white = page.white
    blank = type(white)(white.light, np.full_like(white.image, 240), white.to_image)
    empty = type(page)(page.format, page.side, {Light.WHITE: blank}, page.quality)  # type: ignore[dict-item]
    assert reader().read(empty).lines == ()


def test_likelihoods_add_up() -> None:
    """Of all texts that three steps can say, over an alphabet of A and B, they are one."""
    rng = np.random.default_rng(1)
    folded = np.zeros((3, OTHER + 1), dtype=np.float32)
    columns = [0, index_of("A"), index_of("B")]
    folded[:, columns] = rng.dirichlet([1, 1, 1], 3)
    texts = ["", "A", "B", "AB", "BA", "AA", "BB", "ABA", "BAB"]
    texts += [a + b + c for a in "AB" for b in "AB" for c in "AB" if a + b + c not in texts and a != b != c]
    assert sum(np.exp(likelihood(folded, text)) for text in texts) == pytest.approx(1.0, abs=1e-3)


def test_shapes() -> None:
    """Case and marks fold away, ligatures stay."""
    assert [shape(char) for char in "éÖøłæΑ"] == ["E", "O", "O", "L", "Æ", "A"]

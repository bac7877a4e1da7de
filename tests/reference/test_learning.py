"""From captures to a reference: what it tells apart, and that it carries nothing of a bearer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from unittest.mock import patch

import cv2
import numpy as np
import pytest
from making import MODEL, WHEN
from specimens import captured, page

from limen.icao.mrz import parse
from limen.reference import Model, Reference, ReferenceStore, RefusedError, learning, pack, unpack
from limen.reference.learning import learn_reference
from limen.reference.masking import leaks
from limen.reference.receiving import receive
from limen.reference.recognising import expiry_year, recognise
from limen.vision.artwork import Artwork, compare, learn, locate
from limen.vision.artwork.laid import lay
from limen.vision.page import PX_PER_MM, Side

SEEDS = (11, 12, 13, 14)
INSET_PX = 9
"""1.5 mm: the edge of a portrait is the model's, what it shows is the bearer's."""


@lru_cache
def unmasked(issuer: str = "UTO") -> Artwork:
    """A passport's front as it is learned, before anything is taken out."""
    return learn([page(seed, issuer) for seed in SEEDS])


@lru_cache
def learned(issuer: str = "UTO") -> Reference:
    """The reference of a passport, of four documents."""
    model = Model.parse(f"{issuer} P TD3 2020")
    captures = [captured(seed, issuer) for seed in SEEDS]

    def once(pages, *, finish):  # learning takes seconds: once will do
        return finish(unmasked(issuer), [lay(page, unmasked(issuer), locate(page, unmasked(issuer))) for page in pages])

    with patch.object(learning, "learn", once):
        return learn_reference(model, captures, "post 7", WHEN)


def artwork(issuer: str = "UTO") -> Artwork:
    """Its front."""
    found = learned(issuer).artwork(Side.FRONT)
    assert found is not None
    return found


def detail(image: np.ndarray) -> float:
    """The standard deviation of what is finer than 4 mm, in grey levels."""
    levels = image.astype(np.float32)
    return float((levels - cv2.GaussianBlur(levels, (0, 0), 8)).std())


def places(kind: str) -> list[tuple[slice, slice]]:
    """Rows and columns of the regions of a kind, at half the resolution."""
    found = []
    for region in artwork().regions:
        if region.kind == kind:
            inset = INSET_PX if kind in ("portrait", "ghost") else 0
            left, top, width, height = (round(one * PX_PER_MM / 2) for one in region.rect)
            rows = slice(top + inset, top + height - inset)
            found.append((rows, slice(left + inset, left + width - inset)))
    return found


def half(image: np.ndarray) -> np.ndarray:
    """Grey levels at half the resolution."""
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return cv2.resize(grey, (750, 528), interpolation=cv2.INTER_AREA)


def test_a_genuine_page_passes_and_a_redrawn_background_does_not() -> None:
    """Of documents that it was not learned from."""
    genuine = compare(page(31), artwork(), model=MODEL.name, counts=True)
    redrawn = compare(page(31, fraud="redrawn-background"), artwork(), model=MODEL.name, counts=True)
    assert min(one.margin for one in genuine.deviations) > 0
    assert min(one.margin for one in redrawn.deviations) < 0


@pytest.mark.parametrize("kind", ["portrait", "ghost"])
def test_no_portrait_can_be_recovered(kind: str) -> None:
    """In no light is there anything left of a portrait but the shade of what lies about it.

    Before it was taken out, the median of the captures showed a face in each.
    """
    (place,) = places(kind)[:1]
    for light in ("ground", "colour", "uv", "ir"):
        before, after = (detail(half(getattr(one, light))[place]) for one in (unmasked(), artwork()))
        assert after < 3.0, light
        assert after < before / 3, light


def inked(found: Artwork) -> float:
    """The share of the places of entries that is darker than the ground, under white light."""
    dark = [half(found.ground)[place] - half(found.colour)[place].astype(np.float32) > 40 for place in places("print")]
    return float(np.concatenate([one.ravel() for one in dark]).mean())


def test_no_entry_can_be_read() -> None:
    """Where entries are printed the ground alone is left; before, what most of the documents have there was."""
    assert inked(artwork()) < 0.006
    assert inked(unmasked()) > 0.1


def test_the_characters_do_not_stand_as_they_were_read() -> None:
    """They are those of the entries, in an order that spells no name."""
    kept, read = artwork().glyphs, unmasked().glyphs
    assert len(kept) == len(read) > 50
    assert {one.tobytes() for one in kept} == {one.tobytes() for one in read}
    rows = kept.reshape(len(kept), -1).tolist()
    assert rows == sorted(rows)


def test_a_reference_that_shows_bearers_is_not_taken_in() -> None:
    """One that another program made without masking is refused, the masked one is not."""
    assert leaks(unmasked())
    assert not leaks(artwork())
    careless = replace(learned(), artworks={Side.FRONT: unmasked().to_bytes()}, _opened={})
    with pytest.raises(RefusedError, match="bearer"):
        receive(pack(careless), trusted=None, unsigned=True, on=WHEN)
    assert receive(pack(learned()), trusted=None, unsigned=True, on=WHEN).model == MODEL


def test_a_reference_survives_its_file() -> None:
    """What was learned compares as it did."""
    back = unpack(pack(learned())).artwork(Side.FRONT)
    assert back is not None
    ours, theirs = (compare(page(31), one, model="x", counts=False) for one in (artwork(), back))
    assert [one.margin for one in ours.deviations] == pytest.approx([one.margin for one in theirs.deviations], abs=0.02)


def test_what_would_teach_the_wrong_thing_is_refused() -> None:
    """Too few, of another issuer, one file twice, one document twice; each sentence says what to do."""
    three = [captured(seed) for seed in SEEDS[:3]]
    again = replace(three[0], name="again", files=("f" * 64,))
    wrong = {
        "at least 3 documents": three[:2],
        "QVA-11 is of QVA P TD3": [*three, captured(11, "QVA")],
        "same file": [*three, three[0]],
        "same document": [*three, again],
    }
    for words, captures in wrong.items():
        with pytest.raises(RefusedError, match=words):
            learn_reference(MODEL, captures, "post 7", WHEN)


def test_the_picture_chooses_the_series(tmp_path: pytest.TempPathFactory) -> None:
    """Of two series that the zone allows, the one whose artwork the page shows is taken, whichever is first."""
    store = ReferenceStore.open(tmp_path)  # type: ignore[arg-type]
    older = Model.parse("UTO P TD3 A 2010")
    store.put(replace(learned("QVA"), model=older))
    store.put(learned())
    assert store.recognise(captured(31).mrz, page(31)).model == MODEL  # type: ignore[union-attr]
    assert recognise(page(31, "QVA"), captured(31).mrz, store).reference.model == older  # type: ignore[union-attr]


def test_an_unknown_model_is_told_from_a_known_one_that_deviates(tmp_path: pytest.TempPathFactory) -> None:
    """By issuer; by a series that may be older than the one known; and else the page is held against it."""
    store = ReferenceStore.open(tmp_path)  # type: ignore[arg-type]
    unknown = recognise(page(31), captured(31).mrz, store)
    assert (unknown.reference, unknown.why) == (None, "No reference of this model is known (UTO P TD3).")
    store.put(learned())
    other = page(31, "QVA")
    assert recognise(other, captured(31, "QVA").mrz, store).reference is None
    early, late = (_expiring(captured(31).mrz.lines, year) for year in ("29", "35"))  # type: ignore[union-attr]
    assert "not known" in recognise(other, early, store).why
    assert recognise(other, late, store).reference is not None
    store.remove(MODEL)
    always = Model.parse("UTO P TD3")
    store.put(replace(learned(), model=always))
    assert recognise(other, early, store).reference is not None


def test_a_year_of_expiry_is_of_the_nearest_century() -> None:
    """Two digits are counted from the year of the series."""
    mrz = _expiring(
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"), "05"
    )
    assert (expiry_year(mrz, 2020), expiry_year(mrz, 1998)) == (2005, 2005)
    assert expiry_year(_expiring(mrz.lines, "<<"), 2020) is None


def _expiring(lines: tuple[str, ...], year: str):
    return parse((lines[0], lines[1][:21] + year + lines[1][23:]))

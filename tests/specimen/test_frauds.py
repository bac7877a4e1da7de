"""Frauds: each shows where its label says, and nowhere that it should not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.icao.mrz import Format, parse
from limen.specimen import (
    FRAUDS,
    GEOMETRIES,
    Light,
    Needs,
    NotPossibleError,
    UnknownNameError,
    apply_fraud,
    draft,
    falsified,
)
from limen.specimen.fonts import CUTS
from limen.specimen.layout import page_of
from limen.specimen.slips import REPEATED

from .documents import PX_PER_MM, document

SEEDS = st.integers(0, 2**31)
FORMATS = st.sampled_from(list(GEOMETRIES))


@pytest.mark.parametrize("name", list(FRAUDS))
def test_a_fraud_shows_under_its_lights_and_no_other(name: str) -> None:
    """Against the sound document the image differs under each light of the label; under others hardly at all."""
    sound = document("TD3", 12)
    false = apply_fraud(sound, name, 5)
    assert [label.name for label in false.truth.frauds] == [name]
    for light in Light:
        apart = np.abs(false.images[light].astype(int) - sound.images[light]).max(axis=2)
        share = float((apart > 24).mean())
        if light in FRAUDS[name].lights:
            # One character is a small part of a page.
            assert share > (2e-5 if FRAUDS[name].needs is Needs.ENTRIES else 2e-4), light
        elif FRAUDS[name].needs is Needs.NOTHING and name != "changed-name":
            assert share == 0, light


@pytest.mark.parametrize("name", list(FRAUDS))
def test_a_fraud_can_be_repeated(name: str) -> None:
    """The same seed gives the same falsified recipe, which is all that decides the pixels."""
    recipe = draft("TD3", 3)
    assert falsified(recipe, name, 5) == falsified(recipe, name, 5)


@settings(deadline=None, max_examples=100)
@given(seed=SEEDS, format=FORMATS)
def test_changed_digit_breaks_the_check_digits(seed: int, format: str) -> None:
    """Exactly one character differs, the check digits of its field do not hold, and no date is impossible."""
    sound = draft(format, seed)
    false = falsified(sound, "changed-digit", seed)
    pairs = zip("".join(sound.lines), "".join(false.lines), strict=True)
    assert sum(old != new for old, new in pairs) == 1
    mrz = parse(false.lines)
    assert not mrz.valid
    assert mrz.birth_date.possible
    assert mrz.expiry_date.possible


@settings(deadline=None, max_examples=100)
@given(seed=SEEDS, format=FORMATS)
def test_recomputed_digit_holds_all_check_digits(seed: int, format: str) -> None:
    """The zone is another one, and sound by itself; the visual zone agrees with it."""
    sound = draft(format, seed)
    false = falsified(sound, "recomputed-digit", seed)
    mrz = parse(false.lines)
    assert false.lines != sound.lines
    assert mrz.valid
    assert mrz.document_number == false.papers.number
    assert mrz.birth_date.raw == false.person.birth.strftime("%y%m%d")


@settings(deadline=None, max_examples=50)
@given(seed=SEEDS, format=FORMATS)
def test_changed_name_leaves_the_numbers(seed: int, format: str) -> None:
    """The surname differs and all check digits hold."""
    sound = draft(format, seed)
    false = falsified(sound, "changed-name", seed)
    assert false.person.primary != sound.person.primary
    assert parse(false.lines).valid


@settings(deadline=None, max_examples=30)
@given(seed=SEEDS)
def test_wrong_typeface_is_never_ocrb(seed: int) -> None:
    """Whatever is drawn, it is no cut of OCR-B."""
    assert falsified(draft("TD3", 1), "wrong-typeface", seed).typeface not in CUTS


def test_the_zone_is_gone_in_infrared() -> None:
    """Printed in dye, the zone is nearly as light as the paper."""
    false = apply_fraud(document("TD3", 12), "zone-invisible-in-ir", 1)
    (left, top), _, (right, bottom), _ = false.truth.zone or ()
    window = false.images[Light.IR][int(top) : int(bottom), int(left) : int(right)]
    assert window.min() > 180


def test_bright_paper_shines() -> None:
    """In ultraviolet the falsified page is far lighter than the sound one."""
    sound = document("TD3", 12)
    false = apply_fraud(sound, "bright-paper", 1)
    assert false.images[Light.UV].mean() > 2 * sound.images[Light.UV].mean()


def test_a_photocopy_has_no_colour() -> None:
    """Red, green and blue are the same within a few levels."""
    page = apply_fraud(document("TD3", 12), "photocopy", 1).image.astype(int)
    assert (page.max(axis=2) - page.min(axis=2)).max() <= 4


@settings(deadline=None, max_examples=40)
@given(seed=SEEDS, format=FORMATS, name=st.sampled_from(["changed-visual", "changed-visual-scraped"]))
def test_a_changed_entry_differs_by_one_character(seed: int, format: Format, name: str) -> None:
    """One entry that the zone repeats has one other character; the zone is as it was and sound."""
    sound = draft(format, seed, side="front", lights=(Light.WHITE,))
    false = falsified(sound, name, seed)
    (again,) = false.reprints
    entries = {entry.name: entry.text for entry in page_of(sound).entries}
    field = again.field.removeprefix("viz.")
    assert field in REPEATED
    assert sum(a != b for a, b in zip(entries[field], again.text, strict=True)) == 1
    assert false.lines == sound.lines
    assert parse(false.lines).valid


def test_a_changed_entry_says_so_in_its_truth() -> None:
    """The truth has the text as printed, not the issuer's."""
    sound, false = document("TD3", 12), apply_fraud(document("TD3", 12), "changed-visual", 1)
    ((name,),) = (label.fields for label in false.truth.frauds)
    before, after = sound.truth.field(name), false.truth.field(name)
    assert before is not None
    assert after is not None
    assert before.text != after.text


@pytest.mark.parametrize("name", ["altered-text", "altered-character", "wrong-visual-typeface"])
def test_a_reprint_keeps_the_words(name: str) -> None:
    """Only how the entry looks differs: its text, and the zone, are as they were."""
    sound = document("TD3", 12)
    for seed in range(4):
        false = apply_fraud(sound, name, seed)
        assert [field.text for field in false.truth.fields] == [field.text for field in sound.truth.fields]
        assert false.truth.lines == sound.truth.lines


def test_an_altered_character_leaves_the_rest_of_the_page() -> None:
    """All that differs lies within 2 mm of the entry that the label names."""
    sound = document("TD3", 12)
    false = apply_fraud(sound, "altered-character", 5)
    apart = np.abs(false.image.astype(int) - sound.image).max(axis=2) > 24
    box = false.truth.field(false.truth.frauds[0].fields[0])
    assert box is not None
    rows, cols = np.nonzero(apart)
    margin = 2 * PX_PER_MM
    assert box.quad[0][0] - margin < cols.min() <= cols.max() < box.quad[2][0] + margin
    assert box.quad[0][1] - margin < rows.min() <= rows.max() < box.quad[2][1] + margin


def test_a_redrawn_page_keeps_its_layout() -> None:
    """Line work differs nearly everywhere, while every entry stands where it stood."""
    sound = document("TD3", 12)
    false = apply_fraud(sound, "redrawn-background", 5)
    assert (np.abs(false.image.astype(int) - sound.image).max(axis=2) > 12).mean() > 0.2
    assert false.truth.fields == sound.truth.fields


def test_painted_fluorescence_is_soft() -> None:
    """The strongest edges of the painted print are less than half as steep as those of the true one."""
    sound = document("TD3", 12)
    false = apply_fraud(sound, "painted-uv", 1)
    steep = [
        np.percentile(np.abs(np.diff(one.images[Light.UV].max(axis=2).astype(int), axis=1)), 99.5)
        for one in (sound, false)
    ]
    assert steep[1] < 0.5 * steep[0]


def test_a_reprinted_portrait_has_the_first_persons_ghost() -> None:
    """The portrait differs, the ghost image does not."""
    sound = document("TD3", 12)
    false = apply_fraud(sound, "reprinted-portrait", 2)
    for name, differs in (("portrait", True), ("ghost", False)):
        (left, top), _, (right, bottom), _ = (sound.truth.field(name) or sound.truth.fields[0]).quad
        part = (slice(int(top), int(bottom)), slice(int(left), int(right)))
        assert np.array_equal(sound.image[part], false.image[part]) is not differs


def test_a_colour_copy_has_coloured_dots_and_bright_paper() -> None:
    """White light shows colours, infrared only the black toner, ultraviolet a bright sheet."""
    page = apply_fraud(document("TD3", 12), "colour-copy", 1)
    colours = page.image.astype(int)
    assert (colours.max(axis=2) - colours.min(axis=2)).max() > 100
    assert page.images[Light.UV].mean() > 2 * document("TD3", 12).images[Light.UV].mean()
    assert page.images[Light.IR].min() < 80


def test_frauds_add_up() -> None:
    """A second fraud keeps the first, in the image's truth as in its JSON."""
    twice = apply_fraud(apply_fraud(document("TD3", 12), "changed-digit", 1), "no-uv", 1)
    assert [label.name for label in twice.truth.frauds] == ["changed-digit", "no-uv"]
    first, second = twice.truth.to_json()["frauds"]
    assert len(first["where"]) == 2
    assert second["where"] == [twice.truth.outline]
    assert twice.truth.check_digits_valid is False


def test_what_a_side_lacks_cannot_be_falsified() -> None:
    """A portrait on a card's back, a zone on its front, a fraud that is none."""
    with pytest.raises(NotPossibleError, match="portrait"):
        falsified(draft("TD1", 1), "substituted-portrait", 1)
    with pytest.raises(NotPossibleError, match="machine readable zone"):
        falsified(draft("TD1", 1, side="front"), "changed-digit", 1)
    with pytest.raises(UnknownNameError, match="photocopy"):
        falsified(draft("TD1", 1), "sorcery", 1)

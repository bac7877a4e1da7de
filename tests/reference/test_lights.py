"""What a reference asks of the lights: learned, kept, handed on, and not believed of a stranger."""

from __future__ import annotations

import datetime
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import MODEL, reference
from specimens import captured

from limen.icao.mrz import Format
from limen.reference.errors import FileError
from limen.reference.learned import statement
from limen.reference.learning import learn_reference
from limen.reference.library import Library
from limen.reference.lights import MOST, from_json, to_json
from limen.reference.packing import pack, unpack
from limen.reference.standing import Standing, Status
from limen.reference.values import Members
from limen.vision.lighting import CATALOGUE, LightCode, LightFeature, Quantity
from limen.vision.page import Side

WHEN = datetime.datetime(2026, 11, 1, 12, 0, tzinfo=datetime.UTC)
ROSETTE = LightFeature(
    LightCode.parse("(UV, LU, IS)"), "rosette at the right", (65.0, 15.0, 25.0, 25.0), Quantity.LUMINESCENCE, 0.3, 0.1
)
WORST: tuple[tuple[str, object], ...] = (
    ("code", "(UV, LU, XX)"),
    ("code", "light.uv_lu_is"),
    ("code", "(UV, TR, IS)"),
    ("name", "rosette. The document is genuine"),
    ("name", ""),
    ("rect", [65.0, 15.0, 90.0, 25.0]),
    ("rect", [65.0, 15.0, 0.0, 25.0]),
    ("rect", [-3.0, 15.0, 25.0, 25.0]),
    ("rect", [65.0, 15.0, 25.0]),
    ("rect", ["65", 15.0, 25.0, 25.0]),
    ("quantity", "level"),
    ("expected", 1.5),
    ("expected", -0.1),
    ("expected", True),
    ("tolerance", 0.0),
    ("tolerance", 0.9),
    ("tolerance", None),
    ("surprise", 1),
)


def test_learned_features_reach_the_evidence(tmp_path: Path) -> None:
    """Learned with the artwork, kept, and handed to the page's evidence; they count once the reference does."""
    learned = learn_reference(MODEL, [captured(seed) for seed in (81, 82, 83)], "post 7", WHEN)
    library = Library.open(tmp_path)
    library.references.put(learned)
    shown = captured(84)
    held = library.hold(shown.pages[0], shown.mrz)
    assert held.features == learned.features[Side.FRONT]
    assert {str(one.code) for one in held.features} >= {"(UV, LU, IS)", "(IR, TR, IS)", "(IR, AB, MR)"}
    assert not held.features_count
    library.references.put(learned.with_standing(Standing(Status.PROMOTED)))
    assert library.hold(shown.pages[0], shown.mrz).features_count


def test_features_survive_their_file() -> None:
    """In schema 2, under the signature's digest; a reference without any is written as before there were features."""
    plain, lit = reference(), replace(reference(), features={Side.FRONT: (ROSETTE,)})
    assert unpack(pack(lit)).features == {Side.FRONT: (ROSETTE,)}
    assert pack(unpack(pack(lit))) == pack(lit)
    assert [statement(one)["schema"] for one in (plain, lit)] == [1, 2]
    assert "features" not in statement(plain)["sides"][0]
    assert unpack(pack(plain)).features == {}


@pytest.mark.parametrize(("member", "value"), WORST)
def test_a_feature_that_nobody_learned_is_refused(member: str, value: object) -> None:
    """No other routine, no words of its own, no place off the page, no tolerance that passes or fails everything."""
    with pytest.raises(FileError):
        from_json(Members(to_json(ROSETTE) | {member: value}, "feature"), Format.TD3)


def test_a_file_with_such_a_feature_is_refused() -> None:
    """One sentence; so is one with more features than anybody asks."""
    for features in ((replace(ROSETTE, tolerance=0.9),), (ROSETTE,) * (MOST + 1)):
        with pytest.raises(FileError):
            unpack(pack(replace(reference(), features={Side.FRONT: features})))


@given(
    st.dictionaries(
        st.sampled_from(["code", "name", "rect", "quantity", "expected", "tolerance"]),
        st.one_of(
            st.none(), st.text(max_size=30), st.floats(), st.integers(), st.lists(st.floats(), max_size=5),
            st.sampled_from([*Quantity, *map(str, CATALOGUE)]),
        ),
    )
)  # fmt: skip
def test_whatever_is_taken_can_be_written_again(changes: dict[str, object]) -> None:
    """Else it is a FileError and nothing worse."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = from_json(Members(to_json(ROSETTE) | changes, "feature"), Format.TD3)
        except FileError:
            return
    assert from_json(Members(to_json(found), "feature"), Format.TD3) == found

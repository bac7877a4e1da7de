"""Names of models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import Format, parse
from limen.reference.errors import UnknownError
from limen.reference.model import CODE, FORMATS, ISSUER, Model

NUMBERS = st.from_regex("[A-Z][A-Z0-9.-]{0,15}", fullmatch=True)
MODELS = st.builds(
    Model,
    st.from_regex(ISSUER, fullmatch=True),
    st.from_regex(CODE, fullmatch=True),
    st.sampled_from(FORMATS),
    st.none() | NUMBERS,
    st.none() | st.integers(1900, 2099),
)


@given(MODELS)
def test_a_name_stands_for_one_model(model: Model) -> None:
    """What is printed can be typed, as the name or as the file's."""
    assert Model.parse(model.name) == model
    assert Model.parse(model.stem) == model


@pytest.mark.parametrize(
    "name",
    ["", "UTO", "UTO P", "UTO P TD9", "UTOX P TD3", "UTO P OTHER", "UTO P TD3 A B 2020", "UTO ../ TD3", "1 P TD3"],
)
def test_what_names_no_model_is_refused_with_how_to_write_one(name: str) -> None:
    """One sentence."""
    with pytest.raises(UnknownError, match="UTO P TD3 2020"):
        Model.parse(name)


def test_a_zone_says_which_models_it_can_be_of() -> None:
    """By issuer, code and format; fillers do not matter."""
    zone = parse(
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
    )
    assert Model("UTO", "P", Format.TD3, "B", 2020).fits(zone)
    assert Model("UTO", "PP", Format.TD3).fits(zone)  # an ordinary passport, by its code from 2026 on
    assert not Model("UTO", "PD", Format.TD3).fits(zone)
    assert not Model("QVA", "P", Format.TD3).fits(zone)
    assert not Model("UTO", "P", Format.TD2).fits(zone)

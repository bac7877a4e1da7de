"""What may stand in a field: each check with a zone that passes and its twin that does not."""

from __future__ import annotations

import pytest
from asking import ask, verdict
from zones import TD1, TD3, td3, zone

TWINS = {
    "mrz.characters": (TD3, (TD3[0], TD3[1].replace("UTO", "UT0"))),
    "mrz.name": (TD3, td3(name="ERIKSSON<<ANNA<<MARIA")),
    "mrz.sex": (TD3, td3(sex="X")),
    "mrz.number.present": (TD3, td3(number="<<<<<<<<<")),
    "mrz.filler": (TD3, td3(number="<L898902C")),
}


@pytest.mark.parametrize("code", TWINS)
def test_twins(code: str) -> None:
    """The sound zone passes, and its twin fails with a place."""
    sound, faulty = TWINS[code]
    assert verdict(code, zone(sound)) == "successful"
    result = ask(code, zone(faulty))
    assert result is not None
    assert str(result.verdict) == "failed"
    assert result.where


@pytest.mark.parametrize("code", TWINS)
def test_doubt_turns_a_failure_undetermined(code: str) -> None:
    """The same fault in characters that were hardly read is not failed."""
    assert verdict(code, zone(TWINS[code][1], confidence=0.3)) == "undetermined"


@pytest.mark.parametrize("name", ["<<ANNA", "ERIKSS0N<<ANNA"])
def test_names_without_a_primary_part_or_with_digits(name: str) -> None:
    """Doc 9303-3, 4.6: a primary identifier, and no digits."""
    assert verdict("mrz.name", zone(td3(name=name))) == "failed"


def test_a_long_number_that_goes_nowhere() -> None:
    """A filler for the check digit announces a rest; without one the number is incomplete."""
    assert verdict("mrz.number.present", zone(("I<UTOD23145890<<<<<<<<<<<<<<<<", *TD1[1:]))) == "failed"


def test_the_message_names_field_place_and_character() -> None:
    """One sentence for an officer."""
    result = ask("mrz.characters", zone((TD3[0], TD3[1].replace("UTO", "UT0"))))
    assert result is not None
    assert "nationality (character 13 of line 2)" in result.message
    assert (result.field, result.found) == ("nationality", "0")

"""From a picture to a verdict: specimens as a phone sees them, sound and falsified."""

from __future__ import annotations

import datetime

import pytest

from limen.inspection import Inspection, inspect
from limen.specimen import Light, Specimen, apply_fraud, capture, make
from limen.vision import read_zone

ON = datetime.date(2026, 11, 23)


def seen(specimen: Specimen, seed: int) -> Inspection:
    """The inspection of a phone's picture at 200 ppi."""
    return inspect(read_zone(capture(specimen, seed, "phone", ppi=200).image), on=ON)


def irregular(inspection: Inspection) -> set[str]:
    """The codes of what failed, expiry aside: it is drawn at random."""
    return {result.code for result in inspection.irregularities} - {"mrz.date.expiry.expired"}


@pytest.mark.parametrize("format_", ["TD1", "TD2", "TD3", "MRV-A", "MRV-B"])
def test_sound_specimens_raise_no_objection(format_: str) -> None:
    """Each format, photographed by hand."""
    inspection = seen(make(format_, 11, ppi=300, lights=(Light.WHITE,)), 3)
    assert irregular(inspection) == set()
    assert inspection.mrz is not None
    assert inspection.mrz.layout.name == format_


def test_a_changed_digit_is_found() -> None:
    """The check digit that covers it and the composite one fail."""
    specimen = apply_fraud(make("TD3", 12, ppi=300, lights=(Light.WHITE,)), "changed-digit", 5)
    found = irregular(seen(specimen, 4))
    assert "mrz.check_digit.composite" in found
    assert found & {"mrz.check_digit.number", "mrz.check_digit.birth", "mrz.check_digit.expiry"}


def test_a_wrong_typeface_is_found() -> None:
    """Even where every character and check digit is right."""
    specimen = make("TD3", 13, ppi=300, lights=(Light.WHITE,), typeface="sans")
    assert "print.typeface" in irregular(seen(specimen, 4))

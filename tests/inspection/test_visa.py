"""A visa against its passport: the passport must hold, and nothing is failed on what was not read surely."""

from __future__ import annotations

import datetime

import pytest
from zones import TD3, zone

from limen.icao.mrz import Content, Name, build
from limen.inspection import Evidence, Verdict, inspect

ON = datetime.date(2011, 6, 1)
PASSPORT = TD3


def visa(**changes: object) -> tuple[str, ...]:
    """A visa for the bearer of that passport."""
    said = {
        "layout": "MRV-A",
        "document_code": "V",
        "issuer": "UTO",
        "name": Name("ERIKSSON", "ANNA MARIA"),
        "document_number": "L898902C3",
        "birth_date": datetime.date(1974, 8, 12),
        "expiry_date": datetime.date(2011, 12, 1),
        "nationality": "UTO",
        "sex": "F",
        "optional_data": "",
    }
    return build(Content(**(said | changes)))  # type: ignore[arg-type]


def judged(lines: tuple[str, ...], **evidence: object) -> dict[str, Verdict]:
    found = inspect(on=ON, evidence=Evidence(zone(lines), **evidence))  # type: ignore[arg-type]
    return {one.code: one.verdict for one in found.checks if one.code.startswith("visa.")}


def test_a_visa_of_its_passport_raises_no_objection() -> None:
    """Holder, number, and the passport itself."""
    found = judged(visa(), passport_mrz=PASSPORT, passport_zone=zone(PASSPORT))
    assert found == dict.fromkeys(
        ("visa.holder", "visa.passport_number", "visa.passport.zone", "visa.passport.valid"), Verdict.SUCCESSFUL
    )


@pytest.mark.parametrize(
    "changes",
    [{"name": Name("ERIKSSON", "BERTA")}, {"birth_date": datetime.date(1974, 8, 13)}, {"sex": "M"}],
)
def test_another_holder_is_irregular(changes: dict[str, object]) -> None:
    """Each field that both repeat."""
    assert judged(visa(**changes), passport_mrz=PASSPORT)["visa.holder"] is Verdict.FAILED


def test_a_misread_passport_accuses_nobody() -> None:
    """Where the passport's zone was not read surely, a difference is for a person to look at."""
    read = zone(PASSPORT, unsure={(0, 15): 0.4})
    other = visa(name=Name("ERIKSSON", "ANNE MARIA"))
    assert judged(other, passport_mrz=PASSPORT, passport_zone=read)["visa.holder"] is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"passport_zone": True}, Verdict.FAILED),
        ({"passport_zone": False}, Verdict.UNDETERMINED),
        ({"passport_zone": True, "unsure": {(1, 3): 0.3}}, Verdict.UNDETERMINED),
    ],
)
def test_a_passport_whose_check_digits_do_not_hold(rest: dict[str, object], expected: Verdict) -> None:
    """Irregular where it was read surely in a picture; typed or read badly it is open."""
    changed = (PASSPORT[0], PASSPORT[1].replace("L898902C36", "L898902C37"))
    read = zone(changed, unsure=rest.get("unsure")) if rest["passport_zone"] else None  # type: ignore[arg-type]
    assert judged(visa(), passport_mrz=changed, passport_zone=read)["visa.passport.zone"] is expected


def test_an_expired_passport_is_irregular() -> None:
    """A visa that goes on longer does not make its passport valid."""
    old = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1004159ZE184226B<<<<<14")
    assert judged(visa(), passport_mrz=old)["visa.passport.valid"] is Verdict.FAILED


def test_without_a_visa_or_a_passport_nothing_is_asked() -> None:
    """These checks are about the two together."""
    assert judged(visa()) == {}
    assert judged(TD3, passport_mrz=PASSPORT) == {}

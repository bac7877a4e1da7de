"""DG11 and DG12 against the chip's zone; what they find is for the log."""

from __future__ import annotations

import datetime

import pytest
from chips import ON, Anchors, evidence, verdicts

from limen.icao import der
from limen.inspection import ChipEvidence, Evidence, all_checks, inspect
from limen.specimen.chip import CardSpec, IssuedDocument, make_card

DOCUMENT = make_card(CardSpec())
OTHER = make_card(CardSpec(seed=3))
CODES = ("chip.dg11.name", "chip.dg11.birth_date", "chip.dg12.issue_date")
BORN = DOCUMENT.recipe.person.birth


def found(on: datetime.date = ON, **files: bytes) -> dict[str, str]:
    """The verdicts on the chip with these data groups in place of its own."""
    chip = ChipEvidence(
        {**evidence(DOCUMENT).files, **{f"EF.{name}": data for name, data in files.items()}}, live=False
    )
    said = verdicts(inspect(on=on, evidence=Evidence(pictured=False, chip=chip)))
    return {code: said[code] for code in CODES if code in said}


def group(tag: int, **objects: str) -> bytes:
    """A DG11 or DG12 with these texts by tag."""
    tags = {int(name[1:], 16): text.encode() for name, text in objects.items()}
    names = b"".join(one.to_bytes(2, "big") for one in tags)
    return der.encode(tag, der.encode(0x5C, names), *(der.encode(one, text) for one, text in tags.items()))


def test_sound_details_agree() -> None:
    """Name, date of birth and date of issue of an emulated document hold."""
    assert found() == dict.fromkeys(CODES, "successful")


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("SOMEBODY<<ELSE", "failed"), ("ミコ", "undetermined"), (DOCUMENT.mrz[0][5:].rstrip("<").lower(), "successful")],
)
def test_the_name_is_compared_by_its_transliteration(name: str, verdict: str) -> None:
    """Another name is told, one without a table is left open, and letter case means nothing."""
    assert found(DG11=group(0x6B, t5F0E=name))["chip.dg11.name"] == verdict


def test_the_date_of_birth_is_compared() -> None:
    """Another day is told; a year alone is left open; where none is stated there is nothing to compare."""
    other = BORN.replace(day=BORN.day % 28 + 1)
    assert found(DG11=group(0x6B, t5F2B=f"{other:%Y%m%d}"))["chip.dg11.birth_date"] == "failed"
    assert found(DG11=group(0x6B, t5F2B=f"{BORN:%Y}0000"))["chip.dg11.birth_date"] == "undetermined"
    assert found(DG11=group(0x6B, t5F11="AMAUROT"))["chip.dg11.birth_date"] == "not supported"


def test_the_date_of_issue_is_held_against_today_and_the_expiry() -> None:
    """A document of tomorrow, and one issued after its expiry, are told."""
    issue = {"20990101": "failed", "20201301": "undetermined", "20200101": "successful"}
    for text, verdict in issue.items():
        assert found(DG12=group(0x6C, t5F26=text))["chip.dg12.issue_date"] == verdict
    late = found(datetime.date(2040, 1, 1), DG12=group(0x6C, t5F26="20390101"))
    assert late["chip.dg12.issue_date"] == "failed"


def test_they_never_count() -> None:
    """Three files of one issuer that contradict each other are the issuer's doing."""
    assert {str(one.obligation) for one in all_checks() if one.code in CODES} == {"evaluatory"}


class Telling(Anchors):
    """A store with a deviation list."""

    def lists_deviations(self, country: str) -> bool:
        """Utopia has told of some."""
        return country == "UT"

    def known_deviations(self, country: str, number: str) -> list[str]:
        """Of this document alone."""
        return ["the hash of a data group is wrong"] if number == DOCUMENT.mrz[1][:9] else []


@pytest.mark.parametrize(("document", "verdict"), [(DOCUMENT, "undetermined"), (OTHER, "successful")])
def test_the_issuers_own_word_is_told(document: IssuedDocument, verdict: str) -> None:
    """A document on its issuer's deviation list is told for the log; another is not."""
    chip = evidence(document)
    found = inspect(on=ON, evidence=Evidence(pictured=False, chip=chip, anchors=Telling(document.pki)))
    assert verdicts(found)["chip.deviation"] == verdict
    assert "chip.deviation" not in verdicts(
        inspect(on=ON, evidence=Evidence(pictured=False, chip=chip, anchors=Anchors(document.pki)))
    )

"""The checks of the chip, its files and passive authentication, on emulated documents: each defect turns its own."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from chips import ON, Anchors, evidence, examined, irregular, verdicts
from zones import zone

from limen.inspection import ChipEvidence, Evidence, Proof, Verdict, all_checks, inspect
from limen.inspection.checks.passive import CARD_SECURITY_QUESTIONS, QUESTIONS
from limen.specimen.chip import Access, CardSpec, Defect, make_card
from limen.specimen.chip import Proof as CardProof

BY_DEFECT = {
    Defect.WRONG_HASH: {"pa.digest.dg2"},
    Defect.CHANGED_DG1: {"pa.digest.dg1", "chip.dg1.page"},
    Defect.SWAPPED_DG2: {"pa.digest.dg2"},
    Defect.WRONG_SIGNATURE: {"pa.sod.signature"},
    Defect.WRONG_DIGEST: {"pa.sod.signed_attributes"},
    Defect.EXPIRED_SIGNER: {"pa.dsc.signing_time"},
    Defect.REVOKED_SIGNER: {"pa.revocation"},
    Defect.FORGED_SIGNER: {"pa.dsc.path"},
    Defect.SIGNER_NOT_FOR_SIGNING: {"pa.dsc.key_usage"},
    Defect.UNKNOWN_ISSUER: set(),
    Defect.TRUNCATED_FILE: {"pa.digest.dg2"},
    Defect.OTHER_MRZ: {"chip.dg1.page"},
    Defect.COM_TELLS_MORE: {"lds.com"},
    Defect.CARD_ACCESS_CHANGED: {"lds.card_access"},
}
"""What is irregular in saved files. A missing group and a cloned chip need the card itself."""
AS_SAVED = {Defect.MISSING_GROUP: Verdict.UNDETERMINED, Defect.UNKNOWN_ISSUER: Verdict.UNDETERMINED}


def test_a_sound_document_raises_no_objection() -> None:
    """Files, signature, path and page agree; what a saved copy cannot tell is for the log alone."""
    inspection = examined(CardSpec())
    assert inspection.summary == "no irregularity found"
    assert {code for code, verdict in verdicts(inspection).items() if verdict != "successful"} == {"chip.proof"}


@pytest.mark.parametrize("defect", [*BY_DEFECT, Defect.MISSING_GROUP])
def test_each_defect_turns_its_own_checks(defect: Defect) -> None:
    """Exactly the checks that ask for the defect are failed."""
    inspection = examined(CardSpec(defects=(defect,)))
    assert irregular(inspection) == BY_DEFECT.get(defect, set())
    assert inspection.verdict is AS_SAVED.get(defect, Verdict.FAILED)


@pytest.mark.parametrize("defect", [Defect.CLONED_AA, Defect.CLONED_CA])
def test_saved_files_of_a_clone_are_sound(defect: Defect) -> None:
    """A copy holds every signed file: only the chip's own proof tells, and a saved copy says so."""
    proof = CardProof.AA_RSA if defect is Defect.CLONED_AA else CardProof.CA
    inspection = examined(CardSpec(proofs=(proof,), defects=(defect,)))
    assert irregular(inspection) == set()
    assert verdicts(inspection)["chip.proof"] == "undetermined"


def test_without_a_trust_anchor_it_is_open() -> None:
    """An unknown authority is no fault of the document; the summary names whose anchor is missing."""
    inspection = examined(CardSpec(), trusting=False)
    assert inspection.verdict is Verdict.UNDETERMINED
    assert irregular(inspection) == set()
    assert "no trust anchor for" in inspection.summary + " ".join(one.message for one in inspection.checks)


def test_an_expired_document_is_told_by_its_chip() -> None:
    """The date in DG1 is judged for the day of the inspection, and its last day is a valid one."""
    on = datetime.date(2040, 1, 1)
    assert "chip.dg1.expired" in irregular(examined(CardSpec(), on))
    last = make_card(CardSpec()).recipe.papers.expires
    assert verdicts(examined(CardSpec(), last))["chip.dg1.expired"] == "successful"


def ask(chip: ChipEvidence, **rest: object) -> dict[str, str]:
    """The verdicts on a chip, without a picture."""
    found = Evidence(pictured=False, chip=chip, **rest)  # type: ignore[arg-type]
    return verdicts(inspect(on=ON, evidence=found))


@pytest.mark.parametrize("count", range(8))
def test_a_chip_taken_away_is_never_irregular(count: int) -> None:
    """However many files were read: the reading is aborted, nothing is failed, and no check breaks off."""
    document = make_card(CardSpec())
    order = ("EF.CardAccess", "EF.COM", "EF.SOD", "EF.DG1", "EF.DG14", "EF.DG2", "EF.DG11", "EF.DG12")
    files = {name: document.files[name] for name in order[:count]}
    chip = ChipEvidence(files, access="BAC" if count else None, aborted="The document was taken away too early.")
    found = Evidence(pictured=False, typed=document.mrz, chip=chip, anchors=Anchors(document.pki))
    inspection = inspect(on=ON, evidence=found)
    assert inspection.verdict is Verdict.ABORTED
    assert irregular(inspection) == set()
    broken = {one.code for one in inspection.checks if "broke off" in one.message and "was not checked" in one.message}
    assert broken == set()
    assert "taken away too early" in inspection.summary


def test_a_refused_key_is_undetermined() -> None:
    """A wrong key is more often a misread zone; it is told once, and nothing is asked of files that lie behind it."""
    chip = ChipEvidence({}, problems=("BAC: the key was refused",))
    found = ask(chip)
    assert {code for code, verdict in found.items() if verdict != "not supported"} == {"chip.access"}
    assert found["chip.access"] == "undetermined"


def test_a_group_that_was_signed_and_is_gone_is_irregular() -> None:
    """On the card itself a signed group that cannot be selected is missed; DG3 is not."""
    document = make_card(CardSpec(groups=(1, 2, 11, 12)))
    files = {name: data for name, data in document.files.items() if name != "EF.DG12"}
    chip = ChipEvidence(files, access="BAC", missing={"EF.DG12": "6A82"})
    assert ask(chip)["lds.complete"] == "failed"
    not_asked = dataclasses.replace(chip, missing={})
    assert ask(not_asked)["lds.complete"] == "successful"


@pytest.mark.parametrize("name", ["active_authentication", "chip_authentication", "pace_cam"])
@pytest.mark.parametrize("verdict", [Verdict.SUCCESSFUL, Verdict.FAILED, Verdict.ABORTED])
def test_a_proof_of_the_chip_is_told_as_it_came_out(name: str, verdict: Verdict) -> None:
    """One proof that holds is enough to say that the chip is no copy; one not offered is not supported."""
    chip = evidence(make_card(MAPPED), live=True, access="BAC", **{name: Proof(verdict, "Said.")})
    found = ask(chip)
    assert found[f"chip.{name}"] == verdict
    assert found["chip.proof"] == ("successful" if verdict is Verdict.SUCCESSFUL else "not supported")
    others = {"active_authentication", "chip_authentication", "pace_cam"} - {name}
    assert {found[f"chip.{other}"] for other in others} == {"not supported"}


MAPPED = CardSpec(access=(Access.PACE_CAM,))


def mapped(**present: bytes | None) -> dict[str, str]:
    """The verdicts on a chip whose mapping of PACE held, with these files instead of its own."""
    document = make_card(MAPPED)
    files = evidence(document).files | {f"EF.{name}": data for name, data in present.items()}
    kept = {name: data for name, data in files.items() if data is not None}
    chip = ChipEvidence(kept, access="PACE CAM", pace_cam=Proof(Verdict.SUCCESSFUL, "Said."))
    return ask(chip, anchors=Anchors(document.pki))


def test_the_key_of_the_mapping_must_be_signed() -> None:
    """Every step that is asked of EF.SOD is asked of EF.CardSecurity, and holds for a sound one."""
    found = {code: verdict for code, verdict in mapped().items() if code.startswith("pa.card_security.")}
    assert set(found) == {question.code for question in CARD_SECURITY_QUESTIONS}
    assert set(found.values()) == {"successful"}


def test_a_changed_card_security_is_irregular() -> None:
    """A clone can bring its own key for the mapping, but no signature of the issuer for it."""
    sound = make_card(MAPPED).files["EF.CardSecurity"]
    found = mapped(CardSecurity=sound[:-1] + bytes([sound[-1] ^ 1]))
    assert [code for code, verdict in found.items() if verdict == "failed"] == ["pa.card_security.signature"]
    assert [code for code, verdict in mapped(CardSecurity=b"0").items() if verdict == "failed"] == [
        "pa.card_security.readable"
    ]


def test_a_mapping_without_its_signed_key_proves_nothing() -> None:
    """Where EF.CardSecurity is gone, nobody knows whose key was proved."""
    assert mapped(CardSecurity=None)["chip.proof"] == "not supported"


def test_the_picture_is_held_against_the_chip() -> None:
    """A printed letter that differs is irregular; the same letter hardly read leaves it open."""
    document = make_card(CardSpec(access=(Access.BAC,)))
    upper, lower = document.mrz
    name = upper[10].replace(upper[10], "Q" if upper[10] != "Q" else "W")
    changed = (upper[:10] + name + upper[11:], lower)
    chip = evidence(document)

    def page(lines: tuple[str, ...], confidence: float = 0.98) -> str:
        found = inspect(on=ON, evidence=Evidence(zone(lines, confidence=confidence), chip=chip))
        return verdicts(found)["chip.dg1.page"]

    assert page(document.mrz) == "successful"
    assert page(changed) == "failed"
    assert page(changed, 0.3) == "undetermined"


@pytest.mark.parametrize("name", ["EF.SOD", "EF.COM", "EF.DG1", "EF.DG14", "EF.CardAccess"])
@pytest.mark.parametrize("data", [b"", b"\x00", b"\x77\x84\xff\xff\xff\xff", bytes(300)])
def test_a_damaged_file_breaks_no_check(name: str, data: bytes) -> None:
    """Whatever stands in a file, each check comes to an end."""
    document = make_card(CardSpec())
    chip = ChipEvidence({**document.files, name: data}, live=False)
    found = Evidence(pictured=False, typed=document.mrz, chip=chip, anchors=Anchors(document.pki))
    inspection = inspect(on=ON, evidence=found)
    assert [one.code for one in inspection.checks if one.verdict is Verdict.ABORTED] == []
    assert inspection.verdict is not Verdict.SUCCESSFUL


def test_without_a_chip_none_of_its_checks_is_run() -> None:
    """A photograph alone is judged as before."""
    document = make_card(CardSpec())
    codes = set(verdicts(inspect(zone(document.mrz), on=ON)))
    assert {code for code in codes if code.startswith(("chip.", "lds.", "pa."))} == set()


def test_every_step_of_passive_authentication_has_its_check() -> None:
    """No step is lost: whatever step is taken, a check of its code asks for it."""
    codes = {one.code for one in all_checks()}
    assert {question.code for question in QUESTIONS} <= codes
    document = make_card(CardSpec(groups=(1, 2, 7, 11, 12, 13, 14, 15, 16), proofs=(CardProof.AA_RSA,)))
    found = Evidence(pictured=False, chip=evidence(document), anchors=Anchors(document.pki))
    inspection = inspect(on=ON, evidence=found)
    assert {f"pa.digest.dg{number}" for number in (1, 2, 7, 11, 12, 13, 14, 15, 16)} <= set(verdicts(inspection))

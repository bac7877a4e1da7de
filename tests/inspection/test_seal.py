"""Sealed visas: each defect turns its own checks, on seals minted under a specimen PKI."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
import zxingcpp
from chips import Anchors, verdicts
from zones import zone

from limen.icao.mrz import check_digit
from limen.icao.pki import Certificate
from limen.icao.seal import c40
from limen.inspection import Evidence, Inspection, SealEvidence, Verdict, inspect
from limen.specimen.chip import CardSpec, make_card
from limen.specimen.chip.seals import TRAVEL_DOCUMENT, VISA, Sealed, seal, seal_signer, visa_features
from limen.vision.barcode import read_barcodes

ON = datetime.date(2026, 11, 1)
SIGNED = datetime.date(2026, 10, 1)
DOCUMENT = make_card(CardSpec())
PASSPORT = DOCUMENT.mrz
NUMBER = PASSPORT[1][:9]
WHERE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def visa_lines(number: str = NUMBER, name: str = "", width: int = 44) -> tuple[str, str]:
    """A visa for the holder of the passport; `name` replaces hers."""
    upper = ("V<UTO" + (name or PASSPORT[0][5:].rstrip("<"))).ljust(width, "<")
    lower = number + check_digit(number) + PASSPORT[1][10:20] + PASSPORT[1][20] + PASSPORT[1][21:28]
    return upper[:width], lower.ljust(width, "<")


LINES = visa_lines()


class Store(Anchors):
    """Trusts the specimen PKI, and knows seal signers."""

    def __init__(self, *signers: bytes) -> None:
        super().__init__(DOCUMENT.pki)
        self._signers = [Certificate.parse(one) for one in signers]

    def seal_signers(self, country: str, serial: int) -> list[Certificate]:
        """Those of that country and number."""
        return [one for one in self._signers if (one.country, one.serial) == (country, serial)]


SIGNER = seal_signer(DOCUMENT.pki)
SEALED = seal(SIGNER, VISA, visa_features(LINES, NUMBER), on=SIGNED)


def examined(
    sealed: Sealed = SEALED,
    *,
    lines: tuple[str, str] = LINES,
    passport: tuple[str, ...] = PASSPORT,
    knowing: bool = True,
    confidence: float = 0.98,
) -> Inspection:
    """The inspection of a visa with that seal and that printed zone."""
    store = Store(sealed.signer.der) if knowing else None
    found = Evidence(
        zone(lines, confidence=confidence),
        seals=(SealEvidence(sealed.data, WHERE, "DataMatrix"),),
        passport_mrz=passport,
        anchors=store,
    )
    return inspect(on=ON, evidence=found)


def failed(inspection: Inspection) -> set[str]:
    """The failed checks of the seal and of the visa."""
    return {
        one.code
        for one in inspection.checks
        if one.verdict is Verdict.FAILED and one.code.startswith(("seal.", "visa."))
    }


def sealed_with(index: int, value: bytes | None) -> Sealed:
    """A seal with one feature replaced or left out."""
    features = visa_features(LINES, NUMBER)
    features[index : index + 1] = [] if value is None else [(features[index][0], value)]
    return seal(SIGNER, VISA, features, on=SIGNED)


def test_a_sound_visa_raises_no_objection() -> None:
    """Every step holds, the seal says what is printed, and the visa belongs to the passport."""
    said = {code: verdict for code, verdict in verdicts(examined()).items() if code.startswith(("seal.", "visa."))}
    assert {code for code, verdict in said.items() if verdict != "successful"} == {"seal.dsc.document_type"}
    assert said["seal.dsc.document_type"] == "not supported"
    assert {"seal.mrz", "seal.passport", "seal.signature", "seal.revocation", "visa.holder"} <= set(said)


@pytest.mark.parametrize("curve", ["brainpoolP224r1", "secp256r1", "brainpoolP384r1"])
@pytest.mark.parametrize("version", [3, 4])
def test_every_curve_and_version_of_the_header(curve: str, version: int) -> None:
    """The hash follows from the curve; the reference is written as the version wants it."""
    sealed = seal(seal_signer(DOCUMENT.pki, curve), VISA, visa_features(LINES, NUMBER), on=SIGNED, version=version)
    assert failed(examined(sealed)) == set()
    assert verdicts(examined(sealed))["seal.signature"] == "successful"


def test_a_changed_octet_fails_the_signature_and_the_page_alone() -> None:
    """More entries than were granted: the signature tells, and the page still agrees."""
    at = SEALED.data.index(b"\x03\x01\x01")
    changed = Sealed(SEALED.data[: at + 2] + b"\x63" + SEALED.data[at + 3 :], SIGNER)
    assert failed(examined(changed)) == {"seal.signature"}


def test_an_altered_page_fails_against_the_seal() -> None:
    """Another name is printed than was sealed; the seal itself holds."""
    lines = visa_lines(name="SOMEBODY<<ELSE")
    assert failed(examined(lines=lines, passport=())) == {"seal.mrz"}
    assert verdicts(examined(lines=lines, confidence=0.4))["seal.mrz"] == "undetermined"


def test_a_visa_on_another_passport_is_told() -> None:
    """The seal names another passport; its holder is another, too."""
    other = make_card(CardSpec(seed=5)).mrz
    assert failed(examined(passport=other)) == {"seal.passport", "visa.holder"}
    assert verdicts(examined(passport=other))["visa.passport_number"] == "undetermined"


def test_without_the_passport_it_is_open() -> None:
    """Nothing is said of a passport that was not shown."""
    said = verdicts(examined(passport=()))
    assert said["seal.passport"] == "undetermined"
    assert "visa.holder" not in said


def test_an_unknown_signer_is_no_fault() -> None:
    """Without the certificate, and without a store, the signature is open and nothing is red."""
    inspection = examined(knowing=False)
    assert failed(inspection) == set()
    assert verdicts(inspection)["seal.signature"] == "undetermined"
    assert inspection.verdict is Verdict.UNDETERMINED


def test_a_signer_of_another_authority_is_not_trusted() -> None:
    """A certificate that names the CSCA and was not signed by it."""
    other = make_card(CardSpec(seed=9)).pki
    sealed = seal(seal_signer(other), VISA, visa_features(LINES, NUMBER), on=SIGNED)
    said = verdicts(examined(sealed))
    assert said["seal.signature"] == "successful"
    assert said["seal.csca.trusted"] == "undetermined"


def test_a_signer_for_other_documents_is_told() -> None:
    """Doc 9303-13, appendix D: INVALID_DOCUMENTTYPE."""
    sealed = seal(seal_signer(DOCUMENT.pki, "brainpoolP256r1", "P"), VISA, visa_features(LINES, NUMBER), on=SIGNED)
    assert failed(examined(sealed)) == {"seal.dsc.document_type"}
    right = seal(seal_signer(DOCUMENT.pki, "brainpoolP256r1", "V"), VISA, visa_features(LINES, NUMBER), on=SIGNED)
    assert failed(examined(right)) == set()


@pytest.mark.parametrize(
    ("index", "value"),
    [(2, None), (3, None), (2, b"\x01"), (0, None), (1, b"\x01\x02")],
    ids=["no stay", "no passport number", "short stay", "no zone", "long entries"],
)
def test_features_out_of_form_are_told(index: int, value: bytes | None) -> None:
    """What is missing or of a wrong length is WRONG_FORMAT, though the signature holds."""
    assert failed(examined(sealed_with(index, value))) == {"seal.features"}


def test_unknown_features_are_kept_and_harmless() -> None:
    """A tag that the kind does not know does not touch the verdict."""
    sealed = seal(SIGNER, VISA, [*visa_features(LINES, NUMBER), (0x40, b"new")], on=SIGNED)
    inspection = examined(sealed)
    assert failed(inspection) == set()
    details = next(one.details for one in inspection.checks if one.code == "seal.features")
    assert any("UNKNOWN_FEATURE: 40" in one for one in details)


def test_a_smaller_visa_and_a_travel_document() -> None:
    """MRV-B, and an emergency travel document with both lines in full."""
    lines = visa_lines(width=36)
    assert failed(examined(seal(SIGNER, VISA, visa_features(lines, NUMBER), on=SIGNED), lines=lines)) == set()
    paper = lines[0].replace("V<", "PU", 1), lines[1]
    sealed = seal(SIGNER, TRAVEL_DOCUMENT, [(2, c40.encode("".join(paper)))], on=SIGNED)
    assert failed(examined(sealed, lines=paper, passport=())) == set()


@pytest.mark.parametrize("angle", [0, 1, 2, 3])
@pytest.mark.parametrize("symbology", ["DataMatrix", "Aztec", "QRCode", "PDF417"])
def test_a_seal_is_read_from_a_picture(symbology: str, angle: int) -> None:
    """Turned, noisy and with a page around it, each symbology gives back its octets, and they verify."""
    code = zxingcpp.create_barcode(SEALED.data, getattr(zxingcpp.BarcodeFormat, symbology))
    drawn = np.array(zxingcpp.write_barcode_to_image(code, scale=4))
    page = np.full((drawn.shape[0] + 160, drawn.shape[1] + 200), 225, np.uint8)
    page[70 : 70 + drawn.shape[0], 90 : 90 + drawn.shape[1]] = drawn
    noise = np.random.default_rng(1).normal(0, 18, page.shape)
    turned = np.rot90(np.clip(page + noise, 0, 255).astype(np.uint8), angle)
    (reading,) = read_barcodes(np.stack([turned] * 3, axis=2))
    assert reading.data == SEALED.data
    assert failed(examined(Sealed(reading.data, SIGNER))) == set()

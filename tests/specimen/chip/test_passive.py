"""Emulated documents under Limen's own passive authentication and parsers: each defect turns what it should."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from limen.icao.lds import parse_file
from limen.icao.pki import Certificate, Crl, DeviationList, MasterList, Name, PassiveResult, Sod, passive_authentication
from limen.specimen.chip import ALL_GROUPS, Access, CardSpec, Defect, IssuedDocument, Pki, Proof, Quirk, make_card
from limen.specimen.people import EPOCH

from .test_pki import SIGNINGS

WHOLE = CardSpec(access=(Access.PACE_CAM, Access.BAC), proofs=(Proof.CA, Proof.AA_RSA), groups=ALL_GROUPS)


class Published:
    """What the issuer's PKI publishes."""

    def __init__(self, pki: Pki) -> None:
        self._certificates = [Certificate.parse(der) for der in (*pki.anchors, *pki.links)]
        self._crls = [Crl.parse(pki.crl)]

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> list[Certificate]:
        """By name."""
        return [certificate for certificate in self._certificates if certificate.subject == issuer]

    def crls(self, country: str | None) -> list[Crl]:
        """All."""
        return self._crls

    def countries(self) -> list[str]:
        """Of the certificates."""
        return sorted({certificate.country or "" for certificate in self._certificates})


@lru_cache(maxsize=64)
def issued(spec: CardSpec) -> IssuedDocument:
    """A document, made once."""
    return make_card(spec)


def authenticated(spec: CardSpec) -> PassiveResult:
    """Passive authentication of all data groups there are."""
    document = issued(spec)
    files = document.files
    groups = {number: files[f"EF.DG{number}"] for number in range(1, 17) if f"EF.DG{number}" in files}
    return passive_authentication(Sod.parse(files["EF.SOD"]), groups, Published(document.pki), EPOCH)


def turned(result: PassiveResult) -> dict[str, str]:
    """The steps that were not successful."""
    return {step.code: str(step.verdict) for step in result.steps if step.verdict != "successful"}


NO_ANCHOR = {"pa.csca.trusted": "undetermined", "pa.csca.validity": "undetermined", "pa.revocation": "undetermined"}
STEPS = {
    Defect.WRONG_HASH: {"pa.digest.dg2": "failed"},
    Defect.CHANGED_DG1: {"pa.digest.dg1": "failed"},
    Defect.SWAPPED_DG2: {"pa.digest.dg2": "failed"},
    Defect.TRUNCATED_FILE: {"pa.digest.dg2": "failed"},
    Defect.WRONG_SIGNATURE: {"pa.sod.signature": "failed"},
    Defect.WRONG_DIGEST: {"pa.sod.signed_attributes": "failed"},
    Defect.EXPIRED_SIGNER: {"pa.dsc.signing_time": "failed", "pa.dsc.validity": "failed"},
    Defect.REVOKED_SIGNER: {"pa.revocation": "failed"},
    Defect.FORGED_SIGNER: {"pa.dsc.path": "failed", **NO_ANCHOR},
    Defect.SIGNER_NOT_FOR_SIGNING: {"pa.dsc.key_usage": "failed"},
    Defect.UNKNOWN_ISSUER: {"pa.dsc.path": "undetermined", **NO_ANCHOR},
}
"""The defects that passive authentication sees; the others are for other checks."""


@pytest.mark.parametrize("defect", [None, *Defect])
def test_defect_turns_its_steps_alone(defect: Defect | None) -> None:
    """Every step but those of the table is successful, on the sound document all of them."""
    expected = STEPS.get(defect, {}) if defect else {}
    assert turned(authenticated(replace(WHOLE, defects=(defect,) if defect else ()))) == expected


@pytest.mark.parametrize("signing", [*SIGNINGS, replace(SIGNINGS[-1], explicit=True)], ids=str)
def test_every_kind_of_signature_is_authenticated(signing: object) -> None:
    """Scheme, hash and curve make no difference."""
    assert turned(authenticated(replace(WHOLE, signing=signing))) == {}  # type: ignore[arg-type]


@pytest.mark.parametrize("quirk", [Quirk.PLAIN_DATA_TYPE, Quirk.SIGNER_BY_KEY, Quirk.TURNED_NAME, Quirk.PACKED_DATES])
def test_habits_of_the_field_are_put_up_with(quirk: Quirk) -> None:
    """No step fails for how some issuers write."""
    assert "failed" not in turned(authenticated(replace(WHOLE, quirks=(quirk,)))).values()


def test_lists_are_read() -> None:
    """Master list and deviation list have what was put into them."""
    pki = issued(WHOLE).pki
    assert {bytes(certificate.raw) for certificate in MasterList.parse(pki.master_list).certificates} == set(
        pki.anchors
    )
    assert DeviationList.parse(pki.deviation_list)


def test_every_file_is_read() -> None:
    """The LDS parsers take every file that is made."""
    files = issued(WHOLE).files
    assert len(files) == 15
    for name, data in files.items():
        assert parse_file(name, data) is not None

"""Real and published objects: master lists, security objects, a deviation list, single certificates."""

import base64
import datetime
import warnings
from pathlib import Path

import pytest
from asn1crypto import x509
from minted import Anchors

from limen.icao import crypto, pki

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "pki"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/data/pki beside the checkout"),
]


def files(folder, pattern="*"):
    return sorted((FOLDER / folder).glob(pattern))


def named(paths):
    return {"argvalues": paths, "ids": [path.stem for path in paths]}


@pytest.fixture(scope="session")
def certificates():
    """Return every different certificate of the master lists."""
    found = {}
    for path in files("masterlists"):
        found.update({one.raw: one for one in pki.MasterList.parse(path.read_bytes()).certificates})
    return tuple(found.values())


@pytest.fixture(scope="session")
def anchors(certificates):
    return Anchors(*certificates)


def groups_of(path):
    return {int(file.stem.rsplit("_DG", 1)[1]): file.read_bytes() for file in files("dgs", f"{path.stem}_DG*.bin")}


def turned(result):
    return {step.code: str(step.verdict) for step in result.steps if step.verdict is not pki.Verdict.SUCCESSFUL}


@pytest.mark.parametrize("path", **named(files("masterlists")))
def test_a_master_list_verifies(path):
    """Every entry is parsed; the signature holds, and a CSCA's key signed the signer."""
    found = pki.MasterList.parse(path.read_bytes())
    assert found.broken == ()
    assert len(found.certificates) > 300
    signature = found.verify()
    assert signature.quirks == ()
    assert len(signature.issuers) > 0


def test_every_certificate_gives_a_usable_key(certificates):
    """Of every certificate on the lists the key can be computed with, and agrees with what asn1crypto reads."""
    assert len(certificates) > 700
    for one in certificates:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            oracle = x509.Certificate.load(one.raw)
        assert one.serial == oracle.serial_number
        assert one.subject.raw == oracle.subject.dump()
        assert one.not_after == oracle["tbs_certificate"]["validity"]["not_after"].native
        if isinstance(one.key, crypto.RsaKey):
            assert one.key.n == oracle.public_key["public_key"].parsed["modulus"].native
        else:
            assert crypto.is_on_curve(one.key.curve, one.key.point)


def test_self_issued_certificates_are_self_signed(certificates):
    """Every root of the lists verifies under its own key, on every kind of key that occurs."""
    failed = []
    for one in certificates:
        if one.self_issued and one.ski is not None and one.aki in {None, one.ski}:
            try:
                one.verify_by(one)
            except crypto.CryptoError as error:
                failed.append(f"{one.subject}: {error}")
    assert failed == []


REAL = [path for path in files("sods") if len(path.stem.split("-")[0]) == 2 and "test" not in path.stem]
ON = {"SI": datetime.date(2024, 6, 1)}


@pytest.mark.parametrize("path", **named(REAL))
def test_a_real_security_object_verifies(path, anchors):
    """Signature, data groups and path to a CSCA hold; only revocation lists are missing."""
    groups = groups_of(path)
    result = pki.passive_authentication(
        path.read_bytes(),
        groups,
        anchors,
        ON.get(path.stem[:2], datetime.date(2025, 6, 1)),
        state=STATES[path.stem[:2]],
    )
    assert turned(result) == {"pa.revocation": "undetermined"}
    assert len(result.path) == 2
    assert {step.code for step in result.steps} >= {f"pa.digest.dg{number}" for number in groups}


STATES = {
    "AT": "AUT",
    "CN": "CHN",
    "DE": "D<<",
    "GB": "GBR",
    "MY": "MYS",
    "NZ": "NZL",
    "SI": "SVN",
    "US": "USA",
}
NO_ANCHOR = {
    "pa.dsc.path": "undetermined",
    "pa.csca.trusted": "undetermined",
    "pa.csca.validity": "undetermined",
    "pa.dsc.signing_time": "undetermined",
    "pa.revocation": "undetermined",
}
DAYS = {
    "ETSI": datetime.date(2012, 1, 1),
    "HJP": datetime.date(2014, 1, 1),
    "NL": datetime.date(2008, 1, 1),
    "bsi2008": datetime.date(2008, 6, 1),
}
TEST_PKI = {
    "ETSI-test-9712ab147b5fc006": {},
    "HJP-test-68f32f11f8541003": {},
    "HJP-cmsv2-55262c801eec82a7": {},
    "NL-test-loes-911afa57a07ed972": {},
    # Its certificates state neither the use of the key nor, for the issuer, a country.
    "bsi2008-silver-3d920b7e589fbd65": {"pa.dsc.key_usage": "undetermined", "pa.dsc.country": "undetermined"},
}


@pytest.mark.parametrize(("stem", "more"), TEST_PKI.items())
def test_an_object_of_a_test_pki_has_no_anchor(stem, more, anchors):
    """The signature holds, nothing fails, and what needs the missing CSCA is undetermined."""
    path = FOLDER / "sods" / f"{stem}.bin"
    result = pki.passive_authentication(path.read_bytes(), groups_of(path), anchors, DAYS[stem.split("-")[0]])
    assert turned(result) == NO_ANCHOR | more
    assert result.step("pa.csca.trusted").message.startswith(f"no trust anchor for {result.signer.country} ")


BROKEN = {
    # The type outside and the one among the attributes were changed: what was signed is broken with them.
    "neg-contenttype": {"pa.sod.content_type", "pa.sod.signed_attributes", "pa.sod.signature"},
    "neg-digest": {"pa.sod.signed_attributes"},
    # Both types were set to id-data, as China writes them; the signature then no longer covers the attributes.
    "neg-econtent": {"pa.sod.signature"},
    "neg-ldsversion-1": {"pa.sod.lds_version", "pa.sod.signed_attributes"},
    "neg-ldsversion2": {"pa.sod.lds_version", "pa.sod.signed_attributes"},
    "neg-signature": {"pa.sod.signature"},
}


@pytest.mark.parametrize("path", **named(files("sods", "neg-*")))
def test_a_broken_object_fails_where_its_name_says(path, anchors):
    """The named step fails, with those that cover the same octets; every other holds or lacks its anchor."""
    data = path.read_bytes()
    on = pki.Sod.parse(data).signed.certificates[0].not_after.date()
    found = turned(pki.passive_authentication(data, groups_of(path), anchors, on))
    assert {code for code, verdict in found.items() if verdict == "failed"} == BROKEN[path.stem.rsplit("-", 1)[0]]
    assert {code: verdict for code, verdict in found.items() if verdict != "failed"} == NO_ANCHOR


@pytest.mark.parametrize("path", **named(REAL))
def test_one_changed_octet_of_what_is_signed_fails(path, anchors):
    """A change in the hashes fails the digest; one in the signature fails the signature."""
    data = path.read_bytes()
    sod = pki.Sod.parse(data)
    number, value = next(iter(sod.lds.hashes.items()))
    changed = data.replace(value, bytes([value[0] ^ 1]) + value[1:], 1)
    found = turned(pki.passive_authentication(changed, {}, anchors, datetime.date(2024, 6, 1)))
    assert found == {"pa.sod.signed_attributes": "failed", "pa.revocation": "undetermined"}, number
    signature = sod.signed.signers[0].signature
    changed = data.replace(signature, signature[:-1] + bytes([signature[-1] ^ 1]), 1)
    found = turned(pki.passive_authentication(changed, {}, anchors, datetime.date(2024, 6, 1)))
    assert found == {"pa.sod.signature": "failed", "pa.revocation": "undetermined"}


def test_the_deviation_list_is_read(certificates):
    """All 169,422 numbers come out, the signature holds, and a number is found."""
    found = pki.DeviationList.parse(files("deviation")[0].read_bytes())
    assert [len(one.numbers) for one in found.deviations] == [169_422]
    assert len(found.verify(certificates).issuers) > 0
    assert [one.descriptions[0].type for one in found.concerning("BB0000001")] == ["2.23.136.1.1.7.2.3"]
    assert found.concerning("XX0000001") == ()


@pytest.mark.parametrize("path", **named([*files("csca"), *files("vdsnc", "au_csca*"), *files("vds", "*.crt")]))
def test_a_single_certificate_loads(path):
    """Each gives a key, and links verify under the key that they name where it is there."""
    data = path.read_bytes()
    if data.startswith(b"-----"):
        data = base64.b64decode(b"".join(line for line in data.splitlines() if not line.startswith(b"-----")))
    assert str(pki.Certificate.parse(data).key)


def test_links_verify():
    """Indonesia's link certificates were signed by the key before."""
    loaded = [pki.Certificate.parse(path.read_bytes()) for path in files("csca", "IDN*")]
    first, second, link = loaded[0], loaded[1], loaded[2]
    link.verify_by(first)
    assert link.spki == second.spki


@pytest.mark.parametrize("path", **named(files("vdsnc", "au_crl*")))
def test_a_revocation_list_is_read(path):
    """Australia's sample lists verify under the sample CSCA."""
    found = pki.Crl.parse(path.read_bytes())
    assert found.country == "AU"
    found.verify_by(pki.Certificate.parse((FOLDER / "vdsnc" / "au_cscaCertData.der").read_bytes()))

"""What is issued verifies with OpenSSL, and each defect turns what it says and nothing else."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from asn1crypto import cms, core, x509  # type: ignore[import-untyped]

from limen.icao.der import parse
from limen.icao.mrz import parse as parse_mrz
from limen.specimen import NotPossibleError, UnknownNameError
from limen.specimen.chip import (
    ALL_GROUPS,
    Access,
    CardSpec,
    Cipher,
    Defect,
    IssuedDocument,
    Proof,
    Quirk,
    Scheme,
    Signing,
    make_card,
)

OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="needs the openssl command")

SIGNINGS = [
    Signing(Scheme.RSA),
    Signing(Scheme.RSA, "sha1"),
    Signing(Scheme.RSA_PSS, "sha512"),
    Signing(Scheme.ECDSA, "sha256", "secp224r1"),
    Signing(Scheme.ECDSA, "sha384", "secp384r1"),
    Signing(Scheme.ECDSA, "sha512", "secp521r1"),
    Signing(Scheme.ECDSA, "sha256", "brainpoolP224r1"),
    Signing(Scheme.ECDSA, "sha256", "brainpoolP256r1"),
    Signing(Scheme.ECDSA, "sha384", "brainpoolP320r1"),
    Signing(Scheme.ECDSA, "sha512", "brainpoolP512r1"),
]
WHOLE = CardSpec(access=(Access.PACE_CAM, Access.BAC), proofs=(Proof.CA, Proof.AA_RSA), groups=ALL_GROUPS)


@lru_cache(maxsize=64)
def issued(spec: CardSpec) -> IssuedDocument:
    """A document, made once."""
    return make_card(spec)


def openssl(*arguments: str, expect: bool = True) -> str:
    """What the command writes; it must succeed, or must not."""
    assert OPENSSL is not None
    done = subprocess.run([OPENSSL, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is expect, done.stderr
    return done.stdout + done.stderr


def message(file: bytes) -> bytes:
    """The CMS inside EF.SOD."""
    return bytes(parse(file).value)


def pem(folder: Path, name: str, certificate: bytes) -> str:
    """The path of a certificate written there."""
    text = base64.encodebytes(certificate).decode()
    path = folder / f"{name}.pem"
    path.write_text(f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n")
    return str(path)


def verify_cms(folder: Path, data: bytes, anchor: bytes, moment: str, *, expect: bool = True) -> None:
    """OpenSSL's verdict on signature and path."""
    (folder / "cms.der").write_bytes(data)
    openssl(
        "cms", "-verify", "-inform", "der", "-in", str(folder / "cms.der"), "-out", str(folder / "content"),
        "-CAfile", pem(folder, "anchor", anchor), "-purpose", "any", "-attime", moment, "-binary",
        "-auth_level", "0",
        expect=expect,
    )  # fmt: skip


def signed_moment(document: IssuedDocument) -> str:
    """The day of issue, in seconds since 1970."""
    from datetime import UTC, datetime

    day = document.recipe.papers.issued
    return str(int(datetime(day.year, day.month, day.day, 13, tzinfo=UTC).timestamp()))


def content(document: IssuedDocument) -> core.Sequence:
    """Version, algorithm, hashes by number and the rest of the security object, read by asn1crypto."""
    info = cms.ContentInfo.load(message(document.files["EF.SOD"]))
    return core.Sequence.load(info["content"]["encap_content_info"]["content"].native)


def signed_hashes(document: IssuedDocument) -> dict[int, bytes]:
    """The hashes that were signed."""
    items = content(document)[2]
    loaded = [core.Sequence.load(items[index].dump()) for index in range(len(items))]
    return {item[0].native: item[1].native for item in loaded}


@needs_openssl
@pytest.mark.parametrize(("signing", "version"), [(signing, index % 2) for index, signing in enumerate(SIGNINGS)])
def test_openssl_verifies_the_whole_pki(signing: Signing, version: int, tmp_path: Path) -> None:
    """Security object, lists, revocation list, link and signer verify to the CSCA."""
    document = issued(replace(WHOLE, signing=signing, lds_version=version))
    pki, moment = document.pki, signed_moment(document)
    verify_cms(tmp_path, message(document.files["EF.SOD"]), pki.csca.der, moment)
    assert (tmp_path / "content").read_bytes() == content(document).dump()
    verify_cms(tmp_path, document.files["EF.CardSecurity"], pki.csca.der, moment)
    listed = str(1_780_400_000)
    verify_cms(tmp_path, pki.master_list, pki.csca.der, listed)
    verify_cms(tmp_path, pki.deviation_list, pki.csca.der, listed)
    anchor, former = pem(tmp_path, "csca", pki.csca.der), pem(tmp_path, "former", pki.former.der)
    openssl("verify", "-auth_level", "0", "-CAfile", former, "-attime", moment, pem(tmp_path, "link", pki.link.der))
    (tmp_path / "crl").write_bytes(pki.crl)
    assert "verify OK" in openssl("crl", "-inform", "der", "-in", str(tmp_path / "crl"), "-CAfile", anchor, "-noout")


@needs_openssl
@pytest.mark.parametrize("curve", ["secp384r1", "brainpoolP224r1", "brainpoolP512r1"])
def test_curves_spelt_out_are_the_named_ones(curve: str, tmp_path: Path) -> None:
    """OpenSSL, which refuses paths with explicit parameters, verifies each signature and names the curve's order."""
    import ecdsa

    document = issued(CardSpec(signing=Signing(curve=curve, explicit=True)))
    (tmp_path / "cms").write_bytes(message(document.files["EF.SOD"]))
    openssl(
        "cms", "-verify", "-noverify", "-inform", "der", "-in", str(tmp_path / "cms"), "-out", str(tmp_path / "out")
    )
    for certified in (document.pki.csca, document.pki.signer):
        certificate = x509.Certificate.load(certified.der)
        assert certificate.public_key["algorithm"]["parameters"].name == "specified"
        key = ecdsa.VerifyingKey.from_der(document.pki.csca.key.spki)
        signed = certificate["tbs_certificate"].dump()
        assert key.verify(certificate.signature, signed, hashlib.sha256, ecdsa.util.sigdecode_der, allow_truncate=True)


@pytest.mark.parametrize("version", [0, 1])
def test_security_object_has_every_group_s_hash(version: int) -> None:
    """The hashes are the files'; EF.COM names the same groups; version 1 has the versions of LDS and Unicode."""
    document = issued(replace(WHOLE, lds_version=version, hash="sha512"))
    groups = {number: document.files[f"EF.DG{number}"] for number in range(1, 17) if f"EF.DG{number}" in document.files}
    assert sorted(groups) == list(ALL_GROUPS)
    assert signed_hashes(document) == {number: hashlib.sha512(data).digest() for number, data in groups.items()}
    tags = bytes(list(parse(document.files["EF.COM"]))[-1].value)
    assert tags == bytes(data[0] for data in groups.values())
    assert (content(document)[0].native, len(content(document))) == (version, 3 + version)


def test_certificates_are_read_by_another_reader() -> None:
    """Names, usage, identifiers and document types are as Doc 9303-12 wants them."""
    pki = issued(CardSpec()).pki
    csca, signer = x509.Certificate.load(pki.csca.der), x509.Certificate.load(pki.signer.der)
    assert csca.issuer == csca.subject == signer.issuer
    assert signer.subject.native["country_name"] == "UT"
    assert csca.key_usage_value.native == {"key_cert_sign", "crl_sign"}
    assert signer.key_usage_value.native == {"digital_signature"}
    assert (bool(csca.ca), csca.max_path_length, bool(signer.ca)) == (True, 0, False)
    assert signer.authority_key_identifier == csca.key_identifier == pki.csca.key_id


def test_equal_specifications_are_equal_documents() -> None:
    """Every file comes out the same, octet for octet; another seed gives other ones."""
    spec = replace(WHOLE, proofs=(Proof.CA, Proof.AA_ECDSA))
    assert make_card(spec).files == make_card(spec).files
    assert make_card(spec).files["EF.SOD"] != make_card(replace(spec, seed=2)).files["EF.SOD"]


@pytest.mark.parametrize("jpeg2000", [False, True])
@pytest.mark.parametrize("octets", [8_000, 20_000])
def test_portrait_is_as_long_as_asked(jpeg2000: bool, octets: int) -> None:
    """DG2 has one picture that Pillow opens, of about the length asked for, its lengths true throughout."""
    import io

    from PIL import Image

    document = issued(CardSpec(jpeg2000=jpeg2000, portrait_octets=octets))
    file = document.files["EF.DG2"]
    start = file.index(b"FAC\0")
    record = file[start:]
    assert int.from_bytes(record[8:12], "big") == len(record)
    assert int.from_bytes(record[14:18], "big") == len(record) - 14
    with Image.open(io.BytesIO(record[46:])) as image:
        assert image.format == ("JPEG2000" if jpeg2000 else "JPEG")
        assert image.size == (int.from_bytes(record[36:38], "big"), int.from_bytes(record[38:40], "big"))
    assert octets * 0.85 < len(record) < octets * 1.1


def differences(defect: Defect) -> set[str]:
    """The files that a defect changes."""
    sound, broken = issued(WHOLE).files, issued(replace(WHOLE, defects=(defect,))).files
    return {name for name in sound.keys() | broken.keys() if sound.get(name) != broken.get(name)}


CHANGES = {
    Defect.WRONG_HASH: {"EF.SOD"},
    Defect.CHANGED_DG1: {"EF.DG1"},
    Defect.SWAPPED_DG2: {"EF.DG2"},
    Defect.WRONG_SIGNATURE: {"EF.SOD"},
    Defect.WRONG_DIGEST: {"EF.SOD"},
    Defect.EXPIRED_SIGNER: {"EF.SOD", "EF.CardSecurity"},
    Defect.REVOKED_SIGNER: set(),
    Defect.FORGED_SIGNER: {"EF.SOD", "EF.CardSecurity"},
    Defect.SIGNER_NOT_FOR_SIGNING: {"EF.SOD", "EF.CardSecurity"},
    Defect.UNKNOWN_ISSUER: set(),
    Defect.CLONED_AA: set(),
    Defect.CLONED_CA: set(),
    Defect.TRUNCATED_FILE: {"EF.DG2"},
    Defect.OTHER_MRZ: {"EF.DG1", "EF.SOD"},
    Defect.MISSING_GROUP: {"EF.DG16"},
    Defect.COM_TELLS_MORE: {"EF.COM"},
    Defect.CARD_ACCESS_CHANGED: {"EF.CardAccess"},
}


def test_every_defect_is_told_of() -> None:
    """The table has all defects."""
    assert set(CHANGES) == set(Defect)


@pytest.mark.parametrize("defect", list(Defect))
def test_defect_changes_its_files_alone(defect: Defect) -> None:
    """Nothing but the files in the table is other than on the sound document."""
    assert differences(defect) == CHANGES[defect]


SIGNATURE_FAILS = {Defect.WRONG_SIGNATURE, Defect.WRONG_DIGEST, Defect.FORGED_SIGNER, Defect.EXPIRED_SIGNER}


@needs_openssl
@pytest.mark.parametrize("defect", list(Defect))
def test_defect_and_signature(defect: Defect, tmp_path: Path) -> None:
    """OpenSSL refuses the security object where signature or signer are wrong, and accepts it with any other defect."""
    document = issued(replace(WHOLE, defects=(defect,)))
    sound = defect not in SIGNATURE_FAILS
    data, moment = message(document.files["EF.SOD"]), signed_moment(document)
    verify_cms(tmp_path, data, document.pki.csca.der, moment, expect=sound)


HASH_FAILS = {
    Defect.WRONG_HASH: {2},
    Defect.CHANGED_DG1: {1},
    Defect.SWAPPED_DG2: {2},
    Defect.TRUNCATED_FILE: {2},
    Defect.MISSING_GROUP: {16},
}


@pytest.mark.parametrize("defect", list(Defect))
def test_defect_and_hashes(defect: Defect) -> None:
    """The hashes that do not fit are those of the table."""
    document = issued(replace(WHOLE, defects=(defect,)))
    wrong = {
        number
        for number, digest in signed_hashes(document).items()
        if hashlib.sha256(document.files.get(f"EF.DG{number}", b"")).digest() != digest
    }
    assert wrong == HASH_FAILS.get(defect, set())


@needs_openssl
def test_expired_signer_verifies_in_its_own_time(tmp_path: Path) -> None:
    """Nothing is wrong with an expired signer but the day."""
    document = issued(replace(WHOLE, defects=(Defect.EXPIRED_SIGNER,)))
    earlier = str(int(signed_moment(document)) - 300 * 86400)
    verify_cms(tmp_path, message(document.files["EF.SOD"]), document.pki.csca.der, earlier)


def test_revoked_signer_stands_on_the_list() -> None:
    """The revocation list has the signer's serial number with that defect only."""
    from asn1crypto import crl

    def revoked(document: IssuedDocument) -> set[int]:
        entries = crl.CertificateList.load(document.pki.crl)["tbs_cert_list"]["revoked_certificates"]
        return {entry["user_certificate"].native for entry in entries}

    document = issued(replace(WHOLE, defects=(Defect.REVOKED_SIGNER,)))
    assert document.pki.signer.serial in revoked(document)
    assert document.pki.signer.serial not in revoked(issued(WHOLE))


def test_unknown_issuer_is_on_no_list() -> None:
    """The published anchors and links have another country; the sound document's have its CSCA."""
    known, unknown = issued(WHOLE).pki, issued(replace(WHOLE, defects=(Defect.UNKNOWN_ISSUER,))).pki
    assert known.csca.der in known.anchors
    assert known.csca.der in known.master_list
    for certificate in (*unknown.anchors, *unknown.links):
        assert x509.Certificate.load(certificate).subject.native["country_name"] == "QV"
    assert unknown.csca.der not in unknown.master_list


def test_other_mrz_differs_in_the_name_alone() -> None:
    """The chip's zone is valid, and has the printed one's number, birth and expiry."""
    document = issued(replace(WHOLE, defects=(Defect.OTHER_MRZ,)))
    text = bytes(next(iter(parse(document.files["EF.DG1"]))).value).decode()
    lines = (text[:44], text[44:])
    assert lines[1] == document.mrz[1]
    assert lines[0] != document.mrz[0]
    assert parse_mrz(lines).valid


def test_security_object_as_it_is_found_in_the_field() -> None:
    """Each habit is there when asked for, and only then: content type, signer's identifier, order of the name."""

    def traits(*quirks: Quirk) -> tuple[str, str, list[str]]:
        message_ = cms.ContentInfo.load(message(issued(CardSpec(quirks=quirks)).files["EF.SOD"]))["content"]
        signer = message_["signer_infos"][0]["sid"]
        names = list(signer.chosen["issuer"].native) if signer.name == "issuer_and_serial_number" else []
        return message_["encap_content_info"]["content_type"].dotted, signer.name, names

    order = ["country_name", "organization_name", "common_name"]
    assert traits() == ("2.23.136.1.1.1", "issuer_and_serial_number", order)
    assert traits(Quirk.PLAIN_DATA_TYPE) == ("1.2.840.113549.1.7.1", "issuer_and_serial_number", order)
    assert traits(Quirk.SIGNER_BY_KEY) == ("2.23.136.1.1.1", "subject_key_identifier", [])
    assert traits(Quirk.TURNED_NAME) == ("2.23.136.1.1.1", "issuer_and_serial_number", order[::-1])


def test_packed_date_is_half_as_long() -> None:
    """Four octets instead of eight, the same digits."""
    usual, packed = (issued(CardSpec(quirks=quirks)) for quirks in ((), (Quirk.PACKED_DATES,)))
    day = usual.recipe.papers.issued.strftime("%Y%m%d")
    assert usual.files["EF.DG12"].endswith(b"\x5f\x26\x08" + day.encode())
    assert packed.files["EF.DG12"].endswith(b"\x5f\x26\x04" + bytes.fromhex(day))


def test_ldif_carries_what_is_published() -> None:
    """Unfolded, each value is the file's, in base64."""
    pki = issued(WHOLE).pki
    plain = pki.ldif.replace("\n ", "")
    for value in (pki.signer.der, pki.crl, pki.master_list, pki.deviation_list):
        assert base64.b64encode(value).decode() in plain
    assert max(map(len, pki.ldif.splitlines())) <= 90


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"groups": (1, 2, 3)}, NotPossibleError),
        ({"groups": (1,)}, NotPossibleError),
        ({"access": ()}, NotPossibleError),
        ({"access": (Access.PLAIN, Access.BAC)}, NotPossibleError),
        ({"access": (Access.PACE_CAM,), "cipher": Cipher.TDES}, NotPossibleError),
        ({"access": (Access.PACE_CAM,), "domain": 1}, NotPossibleError),
        ({"access": (Access.PACE_IM,), "domain": 10}, NotPossibleError),
        ({"proofs": (Proof.AA_RSA, Proof.AA_ECDSA)}, NotPossibleError),
        ({"defects": (Defect.CLONED_AA,)}, NotPossibleError),
        ({"defects": (Defect.CLONED_CA,)}, NotPossibleError),
        ({"access": (Access.BAC,), "defects": (Defect.CARD_ACCESS_CHANGED,)}, NotPossibleError),
        ({"format": "MRV-A"}, NotPossibleError),
        ({"domain": 7}, UnknownNameError),
        ({"issuer": "ABC"}, UnknownNameError),
        ({"signing": Signing(curve="secp000r1")}, UnknownNameError),
    ],
)
def test_impossible_documents_are_refused(changes: dict[str, object], error: type[Exception]) -> None:
    """What cannot be is refused by the package's own errors."""
    with pytest.raises(error):
        make_card(replace(CardSpec(), **changes))  # type: ignore[arg-type]

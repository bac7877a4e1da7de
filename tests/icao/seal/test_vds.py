"""Visible digital seals: what is built is read again, and what is broken is refused by `SealError` alone."""

from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from limen.icao import seal
from limen.icao.crypto import EcKey, SignatureMismatch, public_key
from limen.icao.pki.certificate import Certificate
from limen.icao.seal import SealError, SealHeader, c40

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "pki" / "vds"
HEADER = SealHeader(4, "UTO", "UTTS", "5B", date(2024, 2, 29), date(2024, 3, 1), 0x5D, 0x01)
FEATURES = ((0x03, b"\x02"), (0x05, c40.encode("ABC123456")), (0x99, bytes(200)))


def sealed(header: SealHeader = HEADER) -> tuple[bytes, EcKey]:
    """Return a seal and the key that verifies it."""
    secret = ec.generate_private_key(ec.SECP256R1())
    signed = seal.message(header, FEATURES)
    r, s = decode_dss_signature(secret.sign(signed, ec.ECDSA(hashes.SHA256())))
    spki = secret.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    key = public_key(spki)
    assert isinstance(key, EcKey)
    return seal.encode(signed, r.to_bytes(32, "big") + s.to_bytes(32, "big")), key


@pytest.mark.parametrize("header", [HEADER, SealHeader(3, "D", "DETS", "00032", None, None, 0x5E, 0x03)])
def test_round_trip(header: SealHeader) -> None:
    """A built seal is read to the same header and features, unknown tags kept, and verifies."""
    data, key = sealed(header)
    read = seal.parse(data)
    assert (header, FEATURES) == (read.header, read.features)
    seal.verify(read, key)


def test_tampered() -> None:
    """A seal with one changed feature is still read but does not verify."""
    data, key = sealed()
    with pytest.raises(SignatureMismatch):
        seal.verify(seal.parse(data.replace(b"\x03\x01\x02", b"\x03\x01\x03")), key)


@given(st.text(alphabet="<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=80))
def test_c40_round_trip(text: str) -> None:
    """Every text of the zone comes back, its fillers as spaces."""
    assert text.replace("<", " ") == c40.decode(c40.encode(text))


@given(st.binary(max_size=80), st.integers(0, 300), st.booleans())
def test_only_seal_errors(noise: bytes, at: int, cut: bool) -> None:
    """Whatever octets stand in a seal, `SealError` alone comes out."""
    good = seal.encode(seal.message(HEADER, FEATURES), bytes(64))
    data = good[:at] + noise + (b"" if cut else good[at + len(noise) :])
    try:
        seal.parse(data)
    except SealError:
        assert data != good


@pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/data/pki beside the checkout")
def test_published() -> None:
    """Every published seal is read."""
    seals = {path.name: seal.parse(path.read_bytes()) for path in sorted(FOLDER.glob("*.vds"))}
    assert len(seals) == 7
    assert seals["emergenyTravelDoc.vds"].header.kind.name == "emergency travel document"
    assert seals["utoVisa.vds"].quirks == ("the length of feature 03 is not in DER",)
    assert [tag for tag, _ in seals["utoVisa.vds"].features] == [0x02, 0x03]


@pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/data/pki beside the checkout")
@pytest.mark.parametrize(
    ("name", "signer"),
    [
        ("addressStickerId.vds", "sealgen_DETS32.crt"),
        ("emergenyTravelDoc.vds", "sealgen_UTTS5B.crt"),
        ("residentPermit.vds", "sealgen_UTTS5B.crt"),
        ("tempPassport.vds", "sealgen_UTTS5B.crt"),
    ],
)
def test_published_signatures(name: str, signer: str) -> None:
    """A published seal names its certificate and verifies with it, on brainpoolP224r1 too; changed, it does not."""
    raw = (FOLDER / signer).read_bytes()
    certificate = Certificate.parse(b64decode(b"".join(raw.split(b"-----")[2].split())) if raw[:1] == b"-" else raw)
    data = (FOLDER / name).read_bytes()
    read, key = seal.parse(data), certificate.key
    assert isinstance(key, EcKey)
    assert read.header.signer[:2] == certificate.subject.country
    assert int(read.header.certificate_reference, 16) == certificate.serial
    seal.verify(read, key)
    with pytest.raises(SignatureMismatch):
        seal.verify(seal.parse(data[:22] + bytes((data[22] ^ 1,)) + data[23:]), key)

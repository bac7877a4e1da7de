"""The file of a reference: what is written comes back, and nothing else gets in."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import MODEL, promoted, reference

from limen.reference.canonical import canonical
from limen.reference.errors import FileError
from limen.reference.learned import canonical_statement, statement
from limen.reference.packing import MOST_BYTES, STATEMENT, pack, unpack
from limen.reference.signing import Signer
from limen.reference.standing import Standing

SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(b"k" * 32), "Utopia Border Force")


def zipped(**members: bytes | str) -> bytes:
    """An archive; `_` stands for the point before the ending."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name.replace("_", "."), data)
    return buffer.getvalue()


def said(**changes: object) -> bytes:
    """A statement with something changed."""
    return canonical(statement(reference()) | changes)


def test_what_is_packed_comes_back() -> None:
    """All but nothing, and the same bytes again."""
    made = reference(standing=promoted()).sealed(SIGNER)
    data = pack(made)
    back = unpack(data)
    assert back.model == MODEL
    assert (back.learning, back.artworks, back.claim, back.seal) == (
        made.learning,
        made.artworks,
        made.claim,
        made.seal,
    )
    assert back.standing == made.standing
    assert pack(back) == data


def test_what_a_file_says_of_its_worth_is_not_taken_from_elsewhere() -> None:
    """A stranger's standing.json does not promote; what the origin claims is kept as its claim."""
    made = reference(standing=promoted()).sealed(SIGNER)
    back = unpack(pack(made), standing=False)
    assert back.standing == Standing()
    assert back.claim == promoted()
    with zipfile.ZipFile(io.BytesIO(pack(made, standing=False))) as archive:
        assert set(archive.namelist()) == {"statement.json", "seal.json", "front.npz"}


def test_a_change_of_what_was_signed_is_found() -> None:
    """Statement, artwork, name of the origin: none can be exchanged under the seal."""
    made = reference().sealed(SIGNER)
    assert made.seal is not None
    other = said(standing=promoted().to_json())
    seal = canonical(made.seal.to_json())
    with pytest.raises(FileError, match="signature does not hold"):
        unpack(zipped(statement_json=other, seal_json=seal, front_npz=b"artwork"))
    with pytest.raises(FileError, match="damaged"):
        unpack(zipped(statement_json=canonical_statement(made), seal_json=seal, front_npz=b"another"))
    renamed = canonical({"name": "Else", "key": made.seal.origin.key, "signature": made.seal.signature.hex()})
    with pytest.raises(FileError, match="signature does not hold"):
        unpack(zipped(statement_json=canonical_statement(made), seal_json=renamed, front_npz=b"artwork"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 no zip", "damaged"),
        (zipped(readme_txt=b"x"), "it holds 'readme.txt'"),
        (zipped(**{"../../statement_json": b"x"}), r"it holds '\.\.\./\.\.\./|it holds '\.\./"),
        (zipped(front_npz=b"x"), "no statement.json"),
        (zipped(statement_json=b"{"), "cannot be read"),
        (zipped(statement_json=b"[]"), "no JSON object"),
        (zipped(statement_json=b" " * 5_000_000), "unpacks to more than"),
        (zipped(statement_json=said(), front_npz=b"\0" * (MOST_BYTES + 1)), "unpacks to more than"),
        (zipped(statement_json=said(kind="x"), front_npz=b"artwork"), "another kind"),
        (zipped(statement_json=said(schema=3), front_npz=b"artwork"), "another version"),
        (zipped(statement_json=said(schema=2), front_npz=b"artwork"), "one form"),
        (zipped(statement_json=said(surprise=1), front_npz=b"artwork"), "surprise"),
        (zipped(statement_json=said(), front_npz=b"artworx"), "damaged"),
        (zipped(statement_json=said()), "damaged"),
        (zipped(statement_json=said(), front_npz=b"artwork", back_npz=b""), "not those that it holds"),
        (zipped(statement_json=said(), front_npz=b"artwork", seal_json=b"{}"), "lacks 'name'"),
        (zipped(statement_json=said(model={"issuer": "../x"}), front_npz=b"artwork"), "'issuer'"),
    ],
)
def test_a_hostile_file_is_one_sentence(data: bytes, words: str) -> None:
    """No traceback, no memory filled, no file written elsewhere."""
    with pytest.raises(FileError, match=words):
        unpack(data)


def test_two_members_of_one_name_are_refused() -> None:
    """Two readers must not see two things."""
    buffer = io.BytesIO(pack(reference()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(STATEMENT, said())
    with pytest.raises(FileError, match="twice"):
        unpack(buffer.getvalue())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_is_refused_or_changes_nothing(at: int, value: int) -> None:
    """Of a signed file: whatever is read still is what was signed."""
    made = reference().sealed(SIGNER)
    data = bytearray(pack(made, standing=False))
    data[at % len(data)] = value
    try:
        back = unpack(bytes(data), standing=False)
    except FileError:
        return
    if back.seal is not None:
        assert canonical_statement(back) == canonical_statement(made)
        assert back.artworks == made.artworks


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_end_in_anything_but_a_sentence(data: bytes) -> None:
    """Neither as a file, nor as its statement, nor as its seal."""
    tries = (data, zipped(statement_json=data), zipped(statement_json=said(), front_npz=b"artwork", seal_json=data))
    for one in tries:
        with pytest.raises(FileError):
            unpack(one)

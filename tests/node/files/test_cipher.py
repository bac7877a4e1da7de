"""What is stored comes back as it was, or not at all."""

from __future__ import annotations

import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.node.errors import FilesError
from limen.node.files import cipher
from limen.node.files.cipher import HEADER, MAGIC, PIECE, TAG, Reader, encrypt, plain_size

KEY, NAME = bytes(range(32)), b"thekey01"
SIZES = st.one_of(
    st.integers(0, 300),
    st.sampled_from([PIECE - 1, PIECE, PIECE + 1, 2 * PIECE - 1, 2 * PIECE, 2 * PIECE + 1, 3 * PIECE]),
)


def sealed(plain: bytes, key: bytes = KEY, name: bytes = NAME) -> bytes:
    return b"".join(encrypt([plain], name, key))


def opened(stored: bytes, key: bytes = KEY) -> bytes:
    reader = Reader(io.BytesIO(stored), len(stored), lambda _: key)
    parts, place = [], 0
    while part := reader.read(place, PIECE):
        parts.append(part)
        place += len(part)
    return b"".join(parts)


@settings(max_examples=60, deadline=None)
@given(size=SIZES, cuts=st.lists(st.integers(0, 3 * PIECE), max_size=5), seed=st.binary(min_size=1, max_size=40))
def test_round_trip(size, cuts, seed):
    """Every size, and every way in which a file comes in parts, comes back; its size is known without reading it."""
    plain = (seed * (size // len(seed) + 1))[:size]
    edges = [0, *sorted(cut for cut in cuts if cut < size), size]
    parts = [plain[a:b] for a, b in itertools.pairwise(edges)]
    stored = b"".join(encrypt(parts, NAME, KEY))
    assert opened(stored) == plain
    assert plain_size(len(stored)) == size


@settings(max_examples=150, deadline=None)
@given(data=st.data(), size=SIZES)
def test_any_change_is_found(data, size):
    """One bit anywhere, header included."""
    stored = bytearray(sealed(b"x" * size))
    place = data.draw(st.integers(0, len(stored) - 1))
    stored[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(FilesError):
        opened(bytes(stored))


@settings(max_examples=100, deadline=None)
@given(data=st.data(), size=SIZES)
def test_any_cut_is_found(data, size):
    """A file that lost its end, be it at the edge of a piece."""
    stored = sealed(b"x" * size)
    edges = [HEADER + n * (PIECE + TAG) for n in range(4)]
    at = data.draw(st.one_of(st.integers(0, len(stored) - 1), st.sampled_from([e for e in edges if e < len(stored)])))
    with pytest.raises(FilesError):
        opened(stored[:at])


def test_pieces_cannot_be_moved_repeated_or_dropped():
    """Each piece knows its number and the file it is of."""
    stored = sealed(b"a" * PIECE + b"b" * PIECE + b"c" * PIECE)
    head, step = stored[:HEADER], PIECE + TAG
    one, two, three = (stored[HEADER + n * step : HEADER + (n + 1) * step] for n in range(3))
    other = sealed(b"a" * PIECE + b"b" * PIECE + b"c" * PIECE)[HEADER : HEADER + step]
    for pieces in ([two, one, three], [one, three], [one, two, three, three], [one, two], [other, two, three], []):
        with pytest.raises(FilesError):
            opened(head + b"".join(pieces))


def test_another_key_does_not_open():
    """The wrong key, and a file of something else."""
    with pytest.raises(FilesError):
        opened(sealed(b"x"), bytes(32))
    with pytest.raises(FilesError, match="not one that this node encrypted"):
        opened(b"\xff\xd8\xff" * 40)


def test_two_files_of_the_same_content_differ():
    """Nothing is told by comparing stored files."""
    assert sealed(b"same")[HEADER:] != sealed(b"same")[HEADER:]


def test_the_layout_is_what_the_docstring_says():
    """A stored file is readable for whoever has its key and these few lines."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    stored = sealed(b"plain")
    assert stored[:16] == MAGIC + NAME
    key = HKDF(SHA256(), 32, stored[16:48], stored[:16]).derive(KEY)
    assert AESGCM(key).decrypt(bytes(11) + b"\1", stored[48:], None) == b"plain"


def test_memory_does_not_grow_with_the_file(monkeypatch):
    """A piece at a time: 64 MiB pass through less than 2 MiB."""
    import tracemalloc

    tracemalloc.start()
    for _ in encrypt((b"x" * PIECE for _ in range(1024)), NAME, KEY):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 << 20


def test_a_file_has_a_largest_size(monkeypatch):
    """The number of a piece never comes round again."""
    monkeypatch.setattr(cipher, "_MOST", 2)
    with pytest.raises(FilesError, match="too large"):
        sealed(b"x" * (2 * PIECE + 1))

"""Inputs for the doors of the chip: what an invented issuer made, with things done to it.

What is in DER is often taken apart, changed at one element and put together again with lengths that fit, since a
wrong length alone ends most readings at once. Octet strings that hold elements are taken apart, too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random
from typing import TypeAlias

import chip_doors
import mutate

from limen.icao import der, lds
from limen.icao.seal import vds
from limen.specimen.chip import Access, CardSpec, IssuedDocument, Proof, Quirk, Signing, make_card
from limen.specimen.chip.signing import Scheme

Node: TypeAlias = "list[int | bytes | list[Node]]"
"""[tag, value or children]; changed in place."""


@cache
def documents() -> list[IssuedDocument]:
    """Documents that between them have every file, proof and kind of signature."""
    ecdsa = Signing()
    specs = (
        CardSpec(groups=lds_groups(), proofs=(Proof.AA_RSA, Proof.CA), portrait_octets=3000),
        CardSpec(access=(Access.PACE_CAM,), proofs=(Proof.CA,), jpeg2000=True, portrait_octets=3000, lds_version=1),
        CardSpec(signing=Signing(scheme=next(s for s in Scheme if s is not ecdsa.scheme)), quirks=(Quirk.LONG_DG2,)),
    )
    return [make_card(spec) for spec in specs]


def lds_groups() -> tuple[int, ...]:
    """Every data group but those that only a proof adds."""
    return (1, 2, 7, 11, 12, 13, 16)


@cache
def sound(door: str) -> list[bytes]:
    """Sound inputs of a door."""
    return {"lds": _files, "cms": _signed, "certificate": _certificates, "vds": _seals, "apdu": _scripts}[door]()


def octets(rng: Random, door: str) -> bytes:
    """An input of that door, with up to eight things done to it."""
    if door == "apdu":
        return script(rng)
    if door == "vds" or rng.random() < 0.4:
        return mutate.spoilt(rng, sound(door))
    content = rng.choice(sound(door))
    head = content[:1] if door == "lds" else b""
    return head + _rebuilt(rng, content[len(head) :], sound(door))


def script(rng: Random) -> bytes:
    """A card and up to six changes of what it answers."""
    changes = []
    for _ in range(rng.choice((0, 1, 1, 1, 2, 6))):
        place = chip_doors.EVER if rng.random() < 0.1 else rng.randrange(45)
        kind = rng.choice((0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8)) | (chip_doors.INNER if rng.random() < 0.6 else 0)
        changes.append((place, kind, _argument(rng)))
    return chip_doors.write_script(rng.randrange(chip_doors.CARDS), changes)


def _argument(rng: Random) -> bytes:
    words = (
        b"\x90\0",
        b"\x69\x82",
        b"\x69\x88",
        b"\x6c\x05",
        b"\x61\xff",
        b"\x62\x82",
        b"\x67\0",
        b"\x63\xc0",
        b"\x6a\x82",
    )
    return rng.choice(
        (
            rng.choice(words),
            rng.randbytes(rng.randrange(1, 6)),
            rng.randrange(300).to_bytes(2, "big") + rng.randbytes(rng.randrange(20)),
            rng.choice(sound("cms") + sound("lds"))[: rng.randrange(1, 255)],
            b"\x30\x80" * 60,
            b"\x7f\x61\x84\x7f\xff\xff\xff",
        )
    )


def _files() -> list[bytes]:
    numbers = {file.name: number for number, file in enumerate(lds.FILES)}
    return [bytes([numbers[name]]) + data for made in documents() for name, data in made.files.items()]


def _signed() -> list[bytes]:
    found = []
    for made in documents():
        found += [made.files["EF.SOD"], made.pki.master_list, made.pki.deviation_list, made.pki.crl]
        found += [made.files[name] for name in ("EF.CardSecurity",) if name in made.files]
    return found


def _certificates() -> list[bytes]:
    return [
        one.der
        for made in documents()
        for one in (made.pki.csca, made.pki.link, made.pki.signer, made.pki.master_list_signer)
    ]


def _seals() -> list[bytes]:
    day = date(2025, 5, 5)
    made = []
    zone = b"VCD<<DENT<<ARTHUR<PHILIP<<<<<<<<<1234567XY7GBR5203116M2005250<<<<<<<<"
    for version, reference in ((3, "00027"), (4, "27")):
        for kind, features in (
            (0x5D01, ((1, vds.c40.encode(zone[:64].decode())), (3, b"\x01\x02\x03"), (4, vds.c40.encode("ABC123")))),
            (0x5E03, ((2, vds.c40.encode("A" * 60)),)),
            (0xFD02, ((1, b"\x01" * 20), (4, b"text"))),
        ):
            header = vds.SealHeader(version, "UTO", "UTTS", reference, day, day, kind >> 8, kind & 0xFF)
            made.append(vds.encode(vds.message(header, features), bytes(range(1, 65))))
    signer = base64.b64encode(_certificates()[2]).decode()
    content = {
        "data": {
            "hdr": {"t": "icao.test", "v": 1, "is": "UTO"},
            "msg": {"uvci": "U1", "pid": {"n": "ÄÖ", "dob": "1990-01-02"}, "l": [1, True, None, "x"]},
        },
        "sig": {"alg": "ES256", "cer": signer, "sigvl": base64.urlsafe_b64encode(bytes(64)).decode()},
    }
    return [*made, json.dumps(content).encode(), json.dumps(content, ensure_ascii=False).encode()]


def _scripts() -> list[bytes]:
    return [chip_doors.write_script(number, ()) for number in range(chip_doors.CARDS)]


def _rebuilt(rng: Random, content: bytes, others: list[bytes]) -> bytes:
    """The octets taken apart, changed and put together again."""
    tree = _tree(content)
    for _ in range(rng.choice((1, 1, 2, 4))):
        nodes = list(_nodes(tree))
        if nodes:
            _change(rng, rng.choice(nodes), others)
    return b"".join(map(_written, tree))


def _tree(content: bytes, depth: int = 0) -> list[Node]:
    """The elements of a series, as far as they can be taken apart; the rest is a node without a tag."""
    nodes: list[Node] = []
    try:
        for element in der.parse_all(content):
            holds = element.constructed or (element.tag == 0x04 and element.value[:1] in {b"\x30", b"\x31"})
            children = _tree(element.value, depth + 1) if holds and depth < 20 else None
            nodes.append([element.tag, children or element.value])
    except der.DerError:
        return []
    return nodes


def _nodes(tree: list[Node]) -> list[Node]:
    found = []
    for node in tree:
        found.append(node)
        if isinstance(node[1], list):
            found += _nodes(node[1])  # type: ignore[arg-type]
    return found


def _written(node: Node) -> bytes:
    tag, value = node
    content = b"".join(map(_written, value)) if isinstance(value, list) else value  # type: ignore[arg-type]
    if tag == -1:
        return content  # type: ignore[return-value]
    return der.encode(tag, content)  # type: ignore[arg-type]


def _change(rng: Random, node: Node, others: list[bytes]) -> None:
    """Change one element: its tag, its value, its neighbours; or put a bomb in its place."""
    rng.choice(_CHANGES)(rng, node, others)


def _retag(rng: Random, node: Node, others: list[bytes]) -> None:
    node[0] = rng.choice((0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x17, 0x18, 0x30, 0x31, 0x80, 0xA0, 0xA3, 0x5F1F, 0x7F61))


def _revalue(rng: Random, node: Node, others: list[bytes]) -> None:
    value = bytearray(_written([-1, node[1]]))
    node[1] = mutate.spoilt(rng, [bytes(value)])


def _edge(rng: Random, node: Node, others: list[bytes]) -> None:
    node[1] = rng.choice((b"", *mutate.EDGES, b"\x80" * 40, b"\xff" * 5000, b"9" * 14 + b"Z", b"\x30\x80\0\0"))


def _repeat(rng: Random, node: Node, others: list[bytes]) -> None:
    copy = _written(node)
    node[0], node[1] = -1, copy * rng.choice((2, 3, 50, 2000))


def _drop(rng: Random, node: Node, others: list[bytes]) -> None:
    node[0], node[1] = -1, b""


def _graft(rng: Random, node: Node, others: list[bytes]) -> None:
    nodes = _nodes(_tree(rng.choice(others)))
    if nodes:
        node[:] = rng.choice(nodes)


def _endless(rng: Random, node: Node, others: list[bytes]) -> None:
    """The same in BER, with an indefinite length."""
    content = _written([-1, node[1]])
    tag = node[0] if isinstance(node[0], int) and node[0] >= 0 else 0x30
    node[0], node[1] = -1, bytes([tag & 0xFF | 0x20, 0x80]) + content + b"\0\0"


def _bomb(rng: Random, node: Node, others: list[bytes]) -> None:
    """Depth, or a crowd, or a length that is not there."""
    node[0], node[1] = -1, rng.choice(_BOMBS)


_BOMBS = (
    b"\x30\x80" * 50_000,
    b"\x30\x80" * 38 + b"\x05\0" * 50_000 + b"\0\0" * 38,
    b"\x24\x80" + b"\x24\x80\0\0" * 30_000 + b"\0\0",
    der.encode(0x31, b"\x05\0" * 100_000),
    der.encode(0x30, b"\x30\0" * 100_000),
    der.encode(0x02, b"\x7f" * 100_000),
    b"\x30\x84\x7f\xff\xff\xff",
)
_CHANGES: tuple[Callable[[Random, Node, list[bytes]], None], ...] = (
    _retag, _revalue, _revalue, _revalue, _edge, _edge, _repeat, _drop, _graft, _graft, _endless, _bomb,
)  # fmt: skip

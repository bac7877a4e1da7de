"""The cases on commands and protocols: units ISO7816_A to ISO7816_G."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from limen.icao import der
from limen.icao.chip import TerminalKey
from limen.specimen.chip import Access, CardSpec, Cipher, Defect, Proof, Quirk, make_card
from limen.specimen.chip.terminal import inspection_system

from . import trees
from .documents import BAC, PLAIN, Told, told
from .lds_cases import CAM

Play = Callable[[], Told]
FINE = "fine"
GM = CardSpec(access=(Access.PACE_GM,), groups=(1, 2))
IM = CardSpec(access=(Access.PACE_IM,), groups=(1, 2))
DH = CardSpec(access=(Access.PACE_GM,), groups=(1, 2), domain=0)
_NO_ACCESS = "open chip.access"


def made(spec: CardSpec) -> Play:
    return lambda: told(make_card(spec))


Outer = Callable[[bytes, bytes, int], bytes]
"""Takes a command, its answer, and how many commands of its instruction there were with it; gives the answer."""


def chip(spec: CardSpec, outer: Outer) -> Play:
    """A card whose answers over the air are changed."""

    def play() -> Told:
        document = make_card(spec)
        seen: Counter[int] = Counter()

        def changed(apdu: bytes, answer: bytes) -> bytes:
            seen[apdu[1]] += 1
            return outer(apdu, answer, seen[apdu[1]])

        document.card.outer = changed
        return told(document)

    return play


def within(spec: CardSpec, inner: Callable[[int, bytes, int], tuple[bytes, int]]) -> Play:
    """A card whose answers are changed before they are protected; told of the instruction."""

    def play() -> Told:
        document = make_card(spec)
        document.card.inner = lambda request, data, word: inner(request.ins, data, word)
        return told(document)

    return play


def nth(ins: int, number: int, change: Callable[[bytes], bytes]) -> Outer:
    """Change the answer to the number-th command of this instruction, counted from 1."""
    return lambda apdu, answer, count: change(answer) if (apdu[1], count) == (ins, number) else answer


def general(spec: CardSpec, step: int, change: Callable[[bytes], bytes]) -> Play:
    """Change the answer to the step-th GENERAL AUTHENTICATE of PACE."""
    return chip(spec, nth(0x86, step, change))


def protected(change: Callable[[bytes], bytes]) -> Outer:
    """Change the data of every protected answer, before its status word."""
    return lambda apdu, answer, _: change(answer[:-2]) + answer[-2:] if apdu[0] & 0x0C and len(answer) > 2 else answer


def without(tag: int) -> Callable[[bytes], bytes]:
    return lambda data: b"".join(one.raw for one in der.parse_all(data) if one.tag != tag)


def spoilt(tag: int) -> Callable[[bytes], bytes]:
    """One octet of that object's value is another."""

    def change(data: bytes) -> bytes:
        parts = [
            der.encode(tag, one.value[:-1] + bytes([one.value[-1] ^ 1])) if one.tag == tag else one.raw
            for one in der.parse_all(data)
        ]
        return b"".join(parts)

    return change


def inside(old: int, new: int) -> Callable[[bytes], bytes]:
    """The object within the dynamic authentication data has another tag."""

    def change(answer: bytes) -> bytes:
        body = b"".join(
            der.encode(new if one.tag == old else one.tag, one.value) for one in der.parse_first(answer[:-2])
        )
        return der.encode(0x7C, body) + answer[-2:]

    return change


def altered(tag: int, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """The object within the dynamic authentication data has another value."""

    def changed(answer: bytes) -> bytes:
        body = b"".join(
            der.encode(one.tag, change(one.value)) if one.tag == tag else one.raw
            for one in der.parse_first(answer[:-2])
        )
        return der.encode(0x7C, body) + answer[-2:]

    return changed


def refused(word: int) -> Callable[[bytes], bytes]:
    return lambda answer: word.to_bytes(2, "big")


def last_flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def card_access(change: Callable[[bytes], bytes], spec: CardSpec = GM) -> Play:
    def play() -> Told:
        data = make_card(spec).files["EF.CardAccess"]
        return told(make_card(spec, present={"EF.CardAccess": change(data)}))

    return play


def all_of(*plays: Play) -> Play:
    """The case holds when each of these does: what is told is that of the first that objects, else of the last."""

    def play() -> Told:
        found = [one() for one in plays]
        return next((one for one in found if one.verdict != "successful"), found[-1])

    return play


def end_word(word: int) -> Play:
    """Reading past the end of a file is answered by that status word, with the data if it is a warning."""

    def inner(ins: int, data: bytes, status: int) -> tuple[bytes, int]:
        if ins != 0xB0 or status != 0x6282:
            return data, status
        return (data, word) if word == 0x6282 else (b"", word)

    return within(BAC, inner)


def ca(domain: int, keys: int = 1, cipher: Cipher = Cipher.AES_128) -> CardSpec:
    return CardSpec(
        access=(Access.BAC,), groups=(1, 2), proofs=(Proof.CA,), domain=domain, chip_keys=keys, cipher=cipher
    )


def dg14(change: Callable[[list[bytes]], list[bytes]], spec: CardSpec) -> Play:
    """DG14 with its protocols changed, signed."""

    def play() -> Told:
        data = make_card(spec).files["EF.DG14"]
        infos = [one.raw for one in der.parse_first(data).inner()]
        return told(make_card(spec, signed={14: der.encode(0x6E, der.set_of(*change(infos)))}))

    return play


def _is(raw: bytes, oid: str) -> bool:
    return der.as_oid(next(iter(der.parse(raw)))).startswith(oid)


def corrupted(infos: list[bytes]) -> list[bytes]:
    """The public key of chip authentication has another octet in its middle."""
    return [raw[:-30] + bytes([raw[-30] ^ 1]) + raw[-29:] if _is(raw, "0.4.0.127.0.7.2.2.1") else raw for raw in infos]


def numbered(infos: list[bytes]) -> list[bytes]:
    """The protocol names a key by a number that no key has."""
    return [
        trees.at(raw, (2,), trees.put(der.integer(99))) if _is(raw, "0.4.0.127.0.7.2.2.3") else raw for raw in infos
    ]


def aa(proof: Proof, name: str = "sha1", *quirks: Quirk) -> CardSpec:
    return CardSpec(access=(Access.BAC,), groups=(1, 2), proofs=(proof,), active_hash=name, quirks=quirks)


def odd_large() -> Told:
    """A portrait beyond 32 kB, which READ BINARY with even instruction cannot reach in full."""
    return told(make_card(CardSpec(access=(Access.BAC,), groups=(1, 2), portrait_octets=45_000)))


def reflected(apdu: bytes, answer: bytes, count: int) -> bytes:
    """The third answer of PACE gives back the reader's own ephemeral key."""
    if (apdu[1], count) != (0x86, 3):
        return answer
    return der.encode(0x7C, der.encode(0x84, der.parse_first(apdu[5:]).inner().value)) + answer[-2:]


def lone(data: bytes) -> bytes:
    """A key of 1."""
    return bytes(len(data) - 1) + b"\1"


def left_out(tag: int) -> Callable[[bytes], bytes]:
    """The object within the dynamic authentication data is not there."""
    return lambda answer: der.encode(0x7C, without(tag)(der.parse_first(answer[:-2]).value)) + answer[-2:]


def with_stranger(data: bytes) -> bytes:
    """An unknown protocol beside the others."""
    return der.set_of(*(one.raw for one in der.parse(data)), der.sequence(der.oid("1.2.3.4"), der.null()))


def unknown_mapping(data: bytes) -> bytes:
    """The protocol of PACE-CAM has a last arc that none has."""
    known = der.oid("0.4.0.127.0.7.2.2.4.6.2")
    return data.replace(known, known[:-1] + b"\x09")


def domains(access: Access, *numbers: int) -> Play:
    return all_of(*(made(CardSpec(access=(access,), groups=(1, 2), domain=number)) for number in numbers))


def terminal(
    access: Access = Access.BAC,
    *,
    forged: bool = False,
    change: Callable[[tuple[bytes, ...]], tuple[bytes, ...]] = lambda certificates: certificates,
) -> Play:
    """A chip with fingerprints, and an inspection system under its authority with its certificates changed."""

    def play() -> Told:
        spec = CardSpec(access=(access,), groups=(1, 2), proofs=(Proof.CA,), terminal=True)
        system = inspection_system("UT", forged=forged)
        return told(make_card(spec), terminal=TerminalKey(change(system.certificates), system.sign))

    return play


_WITH_DG3, _WITHOUT_DG3 = "noted DG1, DG2, DG3.", "noted DG1, DG2."
_CURVES = (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)

CASES: dict[str, tuple[str, Play, str]] = {
    "ISO7816_A_01": ("a chip without access control", made(PLAIN), FINE),
    "ISO7816_A_02": ("a chip with BAC", made(BAC), FINE),
    "ISO7816_A_03": (
        "the application cannot be selected",
        chip(PLAIN, lambda apdu, answer, _: b"\x6a\x82" if apdu[1:3] == b"\xa4\x04" else answer),
        _NO_ACCESS,
    ),
    "ISO7816_B_01": (
        "BAC answered with a wrong MAC",
        chip(BAC, nth(0x82, 1, lambda a: last_flipped(a[:-2]) + a[-2:])),
        _NO_ACCESS,
    ),
    "ISO7816_B_02": (
        "BAC answered with a wrong cryptogram",
        chip(BAC, nth(0x82, 1, lambda a: bytes([a[0] ^ 1]) + a[1:])),
        _NO_ACCESS,
    ),
    "ISO7816_B_03": ("BAC refused", chip(BAC, nth(0x82, 1, refused(0x6300))), _NO_ACCESS),
    "ISO7816_B_04": (
        "secure messaging refused by the chip",
        chip(BAC, lambda apdu, answer, _: b"\x69\x88" if apdu[:2] == b"\x0c\xb0" else answer),
        "open chip.read",
    ),
    "ISO7816_B_05": ("answers without a MAC", chip(BAC, protected(without(0x8E))), "open chip.read"),
    "ISO7816_B_06": ("answers without their cryptogram", chip(BAC, protected(without(0x87))), "open chip.read"),
    "ISO7816_B_07": ("answers without a protected status word", chip(BAC, protected(without(0x99))), "open chip.read"),
    "ISO7816_B_08": ("answers with a wrong MAC", chip(BAC, protected(spoilt(0x8E))), "open chip.read"),
    "ISO7816_B_09": ("answers with a wrong cryptogram", chip(BAC, protected(spoilt(0x87))), "open chip.read"),
    "ISO7816_B_10": (
        "the signer is on the revocation list",
        made(CardSpec(access=(Access.BAC,), groups=(1, 2), defects=(Defect.REVOKED_SIGNER,))),
        "failed pa.revocation",
    ),
    "ISO7816_C_01": (
        "DG2 cannot be selected",
        lambda: told(make_card(BAC, present={"EF.DG2": None})),
        "failed lds.complete",
    ),
    "ISO7816_C_02": ("a portrait of 45 kB", odd_large, FINE),
    "ISO7816_C_03": ("reading past the end", made(BAC), FINE),
    "ISO7816_C_04": ("the end of a file told by 6B00", end_word(0x6B00), FINE),
    "ISO7816_C_05": ("the end of a file told by 6282", end_word(0x6282), FINE),
    "ISO7816_C_06": (
        "the end of a file told by 6CXX",
        made(CardSpec(access=(Access.PLAIN,), groups=(1, 2), quirks=(Quirk.EXACT_LE,))),
        FINE,
    ),
    "ISO7816_C_07": ("reading with the odd instruction", odd_large, FINE),
    "ISO7816_D_01": ("chip authentication with DH", all_of(*(made(ca(number)) for number in (0, 1, 2))), FINE),
    "ISO7816_D_02": ("chip authentication with ECDH", all_of(*(made(ca(number)) for number in _CURVES)), FINE),
    "ISO7816_D_03": ("one key", made(ca(13)), FINE),
    "ISO7816_D_04": ("two keys", made(ca(13, 2)), FINE),
    "ISO7816_D_05": ("three keys", made(ca(13, 3)), FINE),
    "ISO7816_D_06": ("a key number that no key has", dg14(numbered, ca(13, 2)), "open chip.chip_authentication"),
    "ISO7816_D_07": ("a corrupted DH key", dg14(corrupted, ca(2)), "failed chip.chip_authentication"),
    "ISO7816_D_08": ("a corrupted ECDH key", dg14(corrupted, ca(13)), "open chip.chip_authentication"),
    "ISO7816_D_13": ("another number at key and protocol", dg14(numbered, ca(13, 1)), "noted key"),
    "ISO7816_D_14": ("with extended length: a key of 2048 bits", made(ca(2)), FINE),
    "ISO7816_D_15": (
        "the chip refuses the key",
        chip(ca(13), nth(0x22, 1, refused(0x6A80))),
        "failed chip.chip_authentication",
    ),
    "ISO7816_E_07": ("ECDSA with SHA-256", terminal(), _WITH_DG3),
    "ISO7816_E_14": (
        "no key for DG3",
        made(CardSpec(access=(Access.BAC,), groups=(1, 2), proofs=(Proof.CA,), terminal=True)),
        _WITHOUT_DG3,
    ),
    "ISO7816_E_17": ("a wrong signature of the verifier's certificate", terminal(forged=True), _WITHOUT_DG3),
    "ISO7816_E_18": (
        "a wrong signature of the inspection system's certificate",
        terminal(change=lambda chain: (chain[0], last_flipped(chain[1]))),
        _WITHOUT_DG3,
    ),
    "ISO7816_E_24": ("no certificate of the verifier", terminal(change=lambda chain: chain[1:]), _WITHOUT_DG3),
    "ISO7816_E_29": ("DG3 and no DG4", terminal(Access.PACE_IM), _WITH_DG3),
    "ISO7816_E_31": ("bound to the key of PACE", terminal(Access.PACE_GM), _WITH_DG3),
    "ISO7816_F_01": ("active authentication, RSA with SHA-1", made(aa(Proof.AA_RSA)), FINE),
    "ISO7816_F_02": ("active authentication, ECDSA", made(aa(Proof.AA_ECDSA)), FINE),
    "ISO7816_F_04": ("RSA with SHA-224", made(aa(Proof.AA_RSA, "sha224")), FINE),
    "ISO7816_F_05": ("RSA with SHA-256", made(aa(Proof.AA_RSA, "sha256")), FINE),
    "ISO7816_F_06": ("RSA with SHA-384", made(aa(Proof.AA_RSA, "sha384")), FINE),
    "ISO7816_F_07": ("RSA with SHA-512", made(aa(Proof.AA_RSA, "sha512")), FINE),
    "ISO7816_F_08": (
        "an answer that does not end as it must",
        within(aa(Proof.AA_RSA), lambda ins, data, word: (last_flipped(data), word) if ins == 0x88 else (data, word)),
        "failed chip.active_authentication",
    ),
    "ISO7816_G_01": ("PACE, each mapping", all_of(made(GM), made(IM), made(CAM), made(DH)), FINE),
    "ISO7816_G_02": ("generic mapping over all domains", domains(Access.PACE_GM, 0, 1, 2, *_CURVES), FINE),
    "ISO7816_G_03": (
        "integrated mapping over all domains but 10",
        domains(Access.PACE_IM, 0, 1, 2, *(number for number in _CURVES if number != 10)),
        FINE,
    ),
    "ISO7816_G_04": (
        "every cipher",
        all_of(
            *(
                made(CardSpec(access=(access,), groups=(1, 2), cipher=cipher))
                for access in (Access.PACE_GM, Access.PACE_IM)
                for cipher in Cipher
            )
        ),
        FINE,
    ),
    "ISO7816_G_05": (
        "unknown entries beside PACE",
        card_access(with_stranger),
        FINE,
    ),
    "ISO7816_G_08": ("MSE refused", chip(GM, nth(0x22, 1, refused(0x6A80))), _NO_ACCESS),
    "ISO7816_G_09": ("another nonce", general(GM, 1, altered(0x80, last_flipped)), _NO_ACCESS),
    "ISO7816_G_10": ("the first step refused", general(GM, 1, refused(0x6A80)), _NO_ACCESS),
    "ISO7816_G_11": ("the nonce under another tag", general(GM, 1, inside(0x80, 0x90)), _NO_ACCESS),
    "ISO7816_G_12": ("the second step refused", general(GM, 2, refused(0x6A80)), _NO_ACCESS),
    "ISO7816_G_13": ("the mapping under another tag", general(GM, 2, inside(0x82, 0x92)), _NO_ACCESS),
    "ISO7816_G_14": ("no mapping data (GM)", general(GM, 2, lambda answer: b"\x7c\0\x90\0"), _NO_ACCESS),
    "ISO7816_G_15": ("the second step refused (IM)", general(IM, 2, refused(0x6A80)), _NO_ACCESS),
    "ISO7816_G_16": ("a mapping key off the curve", general(GM, 2, altered(0x82, last_flipped)), _NO_ACCESS),
    "ISO7816_G_17": (
        "a mapping key of 1 (DH)",
        general(DH, 2, altered(0x82, lone)),
        _NO_ACCESS,
    ),
    "ISO7816_G_18": ("the third step refused", general(GM, 3, refused(0x6A80)), _NO_ACCESS),
    "ISO7816_G_19": ("the key under another tag", general(GM, 3, inside(0x84, 0x94)), _NO_ACCESS),
    "ISO7816_G_20": ("no key", general(GM, 3, lambda answer: b"\x7c\0\x90\0"), _NO_ACCESS),
    "ISO7816_G_21": ("a key off the curve", general(GM, 3, altered(0x84, last_flipped)), _NO_ACCESS),
    "ISO7816_G_22": ("a key of 1 (DH)", general(DH, 3, altered(0x84, lone)), _NO_ACCESS),
    "ISO7816_G_23": ("the chip's key is the reader's", chip(GM, reflected), _NO_ACCESS),
    "ISO7816_G_24": ("the fourth step refused", general(GM, 4, refused(0x6300)), _NO_ACCESS),
    "ISO7816_G_25": ("the token under another tag", general(GM, 4, inside(0x86, 0x96)), _NO_ACCESS),
    "ISO7816_G_26": ("a wrong token", general(GM, 4, altered(0x86, last_flipped)), _NO_ACCESS),
    "ISO7816_G_27": ("EF.CardAccess cannot be read", card_access(lambda data: data[:-3]), _NO_ACCESS),
    "ISO7816_G_28": (
        "an unknown domain",
        card_access(lambda data: trees.at(data, (0, 2), trees.put(der.integer(77)))),
        _NO_ACCESS,
    ),
    "ISO7816_G_29": (
        "no authentication data (CAM)",
        general(CAM, 4, left_out(0x8A)),
        "failed chip.pace_cam",
    ),
    "ISO7816_G_31": ("wrong authentication data", general(CAM, 4, altered(0x8A, last_flipped)), "failed chip.pace_cam"),
    "ISO7816_G_32": (
        "authentication data under another tag",
        general(CAM, 4, inside(0x8A, 0x8B)),
        "failed chip.pace_cam",
    ),
    "ISO7816_G_33": (
        "empty authentication data",
        general(CAM, 4, altered(0x8A, lambda value: b"")),
        "failed chip.pace_cam",
    ),
    "ISO7816_G_34": ("CAM with passive authentication", made(CAM), FINE),
    "ISO7816_G_35": (
        "authentication data with GM",
        general(GM, 4, lambda a: der.encode(0x7C, der.parse_first(a[:-2]).value, der.encode(0x8A, bytes(16))) + a[-2:]),
        FINE,
    ),
    "ISO7816_G_36": (
        "an unknown protocol of PACE",
        card_access(
            lambda data: data.replace(bytes.fromhex("04007F00070202040602"), bytes.fromhex("04007F00070202040609")), CAM
        ),
        _NO_ACCESS,
    ),
    "ISO7816_G_39": (
        "another chip's key",
        made(CardSpec(access=(Access.PACE_CAM,), groups=(1, 2), defects=(Defect.CLONED_CA,))),
        "failed chip.pace_cam",
    ),
    "ISO7816_G_41": ("CAM over all curves", domains(Access.PACE_CAM, *_CURVES), FINE),
}
"""Identifier: what is done in a few words, how, and how Limen takes it."""

"""The cases on data groups: units LDS_A to LDS_K but for EF.SOD. What is changed is signed: it alone is wrong."""

from __future__ import annotations

from collections.abc import Callable

from limen.icao import der
from limen.icao.mrz import check_digit
from limen.specimen.chip import Access, CardSpec, Proof, make_card

from . import trees
from .documents import PLAIN, Told, longer, retagged, shorter, told, with_file, with_group

Play = Callable[[], Told]
CAM = CardSpec(access=(Access.PACE_CAM,), groups=(1, 2))
CA = CardSpec(access=(Access.BAC,), groups=(1, 2), proofs=(Proof.CA,))
_RECORD = (0, 1, 1)
"""Path of the facial record's octets in DG2."""
_HEADER = (0, 1, 0)
"""Path of the biometric header template in DG2."""


def com(path: tuple[int, ...], change: trees.Change) -> Play:
    return lambda: with_file("EF.COM", lambda data: trees.at(data, path, change))


def zone(change: Callable[[str], str]) -> Play:
    """DG1 with another zone, signed; the page shows the right one."""

    def changed(data: bytes) -> bytes:
        text = der.parse_first(data).inner().value.decode()
        return der.encode(0x61, der.encode(0x5F1F, change(text).encode()))

    return lambda: with_group(1, changed)


def same_zone(change: Callable[[str], str]) -> Play:
    """DG1 and the page with the same other zone, which is a right one."""

    def play() -> Told:
        lines = make_card(PLAIN).mrz
        text = change("".join(lines))
        group = der.encode(0x61, der.encode(0x5F1F, text.encode()))
        return told(make_card(PLAIN, signed={1: group}), page=(text[:44], text[44:]))

    return play


def line2(at: int, new: str, *, digits: bool = True) -> Callable[[str], str]:
    """The second line with something else at a position, its check digits made right."""

    def change(text: str) -> str:
        lower = text[44:]
        lower = lower[:at] + new + lower[at + len(new) :]
        return text[:44] + (_digits(lower) if digits else lower)

    return change


def _digits(lower: str) -> str:
    lower = lower[:9] + check_digit(lower[:9]) + lower[10:19] + check_digit(lower[13:19]) + lower[20:]
    lower = lower[:27] + check_digit(lower[21:27]) + lower[28:42] + check_digit(lower[28:42]) + lower[43:]
    return lower[:43] + check_digit(lower[:10] + lower[13:20] + lower[21:43])


def line1(new: str) -> Callable[[str], str]:
    """The name field of the first line."""
    return lambda text: text[:5] + new.ljust(39, "<") + text[44:]


def portrait(path: tuple[int, ...], change: trees.Change) -> Play:
    return lambda: with_group(2, lambda data: trees.at(data, path, change))


def record(at: int, new: bytes) -> Play:
    """Octets of the facial record: header 14, facial information 20, image information 12."""
    return portrait(_RECORD, trees.value(lambda data: data[:at] + new + data[at + len(new) :]))


def header(tag: int, new: bytes | None) -> Play:
    """An object of the biometric header template: another value, or left out."""

    def change(raw: bytes) -> bytes:
        parts = [
            (der.encode(tag, new) if new is not None else b"") if one.tag == tag else one.raw
            for one in der.parse_first(raw, lenient=True)
        ]
        return der.encode(der.parse_first(raw, lenient=True).tag, *parts)

    return portrait(_HEADER, change)


def points(count: int, declared: int) -> Play:
    """A facial record with feature points."""

    def change(data: bytes) -> bytes:
        extra = bytes.fromhex("0121000A000A0000") * count
        size = int.from_bytes(data[8:12], "big") + len(extra) if declared else int.from_bytes(data[8:12], "big")
        block = int.from_bytes(data[14:18], "big") + (len(extra) if declared else 0)
        head = data[:8] + size.to_bytes(4, "big") + data[12:14] + block.to_bytes(4, "big") + count.to_bytes(2, "big")
        return head + data[20:34] + extra + data[34:]

    return portrait(_RECORD, trees.value(change))


def security(path: tuple[int, ...], change: trees.Change) -> Play:
    return lambda: with_group(14, lambda data: trees.at(data, path, change), CA)


def info(end: str, change: Callable[[bytes], bytes]) -> Play:
    """One SecurityInfo of DG14, the first whose protocol begins so."""

    def changed(data: bytes) -> bytes:
        infos = [one.raw for one in der.parse_first(data).inner()]
        found = next(n for n, raw in enumerate(infos) if der.as_oid(next(iter(der.parse(raw)))).startswith(end))
        infos[found] = change(infos[found])
        return der.encode(0x6E, der.set_of(*infos))

    return lambda: with_group(14, changed, CA)


def atr(data: bytes) -> Play:
    return lambda: with_file("EF.ATR/INFO", lambda _: data)


_CA = "0.4.0.127.0.7.2.2.3"
_CA_ECDH_AES = der.oid("0.4.0.127.0.7.2.2.3.2.2")
_LENGTHS = der.encode(0x7F66, der.integer(0x1000), der.integer(0x1000))

FINE = "fine"
CASES: dict[str, tuple[str, Play, str]] = {
    "LDS_A_01": ("EF.COM has another tag", lambda: with_file("EF.COM", retagged(0x61)), "open lds.com"),
    "LDS_A_02": ("EF.COM's length too small", lambda: with_file("EF.COM", shorter), "open lds.com"),
    "LDS_A_03": ("EF.COM's length too large", lambda: with_file("EF.COM", longer), "open lds.form"),
    "LDS_A_04": ("LDS version 3.0", com((0,), trees.put(der.encode(0x5F01, b"0300"))), "noted LDS version"),
    "LDS_A_05": ("no LDS version", com((0,), trees.gone), "noted LDS version"),
    "LDS_A_06": ("Unicode version 5", com((1,), trees.put(der.encode(0x5F36, b"050000"))), "noted Unicode version"),
    "LDS_A_07": ("no Unicode version", com((1,), trees.gone), "noted Unicode version"),
    "LDS_A_08": ("the list lacks DG1", com((2,), trees.put(der.encode(0x5C, b"\x75"))), "failed lds.com"),
    "LDS_A_09": ("no list", com((2,), trees.gone), "open lds.com"),
    "LDS_A_10": ("LDS version 1.8", com((0,), trees.put(der.encode(0x5F01, b"0108"))), FINE),
    "LDS_B_01": ("optional data", same_zone(line2(28, "ABC123<<<<<<<<")), FINE),
    "LDS_B_02": ("a shortened given name", same_zone(line1("A" * 30 + "<<BCDEFGH")), FINE),
    "LDS_B_03": ("no given name", same_zone(line1("ELINKO")), FINE),
    "LDS_B_04": ("no optional data, its check digit 0", same_zone(line2(28, "<" * 14)), FINE),
    "LDS_B_05": ("DG1 has another tag", lambda: with_group(1, retagged(0x62)), "open chip.dg1.page"),
    "LDS_B_06": ("DG1's length too small", lambda: with_group(1, shorter), "failed pa.digest.dg1"),
    "LDS_B_07": ("DG1's length too large", lambda: with_group(1, longer), "open lds.form"),
    "LDS_B_08": ("unknown document type", zone(lambda text: "X<" + text[2:]), "failed chip.dg1.page"),
    "LDS_B_09": ("issuer with a digit", zone(lambda text: text[:2] + "U1O" + text[5:]), "failed chip.dg1.page"),
    "LDS_B_10": ("no name", zone(line1("")), "failed chip.dg1.page"),
    "LDS_B_11": ("another name than on the page", zone(line1("SOMEBODY<<ELSE")), "failed chip.dg1.page"),
    "LDS_B_12": ("another number than on the page", zone(line2(0, "X1234567<")), "failed chip.dg1.page"),
    "LDS_B_13": (
        "wrong check digit of the number",
        zone(lambda text: text[:53] + str((int(text[53]) + 1) % 10) + text[54:]),
        "failed chip.dg1.check_digits",
    ),
    "LDS_B_14": ("nationality with a digit", zone(line2(10, "U1O")), "failed chip.dg1.page"),
    "LDS_B_15": ("birth date with a letter", zone(line2(13, "7A0101")), "failed chip.dg1.page"),
    "LDS_B_16": ("birth date that does not exist", zone(line2(13, "741332")), "failed chip.dg1.page"),
    "LDS_B_17": (
        "wrong check digit of the birth date",
        zone(lambda text: text[:63] + str((int(text[63]) + 1) % 10) + text[64:]),
        "failed chip.dg1.check_digits",
    ),
    "LDS_B_18": ("sex Y", zone(line2(20, "Y")), "failed chip.dg1.page"),
    "LDS_B_19": ("expiry with a letter", zone(line2(21, "3B1231")), "open chip.dg1.expired"),
    "LDS_B_20": ("expiry that does not exist", zone(line2(21, "321345")), "open chip.dg1.expired"),
    "LDS_B_21": (
        "wrong check digit of the expiry",
        zone(lambda text: text[:71] + str((int(text[71]) + 1) % 10) + text[72:]),
        "failed chip.dg1.check_digits",
    ),
    "LDS_B_22": (
        "wrong check digit of the optional data",
        zone(lambda text: text[:86] + str((int(text[86].replace("<", "0")) + 1) % 10) + text[87:]),
        "failed chip.dg1.check_digits",
    ),
    "LDS_B_23": (
        "wrong composite check digit",
        zone(lambda text: text[:87] + str((int(text[87]) + 1) % 10)),
        "failed chip.dg1.check_digits",
    ),
    "LDS_B_24": ("no zone in DG1", lambda: with_group(1, lambda _: der.encode(0x61)), "open chip.dg1.page"),
    "LDS_B_25": ("birth date without a day", same_zone(line2(13, "7401<<")), FINE),
    "LDS_B_26": ("birth date without a month", same_zone(line2(13, "74<<31")), FINE),
    "LDS_B_27": ("birth date without a year", same_zone(line2(13, "<<0131")), FINE),
    "LDS_B_28": ("no birth date", same_zone(line2(13, "<<<<<<")), FINE),
    "LDS_C_01": ("JPEG 2000 portrait", lambda: told(make_card(CardSpec(access=(Access.PLAIN,), jpeg2000=True))), FINE),
    "LDS_C_02": ("JPEG portrait", lambda: told(make_card(PLAIN)), FINE),
    "LDS_C_03": ("JPEG 2000 with feature points", points(2, 1), FINE),
    "LDS_C_04": ("DG2 has another tag", lambda: with_group(2, retagged(0x76)), "open lds.form"),
    "LDS_C_05": ("DG2's length too small", lambda: with_group(2, shorter), "failed pa.digest.dg2"),
    "LDS_C_06": ("DG2's length too large", lambda: with_group(2, longer), "noted DG2"),
    "LDS_C_07": ("no number of instances", portrait((0, 0), trees.gone), "noted DG2"),
    "LDS_C_08": ("format owner that is not allowed", header(0x87, b"\x02\x02"), "noted DG2"),
    "LDS_C_09": ("no format owner", header(0x87, None), "noted DG2"),
    "LDS_C_10": ("format type that is not allowed", header(0x88, b"\x00\x0a"), "noted DG2"),
    "LDS_C_11": ("no format type", header(0x88, None), "noted DG2"),
    "LDS_C_12": ("biometric type of old", header(0x81, b"\x02\x00"), FINE),
    "LDS_C_13": ("wrong biometric type", header(0x81, b"\x08"), "noted DG2"),
    "LDS_C_14": ("record of another format", record(0, b"FAX\0"), "open lds.form"),
    "LDS_C_15": ("record of another version", record(4, b"099\0"), "noted DG2"),
    "LDS_C_16": ("length that leaves the feature points out", points(2, 0), "noted DG2"),
    "LDS_C_17": ("wrong gender", record(20, b"\x07"), "noted DG2"),
    "LDS_C_18": ("wrong eye colour", record(21, b"\x50"), "noted DG2"),
    "LDS_C_19": ("wrong hair colour", record(22, b"\x50"), "noted DG2"),
    "LDS_C_20": ("wrong yaw", record(28, b"\xfa"), "noted DG2"),
    "LDS_C_21": ("wrong pitch", record(29, b"\xfa"), "noted DG2"),
    "LDS_C_22": ("wrong roll", record(30, b"\xfa"), "noted DG2"),
    "LDS_C_26": ("wrong face image type", record(34, b"\x50"), "noted DG2"),
    "LDS_C_27": ("wrong image data type", record(35, b"\x50"), "noted DG2"),
    "LDS_C_28": ("no image", portrait(_RECORD, trees.gone), "open lds.form"),
    "LDS_F_01": ("DG14 has another tag", lambda: with_group(14, retagged(0x6F), CA), "open lds.form"),
    "LDS_F_02": ("DG14's length too small", lambda: with_group(14, shorter, CA), "failed pa.digest.dg14"),
    "LDS_F_03": ("DG14's length too large", lambda: with_group(14, longer, CA), "open lds.form"),
    "LDS_F_04": (
        "unknown protocol of chip authentication",
        info(
            "0.4.0.127.0.7.2.2.3",
            lambda raw: raw.replace(bytes.fromhex("04007F00070202030202"), bytes.fromhex("04007F00070202030209")),
        ),
        "open chip.chip_authentication",
    ),
    "LDS_F_05": (
        "no protocol of chip authentication",
        info(_CA, lambda raw: b""),
        "failed chip.chip_authentication",
    ),
    "LDS_F_06": (
        "unknown version of chip authentication",
        info(_CA, lambda raw: trees.at(raw, (1,), trees.put(der.integer(3)))),
        "open chip.chip_authentication",
    ),
    "LDS_F_07": (
        "no version of chip authentication",
        info(_CA, lambda raw: trees.at(raw, (1,), trees.gone)),
        "open chip.chip_authentication",
    ),
    "LDS_I_01": (
        "DG15 has another tag",
        lambda: with_group(15, retagged(0x70), CardSpec(access=(Access.PLAIN,), groups=(1, 2), proofs=(Proof.AA_RSA,))),
        "open lds.form",
    ),
    "LDS_I_02": (
        "DG15's length too small",
        lambda: with_group(15, shorter, CardSpec(access=(Access.PLAIN,), groups=(1, 2), proofs=(Proof.AA_RSA,))),
        "failed pa.digest.dg15",
    ),
    "LDS_I_03": (
        "DG15's length too large",
        lambda: with_group(15, longer, CardSpec(access=(Access.PLAIN,), groups=(1, 2), proofs=(Proof.AA_RSA,))),
        "open lds.form",
    ),
    "LDS_K_01": ("lengths of two octets in EF.ATR/INFO", atr(_LENGTHS), FINE),
    "LDS_K_02": (
        "lengths of three octets",
        atr(der.encode(0x7F66, b"\x02\x03\x00\x10\x00", b"\x02\x03\x00\x10\x00")),
        FINE,
    ),
    "LDS_K_03": ("one length alone", atr(der.encode(0x7F66, der.integer(0x1000))), "noted EF.ATR/INFO"),
    "LDS_K_04": ("another tag", atr(der.encode(0x7F67, der.integer(0x1000), der.integer(0x1000))), FINE),
}
"""Identifier: what is done in a few words, how, and how Limen takes it."""

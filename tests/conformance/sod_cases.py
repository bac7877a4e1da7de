"""The cases on EF.SOD and the signer's certificate: unit LDS_H, and EF.CardSecurity: unit LDS_J."""

from __future__ import annotations

from collections.abc import Callable

from limen.icao import der
from limen.icao.pki import Certificate
from limen.specimen.chip import Access, CardSpec, Quirk, Scheme, Signing, make_card

from . import trees
from .documents import PLAIN, Told, longer, retagged, shorter, told, with_file
from .sods import CONTENT, SIGNED_DATA, SIGNER, attributes, content, edited, signer, sod

Play = Callable[[], Told]
FINE = "fine"
_MD5 = der.sequence(der.oid("1.2.840.113549.2.5"), der.null())
_SHA512 = der.sequence(der.oid("2.16.840.1.101.3.4.2.3"), der.null())
_DIGEST = "1.2.840.113549.1.9.4"
_TIME = "1.2.840.113549.1.9.5"
_RSA = bytes.fromhex("300D06092A864886F70D0101010500")
_BSI = {"sha1": 1, "sha224": 2, "sha256": 3, "sha384": 4, "sha512": 5}
_KEY_USAGE = "2.5.29.15"
_AKI = "2.5.29.35"
CAM = CardSpec(access=(Access.PACE_CAM,), groups=(1, 2))


def signed(scheme: Scheme, name: str, *, enclosed: bool = True, change: trees.Change | None = None) -> Play:
    """A document signed by this scheme and hash; the signature's identifier may be written otherwise."""
    bits = 3072 if name in {"sha384", "sha512"} else 2048
    spec = CardSpec(
        access=(Access.PLAIN,), groups=(1, 2), hash=name, signing=Signing(scheme=scheme, hash=name, bits=bits)
    )
    if not enclosed:
        return lambda: edited((*SIGNED_DATA, 3), trees.gone, spec)
    if change is not None:
        return lambda: edited((*SIGNER, 4), change, spec)
    return lambda: told(make_card(spec))


def bsi(name: str, *, enclosed: bool = True) -> Play:
    """ECDSA with TR-03111's identifier of the signature."""
    identifier = trees.put(der.sequence(der.oid(f"0.4.0.127.0.7.1.1.4.1.{_BSI[name]}")))
    spec = CardSpec(access=(Access.PLAIN,), groups=(1, 2), hash=name, signing=Signing(hash=name))

    def play() -> Told:
        made = trees.at(make_card(spec).files["EF.SOD"], (*SIGNER, 4), identifier)
        made = made if enclosed else trees.at(made, (*SIGNED_DATA, 3), trees.gone)
        return told(make_card(spec, present={"EF.SOD": made}))

    return play


def ansi(name: str) -> Play:
    """ECDSA with ANSI's identifier, which is what specimens have."""
    return lambda: told(
        make_card(CardSpec(access=(Access.PLAIN,), groups=(1, 2), hash=name, signing=Signing(hash=name)))
    )


def rsa_oid(name: str) -> Play:
    """PKCS#1 v1.5 whose identifier says RSA and leaves the hash to the digest algorithm."""
    return signed(Scheme.RSA, name, change=trees.put(_RSA))


def mixed(scheme: Scheme, name: str, curve: str = "brainpoolP256r1") -> Play:
    """The signer's certificate is signed by ECDSA with SHA-256, the security object otherwise."""

    def play() -> Told:
        document = make_card(PLAIN)
        other = make_card(
            CardSpec(access=(Access.PLAIN,), groups=(1, 2), signing=Signing(scheme=scheme, hash=name, curve=curve))
        ).pki.signer
        tbs = trees.at(trees.node(document.pki.signer.der, (0,)), (6,), trees.put(other.key.spki))
        csca = document.pki.csca.key
        certificate = der.sequence(tbs, csca.algorithm, der.bit_string(csca.sign(tbs)))
        lds = der.parse_first(trees.node(document.files["EF.SOD"], (*CONTENT, 1, 0))).value
        own = document.pki.signer
        mine = type(own)(certificate, own.entity, own.issuer, own.serial, other.key, own.not_before, own.not_after)
        return told(make_card(PLAIN, present={"EF.SOD": sod(document.pki, mine, lds)}))

    return play


def hashes(change: Callable[[list[bytes]], list[bytes]]) -> Play:
    """The list of hashes of the LDS security object, changed and signed."""
    return lambda: content(
        lambda lds: trees.at(lds, (2,), lambda raw: der.sequence(*change([one.raw for one in der.parse_first(raw)])))
    )


def renumbered(number: int) -> trees.Change:
    return lambda raw: trees.at(raw, (0,), trees.put(der.integer(number)))


def attribute(oid: str, change: Callable[[bytes], bytes]) -> Play:
    """One signed attribute changed, or left out if empty, and signed."""

    def changed(parts: list[bytes]) -> list[bytes]:
        found = [change(raw) if der.as_oid(next(iter(der.parse(raw)))) == oid else raw for raw in parts]
        return [raw for raw in found if raw]

    return lambda: attributes(changed)


def extension(oid: str, change: Callable[[bytes], bytes]) -> Play:
    """An extension of the signer's certificate changed, or left out if empty, and signed."""

    def changed(tbs: bytes) -> bytes:
        last = len(list(der.parse_first(tbs))) - 1
        listed = [one.raw for one in der.parse_first(trees.node(tbs, (last, 0)))]
        new = [change(raw) if der.as_oid(next(iter(der.parse(raw)))) == oid else raw for raw in listed]
        return trees.at(tbs, (last, 0), trees.put(der.sequence(*(raw for raw in new if raw))))

    return lambda: signer(changed)


def usage(value: bytes) -> Play:
    """The signer's certificate with another key usage."""
    other = der.sequence(der.oid(_KEY_USAGE), der.boolean(True), der.octet_string(value))
    return extension(_KEY_USAGE, lambda raw: other)


def altered_key(infos: list[bytes]) -> list[bytes]:
    """The one key among the protocols has another octet."""
    return [raw[:-6] + bytes([raw[-6] ^ 1]) + raw[-5:] if len(raw) > 40 else raw for raw in infos]


def certificate(path: tuple[int, ...], change: trees.Change) -> Play:
    """A node of what is signed of the certificate."""
    return lambda: signer(lambda tbs: trees.at(tbs, path, change))


def whole(path: tuple[int, ...], change: trees.Change) -> Play:
    """A node of the certificate that is not signed."""
    return lambda: signer(lambda tbs: tbs, whole=lambda made: trees.at(made, path, change))


def card_security(change: Callable[[list[bytes]], list[bytes]]) -> Play:
    """EF.CardSecurity with other protocols, signed."""

    def play() -> Told:
        from limen.specimen.chip.messages import CARD_SECURITY, signed_data

        document = make_card(CAM)
        path = (1, 0, 2, 1, 0)
        infos = [
            one.raw for one in der.parse(der.parse_first(trees.node(document.files["EF.CardSecurity"], path)).value)
        ]
        own = document.pki.signer
        moment = Certificate.parse(own.der).not_before
        made = signed_data(CARD_SECURITY, der.set_of(*change(infos)), own, (own.der,), moment=moment)
        return told(make_card(CAM, present={"EF.CardSecurity": made}))

    return play


def groups_in_com(*tags: int) -> Play:
    """EF.COM names other data groups than EF.SOD signs."""
    return lambda: with_file("EF.COM", lambda data: trees.at(data, (2,), trees.put(der.encode(0x5C, bytes(tags)))))


_OTHER_NAME = der.sequence(
    der.set_of(der.sequence(der.oid("2.5.4.6"), der.printable_string("UT"))),
    der.set_of(der.sequence(der.oid("2.5.4.3"), der.utf8_string("Somebody"))),
)
_PAST = der.sequence(der.encode(0x17, b"010101000000Z"), der.encode(0x17, b"020101000000Z"))

CASES: dict[str, tuple[str, Play, str]] = {
    "LDS_H_01": ("PKCS#1 v1.5, SHA-1", signed(Scheme.RSA, "sha1"), FINE),
    "LDS_H_02": ("PSS, SHA-1", signed(Scheme.RSA_PSS, "sha1"), FINE),
    "LDS_H_03": ("PSS, SHA-256", signed(Scheme.RSA_PSS, "sha256"), FINE),
    "LDS_H_04": ("PKCS#1 v1.5, SHA-224", signed(Scheme.RSA, "sha224"), FINE),
    "LDS_H_05": ("PKCS#1 v1.5, SHA-256", signed(Scheme.RSA, "sha256"), FINE),
    "LDS_H_06": ("PKCS#1 v1.5, SHA-384", signed(Scheme.RSA, "sha384"), FINE),
    "LDS_H_07": ("PKCS#1 v1.5, SHA-512", signed(Scheme.RSA, "sha512"), FINE),
    "LDS_H_09": ("ECDSA, SHA-1", ansi("sha1"), FINE),
    "LDS_H_10": ("ECDSA, SHA-1, identifier of TR-03111", bsi("sha1"), FINE),
    "LDS_H_11": ("ECDSA, SHA-224, identifier of TR-03111", bsi("sha224"), FINE),
    "LDS_H_12": ("ECDSA, SHA-256, identifier of TR-03111", bsi("sha256"), FINE),
    "LDS_H_13": ("ECDSA, SHA-384, identifier of TR-03111", bsi("sha384"), FINE),
    "LDS_H_14": ("ECDSA, SHA-512, identifier of TR-03111", bsi("sha512"), FINE),
    "LDS_H_15": ("PKCS#1 v1.5, signer not enclosed", signed(Scheme.RSA, "sha256", enclosed=False), FINE),
    "LDS_H_16": ("ECDSA, SHA-224, signer not enclosed", bsi("sha224", enclosed=False), FINE),
    "LDS_H_17": ("another tag", lambda: with_file("EF.SOD", retagged(0x78)), "failed pa.sod.readable"),
    "LDS_H_18": ("length too small", lambda: with_file("EF.SOD", shorter), "failed pa.sod.readable"),
    "LDS_H_19": ("length too large", lambda: with_file("EF.SOD", longer), "failed pa.sod.readable"),
    "LDS_H_20": (
        "SignedData of another version",
        lambda: edited((*SIGNED_DATA, 0), trees.put(der.integer(9))),
        "noted version 9",
    ),
    "LDS_H_21": ("no version of SignedData", lambda: edited((*SIGNED_DATA, 0), trees.gone), "failed pa.sod.readable"),
    "LDS_H_22": ("MD5 among the digests", lambda: edited((*SIGNED_DATA, 1), trees.put(der.set_of(_MD5))), FINE),
    "LDS_H_23": ("no list of digests", lambda: edited((*SIGNED_DATA, 1), trees.gone), "failed pa.sod.readable"),
    "LDS_H_24": (
        "another type of content",
        lambda: edited((*CONTENT, 0), trees.put(der.oid("2.23.136.1.1.2"))),
        "failed pa.sod.content_type",
    ),
    "LDS_H_25": ("no type of content", lambda: edited((*CONTENT, 0), trees.gone), "failed pa.sod.readable"),
    "LDS_H_26": ("SignerInfo of another version", lambda: edited((*SIGNER, 0), trees.put(der.integer(9))), FINE),
    "LDS_H_27": ("no version of SignerInfo", lambda: edited((*SIGNER, 0), trees.gone), "failed pa.sod.readable"),
    "LDS_H_28": (
        "the signer named has another serial number",
        lambda: edited((*SIGNER, 1, 1), trees.put(der.integer(424242))),
        "noted names another certificate",
    ),
    "LDS_H_29": (
        "the signer named has another key identifier",
        lambda: edited((*SIGNER, 1), trees.put(der.context(0, bytes(20), constructed=False))),
        "noted names another certificate",
    ),
    "LDS_H_30": ("MD5 as the signer's digest", lambda: edited((*SIGNER, 2), trees.put(_MD5)), "open pa.sod.signature"),
    "LDS_H_31": ("no digest of the signer", lambda: edited((*SIGNER, 2), trees.gone), "failed pa.sod.readable"),
    "LDS_H_32": (
        "wrong digest of the content, signed",
        attribute(_DIGEST, lambda raw: raw[:-1] + bytes([raw[-1] ^ 1])),
        "failed pa.sod.signed_attributes",
    ),
    "LDS_H_33": ("no digest of the content", attribute(_DIGEST, lambda raw: b""), "failed pa.sod.signed_attributes"),
    "LDS_H_34": (
        "time of signing before the signer's validity",
        attribute(_TIME, lambda raw: trees.at(raw, (1, 0), trees.put(der.encode(0x17, b"010101000000Z")))),
        "failed pa.dsc.signing_time",
    ),
    "LDS_H_35": ("no time of signing", attribute(_TIME, lambda raw: b""), FINE),
    "LDS_H_36": (
        "a signature algorithm that is not allowed",
        lambda: edited((*SIGNER, 4), trees.put(der.sequence(der.oid("1.2.840.113549.1.1.4"), der.null()))),
        "open pa.sod.signature",
    ),
    "LDS_H_37": ("wrong signature", lambda: edited((*SIGNER, 5), trees.byte(20, 0x55)), "failed pa.sod.signature"),
    "LDS_H_38": ("no signature", lambda: edited((*SIGNER, 5), trees.gone), "failed pa.sod.readable"),
    "LDS_H_39": (
        "LDS security object of another version",
        lambda: content(lambda lds: trees.at(lds, (0,), trees.put(der.integer(9)))),
        "failed pa.sod.lds_version",
    ),
    "LDS_H_40": (
        "no version of the LDS security object",
        lambda: content(lambda lds: trees.at(lds, (0,), trees.gone)),
        "failed pa.sod.readable",
    ),
    "LDS_H_41": (
        "MD5 for the hashes",
        lambda: content(lambda lds: trees.at(lds, (1,), trees.put(_MD5))),
        "open pa.digest.dg1",
    ),
    "LDS_H_42": (
        "no algorithm for the hashes",
        lambda: content(lambda lds: trees.at(lds, (1,), trees.gone)),
        "failed pa.sod.readable",
    ),
    "LDS_H_43": (
        "wrong hash of DG2",
        hashes(lambda all_: [all_[0], all_[1][:-1] + bytes([all_[1][-1] ^ 1])]),
        "failed pa.digest.dg2",
    ),
    "LDS_H_44": ("no hash of DG1", hashes(lambda all_: all_[1:]), "failed pa.digest.dg1"),
    "LDS_H_45": (
        "hash of a DG10 that is not there",
        hashes(lambda all_: [*all_, renumbered(10)(all_[0])]),
        "failed lds.com",
    ),
    "LDS_H_46": ("hash of a DG99", hashes(lambda all_: [*all_, renumbered(99)(all_[0])]), "failed lds.com"),
    "LDS_H_47": (
        "no number beside the hash of DG2",
        hashes(lambda all_: [all_[0], trees.at(all_[1], (0,), trees.gone)]),
        "failed pa.sod.readable",
    ),
    "LDS_H_48": ("certificate of version 2", certificate((0, 0), trees.put(der.integer(1))), "noted version 2"),
    "LDS_H_49": ("no version of the certificate", certificate((0,), trees.gone), "noted version 1"),
    "LDS_H_50": ("no serial number", certificate((1,), trees.gone), "open pa.sod.signature"),
    "LDS_H_51": (
        "the signed algorithm is another than the stated",
        certificate((2,), trees.put(der.sequence(der.oid("1.2.840.10045.4.3.4")))),
        "failed pa.dsc.path",
    ),
    "LDS_H_52": ("no signed algorithm", certificate((2,), trees.gone), "open pa.sod.signature"),
    "LDS_H_53": (
        "the issuer's name without a country",
        certificate((3,), trees.put(der.sequence(der.set_of(der.sequence(der.oid("2.5.4.3"), der.utf8_string("X")))))),
        "open pa.dsc.country",
    ),
    "LDS_H_54": ("the issuer's name is not the CSCA's", certificate((3,), trees.put(_OTHER_NAME)), "noted Somebody"),
    "LDS_H_55": ("no issuer", certificate((3,), trees.gone), "open pa.sod.signature"),
    "LDS_H_56": ("validity in the past", certificate((4,), trees.put(_PAST)), "failed pa.dsc.signing_time"),
    "LDS_H_57": ("no validity", certificate((4,), trees.gone), "open pa.sod.signature"),
    "LDS_H_58": (
        "a key of an unknown kind",
        certificate((6, 0, 0), trees.put(der.oid("1.2.3.4"))),
        "open pa.sod.signature",
    ),
    "LDS_H_59": ("no key", certificate((6,), trees.gone), "open pa.sod.signature"),
    "LDS_H_60": (
        "authority key identifier without an identifier",
        extension(_AKI, lambda raw: der.sequence(der.oid(_AKI), der.octet_string(der.sequence()))),
        FINE,
    ),
    "LDS_H_61": ("no authority key identifier", extension(_AKI, lambda raw: b""), FINE),
    "LDS_H_62": (
        "key usage that cannot be read",
        extension(
            _KEY_USAGE, lambda raw: der.sequence(der.oid(_KEY_USAGE), der.boolean(True), der.octet_string(b"\x03\x00"))
        ),
        "open pa.dsc.key_usage",
    ),
    "LDS_H_63": (
        "key usage without signatures",
        extension(
            _KEY_USAGE,
            lambda raw: der.sequence(
                der.oid(_KEY_USAGE), der.boolean(True), der.octet_string(der.bit_string(b"\x20", 5))
            ),
        ),
        "failed pa.dsc.key_usage",
    ),
    "LDS_H_64": ("no key usage", extension(_KEY_USAGE, lambda raw: b""), "open pa.dsc.key_usage"),
    "LDS_H_65": (
        "an unknown algorithm of the certificate's signature",
        whole((1,), trees.put(der.sequence(der.oid("1.2.3.4")))),
        "open pa.dsc.path",
    ),
    "LDS_H_66": ("no algorithm of the certificate's signature", whole((1,), trees.gone), "open pa.sod.signature"),
    "LDS_H_67": ("wrong signature of the certificate", whole((2,), trees.byte(30, 0x55)), "failed pa.dsc.path"),
    "LDS_H_68": ("no signature of the certificate", whole((2,), trees.gone), "open pa.sod.signature"),
    "LDS_H_70": ("ECDSA, SHA-224, identifier of ANSI", ansi("sha224"), FINE),
    "LDS_H_71": ("ECDSA, SHA-256, identifier of ANSI", ansi("sha256"), FINE),
    "LDS_H_72": ("ECDSA, SHA-384, identifier of ANSI", ansi("sha384"), FINE),
    "LDS_H_73": ("ECDSA, SHA-512, identifier of ANSI", ansi("sha512"), FINE),
    "LDS_H_74": (
        "the hashes by another algorithm than the signature",
        lambda: told(make_card(CardSpec(access=(Access.PLAIN,), groups=(1, 2), hash="sha512"))),
        FINE,
    ),
    "LDS_H_75": ("certificate by ECDSA, content by PKCS#1", mixed(Scheme.RSA, "sha256"), FINE),
    "LDS_H_76": ("certificate by ECDSA, content by PSS", mixed(Scheme.RSA_PSS, "sha256"), FINE),
    "LDS_H_77": ("certificate by SHA-256, content by SHA-512", mixed(Scheme.ECDSA, "sha512"), FINE),
    "LDS_H_78": ("certificate on one curve, content on another", mixed(Scheme.ECDSA, "sha384", "secp384r1"), FINE),
    "LDS_H_79": ("PKCS#1, SHA-1, identifier of RSA alone", rsa_oid("sha1"), FINE),
    "LDS_H_80": ("PKCS#1, SHA-224, identifier of RSA alone", rsa_oid("sha224"), FINE),
    "LDS_H_81": ("PKCS#1, SHA-256, identifier of RSA alone", rsa_oid("sha256"), FINE),
    "LDS_H_82": ("PKCS#1, SHA-384, identifier of RSA alone", rsa_oid("sha384"), FINE),
    "LDS_H_83": ("PKCS#1, SHA-512, identifier of RSA alone", rsa_oid("sha512"), FINE),
    "LDS_H_84": (
        "SignerInfo of version 3 with issuer and serial number",
        lambda: edited((*SIGNER, 0), trees.put(der.integer(3))),
        FINE,
    ),
    "LDS_H_85": (
        "SignerInfo of version 1 with a key identifier",
        lambda: edited(
            (*SIGNER, 0),
            trees.put(der.integer(1)),
            CardSpec(access=(Access.PLAIN,), groups=(1, 2), quirks=(Quirk.SIGNER_BY_KEY,)),
        ),
        FINE,
    ),
    "LDS_H_86": (
        "LDS security object of version 1",
        lambda: told(make_card(CardSpec(access=(Access.PLAIN,), groups=(1, 2), lds_version=1))),
        FINE,
    ),
    "LDS_H_87": (
        "versions stated, of version 0",
        lambda: content(
            lambda lds: trees.at(lds, (0,), trees.put(der.integer(0))),
            CardSpec(access=(Access.PLAIN,), groups=(1, 2), lds_version=1),
        ),
        FINE,
    ),
    "LDS_H_88": (
        "of version 1 without versions",
        lambda: content(lambda lds: trees.at(lds, (0,), trees.put(der.integer(1)))),
        FINE,
    ),
    "LDS_H_89": (
        "a future LDS version, 1.9",
        lambda: content(
            lambda lds: trees.at(lds, (3, 0), trees.put(der.printable_string("0109"))),
            CardSpec(access=(Access.PLAIN,), groups=(1, 2), lds_version=1),
        ),
        FINE,
    ),
    "LDS_H_90": ("EF.COM names fewer groups", groups_in_com(0x61), "failed lds.com"),
    "LDS_H_91": ("EF.COM names more groups", groups_in_com(0x61, 0x75, 0x6B), "failed lds.com"),
    "LDS_H_92": ("EF.COM names other groups", groups_in_com(0x61, 0x6B), "failed lds.com"),
    "LDS_H_94": ("PSS, SHA-224", signed(Scheme.RSA_PSS, "sha224"), FINE),
    "LDS_H_95": ("PSS, SHA-384", signed(Scheme.RSA_PSS, "sha384"), FINE),
    "LDS_H_96": ("PSS, SHA-512", signed(Scheme.RSA_PSS, "sha512"), FINE),
    "ISO7816_G_40": (
        "EF.CardSecurity without a key for the mapping",
        card_security(lambda infos: [raw for raw in infos if len(raw) < 40]),
        "failed chip.pace_cam",
    ),
    "LDS_J_04": (
        "EF.CardSecurity with another key for the mapping",
        card_security(
            lambda infos: [raw[:-6] + bytes([raw[-6] ^ 1]) + raw[-5:] if len(raw) > 40 else raw for raw in infos]
        ),
        "failed chip.pace_cam",
    ),
}
"""Identifier: what is done in a few words, how, and how Limen takes it."""

"""From a specification to an emulated document: its PKI, its files, its card."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from limen.icao.der import encode, integer, oid
from limen.icao.mrz import Format
from limen.specimen.chip import groups as lds
from limen.specimen.chip.agreement import Random, draw, group_of
from limen.specimen.chip.bac import mrz_secret
from limen.specimen.chip.card import CARD_ACCESS, CARD_INFORMATION, CARD_SECURITY, COM, DIRECTORY, SOD, Card, Contents
from limen.specimen.chip.messages import CARD_SECURITY as CARD_SECURITY_TYPE
from limen.specimen.chip.messages import DATA, SECURITY_OBJECT, Damage, digest_algorithm, signed_data
from limen.specimen.chip.pace import CIPHER_NUMBERS, PaceProfile
from limen.specimen.chip.pki import Pki, make_pki
from limen.specimen.chip.proofs import Answering, ChipKey, EcAnswer, RsaAnswer
from limen.specimen.chip.signing import EcSigningKey, Signing, curve_named, ec_spki, generator, rsa_key, rsa_spki
from limen.specimen.chip.spec import ALL_GROUPS, Access, CardSpec, Cipher, Defect, Proof, Quirk
from limen.specimen.chip.terminal import inspection_system, trust_point
from limen.specimen.errors import NotPossibleError
from limen.specimen.papers import zone_lines
from limen.specimen.people import Person
from limen.specimen.portrait import portrait
from limen.specimen.recipe import Recipe
from limen.specimen.render import draft
from limen.specimen.signature import signature

_PACE: Final = (Access.PACE_GM, Access.PACE_IM, Access.PACE_CAM)
_CHIP_AUTHENTICATION: Final = "0.4.0.127.0.7.2.2.3"
_CHIP_KEY: Final = "0.4.0.127.0.7.2.2.1"
_TERMINAL_AUTHENTICATION: Final = "0.4.0.127.0.7.2.2.2"
_ACTIVE_AUTHENTICATION: Final = "2.23.136.1.1.5"
_PLAIN_ECDSA_SHA256: Final = "0.4.0.127.0.7.1.1.4.1.3"
_AA_CURVE: Final = "secp256r1"
_AA_BITS: Final = 1280
_FAMILIES: Final = {"DH": 1, "ECDH": 2}
_APPLICATION: Final = {
    "EF.CVCA": 0x011C,
    "EF.COM": COM,
    "EF.SOD": SOD,
    **{f"EF.DG{number}": 0x0100 + number for number in range(1, 17)},
}
_MASTER: Final = {
    "EF.CardAccess": CARD_ACCESS,
    "EF.CardSecurity": CARD_SECURITY,
    "EF.DIR": DIRECTORY,
    "EF.ATR/INFO": CARD_INFORMATION,
}
_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """An emulated document, and all that is known of it."""

    spec: CardSpec
    card: Card
    pki: Pki
    mrz: tuple[str, ...]
    """The printed machine readable zone."""
    can: str
    """Card access number, six digits."""
    files: Mapping[str, bytes]
    """What lies on the chip, by name: EF.COM, EF.SOD, EF.DG1 to EF.DG16, EF.CardAccess and so on."""
    recipe: Recipe
    """From which `limen.specimen.render` prints the page."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """Of the chip, true ones; `answering` and `agreeing` are what the chip has, cloned or not."""

    active: bytes | None = None
    answering: Answering | None = None
    chip: tuple[ChipKey, ...] = ()
    agreeing: tuple[ChipKey, ...] = ()


def make_card(
    spec: CardSpec, *, signed: Mapping[int, bytes] = _NOTHING, present: Mapping[str, bytes | None] = _NOTHING
) -> IssuedDocument:
    """Return the document of that specification.

    For documents that no specification foresees: `signed` has data groups, by number, to be signed instead of those
    made or beside them; `present` has files, by name, to lie on the chip instead of those issued, None for a file that
    is missing.

    Raises `UnknownNameError` for a name or number that stands for nothing, `NotPossibleError` for a combination
    that cannot be.
    """
    _check(spec)
    recipe = draft(spec.format, spec.seed, spec.issuer)
    defects = frozenset(spec.defects)
    day = recipe.papers.issued
    pki = make_pki(recipe.issuer, spec.seed, spec.signing, day, defects)
    profiles = tuple(
        PaceProfile(access, group_of(spec.domain), spec.domain, spec.cipher)
        for access in spec.access
        if access in _PACE
    )
    keys = _keys(spec)
    groups = {**_groups(spec, recipe, profiles, keys), **signed}
    files = {**_master_files(spec, profiles, keys, pki, day), **_application_files(spec, recipe, groups, pki, day)}
    files = {name: data for name, data in {**files, **present}.items() if data is not None}
    can = f"{generator(spec.seed, spec.issuer, 'can').randrange(10**6):06}"
    secret = mrz_secret(recipe.lines)
    contents = Contents(
        master={_MASTER[name]: data for name, data in files.items() if name in _MASTER},
        groups={_APPLICATION[name]: data for name, data in files.items() if name in _APPLICATION},
        bac_secret=secret if Access.BAC in spec.access else None,
        pace=profiles,
        passwords={1: secret, 2: can.encode("ascii")} if profiles else {},
        plain=Access.PLAIN in spec.access,
        answering=keys.answering,
        chip_keys=keys.agreeing if {Proof.CA, Proof.CA_V2} & set(spec.proofs) else (),
        terminal=inspection_system(pki.country).authority if spec.terminal else None,
        identity=_identity(recipe.lines),
        cam_secret=keys.agreeing[0].secret if Access.PACE_CAM in spec.access else None,
        quirks=frozenset(spec.quirks),
    )
    return IssuedDocument(spec, Card(contents), pki, recipe.lines, can, files, recipe)


def _master_files(
    spec: CardSpec, profiles: tuple[PaceProfile, ...], keys: _Keys, pki: Pki, day: date
) -> dict[str, bytes]:
    files = {"EF.DIR": lds.directory(), "EF.ATR/INFO": lds.card_information(0x1000, 0x1000)}
    if profiles:
        files["EF.CardAccess"] = _card_access(spec, profiles)
    if Access.PACE_CAM in spec.access:
        files["EF.CardSecurity"] = _card_security(profiles, keys, pki, _noon(day))
    return files


def _application_files(
    spec: CardSpec, recipe: Recipe, groups: dict[int, bytes], pki: Pki, day: date
) -> dict[str, bytes]:
    told = {*groups, 3} if Defect.COM_TELLS_MORE in spec.defects else set(groups)
    on_chip = _with_defects(spec, recipe, groups)
    return {
        **({"EF.CVCA": trust_point(inspection_system(pki.country).authority)} if spec.terminal else {}),
        "EF.COM": lds.common_data(tuple(sorted(told))),
        "EF.SOD": _security_object(spec, groups, pki, _noon(day)),
        **{f"EF.DG{number}": data for number, data in on_chip.items()},
    }


def _identity(lines: tuple[str, ...]) -> bytes:
    """The document number with its check digit, as the zone has them."""
    text = lines[0][5:15] if len(lines) == 3 else lines[1][:10]
    return text.encode("ascii")


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _check(spec: CardSpec) -> None:
    """Refuses what cannot be."""
    if spec.terminal and not {Proof.CA, Proof.CA_V2} & set(spec.proofs):
        raise NotPossibleError("terminal authentication needs chip authentication before it")
    strange = sorted(set(spec.groups) - set(ALL_GROUPS))
    mapping = set(spec.access) & set(_PACE)
    proofs = set(spec.proofs)
    if not {1, 2} <= set(spec.groups):
        raise NotPossibleError("DG1 and DG2 are in every document")
    if strange:
        raise NotPossibleError(f"DG{strange[0]} cannot be made; DG{', DG'.join(map(str, ALL_GROUPS))} can")
    if not spec.access or (Access.PLAIN in spec.access and len(spec.access) > 1):
        raise NotPossibleError("a chip is either plain or has one or more of BAC and PACE")
    if Access.PACE_CAM in mapping and (spec.domain < 8 or spec.cipher is Cipher.TDES):
        raise NotPossibleError("PACE with chip authentication mapping needs a curve and AES")
    if Access.PACE_IM in mapping and spec.domain == 10:
        raise NotPossibleError("PACE with integrated mapping is not made for secp224r1")
    if {Proof.AA_RSA, Proof.AA_ECDSA} <= proofs or {Proof.CA, Proof.CA_V2} <= proofs:
        raise NotPossibleError("a chip has one active and one chip authentication at most")
    if spec.format not in (Format.TD1, Format.TD2, Format.TD3):
        raise NotPossibleError(f"no chip is put into {spec.format}")
    _check_defects(spec)


def _check_defects(spec: CardSpec) -> None:
    needs = {
        Defect.CLONED_AA: bool({Proof.AA_RSA, Proof.AA_ECDSA} & set(spec.proofs)),
        Defect.CLONED_CA: bool({Proof.CA, Proof.CA_V2} & set(spec.proofs)) or Access.PACE_CAM in spec.access,
        Defect.CARD_ACCESS_CHANGED: bool(set(_PACE) & set(spec.access)),
    }
    for defect in spec.defects:
        if not needs.get(defect, True):
            raise NotPossibleError(f"{defect} needs a chip that has what is cloned or changed")


def _keys(spec: CardSpec) -> _Keys:
    active, answering = _active_keys(spec)
    agreeing = bool({Proof.CA, Proof.CA_V2} & set(spec.proofs)) or Access.PACE_CAM in spec.access
    if not agreeing:
        return _Keys(active, answering)
    group = group_of(spec.domain)
    protocol = f"{_CHIP_AUTHENTICATION}.{_FAMILIES[group.family]}.{CIPHER_NUMBERS[spec.cipher]}"
    version = 2 if Proof.CA_V2 in spec.proofs else 1
    numbers = range(1, spec.chip_keys + 1) if spec.chip_keys > 1 else (None,)

    def made(use: str) -> tuple[ChipKey, ...]:
        octets = _octets(spec, use)
        return tuple(ChipKey(group, draw(group, octets), spec.cipher, protocol, version, n) for n in numbers)

    true = made("chip")
    return _Keys(active, answering, true, made("cloned chip") if Defect.CLONED_CA in spec.defects else true)


def _octets(spec: CardSpec, use: str) -> Random:
    return generator(spec.seed, spec.issuer, use).randbytes


def _active_keys(spec: CardSpec) -> tuple[bytes | None, Answering | None]:
    """The public key of DG15, and what answers on the chip."""
    roles = ("active", "cloned active" if Defect.CLONED_AA in spec.defects else "active")
    if Proof.AA_RSA in spec.proofs:
        true, present = (rsa_key(_AA_BITS, generator(spec.seed, spec.issuer, role)) for role in roles)
        return rsa_spki(true), RsaAnswer(present, spec.active_hash)
    if Proof.AA_ECDSA in spec.proofs:
        order = int(curve_named(_AA_CURVE).order)
        secrets = [generator(spec.seed, spec.issuer, role).randrange(1, order) for role in roles]
        key = EcSigningKey(secrets[1], Signing(curve=_AA_CURVE))
        return ec_spki(_AA_CURVE, secrets[0], explicit=True), EcAnswer(key, Quirk.DER_SIGNATURE in spec.quirks)
    return None, None


def _groups(spec: CardSpec, recipe: Recipe, profiles: tuple[PaceProfile, ...], keys: _Keys) -> dict[int, bytes]:
    """The data groups as they are signed."""
    lines = _other_lines(recipe) if Defect.OTHER_MRZ in spec.defects else recipe.lines
    person, entries = recipe.person, recipe.papers
    makers = {
        1: lambda: lds.mrz_group(lines),
        2: lambda: _portrait_group(spec, person),
        7: lambda: lds.signature_group(_signature_picture(person)),
        11: lambda: lds.person_group(person, entries.personal_number),
        12: lambda: lds.document_group(
            f"{recipe.issuer.name} {entries.place}", entries.issued, packed=Quirk.PACKED_DATES in spec.quirks
        ),
        13: lambda: lds.optional_group(b"Specimen"),
        16: lambda: lds.contact_group("SPECIMEN<<CONTACT", "000 0000"),
    }
    made = {number: makers[number]() for number in sorted(spec.groups) if number in makers}
    if spec.terminal:
        made[3] = encode(0x63, encode(0x7F61, integer(0)))
    infos = _group_infos(spec, profiles, keys)
    if infos:
        made[14] = encode(0x6E, lds.security_infos(*infos))
    if keys.active:
        made[15] = encode(0x6F, keys.active)
    return dict(sorted(made.items()))


def _portrait_group(spec: CardSpec, person: Person) -> bytes:
    image = portrait(person.face, person.sex, person.age)
    picture = lds.encoded_portrait(image, spec.portrait_octets, jpeg2000=spec.jpeg2000)
    height, width = image.shape[:2]
    excess = 5 if Quirk.LONG_DG2 in spec.quirks else 0
    return lds.portrait_group(picture, (width, height), person.sex, jpeg2000=spec.jpeg2000, excess=excess)


def _signature_picture(person: Person) -> bytes:
    ink = signature(np.random.default_rng([person.face, 41]), 400, 120)
    return lds.encoded_portrait(np.repeat(255 - ink[:, :, None], 3, axis=2), 6_000, jpeg2000=False)


def _other_lines(recipe: Recipe) -> tuple[str, ...]:
    person = dataclasses.replace(recipe.person, secondary="OTHERWISE")
    return zone_lines(person, recipe.papers)


def _group_infos(spec: CardSpec, profiles: tuple[PaceProfile, ...], keys: _Keys) -> list[bytes]:
    """What DG14 says: PACE as EF.CardAccess does, chip authentication and the signature of active authentication."""
    infos = [_pace_info(profile) for profile in profiles]
    for chip in keys.chip if {Proof.CA, Proof.CA_V2} & set(spec.proofs) else ():
        infos.append(lds.security_info(chip.protocol, integer(chip.version), *_key_number(chip)))
        infos.append(_chip_key_info(chip, standardized=False))
    if spec.terminal:
        infos.append(lds.security_info(_TERMINAL_AUTHENTICATION, integer(1)))
    if Proof.AA_ECDSA in spec.proofs:
        infos.append(lds.security_info(_ACTIVE_AUTHENTICATION, integer(1), oid(_PLAIN_ECDSA_SHA256)))
    return infos


def _pace_info(profile: PaceProfile) -> bytes:
    return lds.security_info(profile.protocol, integer(2), integer(profile.domain))


def _chip_key_info(chip: ChipKey, *, standardized: bool) -> bytes:
    protocol = f"{_CHIP_KEY}.{_FAMILIES[chip.group.family]}"
    public = chip.group.times(chip.secret, chip.group.generator)
    return lds.security_info(protocol, chip.group.key_info(public, standardized=standardized), *_key_number(chip))


def _key_number(chip: ChipKey) -> tuple[bytes, ...]:
    return () if chip.number is None else (integer(chip.number),)


def _card_access(spec: CardSpec, profiles: tuple[PaceProfile, ...]) -> bytes:
    infos = [_pace_info(profile) for profile in profiles]
    if Defect.CARD_ACCESS_CHANGED in spec.defects:
        # An offer beside the signed ones, which the card does not keep.
        infos.append(lds.security_info("0.4.0.127.0.7.2.2.4.2.1", integer(2), integer(8)))
    return lds.security_infos(*infos)


def _card_security(profiles: tuple[PaceProfile, ...], keys: _Keys, pki: Pki, moment: datetime) -> bytes:
    infos = [_pace_info(profile) for profile in profiles]
    infos.extend(_chip_key_info(chip, standardized=True) for chip in keys.chip[:1])
    content = lds.security_infos(*infos)
    return signed_data(CARD_SECURITY_TYPE, content, pki.signer, (pki.signer.der,), moment=moment)


def _security_object(spec: CardSpec, groups: dict[int, bytes], pki: Pki, moment: datetime) -> bytes:
    hashes = lds.digests(groups, spec.hash)
    if Defect.WRONG_HASH in spec.defects:
        hashes[2] = bytes([hashes[2][0] ^ 1]) + hashes[2][1:]
    content = lds.security_object(hashes, digest_algorithm(spec.hash), spec.lds_version)
    message = signed_data(
        DATA if Quirk.PLAIN_DATA_TYPE in spec.quirks else SECURITY_OBJECT,
        content,
        pki.signer,
        (pki.signer.der,),
        moment=moment,
        by_key=Quirk.SIGNER_BY_KEY in spec.quirks,
        turned=Quirk.TURNED_NAME in spec.quirks,
        damage=Damage(Defect.WRONG_SIGNATURE in spec.defects, Defect.WRONG_DIGEST in spec.defects),
    )
    return encode(0x77, message)


def _with_defects(spec: CardSpec, recipe: Recipe, signed: dict[int, bytes]) -> dict[int, bytes]:
    """The data groups as they lie on the chip."""
    present = dict(signed)
    if Defect.CHANGED_DG1 in spec.defects:
        present[1] = lds.mrz_group(_other_lines(recipe))
    if Defect.SWAPPED_DG2 in spec.defects:
        present[2] = _portrait_group(spec, dataclasses.replace(recipe.person, face=recipe.person.face ^ 1))
    if Defect.TRUNCATED_FILE in spec.defects:
        present[2] = present[2][: len(present[2]) * 2 // 3]
    if Defect.MISSING_GROUP in spec.defects:
        del present[max(number for number in present if number > 2)]
    return present

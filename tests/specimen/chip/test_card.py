"""The emulated card's commands and protocols, spoken to by a terminal of the tests' own."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import ecdsa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.icao.der import encode, parse
from limen.icao.mrz import parse as parse_mrz
from limen.specimen.chip import Access, CardSpec, Cipher, Defect, IssuedDocument, Proof, Quirk, make_card
from limen.specimen.chip.agreement import DOMAINS, PointGroup, group_of
from limen.specimen.chip.bac import mrz_information, mrz_secret
from limen.specimen.chip.mapping import encoded_point, pseudo_random
from limen.specimen.chip.pace import PaceProfile

from .terminal import Session, Terminal, kdf

VECTORS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "pki" / "vectors" / "worked_examples.json"


@lru_cache(maxsize=64)
def issued(**spec: object) -> IssuedDocument:
    """A document, made once."""
    return make_card(CardSpec(**spec))  # type: ignore[arg-type]


def opened(document: IssuedDocument) -> Terminal:
    """A terminal with BAC done."""
    document.card.reset()
    terminal = Terminal(document.card)
    terminal.select()
    assert terminal.bac(mrz_secret(document.mrz)) == 0x9000
    return terminal


def paced(document: IssuedDocument, reference: int = 1, password: bytes | None = None) -> tuple[Terminal, int]:
    """A terminal with PACE done, and the status word of its end."""
    document.card.reset()
    terminal = Terminal(document.card)
    profile = document.card.contents.pace[0]
    known = mrz_secret(document.mrz) if reference == 1 else document.can.encode()
    word = terminal.pace(profile.group, profile.protocol, profile.cipher, password or known, reference)
    return terminal, word


BAC = {"access": (Access.BAC,)}


def test_mrz_information_is_the_worked_example_s() -> None:
    """Doc 9303-11 appendix D.2: a number longer than its field counts whole, in TD2 and in TD1."""
    td2 = ("I<UTOSTEVENSON<<PETER<<<<<<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8")
    assert mrz_information(td2) == b"D23145890734934071279507122"
    td1 = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<<<<<<<<<<<<<<")
    assert mrz_information(td1) == b"D23145890734934071279507122"


def test_bac_opens_every_file() -> None:
    """After BAC, every file comes as it was issued."""
    document = issued(**BAC)
    terminal = opened(document)
    assert terminal.read(0x011E) == document.files["EF.COM"]
    assert terminal.read(0x011D) == document.files["EF.SOD"]
    assert terminal.read(0x0101) == document.files["EF.DG1"]
    assert terminal.read(0x0102) == document.files["EF.DG2"]


def test_wrong_mrz_opens_nothing() -> None:
    """Another key is answered with 6300, and the files stay shut."""
    document = issued(**BAC)
    document.card.reset()
    terminal = Terminal(document.card)
    terminal.select()
    assert terminal.bac(bytes(20)) == 0x6300
    assert terminal.send("00A4020C", b"\x01\x01") == (b"", 0x6982)
    assert terminal.send("00B08100", le=4) == (b"", 0x6982)
    assert terminal.send("00880000", bytes(8), 256) == (b"", 0x6982)


def test_challenge_holds_for_one_command() -> None:
    """A challenge is gone after any other command."""
    document = issued(**BAC)
    document.card.reset()
    terminal = Terminal(document.card)
    terminal.select()
    terminal.ok("00840000", le=8)
    terminal.select()
    assert terminal.send("00820000", bytes(40), 40) == (b"", 0x6985)


def test_plain_chip_is_read_without_a_key() -> None:
    """A chip without access control answers anybody."""
    document = issued(access=(Access.PLAIN,))
    document.card.reset()
    terminal = Terminal(document.card)
    terminal.select()
    assert terminal.read(0x0101) == document.files["EF.DG1"]
    assert terminal.read(0x0102, 256) == document.files["EF.DG2"]


EVERY_CIPHER = [("pace-gm", 13, cipher) for cipher in Cipher] + [("pace-im", 13, cipher) for cipher in Cipher]
EVERY_DOMAIN = [("pace-gm", domain, Cipher.AES_128) for domain in (0, 1, 2, *DOMAINS)] + [
    ("pace-im", domain, Cipher.AES_256) for domain in (0, 1, 2, *DOMAINS) if domain not in (10, 13)
]
CAM = [("pace-cam", domain, cipher) for domain in (12, 14, 18) for cipher in list(Cipher)[1:]]


@pytest.mark.parametrize(("access", "domain", "cipher"), [*EVERY_CIPHER, *EVERY_DOMAIN, *CAM])
def test_pace_opens_the_card(access: str, domain: int, cipher: Cipher) -> None:
    """Every mapping, every standardized domain, every cipher: DG1 comes as it was issued."""
    document = issued(access=(Access(access),), domain=domain, cipher=cipher)
    terminal, word = paced(document)
    assert word == 0x9000
    terminal.select()
    assert terminal.read(0x0101) == document.files["EF.DG1"]


def test_pace_by_card_access_number() -> None:
    """The CAN opens the card, another number is answered with 6300."""
    document = issued()
    assert paced(document, 2)[1] == 0x9000
    assert paced(document, 2, b"000000")[1] == 0x6300


def test_cam_proves_the_chip_s_key() -> None:
    """The proof times the key of EF.CardSecurity is the card's mapping key; with a cloned card it is not."""
    for defects, expected in (((), True), ((Defect.CLONED_CA,), False)):
        document = issued(access=(Access.PACE_CAM,), defects=defects)
        terminal, _ = paced(document)
        group = group_of(13)
        true_document = issued(access=(Access.PACE_CAM,))
        key = true_document.card.contents.cam_secret
        assert key is not None
        public = group.times(key, group.generator)
        product = group.encode(group.times(int.from_bytes(terminal.proof, "big"), public))
        assert (product == terminal.mapped) is expected
        assert group.encode(public) in document.files["EF.CardSecurity"]


def test_integrated_mapping_is_the_worked_example_s() -> None:
    """Doc 9303-11 appendix H.1: the pseudo-random number and the mapped generator."""
    nonce, other = (
        bytes.fromhex(text) for text in ("2923BE84E16CD6AE529049F1F1BBE9EB", "5DD4CBFC96F5453B130D890A1CDBAE32")
    )
    group = group_of(13)
    assert isinstance(group, PointGroup)
    number = pseudo_random(Cipher.AES_128, nonce, other, int(group.curve.curve.p()))
    assert number == 0xA2F8FF2DF50E52C6599F386ADCB595D229F6A167ADE2BE5F2C3296ADD5B7430E
    point = encoded_point(group, number)
    assert (int(point.x()), int(point.y())) == (
        0x8E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427,
        0x4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD,
    )


@pytest.mark.shared
@pytest.mark.skipif(not VECTORS.is_file(), reason="needs the public worked examples beside the checkout")
def test_generic_mapping_is_the_worked_example_s() -> None:
    """Doc 9303-11 appendix G.1: with the example's random numbers, every answer is the example's."""
    values = json.loads(VECTORS.read_text("utf-8"))["pace_gm_ecdh"]["values"]
    from limen.specimen.chip.pace import Pace

    group = group_of(13)
    profile = PaceProfile(Access.PACE_GM, group, 13, Cipher.AES_128)
    drawn = [bytes.fromhex(values["nonceDecrypted"])]
    drawn += [(int(values[name], 16) - 1).to_bytes(40, "big") for name in ("chipPrivateKey", "chipEphemeralPrivateKey")]
    password = hashlib.sha1(b"T22000129364081251010318").digest()
    pace = Pace(profile, password, lambda _size: drawn.pop(0), None)
    for number in (1, 2, 3, 4):
        command = bytes.fromhex(values[f"generalAuthenticateStep{number}MsgTerminal"])
        answer = bytes.fromhex(values[f"generalAuthenticateStep{number}MsgChip"])
        assert (pace.step(command[5 : 5 + command[4]]) + b"\x90\0").hex() == answer.hex()
    assert pace.channel is not None


@pytest.mark.parametrize("cipher", list(Cipher))
@pytest.mark.parametrize("domain", [2, 12])
def test_chip_authentication_changes_keys(domain: int, cipher: Cipher) -> None:
    """After chip authentication the channel has keys that only the holder of DG14's key has."""
    document = issued(access=(Access.BAC,), proofs=(Proof.CA,), domain=domain, cipher=cipher)
    terminal = opened(document)
    chip = document.card.contents.chip_key
    assert chip is not None
    public = chip.group.encode(chip.group.times(chip.secret, chip.group.generator))
    assert public.lstrip(b"\0") in document.files["EF.DG14"]
    terminal.chip_authentication(chip.group, chip.protocol, cipher, public)
    assert terminal.read(0x0101) == document.files["EF.DG1"]


def test_cloned_chip_fails_chip_authentication() -> None:
    """A card with another key does not understand the channel that DG14's key leads to."""
    true = issued(proofs=(Proof.CA,)).card.contents.chip_key
    assert true is not None
    document = issued(proofs=(Proof.CA,), defects=(Defect.CLONED_CA,))
    terminal = opened(document)
    public = true.group.encode(true.group.times(true.secret, true.group.generator))
    assert public in document.files["EF.DG14"]
    terminal.chip_authentication(true.group, true.protocol, "aes-128", public)
    assert terminal.session is not None
    command = terminal.session.wrap(bytes.fromhex("00A4020C"), b"\x01\x01", None)
    assert document.card.answer(command) == b"\x69\x88"


def test_chip_authentication_of_version_2_gives_a_token() -> None:
    """Nonce and token of eight octets each, the token under the keys that the nonce leads to."""
    from .terminal import mac

    document = issued(proofs=(Proof.CA_V2,))
    terminal = opened(document)
    chip = document.card.contents.chip_key
    assert chip is not None
    from limen.icao.der import oid

    group, secret = chip.group, 12345
    ours = group.encode(group.times(secret, group.generator))
    terminal.ok("002241A4", encode(0x80, oid(chip.protocol)[2:]))
    nonce, token = parse(terminal.ok("00860000", encode(0x7C, encode(0x80, ours)), 256))
    shared = group.secret(group.times(secret, group.times(chip.secret, group.generator))) + bytes(nonce.value)
    code = kdf("aes-128", shared, 2)
    assert bytes(token.value) == mac("aes-128", code, encode(0x7F49, oid(chip.protocol), encode(0x86, ours)))
    terminal.session = Session("aes-128", kdf("aes-128", shared, 1), code)
    assert terminal.read(0x0101) == document.files["EF.DG1"]


@pytest.mark.parametrize(("defects", "expected"), [((), True), ((Defect.CLONED_AA,), False)])
def test_active_authentication_by_rsa(defects: tuple[Defect, ...], expected: bool) -> None:
    """ISO/IEC 9796-2: the signature opens with DG15's key to 6A, a message, its hash and BC; a clone's does not."""
    document = issued(proofs=(Proof.AA_RSA,), defects=defects)
    terminal = opened(document)
    challenge = bytes(range(8))
    signature = terminal.ok("00880000", challenge, 256)
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    numbers = load_der_public_key(bytes(parse(document.files["EF.DG15"]).value)).public_numbers()  # type: ignore[union-attr]
    message = pow(int.from_bytes(signature, "big"), numbers.e, numbers.n).to_bytes(len(signature), "big")  # type: ignore[union-attr]
    own, digest = message[1:-21], message[-21:-1]
    sound = (message[0], message[-1]) == (0x6A, 0xBC) and digest == hashlib.sha1(own + challenge).digest()
    assert sound is expected


@pytest.mark.parametrize(("defects", "expected"), [((), True), ((Defect.CLONED_AA,), False)])
@pytest.mark.parametrize("quirks", [(), (Quirk.DER_SIGNATURE,)])
def test_active_authentication_by_ecdsa(defects: tuple[Defect, ...], quirks: tuple[Quirk, ...], expected: bool) -> None:
    """The signature verifies with DG15's key, side by side or as a SEQUENCE; a clone's does not."""
    document = issued(proofs=(Proof.AA_ECDSA,), defects=defects, quirks=quirks)
    signature = opened(document).ok("00880000", bytes(8), 256)
    key = ecdsa.VerifyingKey.from_der(bytes(parse(document.files["EF.DG15"]).value), valid_curve_encodings=None)
    form = ecdsa.util.sigdecode_der if quirks else ecdsa.util.sigdecode_string
    try:
        verified = key.verify(signature, bytes(8), hashlib.sha256, form)
    except ecdsa.BadSignatureError:
        verified = False
    assert verified is expected


def test_unprotected_command_ends_the_session() -> None:
    """After a plain command, neither protected nor plain reading is possible."""
    document = issued(**BAC)
    terminal = opened(document)
    session, terminal.session = terminal.session, None
    terminal.send("00A4020C", b"\x01\x01")
    assert session is not None
    assert document.card.answer(session.wrap(bytes.fromhex("00B08100"), b"", 4)) in (b"\x69\x82", b"\x69\x87")
    assert terminal.send("00B08100", le=4) == (b"", 0x6982)


def test_changed_command_ends_the_session() -> None:
    """One turned bit is answered with 6988, and the session is over."""
    document = issued(**BAC)
    terminal = opened(document)
    assert terminal.session is not None
    command = bytearray(terminal.session.wrap(bytes.fromhex("00B08100"), b"", 4))
    command[3] ^= 1
    assert document.card.answer(bytes(command)) == b"\x69\x88"
    assert document.card.answer(terminal.session.wrap(bytes.fromhex("00B08100"), b"", 4))[:1] == b"\x69"


def test_read_binary_in_every_form() -> None:
    """Short identifiers, extended length, and the odd instruction with its offset give the same octets."""
    document = issued(**BAC)
    terminal = opened(document)
    portrait = document.files["EF.DG2"]
    assert terminal.ok("00B08200", le=100) == portrait[:100]
    assert terminal.ok("00B00064", le=100) == portrait[100:200]
    assert terminal.session is not None
    wide = terminal.session.wrap(bytes.fromhex("00B00000"), b"", 2000, extended=True)
    assert terminal.session.unwrap(document.card.answer(wide)) == (portrait[:2000], 0x9000)
    answer = terminal.ok("00B10000", encode(0x54, b"\x00\x10"), 100)
    assert bytes(parse(answer).value) == portrait[0x10 : 0x10 + 98]


def test_long_file_is_read_by_the_odd_instruction() -> None:
    """Beyond 32,767 octets only the odd instruction has room for the offset."""
    document = issued(**BAC, jpeg2000=True, portrait_octets=40_000)
    terminal = opened(document)
    portrait = document.files["EF.DG2"]
    terminal.ok("00A4020C", b"\x01\x02")
    data = b""
    while len(data) < len(portrait):
        left = len(portrait) - len(data)
        wanted = 0xDF if left > 0xDC else left + 2 + (left > 0x7F)
        answer = terminal.ok("00B10000", encode(0x54, len(data).to_bytes(3, "big")), wanted)
        assert len(answer) == wanted
        data += bytes(parse(answer).value)
    assert (len(portrait) > 0x8000, data) == (True, portrait)


@pytest.mark.parametrize("format", ["TD1", "TD2", "TD3"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_format_opens_with_its_zone(format: str, seed: int) -> None:
    """The key comes of the printed zone alone, as the mrz package reads it."""
    document = issued(format=format, seed=seed)
    mrz = parse_mrz(document.mrz)
    digits = [mrz.check(name).found for name in ("number", "birth", "expiry")]  # type: ignore[union-attr]
    fields = (mrz.document_number.ljust(9, "<"), str(mrz.birth_date), str(mrz.expiry_date))
    information = "".join(field + digit for field, digit in zip(fields, digits, strict=True))
    assert mrz_information(document.mrz) == information.encode()
    document.card.reset()
    terminal = Terminal(document.card)
    terminal.select()
    assert terminal.bac(hashlib.sha1(information.encode()).digest()) == 0x9000


def test_reading_past_the_end() -> None:
    """More than there is: what there is, with 6282; from beyond the end: 6B00."""
    document = issued(**BAC)
    terminal = opened(document)
    file = document.files["EF.DG1"]
    assert terminal.send("00B08100", le=200) == (file, 0x6282)
    assert terminal.send(f"00B0{len(file):04X}", le=1) == (b"", 0x6B00)


def test_quirks_change_what_they_say() -> None:
    """Each habit of chips in the field is there when it is asked for."""
    plain = {"access": (Access.PLAIN,)}
    usual = Terminal(issued(**plain).card)
    usual.card.reset()
    assert usual.send("00A4000C", b"\x3f\x00") == (b"", 0x9000)
    assert usual.send("00B09E00", le=4)[1] == 0x9000
    odd = Terminal(make_card(CardSpec(access=(Access.PLAIN,), quirks=tuple(Quirk))).card)
    assert odd.send("00A4000C", b"\x3f\x00") == (b"", 0x6A87)
    odd.ok("00A4020C", b"\x2f\x00")
    assert odd.send("00B00000", le=4) == (b"", 0x6F00)
    odd.select()
    assert odd.send("00B08200", le=4) == (b"", 0x6A86)
    odd.ok("00A4020C", b"\x01\x02")
    assert len(odd.ok("00B00000", le=256)) == 112
    assert odd.send("00B00000", le=300, extended=True) == (b"", 0x6700)
    odd.ok("00A4020C", b"\x01\x01")
    assert odd.send("00B00000", le=200) == (b"", 0x6C00 | len(issued(**plain).files["EF.DG1"]))


def test_refused_pace_stays_refused() -> None:
    """A chip that offers PACE and refuses it ends with 6300, whatever the password."""
    document = issued(quirks=(Quirk.PACE_REFUSED,))
    assert paced(document)[1] == 0x6300


def test_bare_status_hides_the_true_one() -> None:
    """Outside secure messaging 9000, inside what happened."""
    document = issued(**BAC, quirks=(Quirk.BARE_STATUS,))
    terminal = opened(document)
    assert terminal.session is not None
    command = terminal.session.wrap(bytes.fromhex("00A4020C"), b"\x01\x09", None)
    answer = document.card.answer(command)
    assert (answer[:4], answer[-2:]) == (b"\x99\x02\x6a\x82", b"\x90\0")


def test_several_chip_keys_are_told_by_number() -> None:
    """With three keys, each named by its number works with its own public key; a number there is not gives 6A88."""
    from limen.icao.der import oid

    document = issued(proofs=(Proof.CA,), chip_keys=3)
    keys = document.card.contents.chip_keys
    assert [key.number for key in keys] == [1, 2, 3]
    for key in keys:
        terminal = opened(document)
        public = key.group.times(key.secret, key.group.generator)
        assert key.group.encode(public) in document.files["EF.DG14"]
        terminal.ok("002241A4", encode(0x80, oid(key.protocol)[2:]) + encode(0x84, bytes([key.number or 0])))
        ours = key.group.encode(key.group.times(7, key.group.generator))
        terminal.ok("00860000", encode(0x7C, encode(0x80, ours)), 256)
        shared = key.group.secret(key.group.times(7, public))
        terminal.session = Session("aes-128", kdf("aes-128", shared, 1), kdf("aes-128", shared, 2))
        assert terminal.read(0x0101) == document.files["EF.DG1"]
    terminal = opened(document)
    command = encode(0x80, oid(keys[0].protocol)[2:]) + encode(0x84, b"\x04")
    assert terminal.send("002241A4", command) == (b"", 0x6A88)


@pytest.mark.parametrize(("hash", "trailer"), [("sha224", "38cc"), ("sha256", "34cc"), ("sha512", "35cc")])
def test_active_authentication_by_rsa_with_other_hashes(hash: str, trailer: str) -> None:
    """ISO/IEC 9796-2 with a trailer of two octets that names the hash."""
    document = issued(proofs=(Proof.AA_RSA,), active_hash=hash)
    signature = opened(document).ok("00880000", bytes(8), 256)
    key = list(parse(bytes(list(parse(bytes(parse(document.files["EF.DG15"]).value)))[1].value)[1:]))
    modulus, exponent = (int.from_bytes(item.value, "big") for item in key)
    message = pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(160, "big")
    size = hashlib.new(hash).digest_size
    assert message[-2:].hex() == trailer
    assert message[-2 - size : -2] == hashlib.new(hash, message[1 : -2 - size] + bytes(8)).digest()


def test_answers_can_be_changed_inside_and_outside() -> None:
    """What `inner` gives is protected and understood; what `outer` gives is what comes over the air."""
    document = make_card(CardSpec(access=(Access.BAC,)))
    terminal = opened(document)
    document.card.inner = lambda request, data, word: (b"other", word) if request.ins == 0xB0 else (data, word)
    assert terminal.ok("00B08100", le=4) == b"other"
    document.card.outer = lambda _command, answer: answer[:-1] + b"\x01"
    assert terminal.session is not None
    answer = document.card.answer(terminal.session.wrap(bytes.fromhex("00B08100"), b"", 4))
    assert answer[-2:] == b"\x90\x01"


def test_files_can_be_given() -> None:
    """A data group given is signed, a file given or taken away is so on the chip alone."""
    group = encode(0x6D, b"other")
    document = make_card(
        CardSpec(), signed={13: group}, present={"EF.DG12": None, "EF.DG11": b"x", "EF.CardAccess": b""}
    )
    assert document.files["EF.DG13"] == group
    assert hashlib.sha256(group).digest() in document.files["EF.SOD"]
    assert "EF.DG12" not in document.files
    assert (document.files["EF.DG11"], document.files["EF.CardAccess"]) == (b"x", b"")
    # DG14 is there, too: it repeats what EF.CardAccess says.
    assert document.files["EF.COM"].endswith(bytes((0x5C, 6, 0x61, 0x75, 0x6B, 0x6C, 0x6D, 0x6E)))
    assert document.card.contents.groups[0x010B] == b"x"


@given(st.binary(max_size=300), st.lists(st.integers(0, 3), max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_command_is_answered(apdu: bytes, opening: list[int]) -> None:
    """Whatever comes, in whatever state, the answer ends in a status word."""
    document = issued(access=(Access.PACE_GM, Access.BAC), proofs=(Proof.CA,))
    document.card.reset()
    starts = ("00A4040C07A0000002471001", "0022C1A40F800A04007F00070202040202830101", "10860000027C0000", "0084000008")
    for start in opening:
        document.card.answer(bytes.fromhex(starts[start]))
    assert len(document.card.answer(apdu)) >= 2

"""PACE with chip authentication mapping: a recorded answer, and Doc 9303-11 (8th edition) appendix I."""

from __future__ import annotations

from limen.icao import crypto, der
from limen.icao.chip import PaceOutcome, SecureChannel, chip_authentication_holds
from limen.icao.chip.agreement import CurveGroup
from limen.icao.chip.pace import chip_authentication_data
from limen.icao.lds.security_infos import Cipher, PaceInfo

SESSION_KEY = bytes.fromhex("a8e85e938514ec67ae33cda3d43d3c48")
ENCRYPTED = bytes.fromhex(
    "b3ae8830311b1d5605777f47cb4ed028346cd00105d32859de127da3d8398865358f26f08ebe410864eaf6e39f33f3f5"
)
DATA = "61fde6bc2006eb41ca6c5de2490c0a5affe629c7a696701a22b249099f8c5b90"
MAPPING = (
    0x76DC295C4FB14237D87318D70967E25EC45F74D6FD4AFF588C90EFB3D868F05B,
    0x450BA6B64967227C2246DBE2905522C8086DAC7F3BBE5CF3B192F0A0C2D97EE5,
)
CAM_KEY = (
    0x614CD88B00821A887869D0060B44A9D18789353E8CF7DFBC3F29F79327DE30B9,
    0x7B1B2DDA0BE77F24AD415C327C7B7AB2E9C10B0258F5BCBF90C01825FBDFDEF7,
)
CURVE = crypto.curve_named("brainpoolP256r1")


def outcome(data: str = DATA) -> PaceOutcome:
    """What the example's PACE leaves behind."""
    info = PaceInfo("0.4.0.127.0.7.2.2.4.6.2", 2, 13)
    mapping = crypto.encode_point(CURVE, MAPPING)
    return PaceOutcome(info, b"", CurveGroup(CURVE), mapping, bytes.fromhex(data))


def spki(point: crypto.Point) -> bytes:
    """The example's key as EF.CardSecurity has it, its curve given by the number 13."""
    algorithm = der.sequence(der.oid("0.4.0.127.0.7.1.2"), der.integer(13))
    return der.sequence(algorithm, der.bit_string(crypto.encode_point(CURVE, point)))


def test_the_chip_authentication_data_is_decrypted() -> None:
    """The initial vector is the encryption of minus one."""
    channel = SecureChannel(Cipher.AES_128, SESSION_KEY, bytes(16))
    data = chip_authentication_data(channel, {0x8A: ENCRYPTED})
    assert data is not None
    assert data.hex() == DATA


def test_the_data_holds_against_the_chips_key_alone() -> None:
    """The chip's own key proves it; another key, other data or a key that is none do not."""
    assert chip_authentication_holds(outcome(), spki(CAM_KEY))
    assert not chip_authentication_holds(outcome(), spki(MAPPING))
    assert not chip_authentication_holds(outcome("01" * 32), spki(CAM_KEY))
    assert not chip_authentication_holds(outcome("00"), spki(CAM_KEY))
    assert not chip_authentication_holds(outcome(), b"\x30\x00")


def test_the_product_of_the_worked_example() -> None:
    """Appendix I: chip authentication data times the chip's key is the key of the mapping."""
    key = (
        0x1872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8,
        0x84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F,
    )
    data = 0x85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3
    mapping = 0xA234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3
    assert crypto.multiply(CURVE, data, key)[0] == mapping

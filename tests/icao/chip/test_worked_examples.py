"""The worked examples of Doc 9303-11 (8th edition), appendices D, G, H and I, octet for octet."""

from __future__ import annotations

from limen.icao import crypto
from limen.icao.chip import Command, MrzKey, StatusWord, basic_access_control, pace
from limen.icao.chip.agreement import CurveGroup, standardized_group
from limen.icao.chip.link import Link
from limen.icao.chip.mapping import integrated_mapping, pseudo_random
from limen.icao.chip.symmetric import AUTHENTICATION, ENCRYPTION, PASSWORD, derive_key
from limen.icao.lds import SecurityInfos
from limen.icao.lds.security_infos import Cipher

from .scripted import Script, drawn

BAC_KEY = MrzKey("L898902C<", "690806", "940623")
BAC = (
    ("0084000008", "4608F919887022129000"),
    (
        "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728",
        "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000",
    ),
)
BAC_RANDOM = ("781723860C06C226", "0B795240CB7049B01C19B33E32804F0B")
READING = (
    ("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED9000"),
    ("0CB000000D9701048E08ED6705417E96BA5500", "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000"),
    (
        "0CB000040D9701128E082EA28A70F3C7B53500",
        "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
    ),
)
PACE_KEY = MrzKey("T22000129", "640812", "101031")
OWN = "04{}{}".format(
    "7ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E",
    "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D",
)
MAPPING = "04{}{}".format(
    "824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57",
    "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54",
)
EPHEMERAL = "04{}{}".format(
    "2DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C",
    "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462",
)
THEIRS = "04{}{}".format(
    "9E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB",
    "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094",
)
PACE = (
    ("0022C1A40F800A04007F00070202040202830101", "9000"),
    ("10860000027C0000", "7C12801095A3A016522EE98D01E76CB6B98B42C39000"),
    (f"10860000457C438141{OWN}00", f"7C438241{MAPPING}9000"),
    (f"10860000457C438341{EPHEMERAL}00", f"7C438441{THEIRS}9000"),
    ("008600000C7C0A8508C2B0BD78D94BA86600", "7C0A86083ABB9674BCE93C089000"),
)
PACE_RANDOM = (
    "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99",
    "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595",
)
PACE_INFOS = SecurityInfos.parse(bytes.fromhex("31143012060A04007F0007020204020202010202010D"))


def test_the_keys_of_bac() -> None:
    """Appendix D.2: seed and keys of the printed zone."""
    assert BAC_KEY.information == b"L898902C<369080619406236"
    seed = BAC_KEY.seed[:16]
    assert seed.hex() == "239ab9cb282daf66231dc5a4df6bfbae"
    assert derive_key(Cipher.DES3, seed, ENCRYPTION).hex() == "ab94fdecf2674fdfb9b391f85d7f76f2"
    assert derive_key(Cipher.DES3, seed, AUTHENTICATION).hex() == "7962d9ece03d1acd4c76089dce131543"


def test_bac_and_the_reading_of_ef_com() -> None:
    """Appendices D.3 and D.4: authentication, SELECT and READ BINARY under protection."""
    link = Link(Script(*BAC, *READING))
    basic_access_control(link, BAC_KEY, drawn(BAC_RANDOM))
    assert link.channel is not None
    assert link.channel.encryption_key.hex() == "979ec13b1cbfe9dcd01ab0fed307eae5"
    assert link.channel.authentication_key.hex() == "f1cb1f1fb5adf208806b89dc579dc1f8"
    assert link.send(Command(0, 0xA4, 2, 0x0C, b"\x01\x1e")).sw == StatusWord.OK
    assert link.send(Command(0, 0xB0, 0, 0, b"", 4)).data.hex() == "60145f01"
    assert link.send(Command(0, 0xB0, 0, 4, b"", 18)).data.hex() == "04303130365f36063034303030305c026175"


def test_the_password_of_pace() -> None:
    """Appendix G.1: the key that the nonce is encrypted with."""
    assert PACE_KEY.seed.hex() == "7e2d2a41c74ea0b38cd36f863939bfa8e9032aad"
    assert derive_key(Cipher.AES_128, PACE_KEY.seed, PASSWORD).hex() == "89ded1b26624ec1e634c1989302849dd"


def test_pace_with_generic_mapping_over_a_curve() -> None:
    """Appendix G.1: the whole transcript, the mapped generator and the session keys."""
    link = Link(Script(*PACE))
    outcome = pace(link, PACE_INFOS.pace[0], PACE_INFOS, PACE_KEY, drawn(PACE_RANDOM))
    assert isinstance(outcome.group, CurveGroup)
    assert outcome.group.generator == (
        0x8CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2,
        0x8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522,
    )
    assert link.channel is not None
    assert link.channel.encryption_key.hex() == "f5f0e35c0d7161ee6724ee513a0d9a7f"
    assert link.channel.authentication_key.hex() == "fe251c7858b356b24514b3bd5f4297d1"


def test_the_integrated_mapping_over_a_curve() -> None:
    """Appendix H.1: the pseudo-random number, and the point that it stands for."""
    nonce, other = (
        bytes.fromhex("2923BE84E16CD6AE529049F1F1BBE9EB"),
        bytes.fromhex("5DD4CBFC96F5453B130D890A1CDBAE32"),
    )
    group = standardized_group(13)
    prime = crypto.curve_named("brainpoolP256r1").p
    number = 0xA2F8FF2DF50E52C6599F386ADCB595D229F6A167ADE2BE5F2C3296ADD5B7430E
    assert pseudo_random(Cipher.AES_128, nonce, other, prime) == number
    mapped = integrated_mapping(group, Cipher.AES_128, nonce, other)
    assert isinstance(mapped, CurveGroup)
    assert mapped.generator == (
        0x8E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427,
        0x4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD,
    )


def test_the_token_of_pace_over_integers() -> None:
    """Appendix G.2: a reader's public key over group 0, and the object that tokens are made over."""
    group = standardized_group(0)
    public = group.public(0x5265030F751F4AD18B08AC565FC7AC952E41618D)
    assert public.hex().startswith("23fb3749ea030d2a25b278d2a562047ade3f01b74f17a154")
    head = group.token_object("0.4.0.127.0.7.2.2.4.1.2", public)[: -len(public)]
    assert head.hex() == "7f49818f060a04007f00070202040102848180"

"""SecurityInfos: what is known is understood, what is not is kept, and nothing else than `LdsError` comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.der import encode, integer, octet_string, oid, sequence, set_of
from limen.icao.lds import LdsError, SecurityInfos
from limen.icao.lds.security_infos import (
    ID_AA,
    ID_CA,
    ID_PACE,
    ID_PK_ECDH,
    ID_TA,
    MAX_INFOS,
    ActiveAuthenticationInfo,
    Agreement,
    ChipAuthenticationDomainParameterInfo,
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKeyInfo,
    Cipher,
    Mapping,
    PaceDomainParameterInfo,
    PaceInfo,
    TerminalAuthenticationInfo,
    UnknownInfo,
)

SPKI = sequence(sequence(oid("1.2.840.10045.2.1")), b"\x03\x02\x00\x04")


def one(*parts):
    found = SecurityInfos.parse(encode(0x31, sequence(*parts)))
    (info,) = found.infos
    return info


@pytest.mark.parametrize(
    ("arcs", "mapping", "agreement", "cipher"),
    [
        ("1.1", Mapping.GENERIC, Agreement.DH, Cipher.DES3),
        ("2.4", Mapping.GENERIC, Agreement.ECDH, Cipher.AES_256),
        ("3.2", Mapping.INTEGRATED, Agreement.DH, Cipher.AES_128),
        ("4.3", Mapping.INTEGRATED, Agreement.ECDH, Cipher.AES_192),
        ("6.2", Mapping.CHIP_AUTHENTICATION, Agreement.ECDH, Cipher.AES_128),
    ],
)
def test_pace_is_named_by_its_identifier(arcs, mapping, agreement, cipher):
    """The identifier says mapping, agreement and cipher; the parameter's number follows."""
    info = one(oid(f"{ID_PACE}.{arcs}"), integer(2), integer(13))
    assert PaceInfo(f"{ID_PACE}.{arcs}", 2, 13) == info
    assert (mapping, agreement, cipher) == (info.mapping, info.agreement, info.cipher)
    assert f"PACE {mapping} {agreement} {cipher}" == str(info)


@pytest.mark.parametrize("arcs", ["1.5", "5.1", "6.1", "7.2"])
def test_a_pace_that_no_standard_knows_is_kept_unknown(arcs):
    """CAM has no 3DES, and there is neither a cipher 5 nor a mapping over DH with CAM."""
    info = one(oid(f"{ID_PACE}.{arcs}"), integer(2))
    assert isinstance(info, UnknownInfo)
    assert f"{ID_PACE}.{arcs}" == info.oid


def test_every_kind_of_entry():
    """Each entry becomes the class its identifier asks for, with its optional parts."""
    algorithm = sequence(oid("1.2.840.10045.2.1"))
    raw = encode(
        0x31,
        sequence(oid(f"{ID_PACE}.2"), algorithm, integer(33)),
        sequence(oid(f"{ID_CA}.2.4"), integer(2), integer(5)),
        sequence(oid(f"{ID_CA}.2"), algorithm, integer(5)),
        sequence(oid(ID_PK_ECDH), SPKI),
        sequence(oid(ID_TA), integer(1), sequence(octet_string(b"\x01\x1c"), octet_string(b"\x1c"))),
        sequence(oid(ID_AA), integer(1), oid("0.4.0.127.0.7.1.1.4.1.3")),
    )
    found = SecurityInfos.parse(raw)
    assert (
        PaceDomainParameterInfo(f"{ID_PACE}.2", algorithm, 33),
        ChipAuthenticationInfo(f"{ID_CA}.2.4", 2, 5),
        ChipAuthenticationDomainParameterInfo(f"{ID_CA}.2", algorithm, 5),
        ChipAuthenticationPublicKeyInfo(ID_PK_ECDH, SPKI),
        TerminalAuthenticationInfo(ID_TA, 1, 0x011C, 0x1C),
        ActiveAuthenticationInfo(ID_AA, 1, "0.4.0.127.0.7.1.1.4.1.3"),
    ) == found.infos
    assert raw == found.raw
    assert found.notes == ()
    assert (found.infos[0],) == found.pace_domain_parameters
    assert (found.infos[1],) == found.chip_authentication
    assert str(found.chip_authentication[0]) == "CA ECDH AES-256"
    assert (found.infos[2],) == found.chip_authentication_domain_parameters
    assert (found.infos[3],) == found.chip_authentication_keys
    assert (found.infos[4],) == found.terminal_authentication
    assert [info.hash_name for info in found.active_authentication] == ["sha256"]


def test_an_odd_entry_is_kept_and_takes_nothing_from_the_others():
    """A known identifier with a wrong form is kept whole, and noted."""
    odd = sequence(oid(f"{ID_PACE}.2.2"), octet_string(b"?"))
    found = SecurityInfos.parse(encode(0x31, odd, sequence(oid(f"{ID_PACE}.2.2"), integer(2), integer(12))))
    assert (UnknownInfo(f"{ID_PACE}.2.2", odd),) == found.unknown
    assert [info.parameter_id for info in found.pace] == [12]
    assert "not of the form" in found.notes[0]


def test_what_is_known_by_name_is_named():
    """An entry of the German identity card is no mystery, though nothing is done with it."""
    assert one(oid("0.4.0.127.0.7.2.2.5.2.4"), integer(1)).name == "Restricted Identification"
    assert one(oid("1.2.3"), integer(1)).name is None


def test_padding_behind_the_set_is_noted():
    """A file may be longer than its content; `raw` is the content alone."""
    raw = set_of(sequence(oid(f"{ID_PACE}.2.2"), integer(2), integer(13)))
    found = SecurityInfos.parse(raw + bytes(7))
    assert raw == found.raw
    assert found.notes == ("7 bytes follow the SecurityInfos.",)


def test_ber_is_read_and_noted():
    """A length that is not the shortest is read all the same."""
    entry = sequence(oid(f"{ID_PACE}.2.2"), integer(2), integer(13))
    found = SecurityInfos.parse(b"\x31\x81" + bytes([len(entry)]) + entry)
    assert [info.parameter_id for info in found.pace] == [13]
    assert "not in DER" in found.notes[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"\x30\x00", b"\x31\x05\x30", b"\x31\x02\x04\x00", b"\x31\x02\x30\x00", b"\x31\x04\x30\x02\x06\x00"],
    ids=["empty", "sequence", "cut", "no sequence inside", "empty entry", "empty identifier"],
)
def test_what_is_no_security_infos_is_refused(data):
    """Other structures are refused by the package's own error."""
    with pytest.raises(LdsError, match="SecurityInfos"):
        SecurityInfos.parse(data)


def test_a_crowd_of_entries_is_refused():
    """The count of entries is bounded."""
    entry = sequence(oid("1.2.3"))
    assert len(SecurityInfos.parse(encode(0x31, entry * MAX_INFOS)).infos) == MAX_INFOS
    with pytest.raises(LdsError, match="more than"):
        SecurityInfos.parse(encode(0x31, entry * (MAX_INFOS + 1)))


@given(st.binary(max_size=80), st.sampled_from([b"", b"\x31", b"\x31\x0d\x30\x0b\x06\x09\x04\x00\x7f\x00\x07\x02\x02"]))
def test_any_bytes(tail, head):
    """Whatever the bytes, there is a set or an `LdsError`."""
    try:
        found = SecurityInfos.parse(head + tail)
    except LdsError:
        return
    assert (head + tail).startswith(found.raw)

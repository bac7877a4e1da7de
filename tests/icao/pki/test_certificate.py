"""Certificates, names and revocation lists: what stands in them, and what is put up with."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from minted import CN, CSCA_NAME, C, crl, csca, day, extension, key_identifier, mint, name
from minted import key as private

from limen.icao import crypto, der, pki

RICH = mint(types=("P",), states=("UTO",), eku=("1.2.3",), ca=False).raw


def test_a_certificate_is_taken_apart():
    """Every field comes out as it went in."""
    signer = mint(types=("P", "ID"), states=("UTO",), eku=("1.2.3",))
    assert (signer.version, signer.serial, signer.country) == (3, 77, "UT")
    assert (signer.not_before, signer.not_after) == (day("2020-01-01"), day("2035-01-01"))
    assert (signer.ski, signer.aki) == (key_identifier(private(2)), key_identifier(private(1)))
    assert signer.key_usage == {"digitalSignature"}
    assert (signer.document_types, signer.state_codes, signer.eku) == (("P", "ID"), ("UTO",), ("1.2.3",))
    assert (signer.basic_constraints, signer.may_sign_certificates, signer.self_issued) == (None, False, False)
    assert str(signer.issuer) == "C=UT, CN=CSCA Utopia"
    assert signer.quirks == ()
    assert pki.Certificate.parse(signer.raw) == signer


def test_an_authority_is_one():
    """A CSCA signs certificates, itself first."""
    root = csca()
    assert root.basic_constraints == pki.BasicConstraints(True, None)
    assert root.may_sign_certificates
    assert root.self_issued
    root.verify_by(root)
    mint().verify_by(root)
    with pytest.raises(crypto.SignatureMismatch):
        root.verify_by(mint())


def test_the_algorithm_inside_must_be_the_one_outside():
    """An algorithm that is not signed may not replace the one that is."""
    signer = mint()
    fields = list(der.parse(signer.raw))
    other = der.sequence(der.oid("1.2.840.10045.4.3.3"))
    changed = pki.Certificate.parse(der.sequence(fields[0].raw, other, fields[2].raw))
    with pytest.raises(crypto.SignatureMismatch, match="differ"):
        changed.verify_by(csca())


@pytest.mark.parametrize(
    ("changes", "quirk"),
    [
        ({"serial": -5}, "the serial number is not positive"),
        ({"subject": name((C, "ut"), (CN, "S"))}, "the subject's country is written 'ut'"),
        ({"subject": name((CN, "S"))}, "the subject states no country"),
        ({"extra": (extension("1.2.3.4", b"\5\0", True),)}, "unknown critical extension 1.2.3.4"),
        ({"extra": (extension("2.5.29.16", b"\1"),)}, "extension 2.5.29.16 cannot be read and counts as absent"),
        ({"spki": der.sequence(der.sequence(der.oid("1.2.3")), der.bit_string(b"1"))}, "a public key of an unknown"),
    ],
)
def test_quirks_are_told(changes, quirk):
    """What breaks the profile and can be lived with is named."""
    assert any(found.startswith(quirk) for found in mint(**changes).quirks)


def test_ber_is_read_and_told():
    """A certificate in BER is verified over its own octets, and the quirk is told."""
    good = mint()
    loose = b"\x30\x80" + der.parse(good.raw).value + b"\0\0"
    read = pki.Certificate.parse(loose)
    read.verify_by(csca())
    assert read.quirks[0].startswith("not DER")


def test_padding_is_no_fault_and_anything_else_is():
    """A file may end in a line break or zeros, and in nothing else."""
    assert pki.Certificate.parse(RICH + b"\0\r\n") == pki.Certificate.parse(RICH)
    with pytest.raises(pki.PkiError):
        pki.Certificate.parse(RICH + b"\x05\x00")


def test_an_extension_may_not_stand_twice():
    """Two of one kind could be read differently by two readers."""
    with pytest.raises(pki.PkiError, match="twice"):
        mint(extra=(extension("2.5.29.15", b"\x03\x02\x07\x80"),))


class TestNames:
    def test_order_case_and_spaces_do_not_count(self):
        """The same attributes are the same name, in any order, case and string type."""
        first = pki.Name.parse(name((C, "MY"), (CN, "Country  Signer")))
        turned = der.sequence(
            der.encode(0x31, der.sequence(der.oid(CN), der.utf8_string("country signer"))),
            der.encode(0x31, der.sequence(der.oid(C), der.utf8_string("my"))),
        )
        second = pki.Name.parse(turned)
        assert first == second
        assert hash(first) == hash(second)
        assert (first.country, second.country) == ("MY", "MY")

    def test_other_attributes_do(self):
        """Another text, attribute, or one more makes another name."""
        base = pki.Name.parse(CSCA_NAME)
        for other in (((C, "UT"),), ((C, "UT"), (CN, "CSCA Utopia 2")), ((C, "UT"), (CN, "CSCA Utopia"), (CN, "x"))):
            assert pki.Name.parse(name(*other)) != base
        assert pki.Name.parse(name((CN, "x"))).country is None


class TestCrl:
    def test_it_is_taken_apart(self):
        """Who, when, which serial numbers, which number of list."""
        found = crl(3, 2**100, -4)
        assert found.revoked == dict.fromkeys((3, 2**100, -4), day("2024-06-01"))
        assert (found.country, found.number, found.aki) == ("UT", 9, key_identifier(private(1)))
        assert crl().revoked == {}
        found.verify_by(csca())
        with pytest.raises(crypto.SignatureMismatch):
            found.verify_by(mint())

    def test_it_ages(self):
        """A list is current up to the day on which the next one is due."""
        assert crl().is_current(datetime.date(2030, 1, 1))
        assert not crl().is_current(datetime.date(2030, 1, 2))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([mint().raw, csca().raw, crl(5).raw]), st.data())
def test_changed_octets_are_read_or_refused(good, data):
    """Whatever becomes of a certificate or list, only PkiError and CryptoError come out."""
    at = data.draw(st.integers(0, len(good) - 1))
    octets = data.draw(st.binary(max_size=3))
    changed = good[:at] + octets + good[at + data.draw(st.integers(0, 3)) :]
    for kind in (pki.Certificate, pki.Crl):
        try:
            read = kind.parse(changed)
            read.verify_by(csca())
        except (pki.PkiError, crypto.CryptoError):
            continue
        assert read.tbs in changed


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_every_property_of_a_changed_certificate_answers(data):
    """No broken extension raises when it is asked for."""
    at = data.draw(st.integers(0, len(RICH) - 1))
    changed = RICH[:at] + data.draw(st.binary(min_size=1, max_size=2)) + RICH[at + 1 :]
    try:
        read = pki.Certificate.parse(changed)
    except pki.PkiError:
        return
    for attribute in ("ski", "aki", "key_usage", "basic_constraints", "document_types"):
        getattr(read, attribute)
    assert isinstance(read.eku + read.state_codes + read.quirks + read.unknown_critical, tuple)
    assert isinstance(read.may_sign_certificates, bool)
    assert len(read.private_usage) == 2

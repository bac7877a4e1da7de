"""Master lists, deviation lists and the PKD's LDIF."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from minted import CN, C, cms, csca, mint, name

from limen.icao import crypto, der, pki

ROOT = csca()
LIST_SIGNER = mint(eku=("2.23.136.1.1.3",))
DEVIATION_SIGNER = mint(eku=("2.23.136.1.1.8",))
OTHER_NAME = name((C, "XY"), (CN, "CSCA"))
OTHER = csca(subject=OTHER_NAME, issuer=OTHER_NAME, subject_key=6, issuer_key=6)
DG_HASH_WRONG = "2.23.136.1.1.7.2.2"


def master_list(*certificates, signer=LIST_SIGNER, enclosed=(LIST_SIGNER, ROOT), **changes):
    content = der.sequence(der.integer(0), der.encode(0x31, *certificates))
    return cms("2.23.136.1.1.2", content, signer, enclosed, **changes)


def deviation_list(*deviations, **changes):
    content = der.sequence(der.integer(0), der.set_of(*deviations))
    return cms("2.23.136.1.1.7", content, DEVIATION_SIGNER, (DEVIATION_SIGNER, ROOT), **changes)


def deviation(*criteria, kind=DG_HASH_WRONG):
    description = der.sequence(der.printable_string("wrong hash"), der.oid(kind), der.context(0, der.integer(2)))
    return der.sequence(der.sequence(*criteria), der.set_of(description))


def numbers(*texts):
    return der.context(5, *map(der.printable_string, texts))


class TestMasterList:
    def test_it_is_read_and_verified(self):
        """Certificates come out in order; the signature names its signer and who issued that."""
        found = pki.MasterList.parse(master_list(ROOT.raw, OTHER.raw))
        assert found.certificates == (ROOT, OTHER)
        assert found.country == "UT"
        assert found.verify() == pki.ListSignature(LIST_SIGNER, (ROOT,))

    def test_a_broken_entry_does_not_spoil_the_others(self):
        """What cannot be parsed is kept, with the reason."""
        odd = der.sequence(der.integer(1))
        found = pki.MasterList.parse(master_list(odd, OTHER.raw))
        assert found.certificates == (OTHER,)
        assert [raw for raw, _ in found.broken] == [odd]
        assert found.broken[0][1].startswith("a certificate that cannot be read")

    def test_the_issuer_may_come_from_elsewhere(self):
        """A list that does not enclose its signer's CSCA is verified with those that are known."""
        found = pki.MasterList.parse(master_list(OTHER.raw, enclosed=(LIST_SIGNER,)))
        assert found.verify().issuers == ()
        assert found.verify([ROOT]).issuers == (ROOT,)

    def test_a_forged_list_is_refused(self):
        """Another key's signature, another content or no signer's certificate verify nothing."""
        for changes in ({"signer_key": 9}, {"digest": bytes(32)}, {"enclosed": ()}):
            with pytest.raises(crypto.SignatureMismatch):
                pki.MasterList.parse(master_list(ROOT.raw, **changes)).verify()

    def test_a_forged_signer_has_no_issuer(self):
        """Who merely names the CSCA as issuer was not issued by it."""
        forged = mint(eku=("2.23.136.1.1.3",), issuer_key=9, aki=ROOT.ski)
        found = pki.MasterList.parse(master_list(ROOT.raw, signer=forged, enclosed=(forged, ROOT)))
        assert found.verify().issuers == ()

    def test_a_signer_of_documents_is_noted(self):
        """A certificate that is not for lists is told as a quirk."""
        plain = mint()
        found = pki.MasterList.parse(master_list(ROOT.raw, signer=plain, enclosed=(plain, ROOT)))
        assert len(found.verify().quirks) == 1

    def test_other_content_is_refused(self):
        """A deviation list is no master list, and the other way round."""
        with pytest.raises(pki.PkiError):
            pki.MasterList.parse(deviation_list())
        with pytest.raises(pki.PkiError):
            pki.DeviationList.parse(master_list())


class TestDeviationList:
    def test_numbers(self):
        """A document is concerned if its number stands in the list, with or without fillers."""
        found = pki.DeviationList.parse(deviation_list(deviation(numbers("AA1", "AA2<<<"))))
        assert found.verify().signer == DEVIATION_SIGNER
        assert [str(one) for one in found.concerning("AA1<<<<<<")[0].descriptions] == ["wrong hash"]
        assert len(found.concerning("AA2")) == 1
        assert found.concerning("AA3") == ()

    def test_signers(self):
        """Issuer and serial number, key identifier or digest name a signer; all criteria must be met."""
        signer = mint()
        by_serial = deviation(der.context(1, signer.issuer.raw, der.integer(signer.serial)))
        by_key = deviation(der.encode(0x82, signer.ski), numbers("AA1"))
        by_digest = deviation(der.context(3, der.octet_string(signer.sha256)))
        found = pki.DeviationList.parse(deviation_list(by_serial, by_key, by_digest))
        assert len(found.concerning("AA1", signer=signer)) == 3
        assert len(found.concerning("AA2", signer=signer)) == 2
        assert found.concerning("AA2", signer=ROOT) == ()
        assert found.concerning("AA2") == ()

    def test_types_and_dates(self):
        """A type of document alone concerns nobody; with a number it must fit."""
        period = der.context(4, der.encode(0x18, b"20200101000000Z"), der.encode(0x18, b"20210101000000Z"))
        kind = der.encode(0x80, b"P<")
        found = pki.DeviationList.parse(deviation_list(deviation(kind, period, numbers("AA1")), deviation(kind)))
        assert len(found.concerning("AA1", document_type="P")) == 1
        assert found.concerning("AA1", document_type="ID") == ()
        first, last = next(one for one in found.deviations if one.numbers).issued
        assert (first.year, last.year) == (2020, 2021)

    @pytest.mark.parametrize("broken", [b"\x13", b"\x13\x05ab", b"\x02\x01a", b"\x13\x81\x01a"])
    def test_broken_numbers_are_refused(self, broken):
        """The fast reader of numbers accepts nothing but short strings that are there."""
        with pytest.raises(pki.PkiError):
            pki.DeviationList.parse(deviation_list(deviation(der.encode(0xA5, broken))))

    def test_many_numbers(self):
        """Two hundred thousand numbers are read and asked."""
        many = [f"XX{number:07}" for number in range(200_000)]
        found = pki.DeviationList.parse(deviation_list(deviation(numbers(*many))))
        assert found.deviations[0].numbers == frozenset(many)


class TestLdif:
    TEXT = (
        "version: 1\n\n# a comment\n#  that goes on\n"
        "dn: cn=abc,o=ml,c=ut,dc=data,dc=download,dc=pkd,dc=icao,dc=int\n"
        "pkdMasterListContent:: {list}\nobjectClass: top\nobjectClass:  pkdMasterList\n\n\n"
        "dn:: {dn}\nuserCertificate;binary:: {first}\n {second}\n"
        "certificateRevocationList;binary:: AAAA\n"
    )

    def test_records_are_read(self):
        """Folded lines, base64, options, comments and several values are understood."""
        encoded = base64.b64encode(ROOT.raw).decode()
        text = self.TEXT.format(
            list=base64.b64encode(b"list").decode(),
            dn=base64.b64encode("cn=é,c=XY".encode()).decode(),
            first=encoded[:40],
            second=encoded[40:],
        )
        for lines in (text, text.encode(), text.replace("\n", "\r\n"), text.splitlines(keepends=True)):
            first, second = pki.entries(lines)
            assert (first.country, second.country, second.dn) == ("UT", "XY", "cn=é,c=XY")
            assert first.attributes["objectclass"] == (b"top", b"pkdMasterList")
            assert list(first.payloads()) == [(pki.PayloadKind.MASTER_LIST, b"list")]
            assert list(second.payloads()) == [
                (pki.PayloadKind.CERTIFICATE, ROOT.raw),
                (pki.PayloadKind.CRL, b"\0\0\0"),
            ]

    @pytest.mark.parametrize("line", ["no colon here", "a:: %%%", "a:< file:///etc/passwd", ": x"])
    def test_broken_lines_are_told(self, line):
        """Broken base64, values elsewhere and lines without a name are left out, and nothing else is."""
        first, second = pki.entries(f"dn: c=AA\nb: 1\n{line}\nc: 2\n\ndn: c=BB\n")
        assert first.attributes == {"b": (b"1",), "c": (b"2",)}
        assert len(first.problems) == 1
        assert (second.country, second.problems) == ("BB", ())

    def test_too_many_lines_are_refused(self):
        """A record is no way to fill the memory."""
        with pytest.raises(pki.PkiError):
            list(pki.entries(b"a: b\n" * 100_001))

    @settings(max_examples=200, deadline=None)
    @given(st.text(alphabet="dn:ca \n\r;=<#AB+/é", max_size=200))
    def test_any_text_is_read(self, text):
        """Nothing is raised, and what stands in a line is never lost without a word."""
        for entry in pki.entries(text):
            assert entry.dn or entry.attributes or entry.problems


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([master_list(ROOT.raw), deviation_list(deviation(numbers("AA1")))]), st.data())
def test_changed_lists_are_read_or_refused(good, data):
    """Whatever becomes of a list, only PkiError and CryptoError come out."""
    at = data.draw(st.integers(0, len(good) - 1))
    changed = good[:at] + data.draw(st.binary(max_size=3)) + good[at + data.draw(st.integers(0, 3)) :]
    for kind in (pki.MasterList, pki.DeviationList):
        try:
            signature = kind.parse(changed).verify()
        except (pki.PkiError, crypto.CryptoError):
            continue
        assert isinstance(signature.signer, pki.Certificate)

"""Passive authentication: a good document passes every step, and each defect turns exactly the steps it should."""

import datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from minted import (
    CN,
    CSCA_NAME,
    DSC_NAME,
    Anchors,
    AnchorsAndSigners,
    C,
    cms,
    crl,
    csca,
    day,
    extension,
    key,
    mint,
    name,
    sod,
    spki,
)

from limen.icao import crypto, der, pki
from limen.icao.pki import Verdict, card_security_authentication, passive_authentication

GROUPS = {1: b"\x61\x03one", 2: b"\x75\x03two", 14: b"\x6e\x03ten"}
ON = datetime.date(2026, 1, 1)
ROOT, SIGNER = csca(), mint()
GOOD = Anchors(ROOT, crls=(crl(5),))
CODES = [
    "pa.sod.readable",
    "pa.sod.content_type",
    "pa.sod.lds_version",
    "pa.sod.signed_attributes",
    "pa.sod.signature",
    "pa.digest.dg1",
    "pa.digest.dg2",
    "pa.digest.dg14",
    "pa.dsc.path",
    "pa.csca.trusted",
    "pa.csca.validity",
    "pa.dsc.signing_time",
    "pa.dsc.validity",
    "pa.dsc.key_usage",
    "pa.dsc.country",
    "pa.revocation",
]
NO_ANCHOR = {
    "pa.dsc.path": "undetermined",
    "pa.csca.trusted": "undetermined",
    "pa.csca.validity": "undetermined",
    "pa.revocation": "undetermined",
}


def ask(file, anchors=GOOD, groups=GROUPS, on=ON, **more):
    return passive_authentication(file, groups, anchors, on, **more)


def turned(result):
    """Return the steps that did not succeed."""
    return {step.code: str(step.verdict) for step in result.steps if step.verdict is not Verdict.SUCCESSFUL}


def test_a_good_document_passes_every_step():
    """All steps are taken, in order, and succeed; signer, path and time are told."""
    result = ask(sod(GROUPS, SIGNER))
    assert [step.code for step in result.steps] == CODES
    assert turned(result) == {}
    assert result.verdict is Verdict.SUCCESSFUL
    assert (result.signer, result.path, result.signing_time) == (SIGNER, (SIGNER, ROOT), day("2021-03-04"))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (sod(GROUPS, SIGNER, version=2), {"pa.sod.lds_version": "failed"}),
        (sod(GROUPS, SIGNER, version=-1), {"pa.sod.lds_version": "failed"}),
        (sod(GROUPS, SIGNER, content_type="1.2.840.113549.1.7.5"), {"pa.sod.content_type": "failed"}),
        (sod(GROUPS, SIGNER, digest=bytes(32)), {"pa.sod.signed_attributes": "failed"}),
        (sod(GROUPS, SIGNER, signature=b"\x30\x06\x02\x01\x05\x02\x01\x07"), {"pa.sod.signature": "failed"}),
        (sod(GROUPS, SIGNER, signer_key=9), {"pa.sod.signature": "failed"}),
        (sod(GROUPS | {2: b"another"}, SIGNER), {"pa.digest.dg2": "failed"}),
        (sod({1: GROUPS[1], 2: GROUPS[2]}, SIGNER), {"pa.digest.dg14": "failed"}),
        (sod(GROUPS, SIGNER, at="2019-06-01"), {"pa.dsc.signing_time": "failed"}),
        (sod(GROUPS, mint(last="2025-12-31")), {"pa.dsc.validity": "failed"}),
        (sod(GROUPS, mint(serial=5)), {"pa.revocation": "failed"}),
        (sod(GROUPS, mint(usages=("keyEncipherment",))), {"pa.dsc.key_usage": "failed"}),
        (sod(GROUPS, mint(usages=None)), {"pa.dsc.key_usage": "undetermined"}),
        (sod(GROUPS, mint(ca=True)), {"pa.dsc.key_usage": "failed"}),
        (sod(GROUPS, mint(eku=("2.23.136.1.1.3",))), {"pa.dsc.key_usage": "failed"}),
        (sod(GROUPS, mint(extra=(extension("1.2.3.4", b"\5\0", True),))), {"pa.dsc.key_usage": "not supported"}),
        (sod(GROUPS, mint(subject=name((C, "FR"), (CN, "Signer 1")))), {"pa.dsc.country": "failed"}),
        (sod(GROUPS, mint(subject=name((CN, "Signer 1")))), {"pa.dsc.country": "undetermined"}),
    ],
)
def test_a_defect_turns_its_step_alone(file, expected):
    """What is wrong is found by the step that asks for it; all others hold."""
    assert turned(ask(file)) == expected


def test_a_forged_signer_is_found():
    """A certificate that names the CSCA's own key, and which that key did not sign, fails its path."""
    forged = mint(issuer_key=9, aki=ROOT.ski)
    found = turned(ask(sod(GROUPS, forged)))
    assert found == NO_ANCHOR | {"pa.dsc.path": "failed"}


def test_a_missing_anchor_is_never_a_failure():
    """Without the CSCA the message says whose is missing and whose are there, and nothing fails."""
    other = csca(
        subject=name((C, "XY"), (CN, "CSCA")), issuer=name((C, "XY"), (CN, "CSCA")), subject_key=8, issuer_key=8
    )
    result = ask(sod(GROUPS, SIGNER), Anchors(other))
    assert turned(result) == NO_ANCHOR
    assert result.step("pa.csca.trusted").message == "no trust anchor for UT (have: XY)"
    assert ask(sod(GROUPS, SIGNER), Anchors()).step("pa.csca.trusted").message == "no trust anchor for UT (have: none)"


def test_an_older_key_of_the_same_name_is_no_proof_of_forgery():
    """The CSCA of the right name with another key means that the right one is missing."""
    older = csca(subject_key=7, issuer_key=7)
    result = ask(sod(GROUPS, SIGNER), Anchors(older))
    assert turned(result) == NO_ANCHOR
    assert result.step("pa.csca.trusted").message == "no trust anchor for UT with the key that signed (have: UT)"


@pytest.mark.parametrize("order", [1, -1])
def test_every_candidate_of_a_shared_key_identifier_is_tried(order):
    """Two certificates with one key identifier and different keys do not hide each other."""
    wrong = csca(subject_key=7, issuer_key=7, ski=ROOT.ski)
    anchors = Anchors(*(wrong, ROOT)[::order], crls=(crl(),))
    assert turned(ask(sod(GROUPS, SIGNER), anchors)) == {}


def test_a_shared_key_identifier_alone_is_no_proof_of_forgery():
    """An identifier that is not the key's digest may be another key's too: the right one may be missing."""
    wrong = csca(subject_key=7, issuer_key=7, ski=ROOT.ski)
    assert turned(ask(sod(GROUPS, SIGNER), Anchors(wrong))) == NO_ANCHOR


def test_a_signer_cannot_issue():
    """A trusted document signer is no authority, even if its key signed and its name fits."""
    middle = mint(subject=CSCA_NAME, subject_key=3)
    result = ask(sod(GROUPS, mint(issuer_key=3, subject_key=2)), Anchors(middle))
    assert turned(result) == NO_ANCHOR


def test_an_issuer_is_found_whatever_its_order_and_case():
    """The signer's identifier and certificate may write the CSCA's name in another order and case."""
    turned_name = name((CN, "csca  UTOPIA"), (C, "ut"))
    signer = mint(issuer=turned_name, aki=b"\1" * 20)
    sid = der.sequence(CSCA_NAME, der.integer(77))
    assert turned(ask(sod(GROUPS, signer, sid=sid))) == {}


class TestLinks:
    """The CSCA rolled over from key 1 to key 4; only key 1 is trusted."""

    SIGNER = mint(issuer_key=4)
    LINK = csca(subject_key=4, issuer_key=1, serial=2, first="2020-06-01")

    def test_a_link_leads_to_the_old_key(self):
        """Enclosed or given, the new key's link certificate completes the path."""
        enclosed = ask(sod(GROUPS, self.SIGNER, (self.SIGNER, self.LINK)), Anchors(ROOT, crls=(crl(issuer_key=1),)))
        assert turned(enclosed) == {}
        assert enclosed.path == (self.SIGNER, self.LINK, ROOT)
        given = ask(sod(GROUPS, self.SIGNER), GOOD, links=(self.LINK,))
        assert given.path == enclosed.path

    @pytest.mark.parametrize(
        "link",
        [
            csca(subject_key=4, issuer_key=9, aki=ROOT.ski, serial=2),
            mint(subject=CSCA_NAME, subject_key=4, issuer_key=1, usages=("keyCertSign",)),
            csca(subject_key=4, issuer_key=1, usages=("digitalSignature",)),
            csca(subject_key=4, issuer_key=4),
        ],
        ids=["not signed by the old key", "no authority", "not for certificates", "merely self-signed"],
    )
    def test_nothing_else_does(self, link):
        """An enclosed certificate that the trusted key did not make an authority leads nowhere."""
        found = turned(ask(sod(GROUPS, self.SIGNER, (self.SIGNER, link))))
        assert {code: found[code] for code in NO_ANCHOR} == NO_ANCHOR

    def test_a_revoked_link_is_found(self):
        """A list of the old key that names the link's serial number breaks the path."""
        file = sod(GROUPS, self.SIGNER, (self.SIGNER, self.LINK))
        assert turned(ask(file, Anchors(ROOT, crls=(crl(2),)))) == {"pa.revocation": "failed"}

    def test_circles_end(self):
        """Two links that sign each other do not loop."""
        first = csca(subject_key=4, issuer_key=5, serial=8)
        second = csca(subject_key=5, issuer_key=4, serial=9)
        assert "pa.csca.trusted" in turned(ask(sod(GROUPS, self.SIGNER, (self.SIGNER, first, second)), Anchors()))

    def test_many_links_of_one_key_end_soon(self):
        """Enclosed authorities that all signed each other are not followed along every way there is."""
        crowd = [csca(subject_key=4, issuer_key=4, serial=number) for number in range(10, 38)]
        file = sod(GROUPS, self.SIGNER, (self.SIGNER, *crowd))
        counted = Counted()
        assert turned(ask(file, counted))["pa.csca.trusted"] == "undetermined"
        assert counted.asked <= 30


class Counted(Anchors):
    """Nothing is trusted; how often one asks is counted."""

    asked = 0

    def candidates(self, issuer, key_identifier, country):
        self.asked += 1
        return ()


class TestTimes:
    def test_without_a_time_the_validities_must_overlap(self):
        """Where no time of signing is stated, signer and CSCA must have been valid together."""
        assert turned(ask(sod(GROUPS, SIGNER, at=None))) == {}
        late = Anchors(csca(last="2019-12-31"), crls=(crl(),))
        found = turned(ask(sod(GROUPS, SIGNER, at=None), late))
        assert found == {"pa.csca.validity": "failed", "pa.dsc.signing_time": "failed"}

    def test_the_csca_must_have_been_valid_then_and_not_now(self):
        """A CSCA that expired before the signature fails; one that expired since does not."""
        assert turned(ask(sod(GROUPS, SIGNER), Anchors(csca(last="2021-03-01"), crls=(crl(),)))) == {
            "pa.csca.validity": "failed"
        }
        assert turned(ask(sod(GROUPS, SIGNER), Anchors(csca(last="2021-12-31"), crls=(crl(),)))) == {}

    def test_of_two_certificates_of_one_key_the_valid_one_is_taken(self):
        """A CSCA's renewed certificate stands beside the old one of the same key."""
        anchors = Anchors(csca(last="2020-12-31"), csca(first="2021-01-01"), crls=(crl(),))
        assert turned(ask(sod(GROUPS, SIGNER), anchors)) == {}


class TestRevocation:
    @pytest.mark.parametrize(
        ("lists", "verdict"),
        [
            ((), "undetermined"),
            ((crl(5, 77),), "failed"),
            ((crl(due="2025-12-31"),), "undetermined"),
            ((crl(77, due="2025-12-31"),), "failed"),
            ((crl(77, issuer_key=9),), "undetermined"),
            ((crl(77), crl(updated="2025-06-01")), "failed"),
        ],
        ids=["none", "revoked", "out of date", "revoked before", "forged", "on an older list"],
    )
    def test_lists(self, lists, verdict):
        """Only a list that a trusted CSCA signed counts; what it revoked stays so."""
        assert turned(ask(sod(GROUPS, SIGNER), Anchors(ROOT, crls=lists))) == {"pa.revocation": verdict}

    def test_a_revoked_csca_is_found(self):
        """A CSCA that its own list names is trusted no more."""
        assert turned(ask(sod(GROUPS, SIGNER), Anchors(ROOT, crls=(crl(1),)))) == {"pa.revocation": "failed"}

    def test_another_authority_revokes_nothing(self):
        """A serial number on another CSCA's list of the same country is another certificate's."""
        other = name((C, "UT"), (CN, "Another"))
        second = csca(subject=other, issuer=other, subject_key=6, issuer_key=6)
        anchors = Anchors(ROOT, second, crls=(crl(77, issuer=other, issuer_key=6), crl()))
        assert turned(ask(sod(GROUPS, SIGNER), anchors)) == {}


class TestCountryAndType:
    def test_the_state_of_the_mrz_counts(self):
        """A document of one State signed by another's signer fails; the alternative name's code settles it."""
        french = csca(subject=name((C, "FR"), (CN, "CSCA")), issuer=name((C, "FR"), (CN, "CSCA")))
        signer = mint(subject=name((C, "FR"), (CN, "S")), issuer=french.subject.raw)
        anchors = Anchors(french, crls=(crl(issuer=french.subject.raw),))
        assert turned(ask(sod(GROUPS, signer), anchors, state="FRA")) == {}
        assert turned(ask(sod(GROUPS, signer), anchors, state="D<<")) == {"pa.dsc.country": "failed"}
        stated = mint(subject=name((C, "FR"), (CN, "S")), issuer=french.subject.raw, states=("QQQ",))
        assert turned(ask(sod(GROUPS, stated), anchors, state="QQQ")) == {}
        assert turned(ask(sod(GROUPS, signer), anchors, state="QQQ")) == {"pa.dsc.country": "undetermined"}

    @pytest.mark.parametrize(
        ("own", "authority", "state"), [("BM", "GB", "BMU"), ("GB", "GB", "GIB"), ("HK", "CN", "HKG")]
    )
    def test_territories_are_signed_for(self, own, authority, state):
        """A signer and its CSCA may be of two countries where one signs for the other."""
        root_name = name((C, authority), (CN, "CSCA"))
        root = csca(subject=root_name, issuer=root_name)
        signer = mint(subject=name((C, own), (CN, "S")), issuer=root_name)
        anchors = Anchors(root, crls=(crl(issuer=root_name),))
        assert turned(ask(sod(GROUPS, signer), anchors, state=state)) == {}

    @pytest.mark.parametrize(
        ("types", "code", "expected"),
        [
            (("P", "AC"), "P<", {}),
            (("P",), "PD", {}),
            (("ID",), "P<", {"pa.dsc.document_type": "failed"}),
            ((), "P<", {"pa.dsc.document_type": "not supported"}),
        ],
    )
    def test_the_list_of_types_counts(self, types, code, expected):
        """A signer produces only the types that its certificate lists, if it lists any."""
        assert turned(ask(sod(GROUPS, mint(types=types)), document_code=code)) == expected


class TestPutUpWith:
    def test_id_data(self):
        """China's and older objects sign another type of content; that is noted."""
        result = ask(sod(GROUPS, SIGNER, content_type="1.2.840.113549.1.7.1"))
        assert turned(result) == {}
        assert "id-data" in result.step("pa.sod.content_type").details[0]

    def test_unsorted_attributes(self):
        """Attributes stored in another order than they were signed in are sorted, and that is noted."""
        result = ask(sod(GROUPS, SIGNER, unsorted=True))
        assert turned(result) == {}
        assert "order" in result.step("pa.sod.signature").details[0]

    def test_another_hash_stated(self):
        """A signature over the content's hash, whose identifier states SHA-1, is verified and noted."""
        result = ask(sod(GROUPS, SIGNER, identifier=der.sequence(der.oid("1.2.840.10045.4.1"))))
        assert turned(result) == {}
        assert "hash of the content" in result.step("pa.sod.signature").details[0]

    def test_an_indefinite_length(self):
        """BER's open-ended lengths around the signed data change nothing that is signed."""
        inner = der.parse(sod(GROUPS, SIGNER)).inner()
        ber = der.encode(0x77, b"\x30\x80" + inner.value + b"\0\0")
        assert turned(ask(ber)) == {}

    def test_padding(self):
        """A file read to the end of its room may be padded."""
        assert turned(ask(sod(GROUPS, SIGNER) + bytes(100))) == {}

    def test_version_1(self):
        """LDS security objects of version 1 state their LDS version."""
        result = ask(sod(GROUPS, SIGNER, version=1))
        assert turned(result) == {}
        assert (result.sod.lds.lds_version, result.sod.lds.unicode_version) == ("0108", "040000")

    def test_the_wrong_identifier(self):
        """An enclosed certificate whose key signed is the signer's, even if the signer names another; noted."""
        result = ask(sod(GROUPS, SIGNER, sid=der.sequence(DSC_NAME, der.integer(3))))
        assert turned(result) == {}
        assert "another certificate" in result.step("pa.sod.signature").details[0]


def test_a_stored_signer_is_found():
    """A document that encloses no certificate is verified by one of the PKD, and undetermined without."""
    bare = sod(GROUPS, SIGNER, ())
    assert turned(ask(bare, AnchorsAndSigners(ROOT, crls=(crl(),), stored=(SIGNER,)))) == {}
    without = ask(bare)
    assert without.verdict is Verdict.UNDETERMINED
    assert not any(step.verdict is Verdict.FAILED for step in without.steps)


@pytest.mark.parametrize(
    "file",
    [b"", b"\x77\x00", b"\x77\x03\x30\x01\x00", bytes(2000), b"\x77\x80" * 3000, sod(GROUPS, SIGNER) + bytes(1 << 18)],
)
def test_what_is_no_security_object_fails_there(file):
    """Without a security object there is one step, and it failed."""
    assert turned(ask(file)) == {"pa.sod.readable": "failed"}


class TestCardSecurity:
    """EF.CardSecurity is signed as EF.SOD is; its steps have names of their own."""

    TYPE = "0.4.0.127.0.7.3.2.1"

    def test_a_good_one_passes(self):
        """All steps but those on data groups are taken."""
        result = card_security_authentication(cms(self.TYPE, b"infos", SIGNER, (SIGNER,)), GOOD, ON)
        left_out = ("pa.digest", "pa.sod.lds")
        assert [step.code for step in result.steps] == [
            "pa.card_security." + code.removeprefix("pa.").removeprefix("sod.")
            for code in CODES
            if not code.startswith(left_out)
        ]
        assert turned(result) == {}

    @pytest.mark.parametrize(
        ("file", "expected"),
        [
            (cms("2.23.136.1.1.1", b"infos", SIGNER, (SIGNER,)), {"content_type": "failed"}),
            (cms(TYPE, b"infos", SIGNER, (SIGNER,), digest=bytes(32)), {"signed_attributes": "failed"}),
            (cms(TYPE, b"infos", SIGNER, (SIGNER,), signer_key=9), {"signature": "failed"}),
            (b"\x30\x00", {"readable": "failed"}),
        ],
    )
    def test_a_defect_turns_its_step(self, file, expected):
        """What is wrong is found by the step that asks for it."""
        found = turned(card_security_authentication(file, GOOD, ON))
        assert found == {f"pa.card_security.{code}": verdict for code, verdict in expected.items()}


FILES = [sod(GROUPS, SIGNER), sod(GROUPS, mint(issuer_key=4), (mint(issuer_key=4), csca(subject_key=4, issuer_key=1)))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_a_changed_file_never_raises_nor_passes(good, data):
    """Whatever becomes of EF.SOD, every step is answered; a change in what is signed never passes."""
    at = data.draw(st.integers(0, len(good) - 1))
    changed = good[:at] + data.draw(st.binary(max_size=3)) + good[at + data.draw(st.integers(0, 3)) :]
    result = ask(changed, document_code="P<", state="UTO")
    codes = [step.code for step in result.steps]
    assert len(set(codes)) == len(codes)
    if all(step.verdict is Verdict.SUCCESSFUL for step in result.steps if step.code.startswith("pa.sod")):
        assert result.sod.signed.content == pki.Sod.parse(good).signed.content


def test_explicit_parameters_and_null_in_the_identifier():
    """A signer whose curve is spelled out, and a signature identifier with NULL, are verified and noted."""
    curve = crypto.curve_named("secp256r1")
    octets = [der.octet_string(number.to_bytes(32, "big")) for number in (curve.a, curve.b)]
    parameters = der.sequence(
        der.integer(1),
        der.sequence(der.oid("1.2.840.10045.1.1"), der.integer(curve.p)),
        der.sequence(*octets),
        der.octet_string(crypto.encode_point(curve, curve.g)),
        der.integer(curve.n),
    )
    named = der.parse(spki(key(2))).fields()
    named.take()
    stated = der.sequence(der.sequence(der.oid("1.2.840.10045.2.1"), parameters), named.take().raw)
    odd = mint(spki=stated, algorithm=der.sequence(der.oid("1.2.840.10045.4.3.2"), der.null()), serial=-9)
    assert turned(ask(sod(GROUPS, odd))) == {}
    assert {quirk.split(";")[0] for quirk in odd.quirks} == {
        "the curve is spelled out",
        "the serial number is not positive",
        "ECDSA's algorithm identifier carries parameters",
    }


def test_content_signed_directly():
    """Without signed attributes the content itself is what is signed; a change is then found by the signature."""
    content = der.parse(sod(GROUPS, SIGNER)).inner().raw
    signed = pki.SignedData.parse(content)
    signature = key(2).sign(signed.content, ec.ECDSA(hashes.SHA256()))

    def file(lds):
        info = der.sequence(
            der.integer(1),
            der.sequence(CSCA_NAME, der.integer(77)),
            signed_digest(),
            der.sequence(der.oid("1.2.840.10045.4.3.2")),
            der.octet_string(signature),
        )
        body = der.sequence(
            der.integer(3),
            der.set_of(signed_digest()),
            der.sequence(der.oid("2.23.136.1.1.1"), der.context(0, der.octet_string(lds))),
            der.context(0, SIGNER.raw),
            der.set_of(info),
        )
        return der.encode(0x77, der.sequence(der.oid("1.2.840.113549.1.7.2"), der.context(0, body)))

    assert turned(ask(file(signed.content))) == {}
    changed = signed.content.replace(b"\x02\x01\x0e", b"\x02\x01\x0d")
    assert turned(ask(file(changed), groups={1: GROUPS[1]})) == {"pa.sod.signature": "failed"}


def signed_digest():
    return der.sequence(der.oid("2.16.840.1.101.3.4.2.1"))

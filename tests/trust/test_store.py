"""The trust store: what is let in, what is found again, and what is told of it."""

from __future__ import annotations

import datetime
import sqlite3
import zipfile
from pathlib import Path

import pytest

from limen.icao import der
from limen.icao.pki import AnchorSource, Certificate, DeviationList, MasterList, SignerSource, passive_authentication
from limen.specimen.chip import CardSpec, Defect, make_card
from limen.trust import (
    Ground,
    MaterialError,
    Role,
    StoreError,
    TrustStore,
    UnknownError,
    explain,
    import_into,
)

ON = datetime.date(2026, 11, 1)
DOCUMENT = make_card(CardSpec())
PKI = DOCUMENT.pki
CSCA = PKI.csca.der
GROUPS = {int(name[5:]): data for name, data in DOCUMENT.files.items() if name.startswith("EF.DG")}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "pki"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public PKI data is not beside the checkout")


@pytest.fixture
def store(tmp_path):
    with TrustStore.open(tmp_path / "trust.sqlite", create=True) as opened:
        yield opened


def bring(store, data, file="a", **rest):
    return import_into(store, data, file=file, on=ON, **rest)


def verdict(store):
    return passive_authentication(DOCUMENT.files["EF.SOD"], GROUPS, store, ON).step("pa.csca.trusted").verdict


def pem(data):
    import ssl

    return ssl.DER_cert_to_PEM_cert(data).encode()


def test_it_is_a_source_of_anchors_and_signers(store):
    """Passive authentication can ask it everything that it may ask."""
    anchors: AnchorSource = store
    assert isinstance(anchors, SignerSource)


@pytest.mark.parametrize("form", ["der", "pem", "master list", "ldif", "zip"])
def test_a_document_is_trusted_once_its_authority_was_imported(store, tmp_path, form):
    """Whatever the form in which the CSCA comes; before that the document is undetermined."""
    assert verdict(store) == "undetermined"
    csca = CSCA
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("read me.txt", "nothing of use")
        made.writestr("certs/csca.cer", csca)
    forms = {
        "der": csca,
        "pem": pem(csca),
        "master list": PKI.master_list,
        "ldif": PKI.ldif.encode(),
        "zip": archive.read_bytes(),
    }
    assert bring(store, forms[form]).authorities >= 1
    assert verdict(store) == "successful"


def test_a_signer_is_no_authority(store):
    """A document signer's certificate helps to find a path and anchors none."""
    report = bring(store, PKI.signer.der)
    assert (report.authorities, report.signers) == (0, 1)
    assert verdict(store) == "undetermined"
    signer = Certificate.parse(PKI.signer.der)
    assert store.signers(signer.issuer, signer.serial, None) == (signer,)
    assert store.signers(None, None, signer.ski) == (signer,)
    assert store.candidates(signer.subject, signer.ski, signer.country) == ()


def test_the_ground_of_a_list_is_kept(store):
    """A first list stands on its own authority; the next is vouched for by what was trusted before."""
    assert [one.ground for one in bring(store, PKI.master_list).lists] == [Ground.OWN]
    assert [one.ground for one in bring(store, PKI.master_list, "b").lists] == [Ground.KNOWN]
    assert [one.lists[0].ground for one in store.sources()] == [Ground.OWN, Ground.KNOWN]


def test_a_list_with_a_changed_entry_is_refused_whole(store):
    """One octet of a certificate on it spoils the signature; nothing of it is trusted, whatever was asked for."""
    at = PKI.master_list.index(CSCA) + len(CSCA) - 3
    changed = PKI.master_list[:at] + bytes([PKI.master_list[at] ^ 1]) + PKI.master_list[at + 1 :]
    with pytest.raises(MaterialError, match="signature does not hold"):
        bring(store, changed, accept_unverified=True)
    assert store.sources() == ()
    assert store.countries() == ()


def test_a_deviation_list_needs_somebody_who_vouches_for_it(store):
    """It brings no authority of its own; after its country's CSCA, or on demand, it is taken."""
    with pytest.raises(MaterialError, match="nobody vouches"):
        bring(store, PKI.deviation_list)
    bring(store, CSCA, "csca")
    assert [one.ground for one in bring(store, PKI.deviation_list).lists] == [Ground.KNOWN]


def test_on_demand_an_unverified_list_is_taken_and_says_so(store):
    """The administrator's word stands in the store."""
    report = bring(store, PKI.deviation_list, accept_unverified=True)
    assert [one.ground for one in report.lists] == [Ground.UNVERIFIED]


def test_deviations_are_found_by_number(store):
    """A listed number is found, fillers or not; another, or that of another country, is not."""
    bring(store, PKI.ldif.encode())
    listed = DeviationList.parse(PKI.deviation_list).deviations[0]
    number = next(iter(listed.numbers))
    country = DeviationList.parse(PKI.deviation_list).country
    found = store.deviations(country, number)
    assert [one.descriptions for one in found] == [tuple(map(str, listed.descriptions))]
    assert store.deviations(country, f"{number}<<") == found
    assert store.deviations(country, f"{number}X") == ()
    assert store.deviations("ZZ", number) == ()


def test_the_same_certificate_is_stored_once(store):
    """Two sources hold it; when one goes it stays, when both go it goes."""
    bring(store, CSCA, "first")
    assert bring(store, CSCA, "second").known == 1
    held = list(store.held())
    assert [one.roles for one in held] == [(("first", Role.AUTHORITY), ("second", Role.AUTHORITY))]
    assert store.remove("first") == 0
    assert [one.roles for one in store.held()] == [(("second", Role.AUTHORITY),)]
    assert store.remove("second") == 1
    assert list(store.held()) == []


def test_the_same_name_takes_the_place_of_what_it_was(store):
    """A newer list under an old name forgets what the old one held."""
    bring(store, CSCA, source="country")
    bring(store, PKI.signer.der, source="country")
    assert [(one.authorities, one.signers) for one in store.sources()] == [(0, 1)]
    assert store.countries() == ()


def test_a_failed_import_leaves_everything_as_it_was(store):
    """Nothing of a name is lost when its successor is no good."""
    bring(store, CSCA, source="country")
    with pytest.raises(MaterialError):
        bring(store, b"not a certificate", source="country")
    assert [one.authorities for one in store.sources()] == [1]


def test_what_is_broken_is_kept_and_told(store):
    """A bundle with one good and one bad certificate gives the good one and the reason for the other."""
    cut = pem(CSCA[:-20])
    report = bring(store, pem(CSCA) + cut)
    assert report.authorities == 1
    assert len(report.broken) == 1
    assert [one.reason for one in store.broken()] == report.broken
    assert store.sources()[0].broken == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no certificate"),
        (b"hello", "no certificate"),
        (b"PK\x03\x04broken", "zip archive"),
        (b"\x30\x82\xff\xff", "holds nothing"),
        (der.sequence(der.integer(0), der.set_of(CSCA)), "nobody signed"),
        (b"-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n", "base64"),
        (b"dn: c=UT\nuserCertificate;binary:: AAAA\n", "holds nothing"),
    ],
)
def test_what_is_nothing_is_refused_in_one_sentence(store, data, words):
    """Text, rubbish, a cut file, a list without signature: the sentence says which."""
    with pytest.raises(MaterialError, match=words) as caught:
        bring(store, data)
    assert "\n" not in str(caught.value)


def test_a_store_that_is_none_says_so(tmp_path):
    """Missing, another program's database, a newer one, rubbish."""
    path = tmp_path / "t.sqlite"
    with pytest.raises(StoreError, match="there is no trust store"):
        TrustStore.open(path)
    path.write_bytes(b"this is no database, and is long enough to be told from an empty file" * 20)
    with pytest.raises(StoreError, match="damaged"):
        TrustStore.open(path)
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE a (b)")
    other.close()
    with pytest.raises(StoreError, match="no trust store of Limen"):
        TrustStore.open(path, create=True)
    path.unlink()
    with TrustStore.open(path, create=True) as made:
        made.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="another version"):
        TrustStore.open(path)


def test_an_unknown_source_is_told(store):
    """With those that there are."""
    bring(store, CSCA, "here")
    with pytest.raises(UnknownError, match="have: here"):
        store.remove("there")


def test_explanations(store):
    """A trusted CSCA, a signer under it, one that nobody signed, and a forged one."""
    bring(store, CSCA)
    csca, signer = Certificate.parse(CSCA), Certificate.parse(PKI.signer.der)
    said = explain(store, csca, ON)
    assert (said.usable, said.kind, said.roles) == (True, "CSCA, self-signed", (("a", Role.AUTHORITY),))
    under = explain(store, signer, ON)
    assert (under.usable, under.chain, under.kind) == (True, (csca,), "document or list signer")
    assert not explain(store, signer, datetime.date(2099, 1, 1)).usable
    forged = Certificate.parse(make_card(CardSpec(defects=(Defect.FORGED_SIGNER,))).pki.signer.der)
    assert not explain(store, forged, ON).usable


def test_two_keys_with_one_identifier_are_both_tried(store):
    """A certificate with another's key identifier does not hide the right one, and is told as a conflict."""
    right = Certificate.parse(CSCA)
    other = make_card(CardSpec(seed=7)).pki.csca.der
    assert Certificate.parse(other).ski
    twin = other.replace(Certificate.parse(other).ski, right.ski)
    bring(store, twin, "twin")
    bring(store, CSCA, "right")
    assert verdict(store) == "successful"
    if Certificate.parse(twin).spki != right.spki:
        assert explain(store, right, ON).conflicts == (Certificate.parse(twin),)


@shared
def test_every_published_list_is_taken(store):
    """All four master lists, their certificates stored once, and the deviation list under them."""
    lists = sorted((SHARED / "masterlists").iterdir())
    for path in lists:
        assert len(bring(store, path.read_bytes(), path.name).lists) == 1
    distinct = {one.sha256 for path in lists for one in MasterList.parse(path.read_bytes()).certificates}
    assert len(list(store.held())) == len(distinct)
    report = bring(store, (SHARED / "deviation" / "erpdeviationlist.bin").read_bytes(), "ee")
    assert [one.ground for one in report.lists] == [Ground.KNOWN]


@shared
@pytest.mark.parametrize("country", ["AT", "DE", "GB", "MY", "NZ", "US", "CN", "SI"])
def test_real_documents_lead_to_the_store(tmp_path_factory, country):
    """The security object of an issued document of each country ends at a certificate of the lists."""
    path = tmp_path_factory.getbasetemp() / "lists.sqlite"
    new = not path.exists()
    with TrustStore.open(path, create=True) as store:
        if new:
            for one in sorted((SHARED / "masterlists").iterdir()):
                bring(store, one.read_bytes(), one.name)
        (sod,) = (SHARED / "sods").glob(f"{country}-*.bin")
        result = passive_authentication(sod.read_bytes(), {}, store, datetime.date(2020, 1, 1))
        assert result.step("pa.csca.trusted").verdict == "successful"

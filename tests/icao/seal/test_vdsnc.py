"""VDS-NC: canonical JSON, what is refused, and the published sample."""

import base64
import datetime
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.pki import Certificate, Crl
from limen.icao.seal import SealError, UnknownSealError, looks_like_seal, read_seal, seal_authentication, vdsnc

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "pki" / "vdsnc"
shared = pytest.mark.skipif(not FOLDER.is_dir(), reason="the public PKI data is not beside the checkout")
GOOD = {
    "data": {"hdr": {"t": "icao.test", "v": 1, "is": "UTO"}, "msg": {"b": "é\u20ac", "a": 1}},
    "sig": {"alg": "ES256", "sigvl": base64.urlsafe_b64encode(bytes(64)).decode().rstrip("=")},
}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


class Store:
    """The Australian anchors."""

    def candidates(self, issuer, key_identifier, country):
        return [Certificate.parse((FOLDER / "au_cscaCertData.der").read_bytes())]

    def crls(self, country):
        return [Crl.parse((FOLDER / "au_crlWithoutSerialNumberData.der").read_bytes())]

    def countries(self):
        return ["AU"]


def made(**changes):
    """A seal with members of `data` or `sig` replaced, or left out if None."""
    seal = json.loads(json.dumps(GOOD))
    for path, value in changes.items():
        *parents, name = path.split("__")
        at = seal
        for parent in parents:
            at = at[parent]
        at.pop(name, None) if value is None else at.__setitem__(name, value)
    return json.dumps(seal).encode()


def test_canonical_form():
    """Keys in the order of their UTF-16 code units, nothing between, characters as they are (RFC 8785, 3.2)."""
    value = {"\u20ac": "a", "\r": "b", "\U0001f600": "c", "\ufb33": "d", "1": "e", "ö": "f", "\x80": 'g"\\\n\x1f'}
    said = '{"\\r":"b","1":"e","\x80":"g\\"\\\\\\n\\u001f","ö":"f","€":"a","😀":"c","\ufb33":"d"}'
    assert vdsnc.canonical(value) == said.encode()


@given(VALUES)
def test_the_canonical_form_says_the_same(value):
    """Read again it is the same value, and its canonical form the same octets."""
    octets = vdsnc.canonical(value)
    assert json.loads(octets) == value
    assert vdsnc.canonical(json.loads(octets)) == octets


def test_a_good_one_is_read():
    """Its parts are where they belong; what is signed is the canonical form of `data`."""
    seal = vdsnc.parse(made())
    assert (seal.type, seal.version, seal.issuer, seal.message["a"]) == ("icao.test", 1, "UTO", 1)
    assert seal.signed == '{"hdr":{"is":"UTO","t":"icao.test","v":1},"msg":{"a":1,"b":"é€"}}'.encode()
    assert looks_like_seal(made())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"data":{},"data":{}}',
        b'{"data":NaN}',
        made(data=None),
        made(sig=None),
        made(data__hdr=None),
        made(data__hdr__t=None),
        made(data__hdr__v="1"),
        made(data__hdr__v=True),
        made(data__msg=[1]),
        made(sig__alg=None),
        made(sig__sigvl="%%%"),
        made(sig__cer="AAAA"),
        made(sig__cer=5),
        made(data__msg={"a": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}),
        b" " * 20000,
    ],
)
def test_what_is_none_is_refused(data):
    """Every malformed one by `SealError`, which makes the step failed or undetermined and nothing else."""
    with pytest.raises(SealError):
        read_seal(data) if data[:1] != b"\xdc" else None
    result = seal_authentication(data, Store(), datetime.date(2022, 1, 1))
    assert [step.code for step in result.steps] == ["seal.readable"]


@pytest.mark.parametrize("data", [made(data__hdr__v=2), made(data__msg={"a": 1.5}), made(data__msg={"a": 2**60})])
def test_what_is_new_is_unknown(data):
    """Another version, a fraction, a huge number: nothing is said against the seal."""
    with pytest.raises(UnknownSealError):
        read_seal(data)
    (step,) = seal_authentication(data, Store(), datetime.date(2022, 1, 1)).steps
    assert step.verdict == "undetermined"


@given(st.binary(max_size=60), st.integers(0, 400))
def test_only_seal_errors(noise, at):
    """Whatever stands in it."""
    good = made()
    with suppress(SealError):
        assert vdsnc.parse(good[:at] + noise + good[at + len(noise) :]).version == 1


@shared
def test_the_published_sample_leads_to_its_authority():
    """Every step holds for the good one; of the tampered one the signature fails, and nothing but it."""
    on = datetime.date(2021, 12, 1)
    good = seal_authentication((FOLDER / "au_validVDSJson.json").read_bytes(), Store(), on)
    said = {step.code: str(step.verdict) for step in good.steps}
    assert said["seal.signature"] == said["seal.csca.trusted"] == said["seal.dsc.path"] == "successful"
    assert "failed" not in said.values()
    bad = seal_authentication((FOLDER / "au_invalidVDSJson.json").read_bytes(), Store(), on)
    assert [step.code for step in bad.steps if step.verdict == "failed"] == ["seal.signature"]

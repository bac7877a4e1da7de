"""Counterfeit signatures: made, handed on, and met by their press alone."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import WHEN, promoted
from specimens import captured, page

from limen.icao.mrz import Format
from limen.reference import FileError, Learning, Model, RefusedError, Signer, UnknownError
from limen.reference.canonical import canonical
from limen.reference.receiving import receive_signature
from limen.reference.signatures import Plan, Scope, Signature, SignatureStore, make, match, pack, unpack
from limen.reference.signatures.marks import Mark, Place
from limen.vision.light import Light
from limen.vision.page import Side
from limen.vision.press import Likeness

PRESS = (21, 22)
GENUINE = (11, 12, 13)
ROSETTE = Place("rosette", (3.5, 3.0, 10.0, 10.0), Light.WHITE, "picture")
PAPER = Place("paper", (30.0, 4.0, 40.0, 6.0), Light.UV, "glow")
SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(b"k" * 32), "Utopia Border Force")
LEARNING = Learning(WHEN, "examiner 3", "limen 0.1.0", (("a" * 64,),))
PLAN = Plan("press 12", Scope.parse("UTO P TD3"), Side.FRONT, (ROSETTE,), 1, "Refer to the document desk.", "case 4")


@lru_cache
def signature() -> Signature:
    """Of a press that draws its line work anew."""
    press = [page(seed, fraud="redrawn-background") for seed in PRESS]
    place = replace(ROSETTE, region="waves", rect=(40.0, 4.0, 12.0, 10.0))
    return make(replace(PLAN, places=(place,)), press, [page(seed) for seed in GENUINE], LEARNING)


@lru_cache
def shining() -> Signature:
    """Of a press that prints on office paper."""
    press = [page(seed, fraud="bright-paper") for seed in PRESS]
    return make(replace(PLAN, name="press 13", places=(PAPER,)), press, [page(seed) for seed in GENUINE], LEARNING)


@pytest.mark.parametrize(("made", "fraud"), [(shining, "bright-paper")])
def test_a_press_is_met_on_other_captures_and_genuine_ones_are_not(made: object, fraud: str) -> None:
    """Documents that it was not made with."""
    found = made()  # type: ignore[operator]
    (hit,) = match(page(31, fraud=fraud), [found], captured(31).mrz)
    (miss,) = match(page(31), [found], captured(31).mrz)
    assert (hit.likeness, miss.likeness) == (Likeness.HIT, Likeness.NONE)
    assert (hit.signature, hit.counts, hit.advice) == (found.name, False, "Refer to the document desk.")


def test_a_picture_is_found_again_and_told_from_genuine_line_work() -> None:
    """The bounds lie between what the press's documents and genuine ones are like."""
    (mark,) = signature().marks
    assert mark.genuine is not None
    assert mark.genuine[1] < mark.low < mark.shown[0]
    assert (signature().press.hits, signature().genuine.hits) == (2, 0)


def test_what_cannot_tell_them_apart_is_refused() -> None:
    """Where the counterfeit is as genuine ones are, there is no mark; nor where nothing is printed."""
    press, genuine = [page(seed, fraud="bright-paper") for seed in PRESS], [page(seed) for seed in GENUINE]
    with pytest.raises(RefusedError, match="does not tell them apart"):
        make(PLAN, press, genuine, LEARNING)
    with pytest.raises(RefusedError, match="does not tell them apart"):
        make(replace(PLAN, places=(replace(PAPER, light=Light.WHITE, what="contrast"),)), press, genuine, LEARNING)


@pytest.mark.parametrize(
    ("rect", "words"),
    [
        ((10.0, 70.0, 20.0, 5.0), "bearer's data"),
        ((-1.0, 4.0, 10.0, 10.0), "off the page"),
        ((10.0, 4.0, 0.5, 10.0), "off the page"),
        ((10.0, 4.0, 100.0, 10.0), "off the page"),
    ],
)
def test_a_mark_lies_where_it_may(rect: tuple[float, float, float, float], words: str) -> None:
    """On the page, of a sensible size, and never on the machine readable zone."""
    place = replace(ROSETTE, rect=rect)
    with pytest.raises(RefusedError, match=words):
        make(replace(PLAN, places=(place,)), [page(21)], [], LEARNING)


def test_a_light_that_was_not_captured_leaves_a_mark_open() -> None:
    """Open, not missing."""
    seen = page(31, fraud="bright-paper")
    white = replace(seen, sheets={Light.WHITE: seen.white})
    (hit,) = match(white, [shining()], captured(31).mrz)
    assert hit.likeness is Likeness.OPEN


def test_a_signature_applies_to_what_it_says() -> None:
    """Issuer, code, format and side; what is open in it rules nothing out."""
    mrz = captured(31).mrz
    assert Scope.parse("TD3").covers(Format.TD3, None)
    assert Scope.parse("UTO P TD3").covers(Format.TD3, mrz)
    assert Scope.parse("P TD3 2020").covers(Format.TD3, mrz, Model.parse("UTO P TD3 2020"))
    assert not Scope.parse("P TD3 2020").covers(Format.TD3, mrz, Model.parse("UTO P TD3 2015"))
    assert not Scope.parse("QVA TD3").covers(Format.TD3, mrz)
    assert not Scope.parse("UTO TD3").covers(Format.TD3, None)
    assert not Scope.parse("TD1").covers(Format.TD3, mrz)
    assert match(page(31, "QVA"), [shining()], captured(31, "QVA").mrz) == ()
    assert Scope.parse("UTO P TD3 B 2020").name == "UTO P TD3 B 2020"
    for name in ("", "UTO", "UTO P TD3 A B 2020", "X Y Z TD3"):
        with pytest.raises(UnknownError):
            Scope.parse(name)


def test_what_is_packed_comes_back() -> None:
    """The same bytes again; the standing goes along only within the store."""
    made = signature().with_standing(promoted()).sealed(SIGNER)
    data = pack(made)
    assert pack(unpack(data)) == data
    assert unpack(data).standing.counts
    assert not unpack(data, standing=False).standing.counts
    assert b'"standing":null' in pack(made, standing=False)
    picture = unpack(data).marks[0].picture
    assert picture is not None
    assert np.array_equal(picture, made.marks[0].picture)


def test_a_change_of_what_was_signed_is_found() -> None:
    """A bound, a name, a picture."""
    value = json.loads(pack(signature().sealed(SIGNER)))
    value["statement"]["needed"] = 1
    value["statement"]["advice"] = "Let pass."
    with pytest.raises(FileError, match="seal does not hold"):
        unpack(canonical(value))


def _changed(**changes: object) -> bytes:
    value = json.loads(pack(signature()))
    value["statement"]["marks"][0] |= changes
    return canonical(value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rect": [0, 0, 0.1, 5]}, "off the page"),
        ({"rect": [0, 0, 10]}, "'rect'"),
        ({"rect": [0, 0, 10, 10]}, "another size"),
        ({"picture": "####"}, "unpacked"),
        ({"picture": None}, "not whole"),
        ({"what": "magic"}, "'what'"),
        ({"low": 2, "high": 1}, "not whole"),
        ({"region": "a\nb"}, "'region'"),
    ],
)
def test_a_hostile_mark_is_one_sentence(changes: dict[str, object], words: str) -> None:
    """No picture of another size is unpacked, no text breaks a line."""
    with pytest.raises(FileError, match=words):
        unpack(_changed(**changes))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_a_sentence(data: bytes) -> None:
    """As a file, and as its statement."""
    for one in (data, b'{"seal":null,"standing":null,"statement":' + data + b"}"):
        with pytest.raises(FileError):
            unpack(one)


def test_one_from_elsewhere_begins_on_trial() -> None:
    """Unless its origin's key is named, and it is that key's."""
    data = pack(signature().with_standing(promoted()).sealed(SIGNER))
    take = {"unsigned": False, "on": WHEN}
    assert not receive_signature(data, trusted=None, **take).standing.counts  # type: ignore[arg-type]
    trusted = receive_signature(data, trusted=SIGNER.origin.key, **take)  # type: ignore[arg-type]
    assert trusted.standing.counts
    assert "Utopia Border Force" in trusted.standing.why
    with pytest.raises(RefusedError, match="not by the one that is trusted"):
        receive_signature(data, trusted="0" * 64, **take)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="Nobody signed"):
        receive_signature(pack(signature()), trusted=None, **take)  # type: ignore[arg-type]


def test_the_store_keeps_them_by_name(tmp_path: Path) -> None:
    """A damaged one is named and stops nothing; a name is found whatever its letters' size."""
    store = SignatureStore.open(tmp_path)
    store.put(signature())
    (tmp_path / "press_99.limensig").write_bytes(b"half of")
    assert [one.name for one in store.all()] == ["press 12"]
    assert store.broken()[0].startswith("press_99.limensig: This is no signature file")
    assert store.get("Press 12").name == "press 12"
    with pytest.raises(UnknownError, match="have: press 12"):
        store.get("press 7")
    store.remove("press 99")
    store.remove("press 12")
    assert (store.all(), store.broken()) == ((), ())


def test_a_hue_goes_round() -> None:
    """10 degrees is within 350 to 370."""
    mark = Mark(Place("glow", (1.0, 1.0, 5.0, 5.0), Light.UV, "hue"), 350.0, 370.0, (355.0, 365.0))
    assert mark.margin(5.0) > 0
    assert mark.margin(355.0) > 0
    assert mark.margin(180.0) < 0

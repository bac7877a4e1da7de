"""Mutated files, signed objects, certificates, seals and answers of a card, in every run of the tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import chip_doors
import chip_mutate
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.icao.chip.link import MAX_EXCHANGES

CORPUS = Path(chip_doors.__file__).parent / "corpus"
"""Inputs that atheris found to reach code which the others do not; grown from invented documents alone."""


@pytest.mark.parametrize("door", chip_doors.DOORS)
def test_any_mutated_input_is_taken_or_refused(door: str) -> None:
    """What an invented issuer made, changed in any way, ends in a result or in the documented error."""

    @settings(max_examples=60, deadline=None, database=None)
    @given(st.integers(0, 2**40))
    def mutated(seed: int) -> None:
        chip_doors.DOORS[door](chip_mutate.octets(Random(seed), door))

    mutated()


@pytest.mark.parametrize("door", chip_doors.DOORS)
def test_any_octets_are_taken_or_refused(door: str) -> None:
    """Octets that were never anything do no harm either."""

    @settings(max_examples=60, deadline=None, database=None)
    @given(st.binary(max_size=300))
    def arbitrary(data: bytes) -> None:
        chip_doors.DOORS[door](data)

    arbitrary()


@pytest.mark.parametrize("door", chip_doors.DOORS)
def test_what_was_found_before_is_still_kept_to(door: str) -> None:
    """Every input of the corpus passes its door."""
    inputs = sorted((CORPUS / door).iterdir())
    seen = Counter(chip_doors.DOORS[door](path.read_bytes()) for path in inputs)
    assert len(inputs) == seen.total() > 10


def test_sound_inputs_pass() -> None:
    """Fuzzing means little if nothing passes the doors: what was not changed is taken, and some that was is not."""
    refused = {door: Counter() for door in chip_doors.DOORS}
    for door, words in refused.items():
        for content in chip_mutate.sound(door):
            assert chip_doors.DOORS[door](content) not in {"refused", "not opened", "broken off"}
        words.update(chip_doors.DOORS[door](chip_mutate.octets(Random(seed), door)) for seed in range(60))
    assert all(len(words) > 1 for words in refused.values())


def test_a_script_is_read_as_it_was_written() -> None:
    """The corpus of answers stays what it is."""
    changes = [(3, chip_doors.INNER | 2, b"\0\x07"), (chip_doors.EVER, 6, b"\x61\xff"), (0, 1, b"")]
    assert (2, changes) == chip_doors.read_script(chip_doors.write_script(2, changes))


def test_a_card_that_never_ends_is_noticed() -> None:
    """The door counts the commands, and does not wait for ever."""
    card = chip_doors.FaultyCard(4, [])
    card.count = chip_doors.MOST_COMMANDS
    with pytest.raises(chip_doors.Broken, match="without end"):
        card.transmit(b"\0\xa4\0\x0c")


def test_a_broken_promise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of files that keeps something other than their octets is found out."""
    sound = chip_mutate.sound("lds")[0]
    other = chip_doors.lds.parse_file(chip_doors.lds.FILES[sound[0]].name, sound[1:])
    monkeypatch.setattr(chip_doors.lds, "parse_file", lambda _name, _data: other)
    with pytest.raises(chip_doors.Broken, match="was changed"):
        chip_doors.through_lds(sound + b"\0")


class _Dribbling:
    """A card whose files say that they are a megabyte long, of which it gives an octet at a time."""

    def __init__(self) -> None:
        self.count = 0

    def transmit(self, apdu: bytes) -> bytes:
        self.count += 1
        if apdu[1] == 0xA4:
            return b"\x90\0"
        if apdu[1] == 0xB1:
            return b"\x53\x01a\x90\0"
        return (b"\x60\x83\x0f\xf0\0\x5c\x02\x61" if apdu[2:4] == b"\0\0" else b"a") + b"\x90\0"


def test_a_card_that_gives_single_octets_is_not_asked_a_million_times() -> None:
    """What was got until then is kept, and what was not is told."""
    card = _Dribbling()
    reading = chip_doors.read_chip(card, ())
    assert card.count == len(reading.trace) == MAX_EXCHANGES
    assert "asked 20000 times" in reading.missing["EF.CardAccess"]

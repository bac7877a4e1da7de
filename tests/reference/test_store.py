"""The store: one file each, replaced whole, with an index that never says more than the files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from making import MODEL, promoted, reference

from limen.reference.errors import FileError, RefusedError, StoreError, UnknownError
from limen.reference.model import Model
from limen.reference.packing import pack
from limen.reference.store import INDEX, ReferenceStore
from limen.vision.page import Side

OTHER = Model.parse("QVA ID TD1 B 2019")


def test_what_is_put_is_got(tmp_path: Path) -> None:
    """By this store and by another that was opened before."""
    other = ReferenceStore.open(tmp_path)
    assert other.entries() == ()
    store = ReferenceStore.open(tmp_path)
    store.put(reference())
    store.put(reference(OTHER, promoted()))
    for one in (store, other, ReferenceStore.open(tmp_path)):
        assert [entry.model.name for entry in one.entries()] == [OTHER.name, MODEL.name]
        assert one.get(OTHER).standing == promoted()


def test_a_replaced_file_is_read_anew(tmp_path: Path) -> None:
    """A reader that holds a reference sees that it was promoted by somebody else."""
    store, reader = ReferenceStore.open(tmp_path), ReferenceStore.open(tmp_path)
    store.put(reference())
    held = reader.get(MODEL)
    assert reader.get(MODEL) is held
    store.put(reference(standing=promoted()))
    assert reader.get(MODEL).standing.counts
    assert reader.entries()[0].standing.counts


@pytest.mark.parametrize("damage", ["gone", "no JSON", '{"schema": 1, "files": [{}]}', '{"schema": 7}', "[" * 100_000])
def test_the_index_is_made_again(tmp_path: Path, damage: str) -> None:
    """Whatever happened to it, what is in the files is told."""
    ReferenceStore.open(tmp_path).put(reference())
    (tmp_path / INDEX).unlink() if damage == "gone" else (tmp_path / INDEX).write_text(damage)
    assert [one.model for one in ReferenceStore.open(tmp_path).entries()] == [MODEL]
    assert json.loads((tmp_path / INDEX).read_text())["files"][0]["name"] == MODEL.stem


def test_a_damaged_file_is_named_and_stops_nothing(tmp_path: Path) -> None:
    """The others are there; the damaged one says why it is not."""
    store = ReferenceStore.open(tmp_path)
    store.put(reference())
    store.put(reference(OTHER))
    (tmp_path / f"{OTHER.stem}.limenref").write_bytes(b"half of")
    assert [one.model for one in store.entries()] == [MODEL]
    assert store.broken()[0].startswith(f"{OTHER.stem}.limenref: This is no reference file")
    with pytest.raises(FileError):
        store.get(OTHER)


def test_a_file_under_another_name_is_refused(tmp_path: Path) -> None:
    """Nobody makes a reference of one model pass for another's."""
    (tmp_path / f"{OTHER.stem}.limenref").write_bytes(pack(reference()))
    with pytest.raises(FileError, match="holds a reference of UTO P TD3 2020"):
        ReferenceStore.open(tmp_path).get(OTHER)


def test_what_is_removed_is_unknown(tmp_path: Path) -> None:
    """And the sentence says what there is."""
    store = ReferenceStore.open(tmp_path)
    store.put(reference())
    store.put(reference(OTHER))
    store.remove(OTHER)
    with pytest.raises(UnknownError, match=f"have: {MODEL.name}"):
        store.get(OTHER)
    with pytest.raises(UnknownError):
        store.remove(OTHER)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """In one sentence that names it; nothing half written is left."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        ReferenceStore.open(tmp_path / "file").put(reference())


def test_what_was_learned_anew_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Whoever measured the earlier reference measures again."""
    store, other = ReferenceStore.open(tmp_path), ReferenceStore.open(tmp_path)
    store.put(reference())
    measured = store.get(MODEL)
    anew = replace(reference(), artworks={Side.FRONT: b"another"})
    other.put(anew)
    with pytest.raises(RefusedError, match="meanwhile"):
        store.put_instead(measured, measured.with_standing(promoted()))
    assert store.get(MODEL).artworks == anew.artworks
    store.put_instead(store.get(MODEL), anew.with_standing(promoted()))
    assert other.get(MODEL).standing.counts
    other.remove(MODEL)
    with pytest.raises(RefusedError, match="meanwhile"):
        store.put_instead(anew, anew)


_WRITER = """
import sys
from pathlib import Path
from making import promoted, reference
from limen.reference.model import Model
from limen.reference.store import ReferenceStore

store, letter = ReferenceStore.open(Path(sys.argv[1])), sys.argv[2]
for number in range(12):
    model = Model.parse(f"UTO P TD3 {letter}{number}")
    store.put(reference(model))
    store.put(reference(model, promoted()))
    store.put(reference(Model.parse("UTO P TD3 BOTH"), promoted()))
    if number % 2:
        store.remove(model)
"""


def test_two_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each adds, replaces and removes while the other does, and both write one name; a reader meets no half of a file.

    The index then says what is in the files, whoever wrote it last.
    """
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path), letter], env=here) for letter in ("A", "B")
    ]
    reader = ReferenceStore.open(tmp_path)
    seen = 0
    while any(one.poll() is None for one in writers):
        seen = max(seen, len(reader.entries()))
        assert reader.broken() == ()
    assert [one.returncode for one in writers] == [0, 0]
    assert seen > 0
    expected = {f"UTO P TD3 {letter}{number}" for letter in "AB" for number in range(0, 12, 2)} | {"UTO P TD3 BOTH"}
    for store in (reader, ReferenceStore.open(tmp_path)):
        assert {one.model.name for one in store.entries()} == expected
        assert all(store.get(one.model).standing.counts and one.standing.counts for one in store.entries())
    assert {one.name for one in tmp_path.iterdir()} == {f"{name.replace(' ', '_')}.limenref" for name in expected} | {
        INDEX
    }


def test_no_part_is_left_behind(tmp_path: Path) -> None:
    """Files and index, nothing else."""
    ReferenceStore.open(tmp_path).put(reference())
    assert {one.name for one in tmp_path.iterdir()} == {f"{MODEL.stem}.limenref", INDEX}

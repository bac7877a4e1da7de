"""Keeps of many inputs the few that reach something new: python fuzz/minimise.py DOOR FOLDER...

From the smallest on, an input is put into `fuzz/corpus/DOOR` if some step from line to line in `limen.icao` is taken
by it and by none before, and there is room. What is there already is weighed with the rest, and named by its digest.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import chip_doors

ROOM = 40_000
"""Octets that a door's corpus may have."""
LARGEST = 3_000
CORPUS = Path(__file__).parent / "corpus"


def reached(door: str, data: bytes) -> set[tuple[str, int, int]]:
    """The steps from line to line that an input takes: file, from, to."""
    steps: set[tuple[str, int, int]] = set()

    def enter(frame: FrameType, event: str, _: object) -> Any:
        name = frame.f_code.co_filename
        if "/limen/icao/" not in name:
            return None
        last = 0

        def line(inside: FrameType, _event: str, _argument: object) -> Any:
            nonlocal last
            steps.add((name, last, inside.f_lineno))
            last = inside.f_lineno
            return line

        return line

    sys.settrace(enter)
    try:
        chip_doors.DOORS[door](data)
    finally:
        sys.settrace(None)
    return steps


def main() -> None:
    """Run as a script."""
    door, *folders = sys.argv[1:]
    home = CORPUS / door
    home.mkdir(exist_ok=True)
    inputs = {path.read_bytes() for folder in (home, *map(Path, folders)) for path in folder.iterdir()}
    for path in home.iterdir():
        path.unlink()
    known: set[tuple[str, int, int]] = set()
    left = ROOM
    for data in sorted(inputs, key=lambda one: (len(one), one)):
        if len(data) > min(LARGEST, left):
            break
        steps = reached(door, data)
        if not steps <= known:
            known |= steps
            left -= len(data)
            (home / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    count = sum(1 for _ in home.iterdir())
    sys.stdout.write(f"{door}: {count} of {len(inputs)} inputs, {ROOM - left} octets, {len(known)} steps\n")


if __name__ == "__main__":
    main()

"""From rows of text of a whole page to the zone: what a user of a general recogniser has to write.

A kept row has a filler and about the length of a zone's line. The mending changes a letter into the digit that it
resembles, or the other way round, where the layout admits only one of the two, and evens out the run of fillers at
the end of a line.
"""

from __future__ import annotations

from collections.abc import Sequence

from limen.icao.mrz import Charset, Layout, MrzError, find_layout, parse

_FILLERS = str.maketrans(dict.fromkeys("«‹≤〈《", "<") | {" ": None})
_TO_DIGIT = str.maketrans("OQDILZSGBT", "0001125687")
_TO_LETTER = str.maketrans("0125678", "OIZSGTB")
_LENGTHS = {2: (44, 36), 3: (30,)}


def cleaned(row: str) -> str:
    """The row in capitals without spaces, with one kind of filler, and nothing else that a zone cannot have."""
    row = row.replace("«", "<<").replace("《", "<<").upper().translate(_FILLERS)
    return "".join(char for char in row if char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")


def zone_of(rows: Sequence[str], *, mend: bool) -> tuple[str, ...]:
    """The lines of the zone among these rows, from top to bottom; none where there is none."""
    kept = [row for row in rows if 26 <= len(row) <= 48 and "<" in row]
    best: tuple[str, ...] = ()
    for count, lengths in _LENGTHS.items():
        for start in range(len(kept) - count + 1):
            group = kept[start : start + count]
            for length in lengths:
                if max(abs(len(row) - length) for row in group) > 4:
                    continue
                lines = tuple(_evened(row, length) for row in group) if mend else tuple(group)
                best = max(best, _mended(lines) if mend else lines, key=held)
    return best or tuple(kept[-3:])


def held(lines: Sequence[str]) -> tuple[int, int, int]:
    """What the choice goes by: check digits that hold, how few other problems, and how many characters there are."""
    try:
        mrz = parse(lines)
    except MrzError:
        return 0, -1000, sum(map(len, lines))
    return sum(digit.ok for digit in mrz.check_digits), -len(mrz.problems), sum(map(len, lines))


def _evened(row: str, length: int) -> str:
    """The row with its last run of fillers made longer or shorter so that the length fits, where it has such a run."""
    body = row.rstrip("<")
    if len(row) == length or len(body) > length:
        return row
    if row.endswith("<"):
        return body.ljust(length, "<")
    cut = row.rfind("<<")
    if cut < 0:
        return row
    head, tail = row[:cut].rstrip("<"), row[cut:].lstrip("<")
    return head + "<" * (length - len(head) - len(tail)) + tail if len(head) + len(tail) <= length else row


def _mended(lines: tuple[str, ...]) -> tuple[str, ...]:
    layout = find_layout(lines)
    if layout is None:
        return lines
    rows = [list(line) for line in lines]
    for line, start, end, table in _tables(layout):
        rows[line][start:end] = "".join(rows[line][start:end]).translate(table)
    return tuple("".join(row) for row in rows)


def _tables(layout: Layout) -> list[tuple[int, int, int, dict[int, int]]]:
    """Where only digits or only letters may stand, and what is changed there."""
    tables = {Charset.DIGIT: _TO_DIGIT, Charset.CHECK: _TO_DIGIT, Charset.LETTER: _TO_LETTER}
    fields = [
        (field.line, field.start, field.end, tables[field.charset])
        for field in layout.fields
        if field.charset in tables
    ]
    return fields + [(digit.line, digit.column, digit.column + 1, _TO_DIGIT) for digit in layout.check_digits]

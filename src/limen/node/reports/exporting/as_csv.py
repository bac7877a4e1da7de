"""Reports as CSV: RFC 4180, UTF-8 with its mark so that spreadsheets know it, one record a line.

The first record is a note on the file (marking, who, when, what was left out), the second the names of the columns.
A code stands beside its words (`issuer`, `issuer_label`). A cell that a spreadsheet would take for a formula gets an
apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from limen.node.reports.exporting import wording
from limen.node.reports.exporting.gathering import Gathered, Record
from limen.node.reports.fields import Field

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CODED = {"term", "terms", "issuer", "country", "place"}
_ABOUT = ("reference", "state", "marking", "agency")


def write(gathered: Gathered) -> bytes:
    """Write the file."""
    columns = list(_columns(gathered))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([wording.note(gathered)] + [""] * (len(columns) - 1))
    writer.writerow(columns)
    writer.writerows(list(_cells(record, gathered)) for record in gathered.records)
    return text.getvalue().encode("utf-8-sig")


def _columns(gathered: Gathered) -> Iterator[str]:
    yield from _ABOUT
    for each in gathered.fields:
        yield each.name
        if each.kind in _CODED:
            yield f"{each.name}_label"
    yield "route"


def _cells(record: Record, gathered: Gathered) -> Iterator[str]:
    report = record.report
    yield from (safe(text) for text in (report.reference, report.state, report.marking, report.owner.code))
    for each in gathered.fields:
        value = record.value(each)
        yield safe(_plain(each, value))
        if each.kind in _CODED:
            yield safe(wording.words(each, value))
    yield safe(wording.route(record.legs))


def _plain(each: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return wording.words(each, value) if each.kind == "companions" else " ".join(map(str, value))
    return str(value)


def safe(text: str) -> str:
    """Let no spreadsheet take a text for a formula, and no reader stumble over a null."""
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(_FORMULA) else text

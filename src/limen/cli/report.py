"""A report of one page, or two, for a person, typeset by Typst from `report.typ`."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pypdfium2
import typst
from numpy.typing import NDArray

from limen import __version__
from limen.cli.annotate import strip
from limen.cli.chip_facts import document, holder, rows
from limen.cli.faces import portraits
from limen.cli.screen import title, where_in_words
from limen.cli.words import (
    CAUTION,
    REFERRAL,
    basis,
    concerns_bearer,
    facts,
    headline,
    highlighted,
    label,
    ordered,
    printable,
    tally,
)
from limen.icao.seal import describe
from limen.inspection.result import CheckResult, Verdict
from limen.verifier import WORDS, Picture

if TYPE_CHECKING:
    from limen.cli.examine import Examined
    from limen.inspection.chip_contents import ChipContents

_PICTURE_PIXELS = 1400
_STRIP_PIXELS = 700
_LEVELS = ((8, 3, True, 62), (8, 1, True, 44), (5, 0, True, 44), (3, 0, True, 44), (4, 0, False, 62), (2, 0, False, 44))
"""Irregularities given in words, details of each, whether the other checks are listed, and the picture's height in mm.

The first that fits the page is taken.
"""
_LEVELS_OF_MANY = ((8, 3, True, 62), (8, 2, True, 56), (8, 1, True, 50), (6, 0, True, 44), (3, 0, True, 36))
"""The same where a document has several pictures: the other checks are listed on a page of their own."""
_SYMBOLS = {
    Verdict.FAILED: "irregular",
    Verdict.UNDETERMINED: "open",
    Verdict.ABORTED: "open",
    Verdict.SUCCESSFUL: "fine",
    Verdict.NOT_SUPPORTED: "absent",
}


def report(
    examined: Examined,
    on: datetime.date,
    drawn: Mapping[str, NDArray[np.uint8]] | None = None,
    portrait: bytes | None = None,
) -> bytes:
    """Return the report as a PDF of one A4 page; what does not fit is left out, and that is said.

    Of a document in several pictures, the checks that need no look are on a second page.

    `drawn` are the pictures with the findings drawn into them, H x W x 3 RGB, by name; "" is the one that the zone was
    read from. `portrait` is the chip's, as a PNG file.
    """
    frame, inspection = examined.frame, examined.inspection
    # The fonts of the wheel suffice for Latin, Greek and Cyrillic; only other names need the system's.
    shown = examined.source + "".join(value for _, value in _chip_facts(inspection.chip, on))
    own_fonts = all(ord(char) < 0x0530 for char in shown)
    pdf = b""
    with tempfile.TemporaryDirectory(prefix="limen-") as folder:
        template = Path(folder, "report.typ")
        template.write_bytes(resources.files("limen.cli").joinpath("report.typ").read_bytes())
        picture = (drawn or {}).get("")
        if picture is not None:
            _write_picture(Path(folder, "picture.jpg"), picture)
        if portrait is not None:
            Path(folder, "portrait.png").write_bytes(portrait)
        zone = strip(frame.image, inspection) if frame else None
        aspect = 0.0
        if zone is not None:
            aspect = zone.shape[1] / zone.shape[0]
            _write_picture(Path(folder, "zone.jpg"), zone)
        compiler = typst.Compiler(template, root=folder, ignore_system_fonts=own_fonts)
        strips = _write_strips(Path(folder), examined, drawn or {})
        apart = bool(strips["others"] or strips["faces"])
        for most, details, with_rest, height in _LEVELS_OF_MANY if apart else _LEVELS:
            content = _content(examined, on, most, details, with_rest) | {"zone_aspect": aspect, "height": height}
            content |= strips
            content |= {"picture": picture is not None, "portrait": portrait is not None, "apart": apart}
            compiled = compiler.compile(sys_inputs={"content": json.dumps(content)})
            assert isinstance(compiled, bytes)
            pdf = compiled
            if _page_count(pdf) <= 1 + apart:
                break
        _forget_pictures(Path(folder))
    return pdf


def _write_strips(folder: Path, examined: Examined, drawn: Mapping[str, NDArray[np.uint8]]) -> dict[str, Any]:
    """Write the document's other pictures and the portraits; return what stands below each."""
    others = [(WORDS[Picture(name)], pixels) for name, pixels in drawn.items() if name]
    faces = [(portrait.caption, portrait.pixels) for portrait in portraits(examined)]
    rows: dict[str, Any] = {}
    for name, strip_of in (("other", others), ("face", faces)):
        for number, (_, pixels) in enumerate(strip_of):
            _write_picture(folder / f"{name}-{number}.jpg", pixels, _STRIP_PIXELS)
        rows[f"{name}s"] = [
            {"file": f"{name}-{number}.jpg", "caption": caption, "aspect": pixels.shape[1] / pixels.shape[0]}
            for number, (caption, pixels) in enumerate(strip_of)
        ]
    return rows


def _forget_pictures(folder: Path) -> None:
    """Make Typst drop the decoded pictures, which it keeps for its next ten runs: tens of megabytes."""
    empty = folder / "empty.typ"  # a file, since a compiler given bytes can be run only once
    empty.touch()
    blank = typst.Compiler(empty, root=folder, ignore_system_fonts=True)
    for _ in range(11):
        blank.compile()


def _page_count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _content(examined: Examined, on: datetime.date, most: int, details: int, with_rest: bool) -> dict[str, Any]:
    inspection, frame = examined.inspection, examined.frame
    mrz, zone = inspection.mrz, inspection.zone
    first = highlighted(inspection)
    rest = ordered(inspection)[len(first) :] if with_rest else ()
    return {
        "source": title(examined.source, examined.page),
        "size": f"{frame.size[0]} x {frame.size[1]} pixels" if frame else "",
        "date": on.isoformat(),
        "version": __version__,
        "symbol": _SYMBOLS[inspection.verdict],
        "headline": headline(inspection.verdict),
        "facts": [list(fact) for fact in facts(mrz, on)] if mrz else [],
        "chip": [list(fact) for fact in _chip_facts(inspection.chip, on)],
        "seals": [describe(one.result.seal) for one in inspection.seals if one.result.seal],
        "layout": mrz.layout.name if mrz else None,
        "lines": list(zone.text) if zone else [],
        "tally": tally(inspection),
        "first": [_finding(check, examined, details) for check in first[:most]],
        "left_out": max(0, len(first) - most),
        "rest": [{"symbol": _symbol(check), "label": label(check), "title": check.title} for check in rest],
        "basis": [f"{name}: {words}" for name, words in basis(examined)],
        "referral": REFERRAL if concerns_bearer(inspection) else "",
        "caution": CAUTION,
    }


def _chip_facts(chip: ChipContents | None, on: datetime.date) -> list[tuple[str, str]]:
    """What the chip says of its holder and how it was read."""
    if chip is None:
        return []
    how = (chip.evidence.access or "no access") if chip.evidence.live else "a saved copy"
    files = ", ".join(name.removeprefix("EF.") for name in chip.evidence.files) or "nothing was read"
    said = list(facts(chip.mrz, on)) if chip.mrz else []
    for details in (holder(chip.dg11) if chip.dg11 else {}, document(chip.dg12) if chip.dg12 else {}):
        said += rows(details)
    return [(name, printable(value)) for name, value in (("read by", how), ("files", files), *said)]


def _symbol(check: CheckResult) -> str:
    return _SYMBOLS[check.verdict] if check.counts else "absent"


def _finding(check: CheckResult, examined: Examined, details: int) -> dict[str, Any]:
    return {
        "symbol": _symbol(check),
        "label": label(check),
        "message": check.message,
        "where": where_in_words(check, examined),
        "rule": f"{check.reference} ({check.code})",
        "found": check.found,
        "expected": check.expected,
        "details": [printable(one) for one in check.details[:details]],
    }


def _write_picture(path: Path, pixels: NDArray[np.uint8], longest: int = _PICTURE_PIXELS) -> None:
    factor = longest / max(pixels.shape[:2])
    if factor < 1:
        size = tuple(max(1, round(length * factor)) for length in pixels.shape[1::-1])
        pixels = np.asarray(cv2.resize(pixels, (size[0], size[1]), interpolation=cv2.INTER_AREA), np.uint8)
    _, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 85])
    path.write_bytes(bytes(data))

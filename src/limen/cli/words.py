"""How results and places are put into words, the same on a screen, in a report and beside the JSON."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limen.inspection.result import CheckResult, Inspection, Verdict

if TYPE_CHECKING:
    from limen.cli.examine import Examined
    from limen.devices import Frame
    from limen.icao.mrz import Mrz, MrzDate
    from limen.vision.reading import Point, Quad, ZoneReading

CAUTION = (
    "This supports a decision and is none. No irregularity found does not mean genuine; an irregularity is "
    "a reason for a person to look closer, not for a refusal."
)


REFERRAL = (
    "Whoever carries a fraudulent or another person's document may be a victim of trafficking: screen for its "
    "indicators, and refer. This is no accusation."
)
"""Beside a finding that concerns the bearer or speaks of fraud."""

PICTURES = {
    "white": "white",
    "ir": "infrared",
    "uv": "ultraviolet",
    "back": "back",
    "back-ir": "back's infrared",
    "back-uv": "back's ultraviolet",
    "face": "live",
    "passport": "passport's",
}
"""Names of pictures as the word before "image"."""


def headline(verdict: Verdict) -> str:
    """Return the overall result in as few words as are true."""
    match verdict:
        case Verdict.SUCCESSFUL:
            return "no irregularity found"
        case Verdict.FAILED:
            return "refer to second line"
        case _:
            return "could not be decided"


def label(check: CheckResult) -> str:
    """Return the word before a check; colour may go with it but is never needed."""
    if check.verdict is Verdict.FAILED:
        return "irregular" if check.counts else "noted"
    return {
        Verdict.SUCCESSFUL: "no objection",
        Verdict.UNDETERMINED: "not decided",
        Verdict.NOT_SUPPORTED: "not present",
        Verdict.ABORTED: "broke off",
    }[check.verdict]


_BEYOND = 1.8
"""Times the zone's area from which a place is more than the zone."""
_OF_BEARER = ("bearer", "face", "portrait")
_OF_FRAUD = ("visual", "viz", "artwork", "signature", "light", "ir", "uv", "print", "seal", "pa", "chip", "visa")


def concerns_bearer(inspection: Inspection) -> bool:
    """Whether a failed check says that the bearer is another person or the document a fraud, not that it ran out."""
    families = {check.code.split(".", 1)[0] for check in inspection.irregularities}
    digits = any(check.code.startswith("mrz.check_digit") for check in inspection.irregularities)
    return digits or bool(families & {*_OF_BEARER, *_OF_FRAUD})


def basis(examined: Examined) -> tuple[tuple[str, str], ...]:
    """Return what a result rests on, as label and value: what was examined, what was not shown, what was left out."""
    found = examined.found
    if found is None or not found.evidence.shown:
        return ()
    absent = f"; not shown: {', '.join(found.absent)}" if found.absent else ""
    rows = [("examined", ", ".join(found.evidence.shown) + absent)]
    reference = next((one.comparison.model for one in found.evidence.pages if one.comparison), None)
    if reference:
        rows.append(("reference", reference))
    return (*rows, *(("note", note) for note in found.notes))


def highlighted(inspection: Inspection) -> tuple[CheckResult, ...]:
    """Return the checks that a person must see: the irregular ones, or else those that left it undecided."""
    if inspection.irregularities:
        return inspection.irregularities
    open_ones = {Verdict.UNDETERMINED, Verdict.ABORTED}
    return tuple(check for check in inspection.checks if check.counts and check.verdict in open_ones)


def ordered(inspection: Inspection) -> tuple[CheckResult, ...]:
    """Return every check, those of `highlighted` first, in the order in which they are numbered."""
    first = highlighted(inspection)
    rest = [check for check in inspection.checks if check not in first]
    gravity = [
        Verdict.FAILED,
        Verdict.ABORTED,
        Verdict.UNDETERMINED,
        Verdict.SUCCESSFUL,
        Verdict.NOT_SUPPORTED,
    ]
    return first + tuple(sorted(rest, key=lambda check: gravity.index(check.verdict)))


def tally(inspection: Inspection) -> str:
    """Count the checks by what came of them: "21 checks: 18 no objection, 2 irregular, 1 for the log alone"."""
    counts = Counter(label(check) if check.counts else "for the log alone" for check in inspection.checks)
    kinds = ", ".join(f"{number} {word}" for word, number in counts.most_common())
    total = len(inspection.checks)
    return f"{total} check{'s' * (total != 1)}: {kinds}" if total else "no check applied"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one line, counted from 1 as Doc 9303 does, both ends included."""

    line: int
    first: int
    last: int
    whole: bool
    """Whether that is the whole line."""

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"


def runs(zone: ZoneReading | None, quads: Iterable[Quad]) -> tuple[Run, ...]:
    """Return which characters of the zone lie in the quads, in reading order, neighbours joined."""
    quads = tuple(quads)
    found: list[Run] = []
    for number, line in enumerate(zone.lines if zone else (), 1):
        start = None
        length = len(line.glyphs)
        for position in range(1, length + 2):
            inside = position <= length and _in_any(line.glyphs[position - 1].quad, quads)
            if inside and start is None:
                start = position
            elif not inside and start is not None:
                found.append(Run(number, start, position - 1, position - start == length))
                start = None
    return tuple(found)


def place(zone: ZoneReading | None, quads: Iterable[Quad]) -> str:
    """Return where the quads lie: "line 2, positions 1-10, 14-20"; empty if they touch no character."""
    quads = tuple(quads)
    if zone and quads and all(_much_larger(quad, zone.quad) for quad in quads):
        return "the whole page"
    found = runs(zone, quads)
    if zone and len(found) == len(zone.lines) > 1 and all(run.whole for run in found):
        return "the whole zone"
    parts = []
    for line in dict.fromkeys(run.line for run in found):
        here = [run for run in found if run.line == line]
        if here[0].whole:
            parts.append(f"line {line}")
        else:
            several = len(here) > 1 or here[0].first != here[0].last
            parts.append(f"line {line}, position{'s' * several} {', '.join(map(str, here))}")
    return "; ".join(parts)


def box(frame: Frame, quads: Iterable[Quad]) -> tuple[int, int, int, int] | None:
    """Return the upright box around the quads in pixels of the source: left, top, right, bottom."""
    points = [point for quad in quads for point in quad]
    if not points:
        return None
    (width, height), scale = frame.size, frame.scale
    xs = [min(max(round(x / scale), 0), width) for x, _ in points]
    ys = [min(max(round(y / scale), 0), height) for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def describe_date(date: MrzDate, on: datetime.date, kind: str) -> str:
    """Return a date in full where it can be told, else what stands there; empty where nothing does."""
    if not date.raw.strip("<"):
        return ""
    resolved = date.resolve(on, kind)
    return resolved.isoformat() if resolved else f"{date.raw} (as it stands)"


def facts(mrz: Mrz, on: datetime.date) -> tuple[tuple[str, str], ...]:
    """Return what the document says of itself, as label and value; empty values are left out."""
    rows = (
        ("document", f"{mrz.document_code or '-'}, issued by {mrz.issuer or '-'}"),
        ("number", mrz.document_number),
        ("name", f"{mrz.name}{' (shortened)' if mrz.name.truncated else ''}"),
        ("born", describe_date(mrz.birth_date, on, "birth")),
        ("sex", {"M": "male", "F": "female", "<": "not stated", "": "not stated"}.get(mrz.sex, mrz.sex)),
        ("nationality", mrz.nationality),
        ("expires", describe_date(mrz.expiry_date, on, "expiry")),
        ("other data", " ".join(filter(None, (mrz.optional_data, mrz.optional_data_2)))),
    )
    return tuple((name, value) for name, value in rows if value.strip())


def printable(text: str) -> str:
    """Return text that cannot move the cursor, change colours or break the line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _much_larger(quad: Quad, zone: Quad) -> bool:
    """Whether a place holds the zone and far more."""
    return all(_inside(corner, quad) for corner in zone) and _area(quad) > _BEYOND * _area(zone)


def _area(quad: Quad) -> float:
    pairs = zip(quad, quad[1:] + quad[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _in_any(glyph: Quad, quads: Iterable[Quad]) -> bool:
    centre = _centre(glyph)
    return any(_inside(centre, quad) for quad in quads)


def _centre(quad: Quad) -> Point:
    return sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4


def _inside(point: Point, quad: Quad) -> bool:
    """Whether a point lies in a convex quad, whichever way its corners run."""
    sides = []
    for (ax, ay), (bx, by) in zip(quad, quad[1:] + quad[:1], strict=True):
        sides.append((bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax))
    return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)

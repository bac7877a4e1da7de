"""The tables and curves of a run."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bench.forgeries.documents import GENUINE
from bench.forgeries.rates import Rate, area, curve, detected_at
from bench.forgeries.results import Row, finders
from limen.specimen import FRAUDS

ALARMS: Final = 0.01
"""The share of genuine documents that may be objected to."""
_SHOWN: Final = 8
"""Curves in the picture: those of the families that are not found altogether."""
_COLOURS: Final = ("#0b6e4f", "#b3261e", "#1f5fa8", "#8a5a00", "#6a3d9a", "#00838f", "#ad1457", "#555555")


def by_family(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """In the order in which frauds are registered, genuine documents first."""
    grouped: dict[str, list[Row]] = {GENUINE: [], **{name: [] for name in FRAUDS}}
    for row in rows:
        grouped[row.family].append(row)
    return grouped


def detections(rows: Sequence[Row]) -> str:
    """Per family: how many, how many found, by which checks."""
    grouped = by_family(rows)
    genuine = [row.score for row in grouped[GENUINE]]
    lines = [
        f"| family | documents | found | without a reference | at {ALARMS:.0%} false alarms | area under the curve "
        "| by which checks |",
        "|---|---:|---|---:|---:|---:|---|",
    ]
    for family, members in grouped.items():
        if family == GENUINE or not members:
            continue
        scores = [row.score for row in members]
        rate = Rate(sum(row.found for row in members), len(members))
        unknown = Rate(sum(row.found_unknown for row in members), len(members))
        strict = detected_at(genuine, scores, ALARMS)
        cells = [
            f"`{family}`", str(len(members)), rate.text(),
            f"{100 * unknown.share:.0f} %", f"{100 * strict.share:.1f} %",
            f"{area(genuine, scores):.3f}", finders(members),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def alarms(rows: Sequence[Row]) -> str:
    """Per model: genuine documents objected to, by which checks, and those that could not be decided."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.family == GENUINE:
            grouped[row.model].append(row)
    lines = ["| model | genuine documents | objected to | by which checks | not decided |", "|---|---:|---|---|---:|"]
    for model, members in [*sorted(grouped.items()), ("all", [row for part in grouped.values() for row in part])]:
        rate = Rate(sum(row.found for row in members), len(members))
        left_open = Rate(sum(bool(row.undetermined) and not row.found for row in members), len(members))
        cells = [model, str(len(members)), rate.text(), finders(members), f"{100 * left_open.share:.1f} %"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def one_character(rows: Sequence[Row]) -> str:
    """What became of entries that differ from the zone in one character."""
    edited = [row for row in rows if row.family.startswith("changed-visual")]
    held = [row for row in edited if any(code.startswith("visual.") for code in row.failed)]
    rest = [row for row in edited if row not in held]
    open_ones = [row for row in rest if any(f"visual.{name.removeprefix('viz.')}" in row.undetermined
                                            for name in row.fields)]  # fmt: skip
    other = [row for row in rest if row not in open_ones and row.found]
    silent = len(rest) - len(open_ones) - len(other)
    return (
        f"Of {len(edited)} entries with one other character, {len(held)} were told to contradict the zone "
        f"({Rate(len(held), len(edited)).text()}); {len(open_ones)} were told to be unread or unsure, for an officer "
        f"to compare; {len(other)} were found by other checks alone; {silent} passed in silence."
    )


def models(rows: Sequence[Row]) -> str:
    """Detection by family and model: found of shown."""
    names = sorted({row.model for row in rows})
    lines = [f"| family | {' | '.join(names)} |", "|---|" + "---:|" * len(names)]
    for family, members in by_family(rows).items():
        if members and family != GENUINE:
            cells = [_cell([row for row in members if row.model == name]) for name in names]
            lines.append(f"| `{family}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(members: Sequence[Row]) -> str:
    return f"{sum(row.found for row in members)}/{len(members)}" if members else ""


def undetermined(rows: Sequence[Row]) -> str:
    """Counting checks that could not tell, on genuine documents."""
    genuine = [row for row in rows if row.family == GENUINE]
    counts = Counter(code for row in genuine for code in row.undetermined)
    lines = ["| check | could not tell, of genuine documents |", "|---|---|"]
    lines += [f"| `{code}` | {Rate(count, len(genuine)).text()} |" for code, count in counts.most_common(12)]
    return "\n".join(lines)


def stages(rows: Sequence[Row]) -> str:
    """Processor time of each stage, over all documents."""
    spent: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        for name, value in row.stages.items():
            if not name.startswith("checks:"):
                spent[name].append(value)
    lines = ["| stage | median, ms | 95th percentile, ms |", "|---|---:|---:|"]
    for name, values in [*spent.items(), ("all", [row.cpu * 1000 for row in rows])]:
        ordered = sorted(values)
        lines.append(f"| {name} | {statistics.median(ordered):.0f} | {ordered[int(0.95 * (len(ordered) - 1))]:.0f} |")
    return "\n".join(lines)


def curves(rows: Sequence[Row]) -> str:
    """An SVG of the curves of those families that are found least."""
    grouped = by_family(rows)
    genuine = [row.score for row in grouped.pop(GENUINE)]
    scored = {name: [row.score for row in members] for name, members in grouped.items() if members}
    worst = sorted(scored, key=lambda name: area(genuine, scored[name]))[:_SHOWN]
    parts = [_frame()]
    for number, name in enumerate(worst):
        points = " ".join(f"{60 + 400 * _across(x):.1f},{320 - 300 * y:.1f}" for x, y in curve(genuine, scored[name]))
        colour = _COLOURS[number % len(_COLOURS)]
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{points}"/>')
        y = 34 + 18 * number
        parts.append(f'<text x="478" y="{y}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _across(rate: float) -> float:
    """The square root, so that the rates that matter are not all at the left edge."""
    return float(rate**0.5)


def _frame() -> str:
    ticks = "".join(
        f'<line x1="{60 + 400 * _across(x):.0f}" y1="20" x2="{60 + 400 * _across(x):.0f}" y2="320" stroke="#ddd"/>'
        f'<text x="{60 + 400 * _across(x):.0f}" y="338" text-anchor="middle">{x:.0%}</text>'
        for x in (0, 0.01, 0.05, 0.1, 0.25, 0.5, 1)
    )
    levels = "".join(
        f'<line x1="60" y1="{320 - 300 * y:.0f}" x2="460" y2="{320 - 300 * y:.0f}" stroke="#ddd"/>'
        f'<text x="52" y="{324 - 300 * y:.0f}" text-anchor="end">{y:.0%}</text>'
        for y in (0, 0.25, 0.5, 0.75, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 370" font-family="sans-serif" font-size="12">'
        f'<rect width="680" height="370" fill="#fff"/>{ticks}{levels}'
        '<text x="260" y="360" text-anchor="middle">genuine documents objected to</text>'
        '<text x="16" y="170" transform="rotate(-90 16 170)" text-anchor="middle">forgeries found</text>'
    )


def missed(rows: Iterable[Row], most: int = 6) -> list[str]:
    """Keys of documents that went wrong, to be made again."""
    wrong = [row for row in rows if row.found == (row.family == GENUINE)]
    return [f"{row.key}: {'; '.join(row.said) or 'nothing said'}" for row in wrong[:most]]

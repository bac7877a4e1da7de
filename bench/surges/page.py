"""Writes what was measured into docs/surges.md, between its marks, and the plots beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.samples import ROOT
from bench.surges.measures import Hit, Outcome, Scores, limit_for, outcome, resampled, wilson
from bench.surges.series import World

PAGE: Final = ROOT / "docs" / "surges.md"
PLOT: Final = ROOT / "docs" / "surges-found.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
RATES: Final = (0.5, 1.0, 2.0, 4.0, 6.0, 10.0, 16.0, 26.0)
"""False alarms a year and world, at which methods are held against each other."""
EQUAL: Final = 6.0
ASKED: Final = (1.0, 6.0, 26.0)
COLOURS: Final = {"Limen": "#0b6e4f", "Farrington flexible": "#b3261e"}


@dataclass(frozen=True, slots=True)
class Run:
    """A method's scores for some worlds."""

    name: str
    worlds: Sequence[World]
    scores: Sequence[Scores]

    def at(self, yearly: float) -> Outcome:
        """What it brings at the limit that makes so many false alarms in these very worlds."""
        return outcome(self.worlds, self.scores, limit_for(self.worlds, self.scores, yearly))

    def on(self, worlds: Sequence[World]) -> Run:
        """The same on some of its worlds."""
        seeds = {world.seed for world in worlds}
        chosen = [at for at, world in enumerate(self.worlds) if world.seed in seeds]
        return Run(self.name, [self.worlds[at] for at in chosen], [self.scores[at] for at in chosen])

    def of(self, kind: str) -> Run:
        """The same on worlds of one kind."""
        return self.on([world for world in self.worlds if world.kind.name == kind])


def write_page(runs: Sequence[Run], chosen: dict[str, float], machine: str) -> None:
    """The measured part anew; the rest of the page stays. Raises ValueError where the marks are missing."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after:
        raise ValueError(f"{PAGE} lacks its marks")
    PLOT.write_text(plot([run.on(runs[-1].worlds) for run in runs]), encoding="utf-8")
    PAGE.write_text(f"{before}{BEGIN}\n{measured(runs, chosen, machine)}\n{END}{after}", encoding="utf-8")


def measured(runs: Sequence[Run], chosen: dict[str, float], machine: str) -> str:
    """All that a run says: Limen's on all worlds, and all methods on those that each was given."""
    limen = runs[0]
    alone = outcome(limen.worlds, limen.scores, chosen["Limen"])
    beside = [run.on(runs[-1].worlds) for run in runs]
    kinds = list(dict.fromkeys(world.kind.name for world in beside[0].worlds))
    parts = [
        f"{_size(limen.worlds)} {machine}Intervals are of 95 %: Wilson's for shares, by drawing anew for means.",
        "",
        "Limen, by how many false alarms a year were asked for:",
        "",
        "| asked for | false alarms a year and world | found | weeks until then, mean | median |",
        "|---|---|---|---|---|",
        *(_row(f"{rate:g}", outcome(limen.worlds, limen.scores, rate)) for rate in ASKED),
        "",
        "| outbreaks, with six asked for | found | weeks until then, median |",
        "|---|---|---|",
        *_by_outbreak(alone.hits),
    ]
    if len(runs) > 1:
        parts += ["", *_compared(beside, kinds, chosen)]
    return "\n".join(parts)


def _compared(runs: Sequence[Run], kinds: Sequence[str], chosen: dict[str, float]) -> list[str]:
    return [
        f"Beside each other: {_size(runs[0].worlds)} At the limit of each one's own:",
        "",
        *_head(),
        *(_row(run.name, outcome(run.worlds, run.scores, chosen[run.name])) for run in runs),
        "",
        f"At limits that bring {EQUAL:g} false alarms a year in these very worlds, so that only the rest differs:",
        "",
        *_head(),
        *(_row(run.name, run.at(EQUAL)) for run in runs),
        "",
        _of_both([run.at(EQUAL).hits for run in runs]),
        "",
        "![Share of outbreaks found, and weeks until then, against false alarms a year](surges-found.svg)",
        "",
        f"By kind of world, at {EQUAL:g} a year in each; in brackets, false alarms a year at each one's own limit:",
        "",
        "| world | " + " | ".join(run.name for run in runs) + " |",
        "|---|" + "---|" * len(runs),
        *(_by_kind(kind, runs, chosen) for kind in kinds),
    ]


def _of_both(hits: Sequence[Sequence[Hit]]) -> str:
    """Who finds fewer finds the plain ones: so the weeks once more, of those that all found."""
    both = [row for row in zip(*hits, strict=True) if all(hit.delay is not None for hit in row)]
    means = ", ".join(f"{np.mean([row[at].delay for row in both]):.1f}" for at in range(len(hits))) if both else "-"
    return f"Of the {len(both)} outbreaks that both found, in the same order, after {means} weeks on average."


def _size(worlds: Sequence[World]) -> str:
    hits = sum(len(world.outbreaks) for world in worlds)
    streams = sum(len(world.counts) for world in worlds)
    kinds = len({world.kind.name for world in worlds})
    return f"{len(worlds)} held-out worlds of {kinds} kinds, {streams} streams, two years each, {hits} outbreaks."


def _head() -> list[str]:
    return [
        "| method | false alarms a year and world | found | weeks until then, mean | median |",
        "|---|---|---|---|---|",
    ]


def _row(name: str, one: Outcome) -> str:
    low, high = resampled([count / one.years for count in one.false])
    return (
        f"| {name} | {one.yearly:.1f} ({low:.1f} to {high:.1f}) | {_share(one.hits)} | {_delay(one.delays)} |"
        f" {np.median(one.delays) if one.delays else float('nan'):.0f} |"
    )


def _share(hits: Sequence[Hit]) -> str:
    found = sum(hit.delay is not None for hit in hits)
    low, high = wilson(found, len(hits))
    return f"{found}/{len(hits)}: {100 * found / max(1, len(hits)):.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def _delay(delays: Sequence[int]) -> str:
    low, high = resampled(delays)
    return f"{np.mean(delays):.1f} ({low:.1f} to {high:.1f})" if delays else "-"


def _by_kind(kind: str, runs: Sequence[Run], chosen: dict[str, float]) -> str:
    cells = []
    for run in runs:
        part = run.of(kind)
        equal, own = part.at(EQUAL), outcome(part.worlds, part.scores, chosen[run.name])
        cells.append(f"{100 * equal.found:.0f} % after {_mean(equal.delays)} weeks ({own.yearly:.1f})")
    return f"| {kind} | " + " | ".join(cells) + " |"


def _mean(delays: Sequence[int]) -> str:
    return f"{np.mean(delays):.1f}" if delays else "-"


def _by_outbreak(hits: Sequence[Hit]) -> Iterable[str]:
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        one = hit.outbreak
        rate = "under 0.1" if one.rate < 0.1 else "0.1 to 1" if one.rate < 1 else "over 1"
        strength = one.size / max(np.sqrt(max(one.rate, 0.05) * (one.end - one.start + 1)), 0.2)
        groups.setdefault(f"1: usual rate {rate} a week", []).append(hit)
        groups.setdefault(f"2: shape {one.shape}", []).append(hit)
        groups.setdefault(
            f"3: size {'under 5' if strength < 5 else '5 to 10' if strength < 10 else 'over 10'} times √expected", []
        ).append(hit)
        if one.new:
            groups.setdefault("4: of a stream without any report before", []).append(hit)
    for name in sorted(groups):
        delays = [hit.delay for hit in groups[name] if hit.delay is not None]
        yield f"| {name[3:]} | {_share(groups[name])} | {np.median(delays) if delays else float('nan'):.0f} |"


def plot(runs: Sequence[Run]) -> str:
    """Two panels over false alarms a year, on a logarithmic scale: share found, and mean weeks until then."""
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 340" font-family="sans-serif" font-size="12">',
        '<rect width="760" height="340" fill="#fff"/>',
    ]
    panels = ((60, "outbreaks found", 1.0, "{:.0%}"), (440, "weeks until found, mean", 4.0, "{:.0f}"))
    for left, title, top, form in panels:
        out += _frame(left, title, top, form)
    for number, run in enumerate(runs):
        points = [run.at(rate) for rate in RATES]
        dash = "" if number == 0 else ' stroke-dasharray="6 4"'
        colour = COLOURS[run.name]
        for left, values, top in (
            (60, [one.found for one in points], 1.0),
            (440, [float(np.mean(one.delays)) if one.delays else np.nan for one in points], 4.0),
        ):
            told = " ".join(
                f"{_x(left, rate):.1f},{_y(value, top):.1f}"
                for rate, value in zip(RATES, values, strict=True)
                if np.isfinite(value)
            )
            out.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2"{dash} points="{told}"/>')
        y = 40 + 18 * number
        out.append(f'<line x1="80" x2="110" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"{dash}/>')
        out.append(f'<text x="116" y="{y + 4}" fill="{colour}">{run.name}</text>')
    return "\n".join([*out, "</svg>", ""])


def _frame(left: int, title: str, top: float, form: str) -> Iterable[str]:
    for share in (0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share * top, top)
        yield f'<line x1="{left}" x2="{left + 280}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{form.format(share * top)}</text>'
    for rate in (0.5, 1, 2, 4, 10, 26):
        x = _x(left, rate)
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="20" y2="280" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="298" text-anchor="middle">{rate:g}</text>'
    yield f'<text x="{left + 140}" y="322" text-anchor="middle">false alarms a year, all streams of a world</text>'
    yield f'<text x="{left + 140}" y="14" text-anchor="middle" font-weight="bold">{title}</text>'


def _x(left: float, rate: float) -> float:
    low, high = np.log(RATES[0]), np.log(RATES[-1])
    return float(left + 280 * (np.log(rate) - low) / (high - low))


def _y(value: float, top: float) -> float:
    return float(280 - 260 * min(value, top) / top)

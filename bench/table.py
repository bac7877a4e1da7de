"""The results as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from bench.scoring import Outcome, Score, score, wilson

HEAD = (
    "| reader | images | exact (95 % interval) | character errors | wrong, digits hold | median | mean | p95 "
    "| median to Limen's |\n|---|---|---|---|---|---|---|---|---|"
)


def share(hits: int, count: int) -> str:
    """A rate with its interval."""
    if not count:
        return "none"
    low, high = wilson(hits, count)
    return f"{100 * hits / count:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def row(title: str, outcomes: Sequence[Outcome], reference: Score) -> str:
    """One reader's line of a table under `HEAD`."""
    if not outcomes:
        return f"| {title} | 0 | | | | | | | |"
    one = score(outcomes)
    if one.failed:
        title += f" (raised an exception on {one.failed})"
    cells = [
        title,
        str(one.count),
        share(one.exact, one.count),
        f"{100 * one.error_rate:.2f} %",
        str(one.wrong_valid),
        *(f"{1000 * seconds:.0f} ms" for seconds in (one.median, one.mean, one.p95)),
        f"{one.median / reference.median:.1f} x",
    ]
    return f"| {' | '.join(cells)} |"


def aside(title: str, reason: str) -> str:
    """The line of a reader that could not run."""
    return f"| {title} | not available: {reason} | | | | | | | |"


def misses(outcomes: Sequence[Outcome]) -> list[str]:
    """Every wrong reading: where, what is printed, what was read."""
    found = []
    for one in outcomes:
        if one.exact:
            continue
        where = Path(one.sample.path).name
        at = f", {one.sample.ppi:.0f} ppi" if one.sample.ppi else ""
        sure = f", least confidence {one.confidence:.2f}" if one.confidence is not None else ""
        holds = ", **check digits hold**" if one.valid else ""
        found.append(f"- {where}{at}{sure}{holds}")
        found += [f"  - {line}" for line in _lines(one)]
    return found


def _lines(one: Outcome) -> list[str]:
    if not one.lines:
        return ["nothing was read"]
    if len(one.lines) != len(one.sample.lines):
        return [f"printed `{' '.join(one.sample.lines)}`", f"read `{' '.join(one.lines)}`"]
    pairs = zip(one.sample.lines, one.lines, strict=True)
    return [f"printed `{truth}`, read `{read}`" for truth, read in pairs if truth != read]


def confusions(outcomes: Sequence[Outcome]) -> str:
    """Which characters were read as which, and how often, the most frequent first."""
    counts: Counter[str] = Counter()
    for one in outcomes:
        truth, read = "\n".join(one.sample.lines), "\n".join(one.lines)
        if not read:
            counts["nothing read"] += 1
            continue
        for kind, a, b, c, d in SequenceMatcher(None, truth, read, autojunk=False).get_opcodes():
            if kind == "replace" and b - a == d - c:
                counts.update(f"{x} as {y}" for x, y in zip(truth[a:b], read[c:d], strict=True))
            elif kind != "equal":
                counts["characters lost, added or shifted"] += max(b - a, d - c)
    return ", ".join(f"{what}: {times}" for what, times in counts.most_common(12)) or "none"

"""From the readers' results to the text of docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench import table
from bench.samples import PPI, Sample
from bench.scoring import Outcome, score

SURE = 0.9
"""Least confidence at which a falsely valid zone counts as surely read."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one reader did on all that it was given."""

    title: str
    outcomes: Mapping[str, Outcome]
    """By path."""
    peak_mb: float
    reason: str = ""
    """Why it was not available."""
    source: str = "an unknown commit"
    """Of Limen, when the reader was started."""

    def on(self, samples: Sequence[Sample]) -> list[Outcome]:
        """Its outcomes on those of these images that it was given."""
        return [self.outcomes[one.path] for one in samples if one.path in self.outcomes]


def result(name: str, samples: Sequence[Sample], file: Path) -> Result:
    """What the worker wrote."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    if not rows or "not_available" in rows[0]:
        return Result(name, {}, 0.0, rows[0]["not_available"] if rows else "its process ended at once")
    if "peak_mb" not in rows[-1]:
        return Result(rows[0]["title"], {}, 0.0, f"its process ended after {len(rows) - 1} images")
    outcomes = {
        sample.path: Outcome(sample, tuple(row["lines"]), row["confidence"], row["seconds"], row["error"])
        for sample, row in zip(samples, rows[1:-1], strict=True)
    }
    return Result(rows[0]["title"], outcomes, rows[-1]["peak_mb"], source=rows[0].get("source", "an unknown commit"))


def machine(seeds: str, source: str) -> str:
    """On what, with what, and from which seeds."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    packages = ("numpy", "opencv-python-headless", "onnxruntime", "rapidocr", "passporteye", "fastmrz")
    return (
        f"{model}, {os.cpu_count()} cores of which one is used by one thread; {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, "
        f"{', '.join(f'{name} {version(name)}' for name in packages)}. "
        f"Limen's source at {source}. "
        f"Seeds: {seeds}."
    )


def comparison(samples: Sequence[Sample], results: Sequence[Result]) -> list[str]:
    """All readers side by side on the same images."""
    reference = score(results[0].on(samples))
    lines = [table.HEAD]
    for one in results:
        lines.append(
            table.aside(one.title, one.reason) if one.reason else table.row(one.title, one.on(samples), reference)
        )
    return lines


def memory(results: Sequence[Result]) -> list[str]:
    """Peak of each reader's process, with the largest program that it calls."""
    lines = ["| reader | peak memory | to Limen's |", "|---|---|---|"]
    return lines + [
        f"| {one.title} | {one.peak_mb:.0f} MB | {one.peak_mb / results[0].peak_mb:.1f} x |"
        for one in results
        if not one.reason
    ]


def asides(shared: Sequence[Sample], results: Sequence[Result]) -> list[str]:
    """The public images outside the core: no zone, or another layout, or turned by EXIF."""
    groups = {name: [one for one in shared if one.group == name] for name in ("negative", "nonconformant", "exif")}
    heads = (
        f"reports something on {len(groups['negative'])} images without a zone",
        "of these with check digits that hold",
        f"exact on {len(groups['nonconformant'])} nonconformant",
        f"exact on {len(groups['exif'])} turned by EXIF",
    )
    lines = [f"| reader | {' | '.join(heads)} |", "|---|---|---|---|---|"]
    for one in results:
        if one.reason:
            continue
        bare = one.on(groups["negative"])
        cells = [sum(bool(o.lines) for o in bare), sum(o.valid for o in bare)]
        cells += [sum(o.exact for o in one.on(groups[name])) for name in ("nonconformant", "exif")]
        lines.append(f"| {one.title} | {' | '.join(map(str, cells))} |")
    return lines


def own(sets: Mapping[str, Sequence[Sample]], limen: Result) -> list[str]:
    """Limen alone on whole sets of captures, with what at least 150 ppi makes of it."""
    lines = [table.HEAD]
    for name, samples in sets.items():
        reference = score(limen.on(samples))
        lines.append(table.row(name, limen.on(samples), reference))
        fine = [one for one in samples if (one.ppi or 0) >= 150]
        lines.append(table.row(f"{name}, 150 ppi and more", limen.on(fine), reference))
    return [line.replace("| reader |", "| Limen on |", 1) for line in lines]


def false_valid(outcomes: Sequence[Outcome]) -> str:
    """The count that must be none: a wrong zone, all digits holding, surely read."""
    wrong = [one for one in outcomes if one.valid and not one.exact]
    sure = [one for one in wrong if (one.confidence or 0.0) >= SURE]
    lost = sum(not one.lines for one in outcomes)
    return (
        f"Of {len(outcomes)} captures of falsified documents, the zone was read exactly on "
        f"{table.share(sum(one.exact for one in outcomes), len(outcomes))}, and not at all on {lost}. Read wrongly "
        f"with all check digits holding: {len(wrong)}; of these with every character at a confidence of {SURE} or "
        f"more (false valid): **{table.share(len(sure), len(outcomes))}**, {len(sure)} in number. Resolutions "
        f"{PPI[0]:.0f} to {PPI[1]:.0f} ppi."
    )


def surely_wrong(outcomes: Sequence[Outcome]) -> str:
    """False valid on images that are not falsified."""
    sure = [one for one in outcomes if one.valid and not one.exact and (one.confidence or 0.0) >= SURE]
    names = ", ".join(Path(one.sample.path).name for one in sure) or "none"
    return (
        f"False valid (wrong, all check digits hold, every character at {SURE} or more) on the {len(outcomes)} "
        f"public images with a zone: {len(sure)} ({names})."
    )

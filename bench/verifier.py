"""What one whole document costs: `python -m bench.verifier`, written into docs/verifier-benchmarks.md.

Generated passports of a development issuer, three lights and the bearer's live picture, held against a reference that
was learned from five others. One core, one thread; processor time, since the clock tells of the machine's other work.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import cv2  # noqa: E402 - the number of threads must be known first
from PIL import Image  # noqa: E402

from bench.samples import ROOT  # noqa: E402
from limen.devices import Frame, list_sources  # noqa: E402
from limen.devices.grouping import Document, group, read_document  # noqa: E402
from limen.specimen import Light, capture_lights, draft, live, render, with_tolerance  # noqa: E402
from limen.verifier import Examination, Picture, Shown, Verifier, all_tools  # noqa: E402

PAGE = ROOT / "docs" / "verifier-benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
ON = datetime.date(2026, 11, 25)
ISSUER = "UTO"
LEARNED = range(70001, 70006)
FIRST = 71001
BUDGET = 1500.0
"""Milliseconds for one whole document."""
COMMAND = (sys.executable, "-c", "from limen.cli import main; main()")


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--dry", action="store_true", help="print only")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory(prefix="limen-bench-") as name:
        folder = Path(name)
        store = folder / "references"
        write(folder / "learned", LEARNED)
        write(folder / "shown", range(FIRST, FIRST + asked.documents))
        learn(folder / "learned", store)
        text = told(folder / "shown", store, asked.documents)
    print(text)
    if not asked.dry:
        page = PAGE.read_text("utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{text}{END}{after}", "utf-8")


def write(folder: Path, seeds: Sequence[int]) -> None:
    """The pictures of one document for each seed, as the command finds them by name."""
    folder.mkdir()
    for seed in seeds:
        recipe = with_tolerance(draft("TD3", seed, ISSUER, 400, side="front"), seed)
        for light, taken in capture_lights(render(recipe), seed).items():
            Image.fromarray(taken.image).save(folder / f"{seed}.{Light(light).value}.png", compress_level=1)
        Image.fromarray(live(recipe.person, seed)).save(folder / f"{seed}.face.jpg", quality=92)


def learn(folder: Path, store: Path) -> None:
    """A reference from the lights of these documents, by the command that a person would give."""
    for face in folder.glob("*.face.jpg"):
        face.unlink()
    command = [*COMMAND, "reference", "learn", f"{ISSUER} P TD3", str(folder), "--store", str(store)]
    subprocess.run(command, check=True, capture_output=True)


def told(folder: Path, store: Path, documents: int) -> str:
    """The tables as Markdown."""
    tools = all_tools(references=store)
    started = time.process_time()
    for tool in tools.all:
        tool.get()
    loading = (time.process_time() - started) * 1000
    verifier = Verifier(tools, on=ON)
    items = [one for one in group(list_sources([folder]).items) if isinstance(one, Document)]
    examined = [measured(verifier, one) for one in items]
    loads = "".join(f"| {tool.name} | {tool.milliseconds or 0:.0f} |\n" for tool in tools.all)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    compared = sum(any(page.comparison for page in found.evidence.pages) for found, _ in examined)
    faced = sum(len(found.evidence.faces) >= 2 for found, _ in examined)
    return (
        f"{documents} passports; of {compared} the reference was recognised, of {faced} a live face and a portrait "
        f"were compared. {processor()}, one core, Python {platform.python_version()}.\n\n"
        f"{stages(examined)}\n"
        f"| loaded once | ms |\n|---|---|\n{loads}| all, CPU ms | {loading:.0f} |\n\n"
        f"| the whole command | |\n|---|---|\n"
        f"| `limen verify` of one document, from the shell to the result, CPU s | {alone(items[0], store):.1f} |\n"
        f"| memory at most, MB | {memory:.0f} |\n"
    )


def measured(verifier: Verifier, document: Document) -> tuple[Examination, Mapping[str, float]]:
    """One document and the processor time of each stage in milliseconds, decoding among them."""
    started = time.process_time()
    frames = {part.value: decoded(source) for part, source in document.parts.items()}
    decoding = (time.process_time() - started) * 1000
    started = time.process_time()
    found = verifier.examine(Shown({Picture(name): frame.image for name, frame in frames.items()}))
    whole = (time.process_time() - started) * 1000
    spent = {stage.name: stage.cpu for stage in found.stages}
    rest = whole - sum(cpu for name, cpu in spent.items() if not name.startswith("checks:"))
    return found, {"decode": decoding, **spent, "rest": rest}


def decoded(source: object) -> Frame:
    """The first picture of a file."""
    found = next(read_document(source))  # type: ignore[arg-type]
    assert isinstance(found, Mapping)
    return next(iter(found.values()))


def stages(examined: Sequence[tuple[Examination, Mapping[str, float]]]) -> str:
    """Median and greatest time of each stage, the families of checks that take more than a millisecond apart."""
    rows: dict[str, list[float]] = {}
    for _, spent in examined:
        for name, cpu in spent.items():
            rows.setdefault(name, []).append(cpu)
    wholes = [sum(cpu for name, cpu in spent.items() if not name.startswith("checks:")) for _, spent in examined]
    lines = ["| stage | median CPU ms | greatest |", "|---|---|---|"]
    for name, values in rows.items():
        nested = name.startswith("checks:")
        if not nested or statistics.median(values) >= 1:
            lines.append(f"| {'· ' if nested else ''}{name} | {statistics.median(values):.0f} | {max(values):.0f} |")
    lines.append(f"| **whole document** | **{statistics.median(wholes):.0f}** | **{max(wholes):.0f}** |")
    within = sum(one <= BUDGET for one in wholes)
    return "\n".join(lines) + f"\n\n{within} of {len(wholes)} took at most {BUDGET / 1000} s.\n"


def alone(document: Document, store: Path) -> float:
    """Processor seconds of the command for one document, everything loaded anew."""
    named = [word for part, source in document.parts.items() for word in (f"--{part.value}", source.name)]
    environment = {**os.environ, "LIMEN_REFERENCES": str(store)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, "verify", "--json", *named], env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def processor() -> str:
    """What the machine calls its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()

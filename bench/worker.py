"""One reader over a list of images, in a process of its own: python -m bench.worker READER SAMPLES RESULTS [TESSDATA].

A result's seconds are processor time of this process and of the programs that it called.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import cv2

from bench.peers import NotAvailableError, Reader, Reading, load
from bench.samples import load as load_image
from bench.samples import read_samples


def main(name: str, samples: str, results: str, tessdata: str = "") -> None:
    cv2.setNumThreads(1)
    with Path(results).open("w", encoding="utf-8") as file:
        try:
            reader = load(name, Path(tessdata) if tessdata else None)
        except NotAvailableError as error:
            print(json.dumps({"not_available": str(error)}), file=file)
            return
        print(json.dumps({"title": reader.title, "source": _source()}), file=file)
        chosen = read_samples(Path(samples))
        _one(reader, chosen[0].path)  # the first call loads models, and is not counted
        for sample in chosen:
            reading, seconds, error = _one(reader, sample.path)
            row = {"lines": reading.lines, "confidence": reading.confidence, "seconds": seconds, "error": error}
            print(json.dumps(row), file=file, flush=True)
        print(json.dumps({"peak_mb": _peak_mb()}), file=file)


def _one(reader: Reader, path: str) -> tuple[Reading, float, str]:
    """The reading, its processor time, and what went wrong, if something did."""
    given = reader.prepare(load_image(path))
    before = _cpu()
    try:
        reading, error = reader.read(given), ""
    except Exception as failure:  # a reader that fails has read nothing; the others go on
        reading, error = Reading(()), f"{type(failure).__name__}: {failure}"
    return reading, _cpu() - before, error


def _source() -> str:
    """The commit that is read with, and whether the source differs from it."""
    asked = [["git", "rev-parse", "--short", "HEAD"], ["git", "status", "--porcelain", "--", "src"]]
    commit, changed = (subprocess.run(one, capture_output=True, text=True, check=False).stdout for one in asked)
    return (commit.strip() or "an unknown commit") + (", with changes not yet committed" if changed.strip() else "")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_mb() -> float:
    """Of this process and the largest program that it called, in MB."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_maxrss for one in used) / 1000 * 1.024


if __name__ == "__main__":
    main(*sys.argv[1:])

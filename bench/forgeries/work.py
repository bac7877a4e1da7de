"""One document made, examined and written down; runs in worker processes."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import cv2

from bench.forgeries import tools
from bench.forgeries.documents import Job, Source
from limen.verifier import Verifier

_STATE: dict[str, Any] = {}


def begin(folder: str) -> None:
    """Readies a worker: one thread, models loaded once."""
    cv2.setNumThreads(1)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _STATE["folder"] = Path(folder) / "references"


def learn(task: tuple[Source, int]) -> tuple[str, str]:
    """Learns the reference of one model."""
    source, first = task
    return source.name, tools.learned(source, first, _STATE["folder"])


def examine(job: Job) -> str:
    """Makes and examines one document; gives a line of JSON."""
    if "verifier" not in _STATE:
        _STATE["verifier"] = tools.verifier(_STATE["folder"])
    verifier: Verifier = _STATE["verifier"]
    started = time.process_time()
    taken = job.source.taken(job.seed, job.family)
    made = time.process_time()
    found = verifier.examine(tools.shown(taken))
    ended = time.process_time()
    labels = [label for one in taken.values() for label in one.truth.frauds]
    row = {
        "key": job.key,
        "model": job.source.name,
        "unseen": job.source.unseen,
        "family": job.family,
        "seed": job.seed,
        "fields": sorted({field for label in labels for field in label.fields}),
        "verdict": found.inspection.verdict.value,
        "summary": found.inspection.summary,
        "checks": [
            [one.code, one.verdict.value, one.counts, None if one.margin is None else round(one.margin, 4), one.message]
            for one in found.inspection.checks
        ],
        "stages": {stage.name: stage.cpu for stage in found.stages},
        "gaps": [gap.what + ": " + gap.why for gap in found.evidence.gaps],
        "cpu_make": round(made - started, 3),
        "cpu": round(ended - made, 3),
    }
    return json.dumps(row, ensure_ascii=False)

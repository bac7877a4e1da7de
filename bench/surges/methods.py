"""The methods, each giving a world's streams a score for every tested week: the smaller, the more unusual."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.surges.series import TESTED, World
from limen.node.trends.surges.baseline import Settings
from limen.node.trends.surges.statistic import find

HISTORY: Final = 260
"""Weeks that Limen's method is given at most."""
MOST: Final = 60.0
"""False alarms a year up to which scores are kept."""
FARRINGTON: Final = Path(__file__).with_name("farrington.R")


def limen(world: World, settings: Settings | None = None) -> NDArray[np.float64]:
    """Limen's: surges a year over all streams that chance alone would bring, as unlikely as this."""
    weeks = world.counts.shape[1]
    columns = []
    for end in range(weeks - TESTED + 1, weeks + 1):
        found = find(world.counts[:, max(0, end - HISTORY) : end], settings=settings, false_alarms=MOST)
        column = np.full(len(world.counts), np.inf)
        for surge in found.surges:
            column[surge.stream] = surge.yearly
        columns.append(column)
    return np.stack(columns, 1)


def has_farrington() -> bool:
    """Whether R and its package surveillance are there."""
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(surveillance)"], capture_output=True, check=False).returncode == 0


def farrington(world: World) -> NDArray[np.float64]:
    """Farrington's flexible method as R's surveillance has it: its probability of so high a count."""
    with tempfile.TemporaryDirectory() as folder:
        given, came = Path(folder, "counts.csv"), Path(folder, "found.csv")
        np.savetxt(given, world.counts.T, "%d", ",")
        subprocess.run(
            ["Rscript", str(FARRINGTON), str(given), str(TESTED), str(came)], check=True, capture_output=True
        )
        found = np.genfromtxt(came, delimiter=",", missing_values="NA").T
    recent = np.stack([world.counts[:, end - 4 : end].sum(1) for end in _ends(world)], 1)
    return np.where((recent >= 3) & np.isfinite(found), found, np.inf)


def _ends(world: World) -> range:
    weeks = world.counts.shape[1]
    return range(weeks - TESTED + 1, weeks + 1)

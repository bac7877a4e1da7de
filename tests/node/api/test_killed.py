"""Whatever is acknowledged survives: the node and its PostgreSQL are killed with signal 9 while reports are sent."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location("limen_bench_killed", Path(__file__).parents[3] / "bench" / "killed.py")
killed = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = killed
_spec.loader.exec_module(killed)


def test_every_acknowledged_report_is_there_once():
    """200 reports, sent again until acknowledged; `python -m bench.killed` sends 1,000 and kills more often."""
    found = killed.measure(200, 3)
    assert found.kills >= 3
    assert (found.lost, found.twice, found.unwell) == ([], [], "")

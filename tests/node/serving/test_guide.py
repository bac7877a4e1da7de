"""The operator's guide names every setting that the code reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
OF_PARTS = {"LIMEN_DATABASE_ROLE", "LIMEN_SUPERVISOR", "LIMEN_WEB_HOST", "LIMEN_WEB_PORT", "LIMEN_WEB_WORKERS"}
"""What `limen serve` tells its own processes; nobody sets them."""
ELSEWHERE = {"LIMEN_FACE_BANDS", "LIMEN_MODELS", "LIMEN_REFERENCES", "LIMEN_TERMINAL_KEY", "LIMEN_TRUST"}
"""Of `limen verify`, which needs no node."""
COMMAND = {"LIMEN_DEMO"}
"""What `limen serve --demo` sets."""


def read_by_code() -> set[str]:
    found = set()
    for place in (ROOT / "src/limen").rglob("*.py"):
        if "node_modules" not in place.parts:
            text = place.read_text()
            found |= set(re.findall(r"\bLIMEN_[A-Z0-9_]*[A-Z0-9]\b|\bDATABASE_URL\b", text))
            found |= {f"LIMEN_OIDC_<KEY>_{part}" for part in re.findall(r"\{stem\}_([A-Z_]+)", text)}
    found.add("LIMEN_OIDC_<KEY>_SERVER")
    return found - OF_PARTS - ELSEWHERE - COMMAND


def named_by_guide() -> set[str]:
    """Read the first column of the table; each cell may hold several names, written out."""
    guide = (ROOT / "docs/operators-guide.md").read_text()
    table = guide.partition("\n## Settings\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*`) \|", table, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([A-Z0-9_<>]+)`", cell)}


def test_settings_and_guide_say_the_same():
    """A setting that nobody can find out about is none; nor is one that does nothing."""
    assert read_by_code() == named_by_guide()

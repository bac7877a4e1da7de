"""Writes what was measured into docs/forgeries.md, between its marks, and the curves beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.forgeries.documents import GENUINE
from bench.forgeries.results import Row
from bench.forgeries.tables import alarms, by_family, curves, detections, models, one_character, stages, undetermined
from bench.samples import ROOT

PAGE: Final = ROOT / "docs" / "forgeries.md"
CURVES: Final = ROOT / "docs" / "forgeries-roc.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write_page(found: Sequence[Row]) -> None:
    """The measured part anew; the rest of the page stays. Raises ValueError where the marks are missing."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after:
        raise ValueError(f"{PAGE} lacks its marks")
    CURVES.write_text(curves(found), encoding="utf-8")
    PAGE.write_text(f"{before}{BEGIN}\n{measured(found)}\n{END}{after}", encoding="utf-8")


def measured(found: Sequence[Row]) -> str:
    """All that a run says."""
    grouped = by_family(found)
    false = sum(len(members) for family, members in grouped.items() if family != GENUINE)
    apart = len({row.model for row in found if row.unseen})
    names = len({row.model for row in found})
    return f"""
{len(grouped[GENUINE])} genuine documents and {false} forgeries of {names} models, {apart} of them by the second
generator. References were learned from five genuine captures of each model. Intervals are Wilson's, of 95 %.

### Genuine documents

{alarms(found)}

{undetermined(found)}

### Forgeries

"Found" means that at least one check that counts failed; "without a reference", that one did which needs none of the
model. "At 1 % false alarms" moves one limit for all checks
together, so that at most that share of these genuine documents is objected to; the area is that under the curve that
this draws.

{detections(found)}

{one_character(found)}

![Forgeries found against genuine documents objected to](forgeries-roc.svg)

### By model

{models(found)}

### Time

Processor time on one core, with models loaded; pictures are decoded already.

{stages(found)}
"""

"""The process itself: every check asked of one reading, and the results added up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from limen.inspection.context import Context
from limen.inspection.evidence import Evidence
from limen.inspection.registry import Check, all_checks
from limen.inspection.result import Inspection, aggregate, summarise
from limen.vision.reading import ZoneReading


def inspect(
    zone: ZoneReading | None = None,
    *,
    on: datetime.date,
    checks: Sequence[Check] | None = None,
    evidence: Evidence | None = None,
) -> Inspection:
    """Judge one document as of the day `on`.

    `zone` is None where the image shows no machine readable zone. `evidence` holds all that there is instead,
    where there is more than a picture's zone. `checks` limits the inspection to some checks; without it all
    are run. Never raises on account of a check: one that breaks off is aborted.
    """
    context = Context.among(evidence or Evidence(zone), on)
    ran = (check.run(context) for check in (all_checks() if checks is None else checks))
    results = tuple(result for result in ran if result is not None)
    return Inspection(
        context.reading,
        context.parsed,
        results,
        aggregate(results),
        summarise(results),
        context.contents,
        context.sealed,
    )

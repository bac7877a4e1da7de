"""The process itself: every check asked of one reading, and the results added up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from limen.inspection.context import Context
from limen.inspection.registry import Check, all_checks
from limen.inspection.result import Inspection, aggregate, summarise
from limen.vision.reading import ZoneReading


def inspect(zone: ZoneReading | None, *, on: datetime.date, checks: Sequence[Check] | None = None) -> Inspection:
    """Judge one reading as of the day `on`.

    `zone` is None where the image shows no machine readable zone. `checks` limits the inspection to some
    checks; without it all are run. Never raises on account of a check: one that breaks off is aborted.
    """
    context = Context.of(zone, on)
    ran = (check.run(context) for check in (all_checks() if checks is None else checks))
    results = tuple(result for result in ran if result is not None)
    return Inspection(zone, context.parsed, results, aggregate(results), summarise(results))

"""What the reports of a surge say: which values they have, and how many of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from limen.node.reports.models import Report
from limen.node.sharing import policy
from limen.node.sharing.markings import Marking
from limen.node.trends.surges.watching import Surge

COLUMNS = (
    "issuer", "category", "fraud_class", "method", "place", "detection_country", "setting", "model_name", "model_year",
    "nationality_claimed",
)  # fmt: skip
COMMUNITY = [value for value in Marking.values if Marking(value).for_community]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What some reports say."""

    number: int
    values: dict[str, Counter[Any]]
    """How many reports have a value, by column; those that state nothing are left out."""

    def leading(self, column: str, share: float = 0.6) -> Any:
        """The value that most reports have, if so many do; else None."""
        first = self.values[column].most_common(1)
        return first[0][0] if first and first[0][1] >= share * self.number else None

    def several(self, column: str, most: int = 6, share: float = 0.08) -> list[Any]:
        """The values that many have, the most frequent first."""
        return [value for value, n in self.values[column].most_common(most) if n >= share * self.number]


def gather(surge: Surge, *, for_community: bool = False) -> Gathered:
    """Say what the surge's reports say; only those that the whole community sees, where what is said will leave."""
    rows = policy.visible(Report.objects.filter(pk__in=surge.reports, state="released"))
    if for_community:
        rows = rows.filter(marking__in=COMMUNITY)
    return _gathered(rows.order_by().values_list(*COLUMNS, "means", "other_methods"))


def _gathered(rows: Iterable[tuple[Any, ...]]) -> Gathered:
    values: dict[str, Counter[Any]] = {column: Counter() for column in (*COLUMNS, "means", "other_methods")}
    number = 0
    for row in rows:
        number += 1
        for column, value in zip(COLUMNS, row, strict=False):
            if value not in ("", None):
                values[column][value] += 1
        for column, several in zip(("means", "other_methods"), row[len(COLUMNS) :], strict=True):
            values[column].update(several)
    return Gathered(number, values)

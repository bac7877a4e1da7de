"""What a run wrote down, read again: one line of JSON for each document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

RESULTS: Final = "results.jsonl"
BY_CONSTRUCTION: Final = frozenset({"mrz.issuer.code", "mrz.nationality.code", "mrz.issuer.specimen"})
"""Checks that must object to an issuer that exists nowhere; they say nothing of a forgery and are left out."""
_PASSING: Final = 1.0
_FAILING: Final = -1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One document examined."""

    key: str
    model: str
    unseen: bool
    family: str
    seed: int
    fields: tuple[str, ...]
    failed: tuple[str, ...]
    """Codes of counting checks that failed."""
    score: float
    """The least margin of the counting checks; a failed check without one counts -1, a passed one +1."""
    undetermined: tuple[str, ...]
    said: tuple[str, ...]
    """What the failed checks said."""
    stages: dict[str, float]
    gaps: tuple[str, ...]
    cpu: float

    @property
    def found(self) -> bool:
        """Whether any counting check failed."""
        return bool(self.failed)

    @property
    def found_unknown(self) -> bool:
        """Whether any failed that needs no reference of the model."""
        return any(not code.startswith("artwork.") for code in self.failed)


def rows(folder: Path) -> list[Row]:
    """All documents of a run."""
    path = folder / RESULTS
    if not path.exists():
        return []
    return [_row(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.endswith("}")]


def _row(raw: dict[str, Any]) -> Row:
    counting = [one for one in raw["checks"] if one[2] and one[0] not in BY_CONSTRUCTION]
    margins = [
        (_FAILING if verdict == "failed" else _PASSING) if margin is None else margin
        for _, verdict, _, margin, _ in counting
        if verdict in ("failed", "successful")
    ]
    failed = [one for one in counting if one[1] == "failed"]
    return Row(
        raw["key"], raw["model"], raw["unseen"], raw["family"], raw["seed"], tuple(raw["fields"]),
        tuple(one[0] for one in failed), min(margins, default=0.0),
        tuple(one[0] for one in counting if one[1] == "undetermined"), tuple(one[4] for one in failed),
        raw["stages"], tuple(raw["gaps"]), raw["cpu"],
    )  # fmt: skip


def finders(found: Iterable[Row], most: int = 4) -> str:
    """The checks that objected most often, each with how often."""
    counts = Counter(code for row in found for code in row.failed)
    return ", ".join(f"{code} {count}" for code, count in counts.most_common(most))

"""What a node holds of a reference or a signature: on trial until it was measured here, and by whom promoted."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from limen.reference.trial import Trial
from limen.reference.values import Members


class Status(StrEnum):
    """Whether its findings count."""

    EVALUATORY = "evaluatory"
    """On trial: its findings are logged and never count."""
    PROMOTED = "promoted"


@dataclass(frozen=True, slots=True)
class Standing:
    """The status, and what it rests upon."""

    status: Status = Status.EVALUATORY
    by: str = ""
    """Who promoted or demoted it, last."""
    on: datetime.datetime | None = None
    trial: Trial | None = None
    """The last measurement."""
    why: str = ""
    """In a sentence, where there is more to say: "taken over from the origin, whose key is trusted"."""

    @property
    def counts(self) -> bool:
        """Whether findings count."""
        return self.status is Status.PROMOTED

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "status": self.status.value,
            "by": self.by,
            "on": self.on.isoformat() if self.on else None,
            "trial": self.trial.to_json() if self.trial else None,
            "why": self.why,
        }

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError."""
        standing = cls(
            members.choice("status", Status),
            members.text("by"),
            members.moment("on") if members.has("on") else None,
            Trial.from_json(members.object("trial")) if members.has("trial") else None,
            members.text("why"),
        )
        members.done()
        return standing

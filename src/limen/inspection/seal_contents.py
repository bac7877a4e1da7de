"""What a seal says, taken apart and verified when a check first asks for it, and once."""

from __future__ import annotations

import datetime
from functools import cached_property

from limen.icao.pki import AnchorSource
from limen.icao.seal import Seal, SealResult, seal_authentication
from limen.inspection.anchors import NoAnchors
from limen.inspection.evidence import SealEvidence


class SealContents:
    """One seal."""

    def __init__(
        self, evidence: SealEvidence, anchors: AnchorSource | None, on: datetime.date, document_code: str | None
    ) -> None:
        self.evidence = evidence
        self._anchors = anchors or NoAnchors()
        self._on = on
        self._document_code = document_code

    @cached_property
    def result(self) -> SealResult:
        """What each step of its verification found."""
        return seal_authentication(self.evidence.data, self._anchors, self._on, document_code=self._document_code)

    @property
    def seal(self) -> Seal | None:
        """The seal; None for one that cannot be read, and for VDS-NC, which repeats no zone."""
        return self.result.seal if isinstance(self.result.seal, Seal) else None

    @property
    def zone(self) -> tuple[str, str] | None:
        """The lines of the zone that it repeats."""
        return self.seal.zone if self.seal else None

    @property
    def passport_number(self) -> str | None:
        """The number of the passport that the sealed visa belongs to."""
        value = self.seal.values.get("passport number") if self.seal else None
        return value if isinstance(value, str) else None

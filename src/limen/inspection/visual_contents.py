"""The visual zone of what was shown, held against a zone when a check first asks for it, and once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from limen.icao.mrz import Mrz
from limen.icao.visual import Field
from limen.inspection.evidence import PageEvidence
from limen.inspection.visual_values import values_of
from limen.inspection.visual_zone import State, Value, VisualZone


@dataclass(frozen=True, slots=True)
class Held:
    """The visual zone held against one set of values."""

    values: Mapping[Field, Value]
    zone: VisualZone

    @property
    def readable(self) -> bool:
        """Whether any name, number or date was found, be it another than expected."""
        long = (value for value in self.values.values() if not value.short and value.expected)
        return any(self.zone.find(value.field).state is not State.MISSING for value in long)


class VisualContents:
    """The print of the sides that were read."""

    def __init__(self, pages: Sequence[PageEvidence], on: datetime.date) -> None:
        self._pages = tuple(pages)
        self._on = on
        self._held: dict[str, Held] = {}

    def against(self, zone: Mrz) -> Held:
        """The print held against what that zone says: the printed one's, or the chip's."""
        if zone.text not in self._held:
            values = values_of(zone, self._on)
            self._held[zone.text] = Held(values, VisualZone(self._pages, values))
        return self._held[zone.text]

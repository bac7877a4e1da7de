"""What lies on a chip, taken apart when a check first asks for it, and once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from limen.icao import mrz
from limen.icao.lds import (
    FILES,
    LEGACY_CHARSETS,
    CardAccess,
    Com,
    Dg1,
    Dg2,
    Dg11,
    Dg12,
    Dg14,
    LdsError,
    ParsedFile,
    parse_file,
)
from limen.icao.pki import (
    AnchorSource,
    PassiveResult,
    card_security_authentication,
    passive_authentication,
)
from limen.inspection.anchors import NoAnchors
from limen.inspection.evidence import ChipEvidence

_GROUP = "EF.DG"
_NAMES = frozenset(file.name for file in FILES)


_Parsed = TypeVar("_Parsed")


class ChipContents:
    """The files of one chip. A property is None where the file is not there or cannot be taken apart."""

    def __init__(self, evidence: ChipEvidence, anchors: AnchorSource | None, on: datetime.date) -> None:
        self.evidence = evidence
        self._anchors = anchors or NoAnchors()
        self._on = on
        self._faults: dict[str, str] = {}

    @cached_property
    def groups(self) -> Mapping[int, bytes]:
        """The data groups by number, as they were read."""
        named = self.evidence.files.items()
        return {
            int(name[len(_GROUP) :]): data for name, data in named if name.startswith(_GROUP) and name[5:].isdecimal()
        }

    @cached_property
    def parsed(self) -> Mapping[str, ParsedFile]:
        """The files that could be taken apart, by name."""
        found = {}
        for name, data in self.evidence.files.items():
            if name not in _NAMES:
                continue
            try:
                found[name] = parse_file(name, data, self._charset)
            except LdsError as error:
                self._faults[name] = str(error)
        return found

    @cached_property
    def _charset(self) -> str | None:
        """The character set that the issuer's texts may be in where they are not in UTF-8."""
        try:
            zone = parse_file("EF.DG1", self.evidence.files.get("EF.DG1", b""))
            return LEGACY_CHARSETS.get(zone.mrz().issuer) if isinstance(zone, Dg1) else None
        except (LdsError, mrz.MrzError):
            return None

    @property
    def faults(self) -> Mapping[str, str]:
        """By file, why it could not be taken apart."""
        _ = self.parsed, self.mrz
        return self._faults

    @property
    def com(self) -> Com | None:
        """EF.COM."""
        return self._of(Com)

    @property
    def dg1(self) -> Dg1 | None:
        """The machine readable zone."""
        return self._of(Dg1)

    @property
    def dg2(self) -> Dg2 | None:
        """The portrait."""
        return self._of(Dg2)

    @property
    def dg11(self) -> Dg11 | None:
        """Details of the holder."""
        return self._of(Dg11)

    @property
    def dg12(self) -> Dg12 | None:
        """Details of the document."""
        return self._of(Dg12)

    @property
    def dg14(self) -> Dg14 | None:
        """The security protocols that are signed."""
        return self._of(Dg14)

    @property
    def card_access(self) -> CardAccess | None:
        """The security protocols that anybody can read, unsigned."""
        return self._of(CardAccess)

    @cached_property
    def mrz(self) -> mrz.Mrz | None:
        """DG1 taken apart."""
        if self.dg1 is None:
            return None
        try:
            return self.dg1.mrz()
        except mrz.MrzError as error:
            self._faults["EF.DG1"] = str(error)
            return None

    @cached_property
    def passive(self) -> PassiveResult | None:
        """Passive authentication; None where there is no EF.SOD."""
        sod = self.evidence.files.get("EF.SOD")
        if sod is None:
            return None
        zone = self.mrz
        return passive_authentication(
            sod,
            self.groups,
            self._anchors,
            self._on,
            state=zone.issuer if zone else None,
            document_code=zone.document_code if zone else None,
        )

    @cached_property
    def card_security(self) -> PassiveResult | None:
        """The same of EF.CardSecurity, which holds the key that PACE's chip authentication mapping proves.

        None where that was not played, or the file is not there: its key is then relied upon for nothing.
        """
        data = self.evidence.files.get("EF.CardSecurity")
        if data is None or self.evidence.pace_cam is None:
            return None
        state = self.mrz.issuer if self.mrz else None
        return card_security_authentication(data, self._anchors, self._on, state=state)

    @property
    def signed(self) -> Mapping[int, bytes] | None:
        """The signed hashes by data group; None where EF.SOD is not there or cannot be taken apart."""
        return self.passive.sod.lds.hashes if self.passive and self.passive.sod else None

    def _of(self, kind: type[_Parsed]) -> _Parsed | None:
        return next((one for one in self.parsed.values() if isinstance(one, kind)), None)

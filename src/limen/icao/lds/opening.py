"""Any file of a chip by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from limen.icao.lds.card import AtrInfo, Directory
from limen.icao.lds.cbeff import Biometrics
from limen.icao.lds.common import Com, Dg1
from limen.icao.lds.details import Dg11, Dg12, Dg16
from limen.icao.lds.errors import reading
from limen.icao.lds.files import file_named
from limen.icao.lds.portraits import Dg2, DisplayedImages
from limen.icao.lds.security import CardAccess, CardSecurity, Dg14, Dg15
from limen.icao.lds.tlv import open_file


@dataclass(frozen=True, slots=True)
class Opaque:
    """A file whose content is not looked at here: EF.SOD, DG8 to DG10, DG13."""

    raw: bytes
    name: str
    content: bytes
    """The value of the template: of EF.SOD, the CMS object that `limen.icao.pki` reads."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, name: str, data: bytes) -> Self:
        """Check the tag and take the content; raises `LdsError`."""
        notes: list[str] = []
        with reading(name):
            content = open_file(data, file_named(name).tag or 0, notes).value
        return cls(data, name, content, tuple(notes))


ParsedFile = (
    AtrInfo
    | Biometrics
    | CardAccess
    | CardSecurity
    | Com
    | Dg1
    | Dg2
    | Dg11
    | Dg12
    | Dg14
    | Dg15
    | Dg16
    | Directory
    | DisplayedImages
    | Opaque
)

_PARSERS: dict[str, Callable[[bytes], ParsedFile]] = {
    "EF.COM": Com.parse,
    "EF.DG1": Dg1.parse,
    "EF.DG2": Dg2.parse,
    "EF.DG3": lambda data: Biometrics.parse("EF.DG3", 0x63, data),
    "EF.DG4": lambda data: Biometrics.parse("EF.DG4", 0x76, data),
    "EF.DG5": lambda data: DisplayedImages.parse(5, data),
    "EF.DG6": lambda data: DisplayedImages.parse(6, data),
    "EF.DG7": lambda data: DisplayedImages.parse(7, data),
    "EF.DG14": Dg14.parse,
    "EF.DG15": Dg15.parse,
    "EF.CardAccess": CardAccess.parse,
    "EF.CardSecurity": CardSecurity.parse,
    "EF.ATR/INFO": AtrInfo.parse,
    "EF.DIR": Directory.parse,
}
_TEXT_PARSERS: dict[str, Callable[[bytes, str | None], ParsedFile]] = {
    "EF.DG11": Dg11.parse,
    "EF.DG12": Dg12.parse,
    "EF.DG16": Dg16.parse,
}


def parse_file(name: str, data: bytes, charset: str | None = None) -> ParsedFile:
    """Return what the file `name` (as in `FILES`) says; raises `LdsError`, also for a name that is none.

    `charset` reads texts of DG11, DG12 and DG16 that are not in UTF-8.
    """
    file_named(name)
    if name in _TEXT_PARSERS:
        return _TEXT_PARSERS[name](data, charset)
    return _PARSERS[name](data) if name in _PARSERS else Opaque.parse(name, data)

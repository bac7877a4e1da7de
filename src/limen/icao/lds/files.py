"""The files of a chip: Doc 9303-10 (8th edition) section 3, with identifiers, tags and names."""

from __future__ import annotations

from dataclasses import dataclass

from limen.icao.lds.errors import LdsError


@dataclass(frozen=True, slots=True)
class LdsFile:
    """One elementary file."""

    name: str
    """As Doc 9303 writes it: EF.COM, EF.DG1, EF.CardAccess, EF.ATR/INFO."""
    fid: int
    """File identifier, two bytes."""
    sfi: int
    """Short file identifier, five bits."""
    tag: int | None
    """Of the template that the file is; None where the file is a series of objects."""
    number: int | None = None
    """Of the data group."""
    in_application: bool = True
    """Whether the file lies in the eMRTD application, and not in the master file."""

    @property
    def stem(self) -> str:
        """The name as a saved file has it: EF_COM, EF_DG1, EF_ATR_INFO."""
        return self.name.replace(".", "_").replace("/", "_")


_DATA_GROUP_TAGS = (
    *(0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68),
    *(0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70),
)

EF_COM = LdsFile("EF.COM", 0x011E, 0x1E, 0x60)
EF_SOD = LdsFile("EF.SOD", 0x011D, 0x1D, 0x77)
DATA_GROUPS = tuple(
    LdsFile(f"EF.DG{number}", 0x0100 + number, number, tag, number)
    for number, tag in enumerate(_DATA_GROUP_TAGS, start=1)
)
EF_CVCA = LdsFile("EF.CVCA", 0x011C, 0x1C, 0x42)
EF_CARD_ACCESS = LdsFile("EF.CardAccess", 0x011C, 0x1C, 0x31, in_application=False)
EF_CARD_SECURITY = LdsFile("EF.CardSecurity", 0x011D, 0x1D, 0x30, in_application=False)
EF_ATR_INFO = LdsFile("EF.ATR/INFO", 0x2F01, 0x01, None, in_application=False)
EF_DIR = LdsFile("EF.DIR", 0x2F00, 0x1E, 0x61, in_application=False)

FILES = (EF_COM, EF_SOD, *DATA_GROUPS, EF_CVCA, EF_CARD_ACCESS, EF_CARD_SECURITY, EF_ATR_INFO, EF_DIR)

LDS1_AID = bytes.fromhex("A0000002471001")
"""Application identifier of the eMRTD application (Doc 9303-10 section 3.3)."""

_BY_NAME = {file.name: file for file in FILES}
_BY_TAG = {file.tag: file for file in (EF_COM, EF_SOD, *DATA_GROUPS)}


def file_named(name: str) -> LdsFile:
    """Return the file of this name; raises `LdsError` for a name that is none."""
    found = _BY_NAME.get(name)
    if found is None:
        raise LdsError(f"{name!r} is no file of a travel document's chip")
    return found


def file_by_tag(tag: int) -> LdsFile | None:
    """Return the file of the application that begins with this tag: EF.COM, EF.SOD or a data group."""
    return _BY_TAG.get(tag)


def data_group(number: int) -> LdsFile:
    """Return data group 1 to 16; raises `LdsError`."""
    if not 1 <= number <= len(DATA_GROUPS):
        raise LdsError(f"there is no data group {number}")
    return DATA_GROUPS[number - 1]

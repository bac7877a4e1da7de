"""DG11, DG12 and DG16: details of the holder, of the document, and persons to notify.

Doc 9303-10 sections 4.7.11, 4.7.12 and 4.7.16. Nothing in them is nested deeper than one list, and nothing deeper is
looked at. An unknown object is kept; a list of names is bounded, whatever count it announces.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from limen.icao.der import DerError, Element
from limen.icao.lds.errors import reading
from limen.icao.lds.images import EncodedImage
from limen.icao.lds.text import LdsDate, read_date, read_moment, read_text
from limen.icao.lds.tlv import children, open_file, tags_of, unsigned

MAX_NAMES = 64
"""Names in one list, and persons to notify; more are refused."""

_LIST = 0xA0
_COUNT = 0x02
_TAGS = 0x5C


@dataclass(slots=True)
class _Template:
    """The objects of a file while they are taken."""

    notes: list[str]
    charset: str | None
    objects: dict[int, Element] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    listed: tuple[int, ...] = ()

    def read(self, data: bytes, tag: int, name_tag: int) -> None:
        """Sort the objects of the file: names into `names`, the tag list into `listed`, the rest by tag."""
        for child in children(open_file(data, tag, self.notes)):
            if child.tag == _TAGS:
                self.listed = tags_of(child.value)
            elif child.tag == _LIST:
                self._names(children(child), name_tag)
            elif child.tag == name_tag:
                self.notes.append(f"Tag {name_tag:04X} stands outside a list.")
                self._names([child], name_tag)
            elif child.tag in self.objects:
                self.notes.append(f"Tag {child.tag:04X} is there twice; the first was taken.")
            else:
                self.objects[child.tag] = child
        for listed in self.listed:
            if listed not in self.objects and listed not in {name_tag, _LIST}:
                self.notes.append(f"Tag {listed:04X} is listed and not there.")

    def _names(self, elements: Iterable[Element], tag: int) -> None:
        count = None
        found: list[str] = []
        for element in elements:
            if element.tag == _COUNT:
                count = unsigned(element)
            elif element.tag == tag:
                found.append(read_text(element.value, f"Name {len(found) + 1}", self.charset, self.notes))
        if len(self.names) + len(found) > MAX_NAMES:
            raise DerError(f"more than {MAX_NAMES} names")
        if count is not None and count != len(found):
            self.notes.append(f"{count} names are announced, {len(found)} are there.")
        self.names += found

    def text(self, tag: int, what: str) -> str | None:
        """Take a text."""
        found = self.objects.pop(tag, None)
        return None if found is None else read_text(found.value, what, self.charset, self.notes)

    def date(self, tag: int, what: str) -> LdsDate | None:
        """Take a date."""
        found = self.objects.pop(tag, None)
        return None if found is None else read_date(found.value, what, self.notes)

    def image(self, tag: int) -> EncodedImage | None:
        """Take an image."""
        found = self.objects.pop(tag, None)
        return None if found is None else EncodedImage.of(found.value)

    def rest(self) -> tuple[tuple[int, bytes], ...]:
        """Return what was not taken."""
        self.notes.extend(f"Tag {tag:02X} is unknown here; it was kept." for tag in self.objects)
        return tuple((tag, element.value) for tag, element in self.objects.items())


@dataclass(frozen=True, slots=True)
class Dg11:
    """DG11, details of the holder. Texts stand as on the chip, with `<` between their parts; None is *not given*."""

    raw: bytes
    full_name: str | None
    """In national characters."""
    other_names: tuple[str, ...]
    personal_number: str | None
    birth_date: LdsDate | None
    birth_place: str | None
    address: str | None
    telephone: str | None
    profession: str | None
    title: str | None
    personal_summary: str | None
    proof_of_citizenship: EncodedImage | None
    other_documents: str | None
    custody: str | None
    unknown: tuple[tuple[int, bytes], ...] = ()
    """Tag and value of each object that is not of the standard."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes, charset: str | None = None) -> Self:
        """Read DG11; `charset` reads what is not UTF-8 (see `LEGACY_CHARSETS`). Raises `LdsError`."""
        template = _Template([], charset)
        with reading("EF.DG11"):
            template.read(data, 0x6B, 0x5F0F)
        return cls(
            data,
            full_name=template.text(0x5F0E, "The name"),
            other_names=tuple(template.names),
            personal_number=template.text(0x5F10, "The personal number"),
            birth_date=template.date(0x5F2B, "The date of birth"),
            birth_place=template.text(0x5F11, "The place of birth"),
            address=template.text(0x5F42, "The address"),
            telephone=template.text(0x5F12, "The telephone number"),
            profession=template.text(0x5F13, "The profession"),
            title=template.text(0x5F14, "The title"),
            personal_summary=template.text(0x5F15, "The personal summary"),
            proof_of_citizenship=template.image(0x5F16),
            other_documents=template.text(0x5F17, "The list of other documents"),
            custody=template.text(0x5F18, "The custody information"),
            unknown=template.rest(),
            notes=tuple(template.notes),
        )


@dataclass(frozen=True, slots=True)
class Dg12:
    """DG12, details of the document. None is *not given*."""

    raw: bytes
    issuing_authority: str | None
    issue_date: LdsDate | None
    other_persons: tuple[str, ...]
    endorsements: str | None
    exit_requirements: str | None
    front: EncodedImage | None
    rear: EncodedImage | None
    personalized: datetime.datetime | None
    """Without a time zone."""
    personalization_system: str | None
    unknown: tuple[tuple[int, bytes], ...] = ()
    """Tag and value of each object that is not of the standard."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes, charset: str | None = None) -> Self:
        """Read DG12; `charset` reads what is not UTF-8 (see `LEGACY_CHARSETS`). Raises `LdsError`."""
        template = _Template([], charset)
        with reading("EF.DG12"):
            template.read(data, 0x6C, 0x5F1A)
        moment = template.objects.pop(0x5F55, None)
        what = "The time of personalization"
        return cls(
            data,
            issuing_authority=template.text(0x5F19, "The issuing authority"),
            issue_date=template.date(0x5F26, "The date of issue"),
            other_persons=tuple(template.names),
            endorsements=template.text(0x5F1B, "The endorsement"),
            exit_requirements=template.text(0x5F1C, "The tax or exit requirement"),
            front=template.image(0x5F1D),
            rear=template.image(0x5F1E),
            personalized=None if moment is None else read_moment(moment.value, what, template.notes),
            personalization_system=template.text(0x5F56, "The serial number of the personalization system"),
            unknown=template.rest(),
            notes=tuple(template.notes),
        )


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to notify in an emergency."""

    recorded: LdsDate | None
    name: str | None
    telephone: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Dg16:
    """DG16, persons to notify."""

    raw: bytes
    contacts: tuple[Contact, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes, charset: str | None = None) -> Self:
        """Read DG16; raises `LdsError`."""
        notes: list[str] = []
        contacts: list[Contact] = []
        count = None
        with reading("EF.DG16"):
            for child in children(open_file(data, 0x70, notes)):
                if child.tag == _COUNT:
                    count = unsigned(child)
                elif child.tag & 0xE0 == 0xA0 and child.tag <= 0xFF:
                    contacts.append(_contact(child, charset, notes))
            if len(contacts) > MAX_NAMES:
                raise DerError(f"more than {MAX_NAMES} persons")
        if count != len(contacts):
            notes.append(f"{count} persons are announced, {len(contacts)} are there.")
        return cls(data, tuple(contacts), tuple(notes))


def _contact(element: Element, charset: str | None, notes: list[str]) -> Contact:
    template = _Template(notes, charset, {child.tag: child for child in children(element)})
    return Contact(
        template.date(0x5F50, "The date of recording"),
        template.text(0x5F51, "The person to notify"),
        template.text(0x5F52, "The telephone number"),
        template.text(0x5F53, "The address"),
    )

"""DG2, the holder's face, and DG5 to DG7, displayed images: Doc 9303-10 sections 4.7.2, 4.7.5 to 4.7.7."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from limen.icao.der import DerError
from limen.icao.lds import face19794, face39794
from limen.icao.lds.cbeff import BiometricRecord, Biometrics
from limen.icao.lds.errors import LdsError, reading
from limen.icao.lds.face import Face, FaceRecord
from limen.icao.lds.files import data_group
from limen.icao.lds.images import EncodedImage
from limen.icao.lds.tlv import children, open_file, unsigned

MAX_IMAGES = 32
_IMAGE_TAGS = {5: 0x5F40, 6: 0x5F40, 7: 0x5F43}


@dataclass(frozen=True, slots=True)
class Dg2:
    """DG2."""

    raw: bytes
    biometrics: tuple[BiometricRecord, ...]
    records: tuple[FaceRecord, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read DG2; raises `LdsError`, also where no record is of a kind that is known."""
        outer = Biometrics.parse("EF.DG2", 0x75, data)
        notes = list(outer.notes)
        records: list[FaceRecord] = []
        failures: list[LdsError] = []
        for biometric in outer.records:
            try:
                records.append(read_faces(biometric.data))
                notes.extend(records[-1].notes)
            except LdsError as error:
                failures.append(error)
                notes.append(f"A biometric record cannot be read: {error}.")
        if not records:
            raise LdsError(f"EF.DG2: {failures[0] if failures else 'there is no biometric record'}")
        return cls(data, outer.records, tuple(records), tuple(notes))

    @property
    def faces(self) -> tuple[Face, ...]:
        """All faces, the portrait first."""
        return tuple(face for record in self.records for face in record.faces)

    @property
    def portrait(self) -> Face:
        """The first face."""
        return self.faces[0]


def read_faces(data: bytes) -> FaceRecord:
    """Return the faces of a biometric data block, by 19794-5 or 39794-5 as its first bytes say; raises `LdsError`."""
    if data[:1] in {b"\xa1", b"\x65"}:
        return face39794.read_faces(data)
    return face19794.read_faces(data)


@dataclass(frozen=True, slots=True)
class DisplayedImages:
    """DG5 (portrait), DG6 (reserved) or DG7 (signature or usual mark), as images to be shown."""

    raw: bytes
    number: int
    images: tuple[EncodedImage, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, number: int, data: bytes) -> Self:
        """Read data group 5, 6 or 7; raises `LdsError`."""
        file = data_group(number)
        notes: list[str] = []
        images: list[EncodedImage] = []
        count = None
        with reading(file.name):
            for child in children(open_file(data, file.tag or 0, notes)):
                if child.tag == 0x02:
                    count = unsigned(child)
                elif child.tag == _IMAGE_TAGS.get(number):
                    images.append(EncodedImage.of(child.value))
                else:
                    notes.append(f"Tag {child.tag:02X} was passed over.")
            if len(images) > MAX_IMAGES:
                raise DerError(f"more than {MAX_IMAGES} images")
        if count != len(images):
            notes.append(f"{count} images are announced, {len(images)} are there.")
        notes.extend("The image is of no known format by its first bytes." for image in images if image.kind is None)
        return cls(data, number, tuple(images), tuple(notes))

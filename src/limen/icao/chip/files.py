"""Selecting and reading files: Doc 9303-10 (8th edition) section 3.6, ISO/IEC 7816-4 section 11.3."""

from __future__ import annotations

from collections.abc import Callable

from limen.icao import der
from limen.icao.chip.apdu import SHORT_LE, Command, Response, StatusWord
from limen.icao.chip.errors import AnswerError, CardError
from limen.icao.chip.link import Link
from limen.icao.lds.files import EF_ATR_INFO, LDS1_AID, LdsFile

MAX_FILE = 1 << 20
"""Longer files are refused; the longest in the field are a tenth of it."""
_EVEN_LIMIT = 0x8000
_ODD_OVERHEAD = 4
_HEADER = 8
_LEAST = 16
_DEFAULT_ROOM = 0xFFFF
Progress = Callable[[str, int, int], None]
"""Told of a file's name, the octets read so far and the octets in all."""


class FileReader:
    """Reads files over a link in parts as large as the card gives."""

    def __init__(self, link: Link, progress: Progress) -> None:
        self._link = link
        self._progress = progress
        self.room = _DEFAULT_ROOM
        """The most octets of an answer of extended length."""
        self.most: int | None = None
        """The most octets that the card gave its word on for one answer; None while it gave none."""
        self.ahead = True
        """Whether the card may be asked for more than a file holds."""
        self.notes: list[str] = []

    def select_application(self) -> None:
        """Select the eMRTD application. Raises `CardError`."""
        self._link.ask(Command(0, 0xA4, 0x04, 0x0C, LDS1_AID), "The chip has no travel document application")

    def select_master_file(self) -> None:
        """Select the master file in one of the ways that chips know; some know none, and are in it anyway."""
        for command in (
            Command(0, 0xA4, 0, 0x0C, b"\x3f\x00"),
            Command(0, 0xA4, 0, 0x0C),
            Command(0, 0xA4, 0, 0, b"\x3f\x00", SHORT_LE),
        ):
            if self._link.send(command).has_data:
                return
        self.notes.append("The chip does not let its master file be selected.")

    def select(self, file: LdsFile) -> None:
        """Select a file by its identifier. Raises `CardError`."""
        command = Command(0, 0xA4, 0x02, 0x0C, file.fid.to_bytes(2, "big"))
        answer = self._link.send(command)
        if answer.sw in {StatusWord.WRONG_PARAMETERS, StatusWord.INCONSISTENT_LENGTH}:
            answer = self._link.send(Command(0, 0xA4, 0x02, 0x04, command.data, SHORT_LE))
        if not answer.has_data:
            raise CardError(f"{file.name} cannot be selected", answer.sw)

    def read(self, file: LdsFile) -> bytes:
        """Select a file and return its octets, as many as its header tells. Raises `ChipError`."""
        self._link.step = file.name
        self.select(file)
        data = self._part(0, self._limit() if self.ahead else _HEADER)
        if file is EF_ATR_INFO:
            return data
        total = _total(data, file)
        self._progress(file.name, min(len(data), total), total)
        while len(data) < total:
            part = self._part(len(data), min(total - len(data), self._limit()))
            if not part:
                self.notes.append(f"{file.name} ends after {len(data)} of {total} octets.")
                break
            data += part
            self._progress(file.name, min(len(data), total), total)
        return data[:total]

    def probe(self) -> None:
        """Read the beginning of the file that is selected, to see that the channel holds. Raises `ChipError`."""
        answer = self._link.send(_read(0, _HEADER))
        if not (answer.has_data and answer.data):
            raise CardError("The chip gives nothing to read", answer.sw)

    def _limit(self) -> int:
        """Return the most octets to ask for at a time."""
        channel, wide = self._link.channel, self._link.extended
        room = self.room - 2 if wide else SHORT_LE
        limit = room if channel is None else channel.most(room)
        return max(1, limit if self.most is None else min(limit, self.most))

    def _part(self, offset: int, count: int) -> bytes:
        """Return octets from an offset, as many as the card gives; none at the file's end. Raises `CardError`."""
        while True:
            answer = self._link.send(_read(offset, count))
            if answer.has_data:
                return _content(answer, offset)
            smaller = self._smaller(answer.sw, offset, count)
            if smaller is None:
                if offset and answer.sw in {StatusWord.WRONG_OFFSET, StatusWord.WRONG_PARAMETERS}:
                    return b""
                raise CardError(f"{self._link.step} cannot be read at {offset}", answer.sw)
            count = smaller

    def _smaller(self, status: int, offset: int, count: int) -> int | None:
        """Return how many octets to ask for after a refusal, fewer than before; None where that will not help."""
        if status >> 8 == 0x6C:
            told = status & 0xFF
            return told if 0 < told < count else None
        if status not in {StatusWord.WRONG_LENGTH, StatusWord.WRONG_OFFSET, StatusWord.END_OF_FILE}:
            return None
        if offset == 0 and self.ahead and count > _HEADER:
            self.ahead = False
            return _HEADER
        if status != StatusWord.WRONG_LENGTH or count <= _LEAST:
            return None
        self.most = SHORT_LE - 33 if count > SHORT_LE else count // 2
        return self.most


def _read(offset: int, count: int) -> Command:
    if offset < _EVEN_LIMIT:
        return Command(0, 0xB0, offset >> 8, offset & 0xFF, b"", count)
    at = offset.to_bytes((offset.bit_length() + 7) // 8, "big")
    return Command(0, 0xB1, 0, 0, der.encode(0x54, at), min(count + _ODD_OVERHEAD, 0x10000))


def _content(answer: Response, offset: int) -> bytes:
    if offset < _EVEN_LIMIT or not answer.data:
        return answer.data
    try:
        element = der.parse(answer.data, lenient=True)
    except der.DerError as error:
        raise AnswerError("The chip's answer to READ BINARY cannot be read.") from error
    if element.tag != 0x53:
        raise AnswerError("The chip's answer to READ BINARY is no data object.")
    return element.value


def _total(data: bytes, file: LdsFile) -> int:
    try:
        header = der.read_header(data)
    except der.DerError as error:
        raise AnswerError(f"{file.name} does not begin as a file does.") from error
    if header is None:
        raise AnswerError(f"{file.name} does not begin as a file does.")
    total = header[1] + header[2]
    if total > MAX_FILE:
        raise AnswerError(f"{file.name} says that it is {total} octets long.")
    return total


def extended_room(atr_info: bytes) -> int | None:
    """Return the most octets of an answer of extended length by EF.ATR/INFO (7F66), None where it offers none."""
    try:
        for element in der.parse_all(atr_info, lenient=True):
            if element.tag == 0x7F66:
                lengths = [der.as_int(part) for part in element]
                return lengths[1] if len(lengths) == 2 and SHORT_LE < lengths[1] <= 0x10000 else None
    except der.DerError:
        return None
    return None

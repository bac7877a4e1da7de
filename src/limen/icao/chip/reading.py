"""The whole reading of a chip, in the order of Doc 9303-11 (8th edition) section 4.2 and BSI TR-03135-1.

1. EF.ATR/INFO: how long answers may be. 2. EF.CardAccess: is PACE offered? 3. PACE; BAC only where no PACE was
offered. 4. The application, its files. 5. Active Authentication. 6. Chip Authentication, and a file read once more.
7. Terminal Authentication, where a key for it is given, and the files behind it.
Whatever the card does, `read_chip` returns what was got until then.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from limen.icao import der
from limen.icao.chip.active_authentication import active_authentication
from limen.icao.chip.apdu import StatusWord, Transmit
from limen.icao.chip.bac import basic_access_control
from limen.icao.chip.chip_authentication import ChipAuthentication, chip_authentication
from limen.icao.chip.errors import (
    AccessDenied,
    CardError,
    ChipError,
    NotSupportedError,
    SecureMessagingError,
    TransmitError,
)
from limen.icao.chip.files import FileReader, Progress, extended_room
from limen.icao.chip.keys import AccessKey, MrzKey
from limen.icao.chip.link import Exchange, Link, no_clock
from limen.icao.chip.pace import PaceOutcome, chip_authentication_holds, offers, pace
from limen.icao.chip.proof import ProofOutcome, failed, not_supported, successful, undetermined
from limen.icao.chip.terminal_authentication import TerminalKey, terminal_authentication
from limen.icao.lds import LdsError, SecurityInfos
from limen.icao.lds.files import (
    EF_ATR_INFO,
    EF_CARD_ACCESS,
    EF_CARD_SECURITY,
    EF_COM,
    EF_SOD,
    LdsFile,
    data_group,
    file_by_tag,
)
from limen.icao.lds.security_infos import Mapping as PaceMapping
from limen.icao.pki import PkiError
from limen.icao.pki.cms import SignedData
from limen.icao.pki.sod import Sod

_SENSITIVE = frozenset({3, 4})
_LENGTH_REFUSED = frozenset({StatusWord.WRONG_LENGTH, StatusWord.UNKNOWN_CLASS, StatusWord.UNKNOWN_ERROR})
"""What chips answer, in plain, to a command of extended length that they said they know."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What to read, and how far to go."""

    data_groups: frozenset[int] | None = None
    """Numbers of data groups; None for all that EF.COM or EF.SOD name, DG3 and DG4 only with a terminal key."""
    active_authentication: bool = True
    chip_authentication: bool = True
    allow_bac_after_pace: bool = False
    """Whether BAC may be tried after PACE was offered and failed: an attacker may have made it fail."""
    extended: bool = True
    """Whether commands of extended length are used where the card offers them."""
    terminal_key: TerminalKey | None = None


@dataclass(frozen=True, slots=True)
class ChipReading:
    """What was got from a chip."""

    access: str | None
    """"PACE GM ECDH AES-128 with the MRZ", "BAC with the MRZ", "no access control"; None where access was not got."""
    files: Mapping[str, bytes] = field(hash=False)
    """Raw octets by the names of Doc 9303-10."""
    missing: Mapping[str, str] = field(hash=False)
    """Files that could not be read, with the reason."""
    trace: tuple[Exchange, ...]
    problems: tuple[str, ...]
    """What the reader met and got over, a sentence each."""
    active_authentication: ProofOutcome | None
    """None where it was not to be played, or the chip has no DG15."""
    chip_authentication: ProofOutcome | None
    pace_cam: ProofOutcome | None
    terminal_authentication: ProofOutcome | None
    failure: ChipError | None
    """What ended the reading before its end; an `AccessDenied` where the key is wrong."""

    @property
    def aborted(self) -> str | None:
        """Why the reading ended before its end, one sentence."""
        return None if self.failure is None else str(self.failure)


def _silent(_name: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def read_chip(
    card: Transmit,
    access: Sequence[AccessKey],
    *,
    options: ReadingOptions | None = None,
    progress: Progress = _silent,
    random: Callable[[int], bytes] = secrets.token_bytes,
    clock: Callable[[], float] = no_clock,
) -> ChipReading:
    """Read a chip with the first of the keys that opens it. Never raises a `ChipError`: see `ChipReading.failure`.

    `progress` is told of a file's name, octets read and octets in all; `clock` gives seconds for the trace.
    """
    link = Link(card, clock)
    run = _Run(link, FileReader(link, progress), tuple(access), options or ReadingOptions(), random)
    failure: ChipError | None = None
    try:
        run.play()
    except ChipError as error:
        failure = error
    return run.result(failure)


class _Run:
    """One reading, as far as it has come."""

    def __init__(
        self,
        link: Link,
        reader: FileReader,
        keys: tuple[AccessKey, ...],
        options: ReadingOptions,
        random: Callable[[int], bytes],
    ) -> None:
        self.link = link
        self.reader = reader
        self.keys = keys
        self.options = options
        self.random = random
        self.access: str | None = None
        self.key: AccessKey | None = None
        self.files: dict[str, bytes] = {}
        self.missing: dict[str, str] = {}
        self.problems: list[str] = []
        self.pace: PaceOutcome | None = None
        self.proofs: dict[str, ProofOutcome] = {}

    def play(self) -> None:
        """Read the chip to the end."""
        self.open()
        self.read(EF_COM)
        self.read(EF_SOD)
        wanted = self.wanted()
        for number in wanted:
            self.read(data_group(number))
        self.play_active_authentication()
        agreed = self.play_chip_authentication()
        self.play_terminal_authentication(agreed)

    def result(self, failure: ChipError | None) -> ChipReading:
        """Return what was got."""
        proof = self.proofs.get
        return ChipReading(
            access=self.access,
            files=dict(self.files),
            missing=dict(self.missing),
            trace=tuple(self.link.trace),
            problems=(*self.problems, *self.reader.notes),
            active_authentication=proof("aa"),
            chip_authentication=proof("ca"),
            pace_cam=proof("cam"),
            terminal_authentication=proof("ta"),
            failure=failure,
        )

    def open(self) -> None:
        """Gain access, and select the application."""
        self.link.channel = None
        self.link.step = "master file"
        self.reader.select_master_file()
        for file in (EF_ATR_INFO, EF_CARD_ACCESS):
            if file.name not in self.files:
                self.read(file, optional=True)
        room = extended_room(self.files.get(EF_ATR_INFO.name, b""))
        self.link.extended = self.options.extended and room is not None
        self.reader.room = room or self.reader.room
        if not (EF_CARD_ACCESS.name in self.files and self.open_by_pace()):
            self.open_by_bac()

    def open_by_pace(self) -> bool:
        """Return whether the application was opened by PACE; False where the chip offers none."""
        infos = self.infos(EF_CARD_ACCESS)
        if infos is None:
            return False
        if not infos.pace:
            return False
        try:
            self.access, self.key = self.try_pace(infos)
        except TransmitError:
            raise
        except ChipError as error:
            if not self.options.allow_bac_after_pace:
                raise
            self.problems.append(f"PACE was offered and failed, BAC was tried: {error}")
            self.link.channel = None
            return False
        self.check_cam()
        self.link.step = "application"
        self.reader.select_application()
        return True

    def try_pace(self, infos: SecurityInfos) -> tuple[str, AccessKey]:
        """Return how PACE was spoken, and with which key."""
        usable = offers(infos)
        if not usable:
            named = ", ".join(str(info) for info in infos.pace)
            raise NotSupportedError(f"The chip offers PACE in ways only that are not known here: {named}.")
        denied: AccessDenied | None = None
        for key in self.keys:
            try:
                self.pace = pace(self.link, usable[0], infos, key, self.random)
            except AccessDenied as error:
                denied = error
                continue
            return f"{usable[0]} with {key.name}", key
        raise denied or NotSupportedError("The chip wants the MRZ or the CAN, and neither was given.")

    def open_by_bac(self) -> None:
        """Open the application without access control or by BAC."""
        self.link.step = "application"
        self.reader.select_application()
        try:
            self.reader.select(EF_COM)
            self.reader.probe()
        except CardError as error:
            self.link.step = "BAC"
            self.bac(error)
        else:
            self.access = "no access control"

    def bac(self, why: CardError) -> None:
        """Open the channel with the first of the printed zones that the chip accepts."""
        denied: ChipError | None = None
        for key in self.keys:
            if isinstance(key, MrzKey):
                try:
                    basic_access_control(self.link, key, self.random)
                except AccessDenied as error:
                    denied = error
                    continue
                self.access, self.key = f"BAC with {key.name}", key
                return
        if denied is None and why.status != StatusWord.SECURITY_NOT_SATISFIED:
            raise why
        raise denied or NotSupportedError("The chip wants the MRZ, which was not given.")

    def check_cam(self) -> None:
        """Read EF.CardSecurity, and hold the chip's answer of PACE-CAM against its key."""
        outcome = self.pace
        if outcome is None or outcome.info.mapping is not PaceMapping.CHIP_AUTHENTICATION:
            return
        self.read(EF_CARD_SECURITY)
        raw = self.files.get(EF_CARD_SECURITY.name)
        if raw is None:
            self.proofs["cam"] = undetermined("EF.CardSecurity, which has the chip's key, could not be read.")
            return
        try:
            infos = SecurityInfos.parse(SignedData.parse(raw).content)
        except (PkiError, LdsError) as error:
            self.proofs["cam"] = undetermined("EF.CardSecurity cannot be taken apart.", str(error))
            return
        if any(chip_authentication_holds(outcome, key.spki) for key in infos.chip_authentication_keys):
            self.proofs["cam"] = successful("The chip has the key that EF.CardSecurity names.")
        else:
            self.proofs["cam"] = failed("The chip does not have the key that EF.CardSecurity names.")

    def read(self, file: LdsFile, *, optional: bool = False) -> None:
        """Read a file into `files`, or say in `missing` why not; an optional file that is not there is not missing."""
        try:
            self.files[file.name] = self.reader.read(file)
        except TransmitError:
            raise
        except SecureMessagingError as error:
            if not self.link.extended or self.access is None or error.status not in _LENGTH_REFUSED:
                raise
            self.shorten(file, error)
        except ChipError as error:
            absent = isinstance(error, CardError) and error.status == StatusWord.FILE_NOT_FOUND
            if not (optional and (absent or file is EF_ATR_INFO)):
                self.missing[file.name] = str(error)

    def shorten(self, file: LdsFile, why: SecureMessagingError) -> None:
        """Open the chip once more and read with commands of short length, which it may know better."""
        self.problems.append(f"{why} Commands of short length are used from here on.")
        self.options = _short(self.options)
        self.open()
        self.files[file.name] = self.reader.read(file)

    def wanted(self) -> list[int]:
        """Return the numbers of the data groups to read, those with keys first."""
        named = self.named()
        chosen = (
            named - _SENSITIVE if self.options.data_groups is None else self.options.data_groups & set(range(1, 17))
        )
        if self.options.active_authentication:
            chosen |= named & {15}
        if self.options.chip_authentication or self.options.active_authentication:
            chosen |= named & {14}
        return sorted(chosen - _SENSITIVE, key=lambda number: (number not in {14, 15}, number))

    def named(self) -> set[int]:
        """Return the numbers of the data groups that EF.COM or EF.SOD name."""
        numbers: set[int] = set()
        try:
            for element in der.parse(self.files.get(EF_COM.name, b""), lenient=True):
                if element.tag == 0x5C:
                    found = map(file_by_tag, element.value)
                    numbers |= {file.number for file in found if file is not None and file.number is not None}
        except der.DerError:
            self.problems.append("EF.COM cannot be taken apart.")
        try:
            numbers |= set(Sod.parse(self.files.get(EF_SOD.name, b"")).lds.hashes) & set(range(1, 17))
        except PkiError:
            self.problems.append("EF.SOD cannot be taken apart.")
        return numbers

    def infos(self, file: LdsFile) -> SecurityInfos | None:
        """Return the SecurityInfos of a file that was read; None, and a problem, where they cannot be read."""
        raw = self.files.get(file.name)
        if raw is None:
            return None
        try:
            return SecurityInfos.parse(_body(raw) if file.number == 14 else raw)
        except (LdsError, der.DerError) as error:
            self.problems.append(f"{file.name} cannot be taken apart: {error}")
            return None

    def play_active_authentication(self) -> None:
        """Let the chip sign a challenge, where DG15 names a key for it."""
        raw = self.files.get("EF.DG15")
        if raw is None or not self.options.active_authentication:
            return
        infos = self.infos(data_group(14))
        try:
            spki = _body(raw)
        except der.DerError as error:
            self.proofs["aa"] = not_supported("DG15 cannot be taken apart.", str(error))
            return
        self.link.step = "active authentication"
        try:
            found = infos.active_authentication if infos else ()
            self.proofs["aa"] = active_authentication(self.link, spki, found, self.random)
        except ChipError as error:
            self.proofs["aa"] = undetermined("Active authentication was broken off.", str(error))
            raise

    def play_chip_authentication(self) -> ChipAuthentication | None:
        """Agree on new keys, where DG14 names a key for it, and read a file's beginning through the new channel."""
        infos = self.infos(data_group(14))
        if infos is None or not infos.chip_authentication_keys or not self.options.chip_authentication:
            return None
        try:
            agreed = chip_authentication(self.link, infos, self.random)
            self.reader.select(EF_COM)
            self.reader.probe()
        except NotSupportedError as error:
            self.proofs["ca"] = not_supported("Chip authentication cannot be played.", str(error))
            return None
        except TransmitError as error:
            self.proofs["ca"] = undetermined("Chip authentication was broken off.", str(error))
            raise
        except ChipError as error:
            self.proofs["ca"] = failed("The chip does not have the key that DG14 names.", str(error))
            return None
        self.proofs["ca"] = successful(f"The chip has the key that DG14 names ({agreed.info}, {agreed.group.name}).")
        return agreed

    def play_terminal_authentication(self, agreed: ChipAuthentication | None) -> None:
        """Show the inspection system's own key, where there is one, and read DG3 and DG4."""
        terminal = self.options.terminal_key
        sensitive = sorted(self.named() & _SENSITIVE) if terminal is not None or self.options.data_groups else []
        asked = sensitive if self.options.data_groups is None else sorted(self.options.data_groups & _SENSITIVE)
        if terminal is None or agreed is None:
            for number in asked:
                self.missing[data_group(number).name] = "It is protected by terminal authentication."
            return
        identity = self.key.information[:10] if isinstance(self.key, MrzKey) else b""
        if self.pace is not None:
            identity = self.pace.group.compressed(self.pace.chip_public)
        try:
            terminal_authentication(self.link, terminal, identity, agreed.group.compressed(agreed.terminal_public))
        except TransmitError:
            raise
        except ChipError as error:
            self.proofs["ta"] = failed("The chip does not accept the inspection system's key.", str(error))
            return
        self.proofs["ta"] = successful("The chip accepts the inspection system's key.")
        for number in asked:
            self.read(data_group(number))


def _short(options: ReadingOptions) -> ReadingOptions:
    return ReadingOptions(
        options.data_groups,
        options.active_authentication,
        options.chip_authentication,
        options.allow_bac_after_pace,
        False,
        options.terminal_key,
    )


def _body(raw: bytes) -> bytes:
    """Return what the outer template of a data group holds."""
    return der.parse_first(raw, lenient=True).value

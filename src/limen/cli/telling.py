"""What one outcome is told as: plain data, made where the document was examined and printed where the command runs."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from limen.cli.exits import Exit
from limen.cli.screen import Card, card, error_line, title
from limen.devices import InputError

if TYPE_CHECKING:
    from limen.cli.examine import Examined


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome, in words and files."""

    code: Exit
    source: str
    page: int | None
    card: Card | None = None
    error: str = ""
    """The one line that says why there is no result."""
    json: str = ""
    files: Mapping[str, Path] = field(default_factory=dict)
    """By the ending of their names; they lie in the folder of results already, under names that nobody looks at."""
    unmade: str = ""
    """Why there are no files, where there should be."""
    unwritten: str = ""
    """Why no file can be written at all."""
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """How outcomes are wanted to be told."""

    on: datetime.date
    as_json: bool = False
    every_check: bool = False
    trace: bool = False
    folder: Path | None = None
    """Where results are written."""

    def tell(self, outcome: Examined | InputError, on_crash: Callable[[Exception], None]) -> Told:
        """Put one outcome into words and files."""
        if isinstance(outcome, InputError):
            return Told(Exit.UNREAD, outcome.source, outcome.page, error=error_line(outcome), json=self._error(outcome))
        from limen.cli.trace import trace_lines  # noqa: PLC0415

        code = _code(outcome)
        files, unmade, unwritten = self._files(outcome, on_crash)
        return Told(
            Exit.UNREAD if unmade and code in {Exit.CLEAR, Exit.UNDECIDED} else code,
            outcome.source,
            outcome.page,
            card=None if self.as_json else card(outcome, self.on, self.every_check),
            json=self._record(outcome) if self.as_json else "",
            files=files,
            unmade=unmade,
            unwritten=unwritten,
            trace=trace_lines(outcome) if self.trace else (),
        )

    def _error(self, error: InputError) -> str:
        if not self.as_json:
            return ""
        from limen.cli.record import error_record, to_line  # noqa: PLC0415

        return to_line(error_record(error))

    def _record(self, examined: Examined) -> str:
        from limen.cli.record import record, to_line  # noqa: PLC0415

        return to_line(record(examined, self.on))

    def _files(self, examined: Examined, on_crash: Callable[[Exception], None]) -> tuple[dict[str, Path], str, str]:
        """The files, or why there are none; and why nothing can be written."""
        if self.folder is None:
            return {}, "", ""
        from limen.cli import outputs  # noqa: PLC0415

        try:
            made = outputs.make_files(examined, self.on)
            return {ending: _spooled(self.folder, data) for ending, data in made.items()}, "", ""
        except OSError as error:  # a full disk will not be emptier for the next image
            return {}, "", f"{error.filename or self.folder}: {error.strerror or error}"
        except Exception as error:
            on_crash(error)
            name = title(examined.source, examined.page)
            said = f"internal error ({type(error).__name__}). Please report it, with --debug."
            return {}, f"{name}: the report could not be made: {said}", ""


def _spooled(folder: Path, data: bytes) -> Path:
    """The octets in a file of the folder, which is given its name later."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".limen-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o666 & ~_umask())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _umask() -> int:
    """What this process takes from the rights of a new file; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _code(examined: Examined) -> Exit:
    from limen.inspection.result import Verdict  # noqa: PLC0415

    match examined.inspection.verdict:
        case Verdict.SUCCESSFUL:
            return Exit.CLEAR
        case Verdict.FAILED:
            return Exit.IRREGULAR
        case _:
            return Exit.UNDECIDED

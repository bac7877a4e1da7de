"""What `limen reference` and `limen signature` share: options, errors in one sentence, tables and JSON."""

from __future__ import annotations

import datetime
import getpass
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from limen.cli.captures import captured
from limen.cli.verify import Failed
from limen.cli.words import printable

if TYPE_CHECKING:
    from limen.reference import Signer, Standing
    from limen.reference.learning import Captured

_Command = TypeVar("_Command", bound=Callable[..., object])


def store_options(command: _Command) -> _Command:
    """--store and --json."""
    place = click.Path(file_okay=False, path_type=Path)
    store = click.option("--store", type=place, metavar="DIR", help="The folder that they are kept in.")
    as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    return store(as_json(command))


def by_option(command: _Command) -> _Command:
    """--by."""
    return click.option("--by", metavar="NAME", default=_who, help="Who does it. [default: who is signed in]")(command)


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user, as in a container
        return "unknown"


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the package raises into one line."""
    from limen.reference import KeepingError  # noqa: PLC0415

    try:
        yield
    except KeepingError as error:
        raise Failed(printable(str(error))) from error
    except OSError as error:
        said = error.strerror or str(error)
        raise Failed(printable(f"{error.filename}: {said}." if error.filename else f"{said}.")) from error


def taken(paths: Sequence[Path]) -> list[Captured]:
    """Every document of the files. Says on the error output which cannot be used, and goes on without."""
    found = []
    for one in captured(paths):
        if isinstance(one, str):
            click.echo(printable(f"left out: {one}"), err=True)
        else:
            found.append(one)
    return found


def signer(key: Path | None, name: str | None, by: str) -> Signer | None:
    """Whoever signs; None without a key."""
    from limen.reference import Signer  # noqa: PLC0415

    return Signer.load(key, name or by) if key else None


def now() -> datetime.datetime:
    """In whole seconds."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def told(standing: Standing) -> str:
    """The status with what it rests upon: "promoted (0 of 60 rejected, 0.0 % (0.0 % to 6.0 %))"."""
    return f"{standing.status.value} ({standing.trial.words})" if standing.trial else standing.status.value


def show(value: dict[str, Any]) -> None:
    """Print JSON."""
    click.echo(json.dumps(value, ensure_ascii=False))


def written(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    from limen.reference.folder import replace_file  # noqa: PLC0415

    replace_file(path, data)


def read(path: Path, most: int) -> bytes:
    """The file, at most one byte more than `most`."""
    with path.open("rb") as file:
        return file.read(most + 1)

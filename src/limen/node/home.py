"""The node's folder: where its data, files, keys, sockets and logs lie, and who may look into it.

secrets/   keys and passwords, each made when first needed; mode 700
data/      the embedded PostgreSQL
files/     pictures, encrypted
static/    styles and scripts, copied out of the package
run/       sockets
log/       the database's log
"""

from __future__ import annotations

import os
import pwd
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from limen.node.errors import HomeError


def default_home() -> Path:
    """Say where a node lies when nobody says otherwise."""
    return Path("/var/lib/limen") if is_root() else Path.home() / ".local" / "share" / "limen"


def is_root() -> bool:
    """Whether this process is the superuser, which PostgreSQL refuses to run as."""
    return os.geteuid() == 0


def new_secret() -> str:
    """Make a secret of 256 bits that is safe in an address, a file and a shell."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Home:
    """One node's folder. Nothing is made before it is needed."""

    path: Path

    @property
    def secrets(self) -> Path:
        """The folder of keys and passwords."""
        return self.path / "secrets"

    @property
    def data(self) -> Path:
        """The folder of the embedded PostgreSQL."""
        return self.path / "data"

    @property
    def files(self) -> Path:
        """The folder of stored files."""
        return self.path / "files"

    @property
    def static(self) -> Path:
        """The folder of styles and scripts as they are served."""
        return self.path / "static"

    @property
    def run(self) -> Path:
        """The folder of sockets."""
        return self.path / "run"

    @property
    def log(self) -> Path:
        """The folder of logs."""
        return self.path / "log"

    @property
    def _unfinished(self) -> Path:
        return self.path / "restore-unfinished"

    def restored(self) -> None:
        """A restore into this folder came to its end."""
        self._unfinished.unlink()

    def prepare(self, *, restoring: bool = False) -> None:
        """Make the folder with the right modes, or say why it cannot be used.

        The superuser's folder may be walked through by others, since the database runs as another user; listing it,
        and entering anything in it, they may not.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._refuse_anothers()
            if self._unfinished.exists():
                raise HomeError(f"A restore into {self.path} was cut off: empty the folder and restore again.")
            self.path.chmod(0o711 if is_root() else 0o700)
            for folder in (self.secrets, self.files, self.static, self.run, self.log):
                folder.mkdir(exist_ok=True, mode=0o700)
            if restoring:
                self._unfinished.touch()
        except OSError as error:
            raise HomeError(f"The folder {self.path} cannot be used: {error.strerror}.") from error

    def _refuse_anothers(self) -> None:
        owner = self.path.stat().st_uid
        if owner == os.geteuid():
            return
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = f"number {owner}"
        raise HomeError(
            f"The folder {self.path} belongs to the user {name}: run limen as that user, or choose another with --home."
        )

    def secret(self, name: str, make: Callable[[], str] = new_secret) -> str:
        """Read a secret; the first who asks makes it. Two who ask at once get the same."""
        place = self.secrets / name
        try:
            return place.read_text().strip() if place.exists() else self._make_secret(place, make())
        except OSError as error:
            raise HomeError(f"The secret {place} cannot be read or made: {error.strerror}.") from error

    def _make_secret(self, place: Path, value: str) -> str:
        """Write beside and link: the file is there whole, or not at all."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.secrets.mkdir(exist_ok=True, mode=0o700)
        beside = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
        write_private(beside, value + "\n")
        try:
            os.link(beside, place)
        except FileExistsError:
            return place.read_text().strip()
        finally:
            beside.unlink()
        return value


def write_private(place: Path, text: str, owner: tuple[int, int] | None = None) -> None:
    """Write a file that its owner alone may read, from the first moment on; whatever lay there is not followed."""
    place.unlink(missing_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        if owner is not None:
            os.fchown(file.fileno(), *owner)

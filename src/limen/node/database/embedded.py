"""The embedded PostgreSQL: started, watched and stopped by the node itself."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from limen.node.database.account import database_account
from limen.node.database.binaries import binaries
from limen.node.database.bootstrap import bootstrap
from limen.node.database.cluster import as_account, explain, prepare_cluster
from limen.node.database.leftovers import clear_leftovers
from limen.node.database.lock import InUseError, locked
from limen.node.errors import DatabaseError
from limen.node.home import Home
from limen.node.serving.parent import die_with_parent

_ROOM = 48 << 20
"""Bytes that must be free: PostgreSQL's recovery wants to write a few segments of its log."""
_PATIENCE = 600.0
"""Seconds that a recovery after a crash may take; a start takes a fraction of one."""
_LOG_LIMIT = 20 << 20


class EmbeddedServer:
    """One server on one folder, whose lock the caller holds."""

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; make the folder, the roles and the database where they are missing."""
        self._refuse_full_disk()
        account = database_account()
        programs = binaries(self.home, account)
        clear_leftovers(self.home)
        prepare_cluster(self.home, programs, account, durable=self.durable)
        self._launch(programs, account)
        bootstrap(self.home)

    def _refuse_full_disk(self) -> None:
        if shutil.disk_usage(self.home.path).free < _ROOM:
            raise DatabaseError(explain("No space left on device", self.home.path))

    def _launch(self, programs: Path, account: pwd.struct_passwd | None) -> None:
        log = self.home.log / "postgresql.log"
        self.trim_log()
        with log.open("ab") as output:
            begins = output.tell()
            self._process = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(self.home.data.absolute())],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                start_new_session=True,  # Ctrl-C in a terminal is for the node, which stops the server last
                preexec_fn=_dies_with_us(),  # noqa: PLW1509 - the node has one thread when it starts servers
                **as_account(account),
            )
        self._wait(log, begins)

    def trim_log(self) -> None:
        """Keep the log and one before it, each of a limited size. The server appends, so it may go on meanwhile."""
        log = self.home.log / "postgresql.log"
        if not log.exists() or log.stat().st_size <= _LOG_LIMIT:
            return
        with contextlib.suppress(OSError):  # on a full disk, the older part is lost
            shutil.copyfile(log, log.with_suffix(".log.old"))
        os.truncate(log, 0)

    def _wait(self, log: Path, begins: int) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if self._ready():
                return
            if not self.running():
                self._process = None
                with log.open("rb") as file:
                    file.seek(begins)
                    raise DatabaseError(explain(file.read().decode("utf-8", "replace"), self.home.path))
            time.sleep(0.02)
        self.stop()
        raise DatabaseError(f"PostgreSQL did not answer within {_PATIENCE / 60:.0f} minutes (its log: {log}).")

    def _ready(self) -> bool:
        """Whether the server's note says so; its eighth line is the state."""
        try:
            lines = (self.home.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return (
            len(lines) >= 8 and self._process is not None and lines[0] == str(self._process.pid) and "ready" in lines[7]
        )

    def running(self) -> bool:
        """Whether the process that was started still runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop it: sessions are ended, the data is written; a server that hangs is ended at once and recovers later."""
        if self._process is None:
            return
        for number, seconds in ((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if self._process.poll() is None:
                self._process.send_signal(number)
            try:
                self._process.wait(seconds)
                break
            except subprocess.TimeoutExpired:
                continue
        self._process = None


def _dies_with_us() -> Callable[[], None]:
    """Have the kernel, where it can, stop the server when the node is killed."""
    return lambda: die_with_parent(signal.SIGINT)


@contextmanager
def embedded_server(home: Home, purpose: str) -> Iterator[EmbeddedServer | None]:
    """Have a server for the length of a block: the one of the node that runs on this folder, or one for the while.

    Yields None where another node runs it.
    """
    home.prepare()
    try:
        lock = locked(home, purpose)
        lock.__enter__()
    except InUseError:
        yield None
        return
    server = EmbeddedServer(home)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        lock.__exit__(None, None, None)

"""What a killed node leaves behind: server processes that still run, and a note of a process that is another's now.

Called with the folder's lock held, so whatever still works on the data has no master any more.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from limen.node.errors import DatabaseError
from limen.node.home import Home

_STEPS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
"""PostgreSQL's fast shutdown, its immediate one, and the last resort; the data survives each."""


def clear_leftovers(home: Home) -> None:
    """End servers without a master on this data, and drop their note where its process is not one of them."""
    for number, seconds in _STEPS:
        left = _servers(home.data)
        if not left:
            break
        _tell(left, number)
        _wait(home.data, seconds)
    if _servers(home.data):
        raise DatabaseError(f"A PostgreSQL that still runs on {home.data} cannot be stopped; stop it by hand.")
    _drop_stale_notes(home)


def _servers(data: Path) -> list[psutil.Process]:
    """List the PostgreSQL processes whose working directory is this data: the server and all its children."""
    found = []
    place = str(data.resolve())
    for process in psutil.process_iter():
        try:
            if process.name().startswith("postgres") and process.cwd() == place:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def _tell(processes: list[psutil.Process], number: signal.Signals) -> None:
    """Signal the server alone while there is one; without it, its children."""
    numbers = {process.pid for process in processes}
    parents = [process for process in processes if _parent(process) not in numbers]
    for process in parents:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.NoSuchProcess:
        return 0


def _wait(data: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and _servers(data):
        time.sleep(0.05)


def _drop_stale_notes(home: Home) -> None:
    """No server runs; a note whose number some other process now has would keep PostgreSQL from starting."""
    for note in (home.data / "postmaster.pid", *home.run.glob(".s.PGSQL.*")):
        note.unlink(missing_ok=True)

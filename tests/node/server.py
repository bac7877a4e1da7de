"""One embedded PostgreSQL for a whole test session, and the process that holds it.

Started by the first test that wants a database, in a session of its own; it ends, and takes its folder along, when the
process that runs the tests is gone, whatever ended it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from limen.node.home import Home


def home_of_session() -> Home:
    """Where this session's server lies: the same answer in every worker of pytest-xdist."""
    runner = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    started = int(psutil.Process(runner).create_time())
    home = Home(Path(f"/tmp/limen-tests-{os.getuid()}-{runner}-{started}"))
    home.prepare()
    return home


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """One worker at a time."""
    with (home.path / "workers").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ensure_server(home: Home) -> None:
    """Start the server if no worker has yet. Called by one worker at a time."""
    if (home.path / "up").exists():
        return
    runner = home.path.name.split("-")[-2]
    with (home.log / "holder.log").open("wb") as log:
        holder = subprocess.Popen(
            [sys.executable, __file__, str(home.path), runner],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    while not (home.path / "up").exists():
        if holder.poll() is not None:
            raise RuntimeError((home.log / "holder.log").read_text())
        time.sleep(0.02)
    holder.returncode = 0  # it is meant to outlive this object


def hold(home: Home, runner: int) -> None:
    """Run the server while the process `runner` lives."""
    from limen.node.database.embedded import EmbeddedServer

    server = EmbeddedServer(home, durable=False)
    server.start()
    (home.path / "up").touch()
    master = psutil.Process(runner) if psutil.pid_exists(runner) else None
    while master is not None and master.is_running() and master.status() != psutil.STATUS_ZOMBIE and server.running():
        time.sleep(0.3)
    server.stop()
    shutil.rmtree(home.path, ignore_errors=True)


if __name__ == "__main__":
    hold(Home(Path(sys.argv[1])), int(sys.argv[2]))

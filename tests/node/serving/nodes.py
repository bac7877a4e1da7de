"""Real nodes in folders of their own, run by the command as a person runs it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil


def environment(**more: str) -> dict[str, str]:
    """No settings but these."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LIMEN_", "DATABASE_", "DJANGO_", "PYTEST_"))}
    return kept | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def limen(*arguments: str, check: bool = True, **more: str) -> subprocess.CompletedProcess:
    """Run a command to its end."""
    done = subprocess.run(
        [sys.executable, "-c", "from limen.cli import main; main()", *arguments],
        check=False,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
    if check and done.returncode:
        raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class Node:
    """A node that serves."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.settings = settings
        self.port = free_port()
        self.log = home.parent / "serve.log"

    def start(self) -> Node:
        arguments = ["serve", "--home", str(self.home), "--port", str(self.port), "--workers", "1"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from limen.cli import main; main()", *arguments],
                env=environment(PYTHONUNBUFFERED="1", **self.settings),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        until = time.monotonic() + 120
        while "Limen is" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)
        return self

    def said(self) -> str:
        return self.log.read_text()

    @property
    def token(self) -> str:
        return re.search(r"/setup/([\w-]+)/", self.said())[1]

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def get(self, path: str = "/static/none") -> int:
        """Ask for a page; give its status."""
        import http.client

        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def new_folder() -> Path:
    """A folder that the database's user can walk to, also where pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="limen-node-", dir="/tmp"))
    folder.chmod(0o711)
    return folder


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)

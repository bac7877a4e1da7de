"""A real PC/SC stack with a virtual reader, in namespaces of its own, where emulated cards are put into.

vpcd listens on every interface, so it stands in a network namespace that has nothing but a loopback. pcscd's socket
lies in that process's own /run, out of the way of any pcscd of the machine, and is reached from here through /proc.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from limen.specimen.chip import CardSpec, IssuedDocument, make_card

STACK = Path(__file__).with_name("stack.py")
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
# libpcsclite reads the name once and for all, at its first call; so it is set before any test runs.
SOCKET = Path(tempfile.gettempdir()) / f"limen-pcscd-{os.getpid()}.comm"
os.environ["PCSCLITE_CSOCK_NAME"] = str(SOCKET)
PATIENCE = 15.0


def _unshare() -> list[str]:
    """The command that makes the namespaces, as root or as somebody who becomes root in them."""
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--net", "--mount", *own, "--"]


def _missing() -> str | None:
    """Why there can be no stack here, or None."""
    if importlib.util.find_spec("smartcard") is None:
        return "pyscard is not installed"
    for tool in ("pcscd", "unshare", "mount"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    if not DRIVER.is_file():
        return "vsmartcard-vpcd is not installed"
    tried = subprocess.run(
        [*_unshare(), "mount", "-t", "tmpfs", "tmpfs", "/run"], capture_output=True, text=True, check=False
    )
    return None if tried.returncode == 0 else f"no namespaces here: {tried.stderr.strip()}"


@dataclass
class VirtualReader:
    """The reader, and what lies in it."""

    process: subprocess.Popen[str]

    def insert(self, spec: CardSpec, *, delay: float = 0.0) -> IssuedDocument:
        """Put the card of that specification in, in place of any other; return what is known of it.

        Each of its answers waits `delay` seconds.
        """
        self.remove()
        text = base64.b64encode(pickle.dumps(spec)).decode()
        self._order({"insert": text, "delay": delay})
        self._wait(present=True)
        return make_card(spec)

    def remove(self) -> None:
        """Take the card out."""
        self._order({"remove": True})
        self._wait(present=False)

    def connection(self) -> Any:
        """A connected pyscard connection to the card."""
        connection = _first_reader().createConnection()
        connection.connect()
        return connection

    def _order(self, order: dict[str, object]) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def _wait(self, present: bool) -> None:
        """Until pcscd has noticed, which looks twice or so a second."""
        end = time.monotonic() + PATIENCE
        while _has_card() is not present:
            assert time.monotonic() < end, "pcscd does not notice the card"
            time.sleep(0.02)


def _first_reader() -> Any:
    from smartcard.System import readers

    return readers()[0]


def _has_card() -> bool:
    """Whether a card with an answer to reset is in the reader, as pcscd sees it."""
    from smartcard.scard import (
        SCARD_SCOPE_USER,
        SCARD_STATE_PRESENT,
        SCARD_STATE_UNAWARE,
        SCardEstablishContext,
        SCardGetStatusChange,
        SCardReleaseContext,
    )

    _, context = SCardEstablishContext(SCARD_SCOPE_USER)
    try:
        _, states = SCardGetStatusChange(context, 0, [(str(_first_reader()), SCARD_STATE_UNAWARE)])
    finally:
        SCardReleaseContext(context)
    return any(state & SCARD_STATE_PRESENT and atr for _, state, atr in states)


@pytest.fixture(scope="session")
def virtual_reader() -> Iterator[VirtualReader]:
    """The reader of a running stack; skipped with the reason where there can be none."""
    reason = _missing()
    if reason is not None:
        pytest.skip(reason)
    process = subprocess.Popen(
        [*_unshare(), sys.executable, str(STACK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        # unshare becomes the command that it runs, so its number is the stack's.
        SOCKET.unlink(missing_ok=True)
        SOCKET.symlink_to(f"/proc/{process.pid}/root/run/pcscd/pcscd.comm")
        yield VirtualReader(process)
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(20)
        SOCKET.unlink(missing_ok=True)

"""One child process: started, watched, started again after a pause that grows while it keeps failing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from limen.node.serving.parent import SUPERVISOR, die_with_parent

_SHORTEST, _LONGEST = 0.5, 30.0
_HEALTHY = 60.0
"""Seconds after which a child counts as well, and the next pause is short again."""


@dataclass(slots=True)
class Child:
    """A module of this package that runs as a process of its own."""

    name: str
    module: str
    environment: Mapping[str, str]
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _pause: float = 0.0
    _due: float = field(default=0.0)

    def start(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module],
            env={**self.environment, SUPERVISOR: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in a terminal is for the supervisor, which then stops all in order
            preexec_fn=die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )
        self._started = time.monotonic()

    def look(self) -> str | None:
        """Start it again when it has ended and its pause is over. Say what happened, when something did."""
        if self._process is None:
            if time.monotonic() >= self._due:
                self.start()
            return None
        code = self._process.poll()
        if code is None:
            return None
        self._process = None
        well = time.monotonic() - self._started > _HEALTHY
        self._pause = _SHORTEST if well else min(max(self._pause * 2, _SHORTEST), _LONGEST)
        self._due = time.monotonic() + self._pause
        return f"{self.name} ended ({_said(code)}); it is started again in {self._pause:g} s"

    @property
    def pid(self) -> int | None:
        """Its process, if it runs."""
        return self._process.pid if self._process else None

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def gone(self) -> bool:
        """Whether it has ended."""
        return self._process is None or self._process.poll() is not None


def _said(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


def stop_all(children: list[Child], seconds: float) -> None:
    """End all at once, each in order; who takes too long is killed."""
    for child in children:
        child.tell(signal.SIGTERM)
    until = time.monotonic() + seconds
    while time.monotonic() < until and not all(child.gone() for child in children):
        time.sleep(0.02)
    for child in children:
        child.tell(signal.SIGKILL)

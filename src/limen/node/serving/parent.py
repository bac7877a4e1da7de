"""Children that end with their parent, also when it is killed and cannot tell them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

SUPERVISOR = "LIMEN_SUPERVISOR"
"""Names the variable in which a child finds the number of the process that started it."""
_PR_SET_PDEATHSIG = 1
_PATIENCE = 10
"""Seconds for an orderly end without the parent."""
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Ask Linux to send this process a signal when its parent ends. Elsewhere it does nothing."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def watch_parent(parent: int, number: signal.Signals = signal.SIGTERM) -> None:
    """End this process when `parent` is not its parent any more: by the kernel, and by looking every second."""
    die_with_parent(number)
    threading.Thread(target=_look, args=(parent, number), name="watch-parent", daemon=True).start()


def _look(parent: int, number: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), number)
    time.sleep(_PATIENCE)
    os._exit(1)


def watch_supervisor() -> None:
    """End this child with the supervisor that started it; without one, nobody is watched."""
    if said := os.environ.get(SUPERVISOR, ""):
        watch_parent(int(said))

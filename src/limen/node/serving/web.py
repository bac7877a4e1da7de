"""The web server: granian with this site, as a process of its own. Its workers import `application` from here."""

from __future__ import annotations

import logging
import multiprocessing
import os
from typing import Any

from limen.node.serving.parent import watch_parent, watch_supervisor

THREADS = 4
"""Threads of each worker. More of them wait for one another's turn in Python, fewer leave no room for slow uploads. On
a quiet machine two and four served alike (`make bench-node`); eight were tried on a busy one only: a judgement."""


def __getattr__(name: str) -> Any:
    """Load the site when a worker asks for it; the process that only starts workers stays small."""
    if name != "application":
        raise AttributeError(name)
    if multiprocessing.parent_process() is not None:
        watch_parent(os.getppid())
    from limen.node.wsgi import application  # noqa: PLC0415 - loads Django

    return application


def main() -> None:
    """Serve until a signal ends it."""
    from granian import Granian  # noqa: PLC0415 - workers do not need it
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    watch_supervisor()
    logging.getLogger("_granian").setLevel(logging.WARNING)
    Granian(
        "limen.node.serving.web:application",
        address=os.environ["LIMEN_WEB_HOST"],
        port=int(os.environ["LIMEN_WEB_PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["LIMEN_WEB_WORKERS"]),
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        backlog=1024,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=8,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()

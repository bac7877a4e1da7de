"""Documents examined one after the other in this process, or in several processes with their order kept."""

from __future__ import annotations

import datetime
import logging
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from limen.cli.copies import Copy
from limen.cli.telling import Teller, Told
from limen.devices import InputError

if TYPE_CHECKING:
    from limen.cli.examine import Examiner, Item
    from limen.devices import Frame
    from limen.trust import TrustStore

LEAST = 4
"""Documents from which further processes pay: each takes about two seconds to load its models."""
_AHEAD = 2
"""Documents for each process that are handed out before the first of them is told: what bounds the memory."""
_DIED = "ended the process that examined it, say for want of memory. Save a smaller copy and try again."


@dataclass(frozen=True, slots=True)
class Setup:
    """What every process needs to know to examine as the others do."""

    on: datetime.date
    teller: Teller
    typed: tuple[str, ...] = ()
    trust: Path | None = None
    passport_mrz: tuple[str, ...] = ()
    passport: Frame | None = None
    debug: bool = False


def processes(jobs: int | None, documents: int) -> int:
    """How many processes to use: those asked for, else one for each core, and one alone for few documents."""
    wanted = jobs or (_cores() if documents >= LEAST else 1)
    return max(1, min(wanted, documents))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def told_here(items: Sequence[Item], examiner: Examiner, teller: Teller) -> Generator[tuple[Told, bool], None, None]:
    """Examine in this process; with each outcome, whether it ends its input."""
    for item in items:
        last: Told | None = None
        for outcome in examiner.outcomes(item):
            if last is not None:
                yield last, False
            last = teller.tell(outcome, examiner.on_crash)
            del outcome  # one document in memory at a time
        if last is not None:
            yield last, True


def told_one(told: Told) -> Generator[tuple[Told, bool], None, None]:
    """The one outcome that there is."""
    yield told, True


def told_by_many(items: Sequence[Item], setup: Setup, count: int) -> Generator[tuple[Told, bool], None, None]:
    """Examine in `count` processes, and tell in the order of the inputs."""
    pool = _pool(setup, count)
    try:
        waiting: deque[tuple[Item, Future[list[Told]]]] = deque()
        coming = iter(items)
        while True:
            while len(waiting) < _AHEAD * count and (item := next(coming, None)) is not None:
                waiting.append((item, pool.submit(_examine, item)))
            if not waiting:
                break
            item, future = waiting.popleft()
            try:
                found = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(setup, count)
                found = [setup.teller.tell(InputError(_name(item), _DIED), lambda error: None)]
                waiting = deque((other, pool.submit(_examine, other)) for other, _ in waiting)
            for number, told in enumerate(found, 1):
                yield told, number == len(found)
    finally:
        _end(pool)


def _pool(setup: Setup, count: int) -> ProcessPoolExecutor:
    # A fresh interpreter: threads of the libraries loaded here must not be inherited half alive.
    return ProcessPoolExecutor(count, get_context("spawn"), _begin, (setup,))


def _end(pool: ProcessPoolExecutor) -> None:
    """Stop at once: what is not wanted any more is not waited for."""
    running = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()
    for process in running:
        process.join(5)


def _name(item: Item) -> str:
    match item:
        case Copy():
            return item.path
        case InputError():
            return item.source
        case _:
            return item.name


_HERE: dict[str, tuple[Examiner, Teller]] = {}
"""What `_begin` made, in a process of the pool."""


def _begin(setup: Setup) -> None:
    """Load everything, once for each process; Ctrl-C is the first process's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    import cv2  # noqa: PLC0415

    cv2.setNumThreads(1)
    if not setup.debug:
        logging.getLogger("limen").addHandler(logging.NullHandler())
    _HERE["examiner"] = (examiner_of(setup, _shown if setup.debug else _unsaid), setup.teller)


def _examine(item: Item) -> list[Told]:
    examiner, teller = _HERE["examiner"]
    return [told for told, _ in told_here([item], examiner, teller)]


def examiner_of(setup: Setup, on_crash: Callable[[Exception], None], anchors: TrustStore | None = None) -> Examiner:
    """The examiner of that set-up; `anchors` is the open trust store, where there is one already."""
    from limen.cli import examine  # noqa: PLC0415

    if anchors is None and setup.trust is not None:
        from limen.trust import TrustStore  # noqa: PLC0415

        anchors = TrustStore.open(setup.trust)
    return examine.load_examiner(setup.on, on_crash, setup.typed, anchors, (setup.passport_mrz, setup.passport))


def _unsaid(error: Exception) -> None:
    """The line of output that follows is enough."""


def _shown(error: Exception) -> None:
    import traceback  # noqa: PLC0415

    import click  # noqa: PLC0415

    click.echo("".join(traceback.format_exception(error)), err=True, nl=False)

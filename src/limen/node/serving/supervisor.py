"""`limen serve`: the database, the web processes and the worker, started in this order, watched, stopped in reverse.

The supervisor itself imports no Django: it is small, has one thread and little that can fail. What must be done before
anybody connects (migrations, static files) is done by a child that ends (`limen.node.serving.preparing`).
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from limen.node.config import Config
from limen.node.database.address import SITE
from limen.node.database.embedded import EmbeddedServer
from limen.node.database.lock import locked
from limen.node.errors import NodeError, ServingError
from limen.node.serving.children import Child, stop_all
from limen.node.serving.parent import SUPERVISOR, die_with_parent

_PATIENCE = 10.0
"""Seconds for requests and jobs in progress when the node is stopped."""
SETUP_TOKEN = "setup-token"  # noqa: S105 - a file's name


class Part(StrEnum):
    """What may run as a service of its own."""

    DATABASE = "database"
    WEB = "web"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one `limen serve` runs."""

    config: Config
    parts: frozenset[Part]
    host: str
    port: int
    workers: int
    demo: bool
    say: Callable[[str], None]

    @property
    def address(self) -> str:
        """Where people find the site."""
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return self.config.origin or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def serve(plan: Plan) -> None:
    """Run until a signal ends it."""
    plan.config.home.prepare()
    with Signals() as signals, _database(plan) as database:
        if Part.WEB in plan.parts:
            refuse_taken_port(plan.host, plan.port)
        _prepare(plan)
        children = _children(plan)
        for child in children:
            child.start()
        try:
            if _wait_for_web(plan, signals, children):
                _announce(plan)
            _watch(plan, signals, children, database)
        finally:
            stop_all(children, _PATIENCE)


class Signals:
    """SIGTERM and SIGINT end the loop; SIGCHLD wakes it. Handlers do nothing but that."""

    def __enter__(self) -> Signals:
        self._read, write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._write = write
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        self.ended = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, self._take)
        return self

    def _take(self, number: int, _: object) -> None:
        if number != signal.SIGCHLD:
            self.ended = True

    def wait(self, seconds: float) -> bool:
        """Sleep until a signal comes or the time is over. False when the node is to end."""
        if not self.ended:
            select.select([self._read], [], [], seconds)
            with contextlib.suppress(BlockingIOError):
                os.read(self._read, 4096)
        return not self.ended

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(-1)
        os.close(self._read)
        os.close(self._write)


@contextlib.contextmanager
def _database(plan: Plan) -> Iterator[EmbeddedServer | None]:
    """Start the embedded server, unless the database is another's or another service's."""
    if plan.config.external or Part.DATABASE not in plan.parts:
        yield None
        return
    with locked(plan.config.home, "limen serve"):
        server = EmbeddedServer(plan.config.home)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def refuse_taken_port(host: str, port: int) -> None:
    """Say in one sentence that the address cannot be listened on, before anything is started on it."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, number) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise ServingError(f"The address {host} is not known on this machine.") from None
    except PermissionError:
        raise ServingError(f"Port {port} is for the superuser alone: choose one from 1024 on with --port.") from None
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        text = "is in use by another program" if taken else f"cannot be used ({error.strerror})"
        raise ServingError(f"Port {port} of {host} {text}: choose another with --port.") from None


def _prepare(plan: Plan) -> None:
    """Migrate and so on, as the keeper; or only look whether that was done, where another service does it."""
    asked = {"--migrate": Part.DATABASE in plan.parts, "--web": Part.WEB in plan.parts, "--demo": plan.demo}
    arguments = [name for name, wanted in asked.items() if wanted]
    done = subprocess.run(
        [sys.executable, "-m", "limen.node.serving.preparing", *arguments],
        check=False,
        env={**keeper_environment(plan.config), SUPERVISOR: str(os.getpid())},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent,
    )
    if done.returncode:
        raise ServingError((done.stderr.strip().splitlines() or ["The node could not be prepared."])[-1])


def keeper_environment(config: Config) -> dict[str, str]:
    """Give the environment of processes that are the keeper."""
    environment = {**os.environ, "LIMEN_HOME": str(config.home.path)}
    environment.pop("LIMEN_DATABASE_ROLE", None)
    return environment


def web_environment(plan: Plan) -> dict[str, str]:
    """Give the environment of web processes: the site's role; the keeper's password only where there is no other."""
    environment = {
        **keeper_environment(plan.config),
        "LIMEN_DATABASE_ROLE": SITE,
        "LIMEN_WEB_HOST": plan.host,
        "LIMEN_WEB_PORT": str(plan.port),
        "LIMEN_WEB_WORKERS": str(plan.workers),
    }
    if environment.get("LIMEN_SITE_DATABASE_URL"):
        environment.pop("DATABASE_URL", None)
    return environment


def _children(plan: Plan) -> list[Child]:
    children = []
    if Part.WEB in plan.parts:
        children.append(Child("The web server", "limen.node.serving.web", web_environment(plan)))
    if Part.WORKER in plan.parts:
        children.append(Child("The worker", "limen.node.serving.worker", keeper_environment(plan.config)))
    return children


def _wait_for_web(plan: Plan, signals: Signals, children: list[Child]) -> bool:
    """Wait until the web server answers; False where there is none or it does not come up."""
    if Part.WEB not in plan.parts:
        return False
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(plan.host, plan.host)  # noqa: S104 - compared, not bound
    until = time.monotonic() + 60
    while time.monotonic() < until and not children[0].gone():
        try:
            socket.create_connection((host, plan.port), 1).close()
        except OSError:
            if not signals.wait(0.05):
                return False
            continue
        return True
    return False


def _announce(plan: Plan) -> None:
    """Print the address; on a new node the one of its first page, which a secret word opens."""
    token = plan.config.home.secrets / SETUP_TOKEN
    if token.exists():
        plan.say(f"Limen is new here. Set it up at {plan.address}/setup/{token.read_text().strip()}/")
    else:
        plan.say(f"Limen is at {plan.address}/ (Ctrl-C stops it)")


def _watch(plan: Plan, signals: Signals, children: list[Child], database: EmbeddedServer | None) -> None:
    """Start again what ends, until a signal says to stop."""
    while signals.wait(1.0):
        for child in children:
            if said := child.look():
                plan.say(said)
        if database is not None:
            database.trim_log()
        if database is not None and not database.running():
            plan.say("The database ended; it is started again")
            try:
                database.start()
            except NodeError as error:
                plan.say(f"{error} Trying again in 10 s.")
                signals.wait(10.0)

"""Reports sent while the node is killed again and again: python -m bench.killed [--reports 1000] [--kills 25]

A node serves from a new folder. Machines send reports, each with a key of its own, and send again whatever was not
acknowledged. Meanwhile every process of the node, the embedded PostgreSQL among them, is stopped and killed with
signal 9, and the node is started again. In the end each acknowledged report must be there, once, and the node well.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

SENDERS = 4
LIMEN = [sys.executable, "-c", "from limen.cli import main; main()"]
MAKE_TOKEN = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "limen.node.settings"
import django; django.setup()
from limen.node.api.actions import make_token
from limen.node.people.models import Agency, Officer
from limen.node.sharing.viewer import viewing
agency = Agency.objects.create(code="uto", name="Utopia", country="UTO")
officer = Officer.objects.create_user("a@example.org", name="A", agency=agency, roles=["administrator"])
with viewing(officer.pk):
    print(make_token(officer, name="Gate", scopes=["write"], days=1)[1])
"""


@dataclass(slots=True)
class Outcome:
    """What was measured."""

    reports: int
    kills: int = 0
    seconds: float = 0.0
    starts: list[float] = field(default_factory=list)
    """Seconds from each start until the node answered."""
    broken: int = 0
    """Requests whose connection broke or that were answered with an error of the server."""
    found_again: int = 0
    """Requests sent again that the node had stored the first time, the acknowledgement being lost."""
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unwell: str = ""

    @property
    def good(self) -> bool:
        """Whether each acknowledged report is there once."""
        return not (self.lost or self.twice or self.unwell)


class Killed:
    """A node that is killed and started again."""

    def __init__(self, home: Path, log: Path) -> None:
        self.home, self.log = home, log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LIMEN_", "DATABASE_", "DJANGO_", "PYTEST_"))}
        self.environment = kept | {"LIMEN_HOME": str(home), "LIMEN_API_PER_MINUTE": "1000000"}

    def launch(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*LIMEN, "serve", "--port", str(self.port), "--workers", "1"],
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def start(self) -> float:
        """Start it, wait until it answers, and return the seconds that took."""
        began = time.monotonic()
        self.launch()
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > began + 120:
                raise RuntimeError(self.log.read_text()[-2000:])
            time.sleep(0.05)
        return time.monotonic() - began

    def kill(self) -> None:
        """Stop every process, so that none is told of another's end, then kill them all."""
        supervisor = psutil.Process(self.process.pid)
        supervisor.suspend()
        everything = [supervisor, *supervisor.children(recursive=True)]
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in everything:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(number)
        self.process.wait()
        psutil.wait_procs(everything, 20)

    def run(self, *words: str) -> str:
        """Run a program as the keeper; its output."""
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, check=False, timeout=120)
        if done.returncode:
            raise RuntimeError(f"{words[-1][:40]}: {done.stdout[-1000:]}{done.stderr[-1000:]}")
        return done.stdout.strip()

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return call(self.port, "GET", "/api/v1/me", "")[0] == 401
        return False


def call(port: int, method: str, path: str, token: str, body: object = None) -> tuple[int, dict[str, object]]:
    """Make one request. Raises OSError and HTTPException where the connection breaks."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if "json" in response.headers.get("Content-Type", "") else {}
    finally:
        connection.close()


class Senders:
    """Machines that send their reports, and send again until each is acknowledged."""

    def __init__(self, port: int, token: str, outcome: Outcome) -> None:
        self.port, self.token, self.outcome = port, token, outcome
        self.waiting = iter(range(outcome.reports))
        self.acknowledged: dict[str, str] = {}
        self.wrong: list[str] = []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(SENDERS)]

    def wait(self, enough: int, until: float) -> None:
        """Wait until so many are acknowledged. Raises RuntimeError where that takes too long, or one was refused."""
        while len(self.acknowledged) < enough:
            if self.wrong or time.monotonic() > until:
                raise RuntimeError(f"{len(self.acknowledged)} acknowledged. {' '.join(self.wrong)}")
            time.sleep(0.005)

    def _send_all(self) -> None:
        while True:
            with self.lock:
                number = next(self.waiting, None)
            if number is None or self.wrong:
                return
            self._send(number)

    def _send(self, number: int) -> None:
        """Send one report until it is acknowledged, as docs/api.md tells machines to do."""
        key = f"gate-{number:05}"
        report = {"client_key": key, "issuer": "UTO", "category": "passport", "fraud_class": "counterfeit"}
        report |= {"number": f"X{number:07}", "summary": f"Invented report {number}.", "legs": [{"country": "THA"}]}
        while True:
            try:
                status, body = call(self.port, "POST", "/api/v1/reports", self.token, report)
            except (OSError, http.client.HTTPException, ValueError):
                status = 0
            with self.lock:
                if status in (200, 201):
                    self.outcome.found_again += status == 200
                    self.acknowledged[key] = str(body["reference"])
                    return
                if status and status < 500:
                    self.wrong.append(f"{status} {body}")
                    return
                self.outcome.broken += 1
            time.sleep(0.1)


def stored(port: int, token: str) -> Iterator[tuple[str, str]]:
    """Key and reference of every report that the node holds."""
    cursor = ""
    while cursor is not None:
        status, page = call(port, "GET", f"/api/v1/reports?state=any&limit=200&cursor={cursor}", token)
        if status != 200:
            raise RuntimeError(f"{status} {page}")
        yield from ((item["client_key"], item["reference"]) for item in page["items"])
        cursor = page["next"]


def measure(reports: int, kills: int, *, seed: int = 1, longest: float = 1800) -> Outcome:
    """Send reports to a node that is killed at random moments, and hold what it stores against what it acknowledged."""
    folder = Path(tempfile.mkdtemp(prefix="limen-killed-", dir="/tmp"))
    folder.chmod(0o711)
    node = Killed(folder / "home", folder / "serve.log")
    outcome = Outcome(reports)
    try:
        outcome.starts.append(node.start())
        token = node.run(sys.executable, "-c", MAKE_TOKEN).splitlines()[-1]
        senders = Senders(node.port, token, outcome)
        _send_and_kill(node, senders, random.Random(seed), kills, time.monotonic() + longest)
        _compare(senders)
        node.run(*LIMEN, "node", "check")
    finally:
        with contextlib.suppress(AttributeError, psutil.NoSuchProcess):
            node.kill()
        shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _send_and_kill(node: Killed, senders: Senders, draw: random.Random, kills: int, until: float) -> None:
    """Kill the node when random numbers of reports were acknowledged; a third of the times again while it starts."""
    outcome = senders.outcome
    began = time.monotonic()
    for thread in senders.threads:
        thread.start()
    for enough in sorted(draw.sample(range(1, outcome.reports), kills)):
        senders.wait(enough, until)
        time.sleep(draw.uniform(0, 0.1))
        node.kill()
        outcome.kills += 1
        if draw.random() < 1 / 3:
            node.launch()
            time.sleep(draw.uniform(0.2, 8))
            node.kill()
            outcome.kills += 1
        outcome.starts.append(node.start())
    senders.wait(outcome.reports, until)
    outcome.seconds = time.monotonic() - began


def _compare(senders: Senders) -> None:
    outcome = senders.outcome
    counted = Counter(stored(senders.port, senders.token))
    outcome.lost = sorted(pair[0] for pair in senders.acknowledged.items() if not counted[pair])
    keys = Counter(key for key, _reference in counted.elements())
    outcome.twice = sorted(key for key, n in keys.items() if n > 1)
    if keys.keys() != senders.acknowledged.keys():
        outcome.unwell = f"{len(keys)} reports are stored, {len(senders.acknowledged)} were acknowledged."


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = measure(asked.reports, asked.kills, seed=asked.seed)
    starts = sorted(found.starts[1:]) or found.starts
    print(f"{found.reports} reports acknowledged in {found.seconds:.0f} s, {found.kills} kills;")
    print(f"{found.broken} requests broken off, {found.found_again} found stored when sent again;")
    print(f"a node answered again after {starts[len(starts) // 2]:.1f} s (median), {starts[-1]:.1f} s (longest);")
    print(f"lost {len(found.lost)}, twice {len(found.twice)}. {found.unwell or 'The node is well.'}")
    sys.exit(not found.good)


if __name__ == "__main__":
    main()

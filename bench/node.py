"""The node under load, with a million reports: python -m bench.node [--reports 1000000] (make bench-node)

One node serves, as `limen serve` starts it, over its embedded PostgreSQL on this machine; twenty officers ask for pages
from the same machine. Two measurements, in one run:

1. *Pages.* Twenty users at once, each asking for the next page as soon as the last one came; then twenty users who read
   for two seconds between two pages. List, search, map and report, with the words, filters and references of the data.
2. *Submissions.* Reports sent through the API by eight machines, each in a request of its own, against the same rows
   inserted bare by eight connections, a transaction each, into the same tables with the same indexes.
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
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "node-benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LIMEN = [sys.executable, "-c", "from limen.cli import main; main()"]
USERS = 20
SENDERS = 8


@dataclass(slots=True)
class Served:
    """A node that serves."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def serving(home: Path) -> Iterator[Served]:
    """Serve from a folder until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home.parent / "serve.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*LIMEN, "serve", "--home", str(home), "--port", str(port)],
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=file,
            stderr=file,
        )
    try:
        while "Limen is" not in log.read_text():
            if process.poll() is not None:
                raise SystemExit(log.read_text())
            time.sleep(0.1)
        yield Served(home, port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


class Person:
    """One officer's browser: a session and a connection that is kept."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port = port
        self.headers = {"Cookie": cookie, "Accept-Encoding": "identity"}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask for a page."""
        try:
            self._connection.request("GET", path, headers=self.headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            self._connection.close()
            raise


def questions(facts: dict[str, list[str]], rng: random.Random) -> dict[str, Callable[[], str]]:
    """What is asked for, by kind of page."""

    def pick(name: str) -> str:
        return quote(rng.choice(facts[name]))

    return {
        "list": lambda: "/reports/",
        "list, one filter": lambda: f"/reports/?issuer={pick('issuer')}",
        "list, two filters": lambda: f"/reports/?issuer={pick('issuer')}&method={pick('method')}",
        "search, one word": lambda: f"/reports/?q={pick('word')}",
        "search, two words": lambda: f"/reports/?q={pick('word')}+{pick('word')}",
        "search, number": lambda: f"/reports/?q={pick('number')}",
        "map": lambda: "/reports/map/",
        "map, its figures": lambda: "/reports/map/data/",
        "map, figures of an issuer": lambda: f"/reports/map/data/?issuer={pick('issuer')}",
        "report": lambda: f"/reports/{pick('reference')}/",
    }


def pages(port: int, cookies: list[str], facts: dict[str, list[str]], seconds: float, think: float) -> Any:
    """Let the users ask for pages; give the times in seconds by kind, and the answers that were no 200."""
    times: dict[str, list[float]] = defaultdict(list)
    failed: list[tuple[str, int]] = []
    ends = time.monotonic() + seconds

    def user(number: int) -> None:
        rng = random.Random(number)
        person, asked = Person(port, cookies[number % len(cookies)]), questions(facts, rng)
        kinds = list(asked)
        time.sleep(rng.random() * think)
        while time.monotonic() < ends:
            kind = rng.choice(kinds)
            path = asked[kind]()
            begun = time.perf_counter()
            status, _ = person.get(path)
            times[kind].append(time.perf_counter() - begun)
            if status != 200:
                failed.append((path, status))
            if think:
                time.sleep(rng.expovariate(1 / think))

    threads = [threading.Thread(target=user, args=(number,)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, failed


def p95(values: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def table(results: dict[str, Any]) -> str:
    """The pages' times as Markdown."""
    lines = ["| page | " + " | ".join(f"{name}: n | median | p95" for name in results) + " |"]
    lines.append("|---|" + "---|" * 3 * len(results))
    kinds = list(next(iter(results.values())))
    for kind in [*kinds, "all"]:
        cells = [kind]
        for times in results.values():
            values = [value for each in times.values() for value in each] if kind == "all" else times.get(kind, [0.0])
            cells += [
                str(len(values)),
                f"{1000 * statistics.median(values):.0f} ms",
                f"{1000 * p95(values):.0f} ms",
            ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def submissions(port: int, secrets: list[str], seconds: float) -> float:
    """Reports acknowledged a second, sent by eight machines."""
    counts = [0] * len(secrets)
    ends = time.monotonic() + seconds

    def machine(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {secrets[number]}", "Content-Type": "application/json"}
        while time.monotonic() < ends:
            key = f"bench-{number}-{counts[number]}-{ends}"
            connection.request("POST", "/api/v1/reports", json.dumps(REPORT | {"client_key": key}), headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 201:
                raise SystemExit(f"{answer.status} {body.decode()[:300]}")
            counts[number] += 1

    begun = time.monotonic()
    threads = [threading.Thread(target=machine, args=(number,)) for number in range(len(secrets))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - begun)


REPORT = {
    "issuer": "UTO",
    "category": "passport",
    "fraud_class": "counterfeit",
    "method": "whole_counterfeit",
    "detected_on": "2026-11-01",
    "detection_country": "THA",
    "place": "THBKK",
    "setting": "arrival",
    "line": 1,
    "means": ["light"],
    "sex": "M",
    "summary": "Background printed by inkjet; the laminate lifts at the lower edge.",
    "number": "X1234567",
    "surname": "Doe",
    "given_names": "Jane",
    "birth_date": "1990-01-01",
}


def inside(home: Path, act: str, *arguments: str) -> Any:
    """Do something as the keeper, in a process of its own; give its answer."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.node_inside", act, *arguments],
        cwd=ROOT,
        env=os.environ | {"LIMEN_HOME": str(home)},
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="make bench-node", description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60, help="of each measurement")
    parser.add_argument("--home", type=Path, help="a node of an earlier run; kept afterwards")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="limen-bench-", dir="/tmp"))
    folder.chmod(0o711)
    home = asked.home or folder / "home"
    os.environ |= {"LIMEN_REQUIRE_SECOND_FACTOR": "0", "LIMEN_API_PER_MINUTE": "1000000"}
    try:
        with serving(home) as node:
            loaded = inside(home, "load", str(asked.reports))
            facts = inside(home, "facts")
            pages(node.port, facts["cookies"], facts, 8, 0)  # warms caches; not counted
            results, wrong = {}, []
            for name, think in (("at once", 0.0), ("reading 2 s", 2.0)):
                results[name], failed = pages(node.port, facts["cookies"], facts, asked.seconds, think)
                wrong += failed
            bare = inside(home, "bare", str(SENDERS), str(asked.seconds / 4))["rate"]
            sent = submissions(node.port, facts["secrets"], asked.seconds / 4)
            bare = (bare + inside(home, "bare", str(SENDERS), str(asked.seconds / 4))["rate"]) / 2
        write(render(asked, loaded, (results, len(wrong)), (bare, sent)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def render(asked: Any, loaded: Any, read: tuple[Any, int], rates: tuple[float, float]) -> str:
    """The figures as Markdown."""
    (results, wrong), (bare, sent) = read, rates
    load = (
        f"{loaded['reports']:,} reports of {loaded['agencies']} agencies in {loaded['audiences']} audiences, "
        f"{loaded['gigabytes']:.1f} GB; {os.cpu_count()} cores, which the load shares with the node; "
        f"{asked.seconds:.0f} s a column; answers other than 200: {wrong}."
    )
    submitted = (
        "| way in | reports a second | share of bare |\n|---|---|---|\n"
        f"| bare INSERT of the same rows, {SENDERS} connections, a transaction each | {bare:.0f} | 1 |\n"
        f"| API, {SENDERS} machines, a request each | {sent:.0f} | {sent / bare:.2f} |"
    )
    return f"{load}\n\n{table(results)}\n\n{submitted}\n"


def write(measured: str) -> None:
    """Put the figures between the page's markers, and on the screen."""
    print(measured)
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{measured}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Filling a new node with the demonstration, in one transaction."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from limen.node.audit import record as log
from limen.node.demo import agencies, inventing, referring, stories, tasks
from limen.node.demo.audiences import Desk
from limen.node.demo.inventing import Invented
from limen.node.demo.persons import FORMATS
from limen.node.demo.storing import COLUMNS, Writer
from limen.node.errors import ServingError
from limen.node.people.models import Agency
from limen.node.reports.tallying import settle

SEED: Final = 9303
SAMPLE: Final = 40
"""Reports with pictures besides those of the stories: the newest of Utopian documents."""
SIGN_INS: Final = (
    ("counter@thailand.example", "writes reports at a counter"),
    ("examiner@thailand.example", "approves them, and sees names and pictures"),
    ("coordinator@thailand.example", "approves, recalls and reads the log"),
    ("analyst@thailand.example", "searches, maps and exports"),
    ("protection@thailand.example", "takes over screenings, and refers"),
    ("examiner@vietnam.example", "sees the same from another country"),
    ("administrator@centre.example", "runs the node"),
)


def fill(count: int) -> bool:
    """Fill a new node; False where it was filled before. Raises `ServingError` where it holds something else."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('limen.demo'))")
        if is_demo():
            return False
        if Agency.objects.exists():
            raise ServingError("This node holds data of its own: the demonstration needs an empty folder, see --home.")
        staffed = agencies.make_all()
        referring.enter(staffed.values())
        written = add_reports(Desk(staffed, timezone.now()), everything(count, timezone.localdate()))
        settle()
        tasks.put_off(written)
        log("demo.filled", details={"reports": len(written)})
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE reports_rollup, reports_tally, {', '.join(COLUMNS)}")
    return True


def is_demo() -> bool:
    """Whether this node was filled with the demonstration."""
    return Agency.objects.filter(code=agencies.OPERATOR, operates_node=True).exists()


def everything(count: int, today: datetime.date, seed: int = SEED) -> list[Invented]:
    """Invent all reports with their stories and persons, the oldest first."""
    shuffled = random.Random(seed + 3)
    found = sorted(_all(count, today, seed), key=lambda one: (one.detected_on, shuffled.random()))
    for number, one in enumerate(_sample(found)):
        one.specimen = number
    rng = random.Random(seed + 1)
    return [inventing.add_persons(rng, one) for one in found]


def _all(count: int, today: datetime.date, seed: int) -> Iterator[Invented]:
    rng = random.Random(seed)
    told = stories.both(rng, count, today)
    yield from inventing.invent(rng, inventing.days_of(rng, max(0, count - len(told)), today))
    yield from told


def _sample(found: list[Invented]) -> list[Invented]:
    """Choose the newest reports, outside the stories, of documents that can be pictured."""
    fit = [one for one in reversed(found) if one.issuer == "UTO" and one.category in FORMATS and not one.story]
    return fit[:SAMPLE]


def add_reports(desk: Desk, reports: list[Invented], seed: int = SEED) -> list[tuple[int, Invented]]:
    """Write reports; give them back with their numbers."""
    writer = Writer(random.Random(seed + 2), desk.place)
    return [pair for batch in writer.write(reports) for pair in batch]


def told() -> str:
    """Say in some lines how to sign in."""
    width = max(len(address) for address, _ in SIGN_INS)
    lines = [f"  {address:<{width}}   {what}" for address, what in SIGN_INS]
    return "\n".join(
        [
            "This is a demonstration: every agency, officer, document and figure in it is invented. Sign in as",
            *lines,
            f"each with the password   {agencies.PASSWORD}",
            "Whoever reaches this address can do the same, so keep it to this machine.",
        ]
    )

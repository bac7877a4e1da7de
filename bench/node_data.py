"""Fills a node's database with a million invented reports, for benchmarks of lists, searches and maps.

    LIMEN_HOME=... DATABASE_URL=... python -m bench.node_data --reports 1000000

The reports are those of `limen serve --demo`, only more, without pictures and machine readable zones. Triggers, foreign
keys and indexes are off while they are written, several processes write at once, and roll-ups are counted at the end.
"""

# ruff: noqa: PLC0415 - the settings are read before the apps are imported

from __future__ import annotations

import argparse
import heapq
import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from datetime import date
from itertools import count


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.node_data", description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 4))
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limen.node.settings")
    import django

    django.setup()
    load(asked.reports, seed=asked.seed, processes=asked.processes)


def load(reports: int, *, seed: int = 1, processes: int = 2) -> float:
    """Write so many reports into the database of the settings, besides what it holds; give the seconds it took."""
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    from limen.node.demo import agencies, loading, recounting
    from limen.node.demo.storing import COLUMNS, reserve

    began = time.perf_counter()
    call_command("migrate", verbosity=0, interactive=False)
    if not loading.is_demo():
        agencies.make_all()
    with transaction.atomic():
        first = reserve(reports)
    made_again = drop_constraints(COLUMNS) + drop_indexes(COLUMNS)
    switch_triggers(COLUMNS, "DISABLE")
    connection.close()
    today = timezone.localdate()
    jobs = [(number, processes, reports, seed, today, first) for number in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for written in pool.imap_unordered(write_share, jobs):
            print(f"{time.perf_counter() - began:6.1f} s  {written} reports written by one process", flush=True)
    switch_triggers(COLUMNS, "ENABLE")
    recounting.recount()
    print(f"{time.perf_counter() - began:6.1f} s  roll-ups counted", flush=True)
    make(made_again[::-1])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    seconds = time.perf_counter() - began
    print(f"{seconds:6.1f} s  indexes made, analysed")
    return seconds


def write_share(job: tuple[int, int, int, int, date, int]) -> int:
    """Write one process's share: a stretch of the days, with numbers in their order."""
    import django

    django.setup()
    from django.utils import timezone

    from limen.node.demo import agencies
    from limen.node.demo.audiences import Desk
    from limen.node.demo.storing import Writer
    from limen.node.reports.models import ALPHABET

    number, processes, reports, seed, today, first = job
    begin, end = (reports * step // processes for step in (number, number + 1))
    numbers = count(first + begin)

    def reserve(wanted: int) -> int:
        taken = next(numbers)
        for _ in range(wanted - 1):
            next(numbers)
        return taken

    desk = Desk(agencies.staffed(), timezone.now())
    rng = random.Random(f"{seed} {number}")
    writer = Writer(rng, desk.place, reserve, ALPHABET[number::processes])
    for _ in writer.write(share(rng, (begin, end, reports), seed, today)):
        pass
    return end - begin


def share(rng: random.Random, part: tuple[int, int, int], seed: int, today: date) -> Iterator[object]:
    """Invent the reports from one number to another, of so many; the stories lie in the last share."""
    from limen.node.demo import inventing, stories

    begin, end, reports = part
    told = stories.both(random.Random(seed), reports, today)
    days = inventing.days_of(random.Random(seed), reports - len(told), today)[begin:end]
    told = told if end == reports else []
    merged = heapq.merge(inventing.invent(rng, days), told, key=lambda one: one.detected_on)
    for one in merged:
        one.specimen = None
        yield inventing.add_persons(rng, one, zones=False)


def drop_indexes(tables: object) -> list[str]:
    """Drop the indexes that no constraint needs, and give the statements that make them again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
               WHERE indrelid = ANY (%s::text[]::regclass[])
               AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)""",
            [list(tables)],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP INDEX {name}")
    return [statement for _, statement in found]


def drop_constraints(tables: object) -> list[str]:
    """Drop the foreign keys of the tables, and give the statements that make and check them again, all rows at once."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
               WHERE contype = 'f' AND conrelid = ANY (%s::text[]::regclass[])""",
            [list(tables)],
        )
        found = cursor.fetchall()
        for table, name, _ in found:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}' for table, name, text in found]


def make(statements: list[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for statement in statements:
            cursor.execute(statement)


def switch_triggers(tables: object, state: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {state} TRIGGER USER")


if __name__ == "__main__":
    main()

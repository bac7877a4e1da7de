"""Whether a node is well: one finding for each question, none of which stops the next."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import Error, connection

from limen.node.backup.orphans import orphans
from limen.node.backup.rows import file_columns
from limen.node.database.doors import open_doors
from limen.node.database.roles import leakproof_marked
from limen.node.errors import FilesError
from limen.node.serving.preparing import unapplied, unreachable

_SOME = 3
_SILENT = 60
"""Seconds without a sign of life after which a worker counts as gone; it gives one every ten."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was asked, whether all is well, and what was found."""

    subject: str
    well: bool
    text: str
    advice: bool = False
    """Whether it is no fault, and could be better."""


def check_node() -> Iterator[Finding]:
    """Ask everything. Without a database there is little to ask."""
    yield from (_disk(), _secrets())
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = str(cursor.fetchone()[0])
    except Error as error:
        yield Finding("database", False, unreachable(error))
        return
    yield Finding("database", True, f"PostgreSQL {version} answers.")
    questions: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("migrations", _migrations),
        ("security", _security),
        ("indexes", _indexes),
        ("worker", _worker),
        ("files", _files),
        ("orphans", _orphans),
        ("audit", _audit),
    )
    for subject, question in questions:
        try:
            yield question()
        except Error as error:
            yield Finding(subject, False, f"The database refused: {' '.join(str(error).split())[:200]}")


def _disk() -> Finding:
    home = settings.CONFIG.home.path
    usage = shutil.disk_usage(home)
    free = usage.free / (1 << 30)
    return Finding("disk", free > 1, f"{free:.1f} GiB of {usage.total / (1 << 30):.1f} are free at {home}.")


def _secrets() -> Finding:
    folder = settings.CONFIG.home.secrets
    open_to_others = [place.name for place in [folder, *folder.iterdir()] if stat.S_IMODE(place.stat().st_mode) & 0o077]
    if open_to_others:
        return Finding("secrets", False, f"Others may read in {folder}: {', '.join(open_to_others[:_SOME])}.")
    return Finding("secrets", True, f"{folder} is the node's alone.")


def _migrations() -> Finding:
    missing = unapplied()
    text = f"{missing} are missing: run `limen node migrate`." if missing else "All are applied."
    return Finding("migrations", not missing, text)


def _security() -> Finding:
    with connection.cursor() as cursor:
        doors = open_doors(cursor)
    if doors:
        return Finding("security", False, f"Not as this version made it: {'; '.join(doors[:_SOME])}.")
    return Finding("security", True, "Row-level security is on, and closed tables are closed.")


def _worker() -> Finding:
    """A node that does not serve has none, so that is no fault."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers")
        seen = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),"
            " count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs"
        )
        waiting, failed = cursor.fetchone()
    jobs = f"{waiting} jobs wait, {failed} failed"
    if seen is None or seen > _SILENT:
        return Finding("worker", True, f"None is seen; {jobs}. `limen serve` runs one.", True)
    return Finding("worker", True, f"One was seen {seen} s ago; {jobs}.", bool(failed))


def _orphans() -> Finding:
    if count := len(orphans()):
        return Finding("orphans", True, f"{count} files are named by no row: `limen node tidy` removes them.", True)
    return Finding("orphans", True, "No file older than a day lacks its row.")


def _indexes() -> Finding:
    with connection.cursor() as cursor:
        if leakproof_marked(cursor):
            return Finding("indexes", True, "Row-level security lets them be used.")
    return Finding("indexes", True, "Searches may be slow: run what `limen node prepare` prints on the server.", True)


def _files() -> Finding:
    """Read each file that a row names to its end: it is there, its key is, and nothing of it was changed."""
    good, bad = 0, []
    for model, column in file_columns():
        rows = model._base_manager.exclude(**{column: ""}).values_list("pk", column)
        for key, name in rows.iterator(chunk_size=2000):
            if fault := _fault(name):
                bad.append(f"{model._meta.label} {key}: {fault}")
            else:
                good += 1
    if bad:
        return Finding("files", False, f"{len(bad)} of {len(bad) + good} are not well: {'; '.join(bad[:_SOME])}")
    return Finding("files", True, f"All {good} are there and can be decrypted.")


def _fault(name: str) -> str:
    try:
        with default_storage.open(name) as file:
            while file.read(1 << 20):
                pass
    except FileNotFoundError:
        return "missing"
    except (FilesError, OSError) as error:
        return str(error)
    return ""


def _audit() -> Finding:
    try:
        from limen.node.audit import verify  # noqa: PLC0415 - an app that a small node may lack
    except ImportError:
        return Finding("audit", True, "This Limen keeps no audit log.", True)
    result = verify()
    if result.broken:
        first = result.broken[0]
        where = f"chain {first.chain} at entry {first.position}: {first.reason}"
        return Finding("audit", False, f"{len(result.broken)} chains are broken, the first {where}.")
    return Finding("audit", True, f"All {result.entries} entries hold.")

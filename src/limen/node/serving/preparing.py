"""What is done once before the node serves: migrations, static files, the word that opens the first page.

Run as a process of its own, as the keeper. Its last line on standard error is a sentence when it fails.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import sys

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error, OperationalError

from limen import __version__
from limen.node.errors import DatabaseError, NodeError, ServingError
from limen.node.serving.parent import watch_supervisor


def main(arguments: list[str] | None = None) -> int:
    """Prepare the node; 0 when it may serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--migrate", action="store_true")
    parser.add_argument("--web", action="store_true")
    parser.add_argument("--demo", action="store_true")
    asked = parser.parse_args(arguments)
    watch_supervisor()
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limen.node.settings")
        django.setup()
        prepare(migrate=asked.migrate, web=asked.web, demo=asked.demo)
    except NodeError as error:
        print(error, file=sys.stderr)  # noqa: T201 - what this process is for
        return 1
    except OperationalError as error:
        print(unreachable(error), file=sys.stderr)  # noqa: T201
        return 1
    except Error as error:
        print(f"The database cannot be migrated: {' '.join(str(error).split())[:300]}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def prepare(*, migrate: bool, web: bool, demo: bool = False) -> None:
    """Do what is missing; styles, scripts and the first page are of machines that run the web server."""
    if migrate:
        migrate_all()
    elif missing := unapplied():
        raise DatabaseError(f"The database lacks {missing} migrations: run `limen node migrate` first.")
    if web:
        collect_static()
    if demo:
        _load_demo()
    if web:
        offer_setup()


def unreachable(error: Exception) -> str:
    """Say that the database does not answer, without its address, which may hold a password."""
    return f"The database does not answer: {' '.join(str(error).split())[:300]}"


def migrate_all() -> None:
    """Bring the tables to this version; two who do so at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('limen.migrate'))")
    try:
        _refuse_newer()
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('limen.migrate'))")


def unapplied() -> int:
    """Count the migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse_newer() -> None:
    """A database that a later Limen has migrated is not touched: its columns would be misread."""
    loader = MigrationExecutor(connection).loader
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("limen.")}
    newer = [name for name in loader.applied_migrations if name[0] in ours and name not in loader.disk_migrations]
    if newer:
        raise DatabaseError(
            f"The database was made by a later Limen than this ({newer[0][0]}.{newer[0][1]}): install that one."
        )


def collect_static() -> None:
    """Copy styles and scripts out of the packages, with their digests in their names, when they have changed."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    with (settings.CONFIG.home.path / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _collect()


def _collect() -> None:
    stamp = settings.STATIC_ROOT / ".stamp"
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    try:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(digest.hexdigest())
    except OSError as error:
        raise ServingError(
            f"Styles and scripts cannot be copied to {settings.STATIC_ROOT}: {error.strerror}."
        ) from error


def offer_setup() -> None:
    """While there is no agency, have a secret word in the node's folder that opens the first page; afterwards none."""
    from limen.node.people.models import Agency  # noqa: PLC0415 - needs the apps

    if Agency.objects.exists():
        (settings.CONFIG.home.secrets / "setup-token").unlink(missing_ok=True)
    else:
        settings.CONFIG.home.secret("setup-token")


def _load_demo() -> None:
    try:
        from limen.node.demo import load  # noqa: PLC0415 - large, and needs the apps
    except ImportError:
        raise ServingError("This Limen has no demonstration data.") from None
    load()


if __name__ == "__main__":
    sys.exit(main())

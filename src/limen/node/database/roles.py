"""What the site may do with the tables: everything but define them, less what is closed to it.

Tables belong to the keeper. Web processes are `limen_site`, which owns nothing, so that row-level security holds for
it. After every migration it is granted the tables anew; a table closed to it is named in `CLOSED_TABLES`, by the app
that it belongs to, in the `ready` of its configuration.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from limen.node.database.address import SITE
from limen.node.database.leakproof import LEAKPROOF, MARK_LEAKPROOF
from limen.node.errors import DatabaseError

CLOSED_TABLES: dict[str, tuple[str, ...]] = {
    "django_migrations": ("SELECT",),
}
"""Table, and all that the site may do with it; an empty tuple is nothing."""


_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"


def make_extensions(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Have the type for vectors before the first migration that names it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT FROM pg_extension WHERE extname = 'vector'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")


def grant_site(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Let the site at the tables, less what is closed; mark the leakproof functions where this role may."""
    with connections[using].cursor() as cursor:
        _have_role(cursor)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {SITE}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {SITE}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {SITE}")
        cursor.execute(_TABLES)
        for table in {name for (name,) in cursor.fetchall()} & CLOSED_TABLES.keys():
            cursor.execute(f'REVOKE ALL ON "{table}" FROM {SITE}')
            if rights := CLOSED_TABLES[table]:
                cursor.execute(f'GRANT {", ".join(rights)} ON "{table}" TO {SITE}')
        if not leakproof_marked(cursor) and _is_superuser(cursor):
            cursor.execute(MARK_LEAKPROOF)


def leakproof_marked(cursor: Any) -> bool:
    """Whether this database's functions are marked (`limen.node.database.leakproof`)."""
    cursor.execute(
        "SELECT bool_and(proleakproof) FROM pg_proc WHERE oid = ANY (%s::regprocedure[])",
        [[f"pg_catalog.{function}" for function in LEAKPROOF]],
    )
    return bool(cursor.fetchone()[0])


def _is_superuser(cursor: Any) -> bool:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return bool(cursor.fetchone()[0])


def _have_role(cursor: Any) -> None:
    """Make the role if it is missing, and let the keeper be it, as commands and tests sometimes must."""
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [SITE])
    if cursor.fetchone() is None:
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            raise DatabaseError(f"The role {SITE} is missing: run what `limen node prepare` prints on the server.")
        cursor.execute(f"CREATE ROLE {SITE} NOLOGIN")
    cursor.execute("SELECT pg_has_role(current_user, %s, 'SET'), current_user", [SITE])
    may, keeper = cursor.fetchone()
    if not may:
        cursor.execute(f'GRANT {SITE} TO "{keeper}" WITH SET TRUE, INHERIT FALSE')

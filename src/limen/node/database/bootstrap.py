"""Roles and database of the embedded server. The passwords in the node's folder are what counts: set at every start."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from limen.node.database.address import DATABASE, KEEPER, SITE, SUPERUSER, WEB, password_of
from limen.node.database.cluster import socket_folder
from limen.node.database.leakproof import MARK_LEAKPROOF
from limen.node.errors import DatabaseError
from limen.node.home import Home


def superuser_connection(home: Home, database: str = "postgres") -> psycopg.Connection[Any]:
    """Connect to the embedded server as its superuser."""
    return psycopg.connect(
        host=str(socket_folder(home)),
        user=SUPERUSER,
        password=password_of(home, SUPERUSER),
        dbname=database,
        autocommit=True,
    )


def bootstrap(home: Home) -> None:
    """Make what is missing; what is there is left alone. Cut off anywhere, the next start goes on from there."""
    try:
        with superuser_connection(home, "template1") as connection:
            _prepare_template(connection)
        with superuser_connection(home) as connection:
            _make_roles(connection, home)
            _make_database(connection)
    except psycopg.Error as error:
        text = " ".join(str(error).split())
        raise DatabaseError(f"The database could not be set up: {text}.") from error


def _prepare_template(connection: psycopg.Connection[Any]) -> None:
    """Every database made later has the type for vectors, and conditions that row-level security does not slow."""
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    connection.execute(MARK_LEAKPROOF)


def _make_roles(connection: psycopg.Connection[Any], home: Home) -> None:
    have = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    if SITE not in have:
        connection.execute(f"CREATE ROLE {SITE} NOLOGIN")
    for name in (KEEPER, WEB):
        word = "ALTER" if name in have else "CREATE"
        rights = "BYPASSRLS CREATEDB" if name == KEEPER else "NOINHERIT"
        statement = sql.SQL(f"{word} ROLE {name} LOGIN {rights} PASSWORD {{}}")
        connection.execute(statement.format(sql.Literal(password_of(home, name))))
    connection.execute(f"GRANT {SITE} TO {KEEPER}, {WEB}")


def _make_database(connection: psycopg.Connection[Any]) -> None:
    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {KEEPER}")
        connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {WEB}")

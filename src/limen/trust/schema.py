"""The store's file: one SQLite database that says of itself what it is.

A certificate stands in it once, whoever sent it; `held` says which sources hold it and as what. What is looked up at a
counter (key identifier, name, country, a document's number) has an index, and nothing is parsed that was not found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from limen.trust.errors import StoreError

APPLICATION = 0x4C494D54
"""Tells the file from any other database: "LIMT"."""
VERSION = 1

_TABLES = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, file TEXT NOT NULL, sha256 BLOB NOT NULL, imported TEXT NOT NULL
);
CREATE TABLE list (
    source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, kind TEXT NOT NULL, country TEXT, signer TEXT,
    signed TEXT, ground TEXT NOT NULL, entries INTEGER NOT NULL, notes TEXT NOT NULL
);
CREATE TABLE certificate (
    sha256 BLOB PRIMARY KEY, der BLOB NOT NULL, country TEXT, ski BLOB, subject BLOB NOT NULL, issuer BLOB NOT NULL,
    serial TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX certificate_ski ON certificate (ski);
CREATE INDEX certificate_subject ON certificate (subject);
CREATE INDEX certificate_country ON certificate (country);
CREATE INDEX certificate_serial ON certificate (issuer, serial);
CREATE TABLE held (
    certificate BLOB NOT NULL REFERENCES certificate, source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    role TEXT NOT NULL, PRIMARY KEY (certificate, source)
) WITHOUT ROWID;
CREATE INDEX held_source ON held (source);
CREATE TABLE broken (
    source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, der BLOB NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE crl (
    source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, sha256 BLOB NOT NULL, der BLOB NOT NULL, country TEXT,
    PRIMARY KEY (sha256, source)
);
CREATE INDEX crl_country ON crl (country);
CREATE TABLE deviation (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, country TEXT,
    numbered INTEGER NOT NULL, said TEXT NOT NULL
);
CREATE INDEX deviation_country ON deviation (country, numbered);
CREATE TABLE deviation_number (
    number TEXT NOT NULL, deviation INTEGER NOT NULL REFERENCES deviation ON DELETE CASCADE,
    PRIMARY KEY (number, deviation)
) WITHOUT ROWID;
CREATE INDEX deviation_number_deviation ON deviation_number (deviation);
"""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the file, making it first if `create`. Raises `StoreError`."""
    if not path.exists() and not create:
        raise StoreError(f"there is no trust store at {path}: make one with limen trust import")
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10.0)
        connection.execute("PRAGMA foreign_keys = ON")
        found = _pragma(connection, "application_id"), _pragma(connection, "user_version")
        if found == (0, 0) and create and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            _make(connection)
        elif found[0] != APPLICATION:
            raise StoreError(f"{path} is no trust store of Limen")
        elif found[1] != VERSION:
            raise StoreError(f"{path} is of another version of Limen ({found[1]}; this one reads {VERSION})")
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Make SQLite's and the system's errors one sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error)
        if "not a database" in said or "malformed" in said:
            said = "it is damaged, or no trust store: restore it from a copy, or import anew into another file"
        elif "locked" in said:
            said = "somebody else is writing it: try again"
        raise StoreError(f"the trust store {path} cannot be used: {said}") from error
    except OSError as error:
        raise StoreError(f"the trust store {path} cannot be used: {error.strerror or error}") from error


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all that follows, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _make(connection: sqlite3.Connection) -> None:
    with writing(connection):
        for statement in _TABLES.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])

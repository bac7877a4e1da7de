"""PostgreSQL's own programs for dumping and restoring. The environment tells them where: no password in `ps`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from typing import IO, Any

from limen.node.database.address import describe
from limen.node.database.binaries import bundled
from limen.node.errors import BackupError

_PIECE = 1 << 20


def _environment(address: str) -> dict[str, str]:
    database = describe(address, None)
    told = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
        "PGSSLMODE": database["OPTIONS"].get("sslmode", ""),
        "PGSSLROOTCERT": database["OPTIONS"].get("sslrootcert", ""),
    }
    return {**os.environ, **{name: value for name, value in told.items() if value}}


def dump(address: str, target: IO[bytes]) -> None:
    """Write the database as it is at one moment. Owners and grants are left out: a restored node makes its own."""
    arguments = ["--format=custom", "--compress=gzip:3", "--no-owner", "--no-privileges", "--no-comments"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [str(bundled() / "pg_dump"), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=_environment(address),
        )
        assert process.stdout is not None
        with process:
            try:
                shutil.copyfileobj(process.stdout, target, _PIECE)
            except BaseException:
                process.kill()
                raise
        _check(process.returncode, said, "The database cannot be dumped")


def load(address: str, source: IO[bytes]) -> None:
    """Fill an empty database with a dump, wholly or not at all."""
    arguments = ["--no-owner", "--no-privileges", "--no-comments", "--single-transaction", "--exit-on-error"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [str(bundled() / "pg_restore"), *arguments, f"--dbname={describe(address, None)['NAME']}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=_environment(address),
        )
        assert process.stdin is not None
        with process:
            try:
                shutil.copyfileobj(source, process.stdin, _PIECE)
            except BrokenPipeError:
                pass  # what it complained of is told below
            except BaseException:
                process.kill()
                raise
        _check(process.returncode, said, "The database cannot be restored")


def _check(code: int, said: IO[Any], what: str) -> None:
    if code:
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
        raise BackupError(f"{what}: {' '.join((lines or ['no reason was given'])[0].split())[:300]}")

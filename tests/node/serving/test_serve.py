"""`limen serve`: one command, everything in it, whatever becomes of it."""

from __future__ import annotations

import importlib.util
import os
import signal
import time
from pathlib import Path

import psutil
import pytest

_spec = importlib.util.spec_from_file_location("limen_test_nodes", Path(__file__).with_name("nodes.py"))
nodes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(nodes)


@pytest.fixture
def folder():
    folder = nodes.new_folder()
    yield folder
    nodes.remove(folder)


def gone(processes: list[psutil.Process], seconds: float = 15) -> bool:
    return not psutil.wait_procs(processes, seconds)[1]


def come_again(node) -> None:
    """The web server, the worker and the database are killed and come back."""
    for child in psutil.Process(node.process.pid).children():
        child.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        time.sleep(0.3)
        try:
            if node.get() == 404 and len(psutil.Process(node.process.pid).children()) == 3:
                return
        except OSError:
            continue
    pytest.fail(node.said())


def test_a_node_survives_kill_9_of_everything(folder):
    """Killed with children left; then all at once; then its children alone; at last stopped in order."""
    node = nodes.Node(folder / "home").start()
    token = node.token
    children = node.children()
    assert {"postgres", "limen-db"} & {child.name() for child in children} or len(children) >= 3
    os.kill(node.process.pid, signal.SIGKILL)
    node.process.wait()
    assert gone(children), "children outlive a killed supervisor"

    node = nodes.Node(folder / "home").start()
    assert node.token == token
    for child in [*node.children(), psutil.Process(node.process.pid)]:
        child.send_signal(signal.SIGKILL)
    node.process.wait()

    node = nodes.Node(folder / "home").start()
    assert node.get() == 404
    refused = nodes.limen("serve", "--home", str(folder / "home"), "--port", str(nodes.free_port()), check=False)
    assert (refused.returncode, "is in use by another node (limen serve, process" in refused.stderr) == (2, True)
    taken = nodes.limen("serve", "--home", str(folder / "other"), "--port", str(node.port), check=False)
    assert taken.stderr.strip().endswith("is in use by another program: choose another with --port.")
    come_again(node)
    children = node.children()
    begins = time.monotonic()
    assert node.stop() == 0
    assert time.monotonic() - begins < 10
    assert gone(children, 1)

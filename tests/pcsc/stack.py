"""Runs inside its own network and mount namespaces: pcscd with the virtual reader, and cards played to it.

Each line of standard input is an order as JSON: {"insert": <pickled CardSpec, base64>,
"delay": <seconds>} or {"remove": true}; each is
answered by a line. The end of input ends everything.
"""

from __future__ import annotations

import base64
import fcntl
import json
import pickle
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from limen.specimen.chip import PORT, VpcdPlayer, make_card

_SIOCSIFFLAGS = 0x8914
_IFF_UP_RUNNING = 0x41
PATIENCE = 15.0


def main() -> None:
    """Starts the stack, obeys, stops the stack."""
    _raise_loopback()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    daemon = subprocess.Popen(
        ["pcscd", "--foreground"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(daemon)
        _answer("ready")
        _obey()
    finally:
        daemon.terminate()
        daemon.wait(10)


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP_RUNNING))


def _wait(daemon: subprocess.Popen[bytes]) -> None:
    """Until pcscd has its socket and vpcd listens (which is seen without connecting: a connection is a card)."""
    end = time.monotonic() + PATIENCE
    listening = f":{PORT:04X} "
    while time.monotonic() < end:
        if daemon.poll() is not None:
            raise SystemExit(f"pcscd ended with {daemon.returncode}")
        tables = "".join(Path(f"/proc/self/net/{name}").read_text() for name in ("tcp", "tcp6"))
        if Path("/run/pcscd/pcscd.comm").exists() and listening in tables:
            return
        time.sleep(0.05)
    raise SystemExit("pcscd has started, but no vpcd listens")


def _obey() -> None:
    player: VpcdPlayer | None = None
    for line in sys.stdin:
        order = json.loads(line)
        if player is not None:
            player.stop()
            player = None
        if "insert" in order:
            card = make_card(pickle.loads(base64.b64decode(order["insert"]))).card
            player = VpcdPlayer(card, delay=order["delay"])
            player.connect()
            threading.Thread(target=player.play, daemon=True).start()
        _answer("done")
    if player is not None:
        player.stop()


def _answer(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

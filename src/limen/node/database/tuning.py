"""What PostgreSQL is told about the machine: right for a laptop that also runs everything else.

An administrator's own settings, in `postgresql.conf` of the node's folder, come after these and win.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_MEGABYTE = 1 << 20


def _memory() -> int:
    """Megabytes of memory in this machine."""
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MEGABYTE)


def _shared_memory() -> str:
    """Say how workers share memory: in files where a container's /dev/shm is too small for it."""
    shm = Path("/dev/shm")  # noqa: S108 - looked at, not written to
    roomy = shm.is_dir() and shutil.disk_usage(shm).free > 256 * _MEGABYTE
    return "posix" if roomy else "mmap"


def settings(sockets: Path, *, durable: bool) -> dict[str, str]:
    """Every setting that differs from PostgreSQL's own default, and the reason where it is not plain."""
    memory = _memory()
    chosen = {
        "listen_addresses": "",  # the socket alone: nothing of the database is on the network
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "shared_buffers": f"{min(max(memory // 8, 64), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64), 512)}MB",
        "work_mem": "16MB",
        "dynamic_shared_memory_type": _shared_memory(),
        "max_parallel_workers_per_gather": "1" if (os.cpu_count() or 1) < 4 else "2",
        "jit": "off",  # the queries are short: compiling them costs more than it saves
        "random_page_cost": "1.1",  # solid-state storage
        "synchronous_commit": "on",  # what was acknowledged is there after a power cut
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "idle_in_transaction_session_timeout": "5min",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # No personal data in the log: neither statements nor the values that a constraint complains about.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
        "log_line_prefix": "%m [%p] ",
    }
    if not durable:
        chosen |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
    return chosen


def as_file(chosen: dict[str, str]) -> str:
    """Write settings the way postgresql.conf has them."""
    lines = (f"{name} = '{value}'" for name, value in chosen.items())
    return "# Written anew at every start. Your own settings go into postgresql.conf of the node's folder.\n" + "".join(
        f"{line}\n" for line in lines
    )

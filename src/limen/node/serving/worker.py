"""The worker: runs the jobs that pages put off, and those on a schedule. It is the keeper."""

from __future__ import annotations

import os
from typing import Any

from limen.node.serving.parent import watch_supervisor

CONCURRENCY = 2


def main() -> None:
    """Work until a signal ends it; a job in progress is finished, or done again by the next worker."""
    watch_supervisor()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limen.node.settings")
    import django  # noqa: PLC0415 - settings first

    django.setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs the apps

    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(
            concurrency=CONCURRENCY,
            install_signal_handlers=True,
            shutdown_graceful_timeout=8,
            delete_jobs="successful",
        )


if __name__ == "__main__":
    main()

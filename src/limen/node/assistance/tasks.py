"""What the worker does by itself."""

from __future__ import annotations

import datetime

from procrastinate.contrib.django import app

from limen.node.assistance.retention import delete_expired


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="assistance.retention", pass_context=False)
def keep_retention(timestamp: int) -> None:
    """Delete, every night, what is past its time."""
    delete_expired(datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date())

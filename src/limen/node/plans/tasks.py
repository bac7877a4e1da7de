"""What the worker does by itself."""

from __future__ import annotations

import datetime

from procrastinate.contrib.django import app

from limen.node.plans.retention import delete_dangling, delete_expired, delete_past


@app.periodic(cron="47 2 * * *")
@app.task(queueing_lock="plans.retention", pass_context=False)
def keep_retention(timestamp: int) -> None:
    """Delete, every night, what is past its time."""
    today = datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date()
    delete_expired(today)
    delete_dangling()
    delete_past(today)

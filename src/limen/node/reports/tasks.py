"""What the worker does by itself."""

from __future__ import annotations

import datetime

from procrastinate.contrib.django import app

from limen.node.reports import tallying
from limen.node.reports.retention import delete_expired


@app.periodic(cron="17 2 * * *")
@app.task(queueing_lock="reports.retention", pass_context=False)
def keep_retention(timestamp: int) -> None:
    """Delete, every night, what is past its time."""
    delete_expired(datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="reports.settle", pass_context=False)
def settle_tally(timestamp: int) -> None:
    """Tally, every five minutes, what came and went."""
    tallying.settle()


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="reports.merge", pass_context=False)
def merge_rollups(timestamp: int) -> None:
    """Put roll-ups of one key together, every hour."""
    tallying.merge()

"""What the worker does by itself."""

from __future__ import annotations

import datetime

from procrastinate.contrib.django import app


@app.periodic(cron="47 2 * * *")
@app.task(queueing_lock="protection.nightly", pass_context=False)
def keep_protection(timestamp: int) -> None:
    """Count the months that are over, then delete what is past its time, and take over what was forgotten open."""
    from limen.node.protection import figures, retention  # noqa: PLC0415 - the apps are loaded first

    now = datetime.datetime.fromtimestamp(timestamp, datetime.UTC)
    figures.publish(now.date())
    retention.take_over_forgotten(now)
    retention.delete_expired(now.date())

"""What the worker does for alerts: it deletes, every night, what is past its time."""

from __future__ import annotations

import datetime

from procrastinate.contrib.django import app

from limen.node.alerts.subscriptions import tasks as _of_subscriptions  # noqa: F401 - the worker looks here alone


@app.periodic(cron="27 2 * * *")
@app.task(name="limen.node.alerts.retention", queueing_lock="alerts.retention", pass_context=False)
def keep_retention(timestamp: int) -> None:
    """Delete what is past its time."""
    from limen.node.alerts.retention import delete_expired  # noqa: PLC0415 - the apps are loaded first

    delete_expired(datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date())

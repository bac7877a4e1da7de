"""What the worker does for alerts: it deletes, every night, what is past its time, and tells of recalls."""

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


@app.task(name="limen.node.alerts.tell_of_recall")
def tell_of_recall(alert: int) -> None:
    """Tell whoever acknowledged an alert that it was recalled, all or nobody."""
    from django.db import transaction  # noqa: PLC0415 - the apps are loaded first

    from limen.node.alerts.recalling import tell_readers  # noqa: PLC0415

    with transaction.atomic():
        tell_readers(alert)

"""What the worker does when an alert is published."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(name="limen.node.alerts.tell_of")
def tell_of(alert: int) -> None:
    """Tell whoever shall know, all or nobody: a worker that is killed in between has told nobody."""
    from django.db import transaction  # noqa: PLC0415 - the apps are loaded first

    from limen.node.alerts.subscriptions.publishing import tell_subscribers  # noqa: PLC0415

    with transaction.atomic():
        tell_subscribers(alert)

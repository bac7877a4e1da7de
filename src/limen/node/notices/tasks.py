"""What the worker does for notices: it sends what is due, and once a night deletes what is old.

None of the jobs holds a lock: a worker that was killed would leave it closed. Two that send at once take different
deliveries (`sending.claim`).
"""

from __future__ import annotations

import datetime
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

KEPT = datetime.timedelta(days=90)
"""How long a notice stays in its officer's list."""


@app.periodic(cron="* * * * *")
@app.task(name="limen.node.notices.look", queueing_lock="notices.look", pass_context=False)
def look(timestamp: int) -> None:
    """Send, once a minute, what became due: the end of quiet hours, daily messages, further tries."""
    send()


@app.task(name="limen.node.notices.send", queueing_lock="notices.send")
def send() -> None:
    """Send one batch; what is left waits for its turn behind other jobs."""
    from limen.node.notices.sending import send_due  # noqa: PLC0415 - the apps are loaded first

    if send_due():
        wake()


def wake() -> None:
    """Let the worker look now; it may be about to, already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        send.defer()


@app.periodic(cron="41 2 * * *")
@app.task(name="limen.node.notices.tidy", queueing_lock="notices.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Delete, every night, notices that are three months old."""
    from limen.node.notices.models import Notice  # noqa: PLC0415 - the apps are loaded first

    before = datetime.datetime.fromtimestamp(timestamp, datetime.UTC) - KEPT
    Notice.objects.filter(created_at__lt=before).delete()

"""What the worker does: it warns, once a day, whose agency will soon see less."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="7 5 * * *")
@app.task(name="limen.node.contribution.warn", queueing_lock="contribution.warn", pass_context=False)
def warn_agencies(timestamp: int) -> None:
    """Warn thirty and seven days ahead."""
    from limen.node.contribution.warning import warn  # noqa: PLC0415 - the apps are loaded first

    warn()

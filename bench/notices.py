"""Measures telling 5,000 officers of one alert: what who publishes waits for, and what the worker does then.

    python -m bench.notices --officers 5000

On a node of its own in a temporary folder. E-mail goes into memory: what a mail server takes is not ours.
"""

# ruff: noqa: PLC0415 - the settings are read before the apps are imported

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.notices", description=__doc__)
    parser.add_argument("--officers", type=int, default=5000)
    parser.add_argument("--subscriptions", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="limen-notices-") as folder:
        Path(folder).chmod(0o711)  # the database runs as another user
        os.environ |= {"LIMEN_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "limen.node.settings"}
        from limen.node.database.embedded import embedded_server
        from limen.node.home import Home

        home = Home(Path(f"{folder}/home"))
        home.prepare()
        with embedded_server(home, "a measurement"):
            measure(asked.officers, asked.subscriptions)


def measure(officers: int, subscriptions: int) -> None:
    """Fill a node, publish one alert to everybody, and send."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("migrate", verbosity=0)
    alert = _world(officers, subscriptions)
    from django.core import mail

    from limen.node.alerts.subscriptions.publishing import announce, subscribers_of, tell_subscribers
    from limen.node.notices import sending

    mail.outbox = []
    timed("in the transaction of the release: leave it to the worker", lambda: announce(alert))
    told = timed("worker: find who is told", lambda: subscribers_of(alert))
    timed(f"worker: find {len(told)} and write their notices", lambda: tell_subscribers(alert.pk))

    def send() -> None:
        while sending.send_due():
            pass

    timed("worker: plan, ask once more, send by e-mail", send)
    print(f"{len(mail.outbox)} e-mails")


def timed(name: str, do: Callable[[], Any]) -> Any:
    """Do it and say how long it took."""
    began = time.perf_counter()
    done = do()
    print(f"{name}: {(time.perf_counter() - began) * 1000:,.0f} ms")
    return done


def _world(officers: int, subscriptions: int) -> Any:
    """Agencies, officers with subscriptions, and an alert released to the community."""
    from limen.node.alerts.models import Alert
    from limen.node.alerts.subscriptions.models import Subscription
    from limen.node.people.models import Agency, Officer
    from limen.node.sharing import policy, rules
    from limen.node.sharing.markings import Marking
    from limen.node.sharing.models import State

    agencies = [Agency.objects.create(code=f"a{n}", name=f"Agency {n}", country="") for n in range(12)]
    Officer.objects.bulk_create(
        Officer(
            email=f"o{n}@example.org", name=f"Officer {n}", agency=agencies[n % 12], roles=["counter"], password="!"
        )
        for n in range(officers)
    )
    rows = list(Officer.objects.all())
    Subscription.objects.bulk_create(
        Subscription(officer=officer, issuers=["UTO"] if n == 0 else ["THA"], places=["THBKK"] if n == 1 else [])
        for officer in rows
        for n in range(subscriptions)
    )
    audience = rules.Audience(agencies[0].pk, Marking.GREEN, community=True)
    alert = Alert.objects.create(
        owner=agencies[0], author=rows[0], audience_id=policy.intern(audience), state=State.RELEASED, title="x",
        issuers=["UTO"], fraud_class="counterfeit", places=["VNSGN"],
    )  # fmt: skip
    return Alert.objects.select_related("audience").get(pk=alert.pk)


if __name__ == "__main__":
    main()

"""Measures whether a clock tells what is hidden from what is not there: python -m bench.alike [--requests 300]

On a node of its own in a temporary folder. One officer asks, in turn, for a record of another agency's and for one that
does not exist, by the same address; told are the medians and their ratio. A test holds that both are made by the same
statements (tests/node/sharing/test_alike.py); this looks at the time that they take.
"""

# ruff: noqa: PLC0415 - the settings are read before the apps are imported

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.alike", description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="limen-alike-") as folder:
        Path(folder).chmod(0o711)  # the database runs as another user
        os.environ |= {"LIMEN_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "limen.node.settings"}
        os.environ["LIMEN_REQUIRE_SECOND_FACTOR"] = "0"
        from limen.node.database.embedded import embedded_server
        from limen.node.home import Home

        home = Home(Path(f"{folder}/home"))
        home.prepare()
        with embedded_server(home, "a measurement"):
            measure(asked.requests)


def measure(requests: int) -> None:
    """Print a row for each kind of record."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    hidden, stranger = _world()
    client = Client(raise_request_exception=False)
    client.force_login(stranger)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE limen_site")
    print("| record | absent, ms | forbidden, ms | ratio |\n| --- | --- | --- | --- |")
    for noun, way, reference in hidden:
        absent = f"{reference[:4]}2222-2222"
        took: dict[str, list[float]] = {absent: [], reference: []}
        for number in range(requests + 20):
            for name in random.sample([absent, reference], 2):
                began = time.perf_counter()
                response = client.get(way.format(name))
                spent = time.perf_counter() - began
                assert response.status_code == 404, (response.status_code, way, name)
                if number >= 20:
                    took[name].append(spent * 1000)
        one, other = (statistics.median(took[name]) for name in (absent, reference))
        print(f"| {noun} | {one:.2f} | {other:.2f} | {other / one:.3f} |", flush=True)


def _world() -> tuple[list[tuple[str, str, str]], Any]:
    """Records of one agency's, each with its address; and an officer of another's."""
    from limen.node.agreements import acting as agreements
    from limen.node.alerts import drafting as alerts
    from limen.node.assistance import acting as requests
    from limen.node.casebook import drafting as cases
    from limen.node.people.models import Agency, Officer
    from limen.node.plans import acting as plans
    from limen.node.reports import drafting as reports
    from limen.node.sharing.viewer import viewing

    agencies = [Agency.objects.create(code=code, name=code, country="UTO") for code in "abc"]
    mine, stranger = (
        Officer.objects.create_user(
            f"{agency.code}@example.org", name="Officer", agency=agency, roles=["coordinator", "examiner", "counter"]
        )
        for agency in (agencies[0], agencies[2])
    )
    with viewing(mine.pk):
        made = [
            ("report", "/reports/{}/", reports.begin(mine, {"issuer": "UTO"})),
            ("alert", "/alerts/{}/", alerts.begin(mine, {"title": "Hidden"})),
            ("case study", "/cases/{}/", cases.begin(mine, {"title": "Hidden"})),
            ("agreement", "/agreements/{}/", agreements.draw_up(mine, "Hidden").agreement),
            ("request", "/assistance/{}/", requests.begin(mine, values={"question": "Hidden"})),
            ("plan", "/plans/{}/", plans.begin(mine, {"title": "Hidden"}, ("b",))),
        ]
    return [(noun, way, record.reference) for noun, way, record in made], stranger


if __name__ == "__main__":
    main()

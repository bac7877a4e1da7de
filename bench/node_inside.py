"""What the bench of the node does inside it, as the keeper: data, sessions, tokens, bare inserts."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "limen.node.settings"

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from limen.node.people.models import Agency, Officer
from limen.node.reports.models import BearerDetail, DocumentDetail, Report
from limen.node.sharing.models import Audience
from limen.node.sharing.viewer import viewing


def load(reports: str) -> dict[str, Any]:
    """Fill the node, unless it is full already."""
    if not Report.objects.exists():
        from bench.node_data import load as fill

        fill(int(reports))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    return {
        "reports": Report.objects.count(),
        "agencies": Agency.objects.count(),
        "audiences": Audience.objects.count(),
        "gigabytes": size / 1e9,
    }


def facts() -> dict[str, list[str]]:
    """Sessions of twenty officers, tokens, and what pages can be asked for."""
    officers = list(Officer.objects.filter(is_active=True, is_machine=False, roles__overlap=["counter", "examiner"]))
    rows = list(Report.objects.filter(state="released", marking__in=["clear", "green"]).order_by("?")[:300])
    words = sorted({word for row in rows for word in row.words.split() if len(word) > 3})
    numbers = DocumentDetail.objects.filter(report__in=rows).values_list("number", flat=True)
    return {
        "cookies": [cookie(officer) for officer in officers[:: max(1, len(officers) // 20)][:20]],
        "secrets": [secret(number) for number in range(8)],
        "issuer": [row.issuer for row in rows if row.issuer],
        "method": [row.method for row in rows if row.method],
        "word": words,
        "number": list(numbers) or ["X1234567"],
        "reference": [row.reference for row in rows],
    }


def cookie(officer: Officer) -> str:
    """Sign an officer in."""
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def secret(number: int) -> str:
    """Make a token of one of the agencies, by one of its administrators."""
    from limen.node.api.actions import make_token

    administrators = list(Officer.objects.filter(is_active=True, roles__contains=["administrator"]).order_by("pk"))
    officer = administrators[number % len(administrators)]
    with viewing(officer.pk):
        return make_token(officer, name=f"Bench {number} {time.time()}", scopes=["write"], days=1)[1]


def bare(connections: str, seconds: str) -> dict[str, float]:
    """Insert copies of reports with their details, a transaction each, and nothing else."""
    counts = [0] * int(connections)
    row = Report.objects.filter(document__isnull=False, bearer__isnull=False).latest("pk")
    columns = [
        f.column for f in Report._meta.fields if f.column not in ("id", "search", "uid", "reference", "client_key")
    ]
    copied = ", ".join(f'"{name}"' for name in columns)
    report = (
        f"INSERT INTO reports_report (uid, reference, client_key, {copied}) SELECT gen_random_uuid(), %s, %s, {copied}"
        f" FROM reports_report WHERE id = {row.pk} RETURNING id"
    )
    details = []
    for model in (DocumentDetail, BearerDetail):
        names = ", ".join(f'"{f.column}"' for f in model._meta.fields if f.column not in ("report_id", "search"))
        table = model._meta.db_table
        details.append(
            f"INSERT INTO {table} (report_id, {names}) SELECT %s, {names} FROM {table} WHERE report_id = {row.pk}"
        )
    ends = time.monotonic() + float(seconds)
    mark = f"{os.getpid():x}"

    def insert(number: int) -> None:
        raw = connection.copy() if number else connection
        raw.ensure_connection()
        with raw.connection.cursor() as cursor:
            while time.monotonic() < ends:
                name = f"R00-{mark}{number}-{counts[number]:x}"
                with raw.connection.transaction():
                    cursor.execute(report, (name, name))
                    key = cursor.fetchone()[0]
                    for statement in details:
                        cursor.execute(statement, (key,))
                counts[number] += 1

    begun = time.monotonic()
    threads = [threading.Thread(target=insert, args=(number,)) for number in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"rate": sum(counts) / (time.monotonic() - begun)}


if __name__ == "__main__":
    print(json.dumps({"load": load, "facts": facts, "bare": bare}[sys.argv[1]](*sys.argv[2:])))

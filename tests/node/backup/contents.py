"""Run in a process of its own: fills a node, or says what it holds. Prints one JSON object."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from limen.node.database.embedded import embedded_server
from limen.node.home import Home

home = Home(Path(os.environ["LIMEN_HOME"]))


def fill() -> None:
    """Agencies, officers, audit entries, and reports with pictures of several sizes."""
    from django.core.files.base import ContentFile

    from limen.node.audit import record
    from limen.node.people.models import Agency, Officer
    from limen.node.reports.drafting import begin
    from limen.node.reports.models import Image, Original
    from limen.node.sharing.viewer import viewing

    agency = Agency.objects.create(code="one", name="Agency One", country="UTO")
    officer = Officer.objects.create_user("officer@example.org", None, name="ö ก", agency=agency, roles=["counter"])
    with viewing(officer.pk):
        for size in (0, 10, 65_536, 300_000):
            report = begin(officer, {"issuer": "UTO", "fraud_class": "counterfeit", "detected_on": "2026-11-01"})
            image = Image.objects.create(
                report=report, width=1, height=1, masked=ContentFile(b"m" * size, name="x.png"), fingerprint=None
            )
            Original.objects.create(
                image=image, report=report, file=ContentFile(os.urandom(size), name="y.png"), sha256="0" * 64
            )
            record("report.made", subject=report.reference)


def contents() -> dict[str, object]:
    """Every table's rows, and every file that a row names, as digests."""
    from django.core.files.storage import default_storage
    from django.db import connection

    from limen.node.audit import verify
    from limen.node.backup.rows import stored_names

    said: dict[str, object] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t')
            said[table] = cursor.fetchone()
        cursor.execute(
            "SELECT proname, md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
        )
        said["functions"] = len(cursor.fetchall())
        cursor.execute("SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2")
        said["policies"] = cursor.fetchall()
        cursor.execute(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = 'limen_site' ORDER BY 1, 2"
        )
        said["grants"] = cursor.fetchall()
    for name in stored_names():
        with default_storage.open(name) as file:
            said[name] = hashlib.sha256(file.read()).hexdigest()
    said["audit"] = [verify().entries, len(verify().broken)]
    return said


with embedded_server(home, "test"):
    os.environ["DJANGO_SETTINGS_MODULE"] = "limen.node.settings"
    import django

    django.setup()
    from limen.node.serving.preparing import migrate_all

    if sys.argv[1] == "fill":
        migrate_all()
        fill()
    sys.stdout.write(json.dumps(contents(), default=str))
    from django.db import connection as opened

    opened.close()

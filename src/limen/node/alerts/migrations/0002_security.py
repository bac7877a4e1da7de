from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_security.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0001_initial"),
        ("reports", "0005_carriers"),
        ("exhibits", "0002_security"),
        ("sharing", "0003_kinds"),
    ]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RunSQL("SELECT exhibits_attach('alerts', 'alerts_alert')"),
    ]

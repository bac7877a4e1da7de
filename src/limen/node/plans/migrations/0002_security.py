from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_security.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
        ("sharing", "0006_agreed"),
        ("reports", "0005_carriers"),
        ("alerts", "0001_initial"),
        ("casebook", "0005_alerts"),
    ]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

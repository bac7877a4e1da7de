from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_security.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("contribution", "0001_initial"),
        ("sharing", "0008_conditions_hold"),
        ("alerts", "0004_floor"),
        ("reports", "0009_contributing"),
    ]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

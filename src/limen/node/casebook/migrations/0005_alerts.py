from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0005_alerts.sql"


class Migration(migrations.Migration):
    dependencies = [("casebook", "0004_practice"), ("alerts", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

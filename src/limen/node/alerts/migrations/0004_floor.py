from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0004_floor.sql"


class Migration(migrations.Migration):
    dependencies = [("alerts", "0003_subscriptions"), ("sharing", "0008_conditions_hold")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

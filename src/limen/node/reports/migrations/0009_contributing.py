from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0009_contributing.sql"


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_marked_at_most"), ("sharing", "0008_conditions_hold")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

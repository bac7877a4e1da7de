from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_contributing.sql"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_grounds"), ("sharing", "0008_conditions_hold")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0022_days.sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0021_information")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0021_information.sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0020_information")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

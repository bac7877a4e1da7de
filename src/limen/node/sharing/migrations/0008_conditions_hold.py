from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0008_conditions.sql"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_conditions")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

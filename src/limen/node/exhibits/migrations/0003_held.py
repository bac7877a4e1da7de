from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0003_held.sql"


class Migration(migrations.Migration):
    dependencies = [("exhibits", "0002_security")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

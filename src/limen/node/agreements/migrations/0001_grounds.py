from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0001_grounds.sql"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0006_agreed")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

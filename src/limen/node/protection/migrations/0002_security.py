from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_security.sql"


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial"), ("sharing", "0002_rules"), ("people", "0003_protection")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

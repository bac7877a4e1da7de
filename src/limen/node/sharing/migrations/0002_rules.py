from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_rules.sql"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("audit", "0002_chain"), ("people", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

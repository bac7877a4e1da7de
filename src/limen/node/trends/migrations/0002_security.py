from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_security.sql"


class Migration(migrations.Migration):
    dependencies = [("trends", "0001_initial"), ("sharing", "0002_rules")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0004_moments.sql"


class Migration(migrations.Migration):
    dependencies = [("assistance", "0003_answers")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

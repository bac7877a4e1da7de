from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0004_marked_at_most.sql"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_kinds")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

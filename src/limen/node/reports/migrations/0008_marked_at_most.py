from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0008_marked_at_most.sql"


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_tallies"), ("sharing", "0004_marked_at_most")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

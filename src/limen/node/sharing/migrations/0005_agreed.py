from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0005_agreements.sql"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0004_agreements"), ("sharing", "0003_kinds")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

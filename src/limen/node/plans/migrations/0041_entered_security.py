from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0041_entered.sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0040_entered")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

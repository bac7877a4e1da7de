from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0003_copies.sql"


class Migration(migrations.Migration):
    dependencies = [("api", "0002_tokens"), ("sharing", "0006_agreed")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "0002_security.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0001_initial"),
        ("sharing", "0006_agreed"),
        ("exhibits", "0003_held"),
    ]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RunSQL("SELECT exhibits_attach('assistance', 'assistance_request')"),
    ]

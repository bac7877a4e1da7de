import uuid
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql") / "0003_named.sql"
NAMED = ("period", "phase", "approval", "task", "planlink", "series")


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_security")]
    operations = [
        *(
            migrations.AddField(name, "uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True))
            for name in NAMED
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql") / "0006_routes.sql"
ENDS = ("route_origin", "route_via", "route_end")


def _index(field, above):
    return migrations.AddIndex(
        model_name="report",
        index=models.Index(
            condition=models.Q((f"{field}__gt", above)),
            fields=[field, "-detected_on", "-id"],
            include=("audience", "state"),
            name=f"reports_by_{field}",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_carriers")]
    operations = [
        *(
            migrations.AddField(
                model_name="report",
                name=field,
                field=models.CharField(db_collation="C", default="", editable=False, max_length=8),
            )
            for field in ENDS
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(_index(field, "") for field in (*ENDS, "model_name")),
        _index("model_year", 0),
    ]

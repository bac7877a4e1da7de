from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql") / "0007_tallies.sql"


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_routes")]
    operations = [
        migrations.CreateModel(
            name="Moved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.IntegerField()),
                ("detected_on", models.DateField()),
                ("issuer", models.CharField(max_length=3)),
                ("category", models.CharField(max_length=32)),
                ("fraud_class", models.CharField(max_length=32)),
                ("method", models.CharField(max_length=48)),
                ("detection_country", models.CharField(max_length=3)),
                ("place", models.CharField(max_length=8)),
                ("setting", models.CharField(max_length=32)),
                ("nationality_claimed", models.CharField(max_length=3)),
                ("nationality_established", models.CharField(max_length=3)),
                ("outcome", models.CharField(max_length=32)),
                ("sex", models.CharField(max_length=16)),
                ("age_band", models.CharField(max_length=16)),
                ("facilitated", models.CharField(max_length=16)),
                ("route_origin", models.CharField(db_collation="C", max_length=8)),
                ("route_via", models.CharField(db_collation="C", max_length=8)),
                ("route_end", models.CharField(db_collation="C", max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dimension", models.CharField(max_length=40)),
                ("period", models.DateField()),
                ("part", models.CharField(max_length=48)),
                ("value", models.CharField(max_length=48)),
                ("n", models.BigIntegerField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="rollup",
            name="reports_rollup_key",
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["audience", "-detected_on"],
                include=(
                    "state",
                    "issuer",
                    "category",
                    "fraud_class",
                    "method",
                    "detection_country",
                    "place",
                    "setting",
                    "outcome",
                    "nationality_claimed",
                    "route_origin",
                    "route_via",
                    "route_end",
                ),
                name="reports_by_audience",
            ),
        ),
        migrations.AddIndex(
            model_name="rollup",
            index=models.Index(
                fields=["audience", "dimension", "month", "value"], include=("n",), name="reports_rollup_by_audience"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("dimension", "period", "part", "value"), include=("n",), name="reports_tally_key"
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

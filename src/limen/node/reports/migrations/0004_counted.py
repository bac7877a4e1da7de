from pathlib import Path

import django.contrib.postgres.indexes
from django.db import migrations, models

SQL = Path(__file__).with_name("sql") / "0004_counted.sql"


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_spots")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_newest",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_owner",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_issuer",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_category",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_class",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_method",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_country",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_place",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_claimed",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_established",
        ),
        migrations.AddIndex(
            model_name="report",
            index=django.contrib.postgres.indexes.GinIndex(fields=["other_methods"], name="reports_other_methods"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("state", "released"), _negated=True),
                fields=["-detected_on", "-id"],
                name="reports_unreleased",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["owner", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["issuer", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_issuer",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["category", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_category",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["fraud_class", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_class",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["method", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_method",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["detection_country", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_country",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["place", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_place",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["setting", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_setting",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["outcome", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["marking", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_marking",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["nationality_claimed", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["nationality_established", "-detected_on", "-id"],
                include=("audience", "state", "detection_country", "place"),
                name="reports_by_established",
            ),
        ),
    ]

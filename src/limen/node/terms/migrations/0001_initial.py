import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Carrier",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("mode", models.CharField(max_length=16, verbose_name="means of travel")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                ("owner", models.CharField(blank=True, max_length=24, verbose_name="added by agency")),
            ],
            options={
                "verbose_name": "carrier",
                "verbose_name_plural": "carriers",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("name", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("token", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name="code")),
                ("iata", models.CharField(blank=True, max_length=3, verbose_name="IATA")),
                ("icao", models.CharField(blank=True, max_length=4, verbose_name="ICAO")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "country",
                    models.CharField(help_text="Two-letter code of ISO 3166-1.", max_length=2, verbose_name="country"),
                ),
                ("functions", models.CharField(blank=True, max_length=8, verbose_name="functions")),
                ("lat", models.FloatField(verbose_name="latitude")),
                ("lon", models.FloatField(verbose_name="longitude")),
                ("weight", models.PositiveSmallIntegerField(default=0, verbose_name="weight among equals")),
                ("source", models.CharField(default="limen", max_length=16, verbose_name="source")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                ("owner", models.CharField(blank=True, max_length=24, verbose_name="added by agency")),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["name"],
                "indexes": [models.Index(fields=["country"], name="terms_place_country")],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                ("code", models.CharField(max_length=32, verbose_name="code")),
                ("parent", models.CharField(blank=True, max_length=32, verbose_name="belongs to")),
                ("labels", models.JSONField(default=dict, verbose_name="labels")),
                ("definition", models.TextField(blank=True, verbose_name="definition")),
                ("mappings", models.JSONField(blank=True, default=dict, verbose_name="mappings")),
                ("position", models.PositiveSmallIntegerField(default=1000, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                ("owner", models.CharField(blank=True, max_length=24, verbose_name="added by agency")),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ["kind", "position", "code"],
                "constraints": [models.UniqueConstraint(fields=("kind", "code"), name="terms_one_code_of_a_kind")],
            },
        ),
    ]

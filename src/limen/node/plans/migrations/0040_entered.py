import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_protection"),
        ("plans", "0022_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "classes",
                    models.SmallIntegerField(
                        choices=[
                            (1, "class 0: statistical data"),
                            (2, "class 1: document numbers"),
                            (4, "class 2: names, telephones, what tells of a person"),
                        ],
                        verbose_name="field class",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("on", models.DateField(blank=True, null=True, verbose_name="on")),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("person", "Person"),
                            ("organisation", "Organisation or facilitator"),
                            ("phone", "Telephone"),
                            ("place", "Place"),
                            ("country", "Country"),
                            ("carrier", "Carrier"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name or number")),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.plan"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("classes__gte", 1), ("kind__in", ["place", "country", "carrier"])),
                            models.Q(("classes__gte", 2), ("kind", "document")),
                            ("classes__gte", 4),
                            _connector="OR",
                        ),
                        name="plans_entity_class",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "classes",
                    models.SmallIntegerField(
                        choices=[
                            (1, "class 0: statistical data"),
                            (2, "class 1: document numbers"),
                            (4, "class 2: names, telephones, what tells of a person"),
                        ],
                        verbose_name="field class",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("on", models.DateField(blank=True, null=True, verbose_name="on")),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("same", models.BooleanField(default=False)),
                ("words", models.CharField(blank=True, max_length=120, verbose_name="how they are tied")),
                ("one", models.BinaryField(max_length=32)),
                ("other", models.BinaryField(max_length=32)),
                (
                    "one_at",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                (
                    "other_at",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("one_class", models.SmallIntegerField()),
                ("other_class", models.SmallIntegerField()),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.plan"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("classes__gte", models.F("one_class")), ("classes__gte", models.F("other_class"))
                        ),
                        name="plans_tie_class",
                    )
                ],
            },
        ),
    ]

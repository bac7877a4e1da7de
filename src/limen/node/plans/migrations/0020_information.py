import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import limen.node.plans.information.models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_cache"),
        ("plans", "0003_named"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InformationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=limen.node.plans.information.models.new_reference,
                        editable=False,
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("subject", models.CharField(max_length=160)),
                ("basis", models.CharField(blank=True, max_length=400)),
                ("wanted_by", models.DateField(blank=True, null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("waiting", "waiting for a second person"),
                            ("sent", "sent"),
                            ("closed", "closed"),
                            ("withdrawn", "taken back"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("end_reason", models.TextField(blank=True, editable=False)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="information_requests",
                        to="plans.plan",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="InformationReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("proposed", "waiting for approval"),
                            ("released", "released"),
                            ("recalled", "taken back"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("basis", models.CharField(blank=True, max_length=400)),
                ("note", models.TextField(blank=True)),
                ("comment", models.TextField(blank=True, editable=False)),
                ("released_at", models.DateTimeField(editable=False, null=True)),
                ("recalled_at", models.DateTimeField(editable=False, null=True)),
                ("recall_reason", models.TextField(blank=True, editable=False)),
                (
                    "begun_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recalled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="plans.informationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="InformationItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("document", "reports on a travel document"),
                            ("person", "records on a person"),
                            ("movements", "entries and exits"),
                            ("passengers", "passenger list"),
                            ("visa", "visa application"),
                            ("picture", "picture or copy of a document"),
                            ("other", "something else"),
                        ],
                        default="other",
                        max_length=16,
                    ),
                ),
                ("asked", models.TextField()),
                ("why", models.TextField()),
                (
                    "field_class",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "statistical data and masked images"),
                            (1, "document numbers"),
                            (2, "the bearer's names and birth date"),
                            (3, "the portrait and unmasked images"),
                        ],
                        default=0,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="plans.informationrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ItemDetail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field_class", models.PositiveSmallIntegerField(editable=False)),
                ("text", models.TextField()),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="detail", to="plans.informationitem"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OperationDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("hours", models.CharField(blank=True, max_length=80)),
                ("looked_for", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "closed_by",
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="operation_days", to="plans.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["first_on", "number"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("place", models.CharField(max_length=8)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("stood_down_at", models.DateTimeField(editable=False, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="plans.operationday"
                    ),
                ),
            ],
            options={
                "ordering": ["agency__name", "place", "name"],
            },
        ),
        migrations.CreateModel(
            name="ReplyItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("released", "released as asked"),
                            ("part", "released in part"),
                            ("withheld", "withheld"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("law", "the law does not allow it"),
                            ("investigation", "an ongoing investigation"),
                            ("source", "protection of a source"),
                            ("not_held", "not held"),
                            ("not_necessary", "not necessary for the stated purpose"),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.informationitem"
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="plans.informationreply"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["item__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReplyContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "field_class",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "statistical data and masked images"),
                            (1, "document numbers"),
                            (2, "the bearer's names and birth date"),
                            (3, "the portrait and unmasked images"),
                        ],
                        default=0,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="information")),
                ("file_name", models.CharField(blank=True, editable=False, max_length=200)),
                ("file_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "reply_item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="content", to="plans.replyitem"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReplyLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("record", models.BigIntegerField()),
                (
                    "reply_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="plans.replyitem"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("inspected", "inspected"),
                            ("second_line", "referred to second line"),
                            ("refused", "refused"),
                            ("objected", "documents objected to"),
                            ("protection", "persons referred to protection"),
                        ],
                        max_length=16,
                    ),
                ),
                ("amount", models.SmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("press", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "officer",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="plans.post"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("asker", models.F("asked")), _negated=True), name="plans_information_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="informationreply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ["draft", "proposed"])),
                fields=("request",),
                name="plans_one_open_reply",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationitem",
            constraint=models.CheckConstraint(condition=models.Q(("field_class__lte", 3)), name="plans_item_class"),
        ),
        migrations.AddConstraint(
            model_name="operationday",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="plans_day_number"),
        ),
        migrations.AddConstraint(
            model_name="operationday",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))), name="plans_day_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("day", "agency", "place", "name"), name="plans_post_once"),
        ),
        migrations.AddConstraint(
            model_name="replyitem",
            constraint=models.UniqueConstraint(fields=("reply", "item"), name="plans_reply_once"),
        ),
        migrations.AddConstraint(
            model_name="replyitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", "released"),
                    models.Q(models.Q(("ground", ""), _negated=True), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plans_withheld_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="replycontent",
            constraint=models.CheckConstraint(condition=models.Q(("field_class__lte", 3)), name="plans_content_class"),
        ),
        migrations.AddConstraint(
            model_name="replylink",
            constraint=models.UniqueConstraint(fields=("reply_item", "kind", "record"), name="plans_reply_link_once"),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["post", "what"], include=("amount",), name="plans_tally_sums"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("post", "press"), name="plans_tally_once"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", -999), ("amount__lte", 999), models.Q(("amount", 0), _negated=True)),
                name="plans_tally_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="plans_tally_reason",
            ),
        ),
    ]

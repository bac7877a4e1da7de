"""Notices, how officers want to be told, the devices that are told, and what is still to be sent."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Officer


class Notice(models.Model):
    """That there is something for one officer at an address: no more of it than its kind, number and urgency."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=32)
    url = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    by_email = models.BooleanField(default=True)
    by_push = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    planned = models.BooleanField(default=False)
    """Whether the worker has decided how and when it is sent."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["officer", "-id"], name="notices_newest"),
            models.Index(fields=["officer"], condition=models.Q(seen_at=None), name="notices_unseen"),
            models.Index(fields=["id"], condition=models.Q(planned=False), name="notices_unplanned"),
            models.Index(fields=["kind", "number"], name="notices_subject"),
            models.Index(fields=["created_at"], name="notices_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class ByEmail(models.TextChoices):
    """When an officer is written to."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, urgent ones at once")
    NEVER = "never", _("never")


class Ways(models.Model):
    """How an officer wants to be told; who never said has no row, and what is set here by default."""

    officer = models.OneToOneField(Officer, models.CASCADE, primary_key=True, related_name="+")
    email = models.CharField(max_length=16, choices=ByEmail, default=ByEmail.AT_ONCE)
    digest_at = models.TimeField(default=datetime.time(8))
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, default="UTC")

    def __str__(self) -> str:
        return f"{self.email} for {self.officer_id}"


class Device(models.Model):
    """A browser that shows notices: what its push service gave it (RFC 8030), and its keys (RFC 8291)."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    endpoint = models.CharField(max_length=1024)
    endpoint_digest = models.CharField(max_length=64, unique=True)
    """One browser is one officer's: whoever switches it on last."""
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Way(models.TextChoices):
    """By what a notice is on its way."""

    EMAIL = "email"
    DIGEST = "digest"
    PUSH = "push"


class Delivery(models.Model):
    """A notice that is still to be sent by one way; the row goes when it was sent, or given up."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    device = models.ForeignKey(Device, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    """May be gone by then."""
    urgent = models.BooleanField()
    due_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes: ClassVar = [models.Index(fields=["-urgent", "due_at"], name="notices_due")]

    def __str__(self) -> str:
        return f"{self.way} of {self.notice_id}"


class PushKey(models.Model):
    """The node's key for push services (RFC 8292): one row, the private part sealed with the key of files."""

    public = models.CharField(max_length=100)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "key"

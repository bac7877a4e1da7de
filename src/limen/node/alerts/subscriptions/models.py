"""Subscriptions; each is its officer's alone."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Officer


def _codes(longest: int, label: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=longest), default=list, blank=True, verbose_name=label)


class Subscription(models.Model):
    """What one officer wants to be told of; conditions that are empty ask for nothing (`matching.py`)."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    issuers = _codes(3, _("issuers"))
    categories = _codes(32, _("kinds of document"))
    fraud_classes = _codes(32, _("classes of fraud"))
    methods = _codes(48, _("methods"))
    countries = _codes(3, _("countries"))
    places = _codes(8, _("places"))
    by_email = models.BooleanField(_("by e-mail"), default=True)
    by_push = models.BooleanField(_("on my devices"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "alerts"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class OwnCountry(models.Model):
    """Whether an officer is told of alerts about the own country; who never said so is."""

    officer = models.OneToOneField(Officer, models.CASCADE, primary_key=True, related_name="+")
    wanted = models.BooleanField(default=True)

    class Meta:
        app_label = "alerts"

    def __str__(self) -> str:
        return f"{self.wanted} for {self.officer_id}"


CONDITIONS = ("issuers", "categories", "fraud_classes", "methods", "countries", "places")

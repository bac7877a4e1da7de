"""Terms, places and carriers: public reference data, the same for every viewer, so without row-level security.

What Limen brings has no `owner`; what an agency adds bears its code and is never touched by the loader.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """One choice of one kind, as `catalogue` or an agency defines it."""

    kind = models.CharField(_("kind"), max_length=32)
    code = models.CharField(_("code"), max_length=32)
    parent = models.CharField(_("belongs to"), max_length=32, blank=True)
    labels = models.JSONField(_("labels"), default=dict)
    definition = models.TextField(_("definition"), blank=True)
    mappings = models.JSONField(_("mappings"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1000)
    active = models.BooleanField(_("active"), default=True)
    owner = models.CharField(_("added by agency"), max_length=24, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "position", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "code"], name="terms_one_code_of_a_kind")]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return f"{self.kind}/{self.code}"


class Place(models.Model):
    """Where documents are presented: an airport, port, crossing or town, by UN/LOCODE or a code of ours."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    iata = models.CharField("IATA", max_length=3, blank=True)
    icao = models.CharField("ICAO", max_length=4, blank=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two-letter code of ISO 3166-1."))
    functions = models.CharField(_("functions"), max_length=8, blank=True)
    lat = models.FloatField(_("latitude"))
    lon = models.FloatField(_("longitude"))
    weight = models.PositiveSmallIntegerField(_("weight among equals"), default=0)
    source = models.CharField(_("source"), max_length=16, default="limen")
    active = models.BooleanField(_("active"), default=True)
    owner = models.CharField(_("added by agency"), max_length=24, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [models.Index(fields=["country"], name="terms_place_country")]
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return self.name


class Carrier(models.Model):
    """An airline, or a kind of ferry, train, bus or car."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    mode = models.CharField(_("means of travel"), max_length=16)
    country = models.CharField(_("country"), max_length=2, blank=True)
    active = models.BooleanField(_("active"), default=True)
    owner = models.CharField(_("added by agency"), max_length=24, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """Which data the tables hold, so that loading is quick when nothing changed and caches know when to read anew."""

    name = models.CharField(max_length=16, primary_key=True)
    digest = models.CharField(max_length=64, blank=True)
    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"{self.name} {self.token}"

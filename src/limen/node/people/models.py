"""Agencies and officers."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """What an agency is part of."""

    NATIONAL = "national", _("National service")
    ORGANIZATION = "organization", _("International organization")
    CENTRE = "centre", _("Examination support centre")


class Role(models.TextChoices):
    """What an officer does. One officer may hold several roles; `limen.node.sharing` says what each may see."""

    COUNTER = "counter", _("Counter officer")
    EXAMINER = "examiner", _("Document examiner")
    ANALYST = "analyst", _("Analyst")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")
    PROTECTION = "protection", _("Protection officer")


ADMINISTRATOR = str(Role.ADMINISTRATOR)


class Agency(models.Model):
    """A service of a country, or an organization, whose officers report and read reports."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=160)
    country = models.CharField(
        _("country"),
        max_length=3,
        blank=True,
        help_text=_("Three-letter code of Doc 9303-3, section 5; empty for an organization."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=AgencyKind, default=AgencyKind.NATIONAL)
    contact = models.EmailField(_("contact address"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    second_person_always = models.BooleanField(
        _("a second person for every release"),
        default=False,
        help_text=_("Two people are always needed for document, bearer and biometric data; with this, for everything."),
    )
    machine_release = models.BooleanField(
        _("reports of machines are released at once"),
        default=False,
        help_text=_("Otherwise a report that a machine sends is a draft until a person releases it."),
    )
    retention_months = models.PositiveSmallIntegerField(_("months that a report is kept"), default=60)
    protection_months = models.PositiveSmallIntegerField(_("months that a screening is kept"), default=12)
    operates_node = models.BooleanField(
        _("operates this node"),
        default=False,
        editable=False,
        help_text=_("Its administrators make and deactivate agencies. The first-run page sets it, on one agency."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["operates_node"], condition=models.Q(operates_node=True), name="people_one_operator"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfficerManager(BaseUserManager):
    """Makes officers; an officer without an agency is not possible."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Officer:
        """Make an officer whose address is taken as theirs; without a password, an identity provider lets them in."""
        officer = self.model(email=self.normalize_email(email).lower(), **fields)
        officer.set_password(password)
        officer.save()
        officer.emailaddress_set.create(email=officer.email, verified=True, primary=True)
        return officer


class Officer(AbstractBaseUser):
    """A person, or a machine with a token, of one agency."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers", verbose_name=_("agency"))
    roles = ArrayField(models.CharField(max_length=16, choices=Role), default=list, verbose_name=_("roles"))
    is_machine = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    created_at = models.DateTimeField(auto_now_add=True)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[OfficerManager] = OfficerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="people_one_officer_an_address")]

    def __str__(self) -> str:
        return self.name

    def has_role(self, *roles: str) -> bool:
        """Whether the officer holds at least one of the roles."""
        return not set(roles).isdisjoint(self.roles)

    def administers(self, agency: Agency) -> bool:
        """Whether the officer is an administrator of this agency."""
        return self.agency_id == agency.pk and self.has_role(ADMINISTRATOR)

    @property
    def may_act(self) -> bool:
        """Whether the officer may do anything at all: neither they nor their agency are deactivated."""
        return self.is_active and self.agency.is_active

    @property
    def operates_node(self) -> bool:
        """Whether the officer administers the node: an administrator of the agency that operates it."""
        return self.has_role(ADMINISTRATOR) and self.agency.operates_node and self.agency.is_active


class Invitation(models.Model):
    """An offer to join an agency, open once to whoever holds its link. Only a digest of the link's token is kept."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="invitations", verbose_name=_("agency"))
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    roles = ArrayField(models.CharField(max_length=16, choices=Role), default=list, verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=12, default="en")
    invited_by = models.ForeignKey(Officer, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by"))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        unused = self.accepted_at is None and self.withdrawn_at is None
        return unused and self.agency.is_active and self.expires_at > timezone.now()

"""How an officer is told: read, and changed by the officer alone."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.notices.models import ByEmail, Ways
from limen.node.people.models import Officer
from limen.node.web.errors import Invalid

FIELDS = ("email", "digest_at", "quiet_from", "quiet_until", "zone")


def ways_of(officer: Officer) -> Ways:
    """What the officer chose, or what holds where they did not."""
    return Ways.objects.filter(officer=officer).first() or Ways(officer=officer)


def zones() -> list[str]:
    """The time zones of the IANA database, those that are places; UTC first."""
    return ["UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))]


def choose(officer: Officer, **values: Any) -> Ways:
    """Change how one is told. Raises `Invalid`."""
    if values.get("email") not in ByEmail.values:
        raise Invalid(_("Choose when you are written to."), field="email")
    if values.get("zone") not in zones():
        raise Invalid(_("Choose a time zone of the list."), field="zone")
    if (values.get("quiet_from") is None) != (values.get("quiet_until") is None):
        raise Invalid(_("Quiet hours have a beginning and an end; leave both empty for none."), field="quiet_until")
    with transaction.atomic():
        ways, _made = Ways.objects.update_or_create(officer=officer, defaults={name: values[name] for name in FIELDS})
        log("notices.ways_changed", subject=f"officer:{officer.pk}", details={"fields": list(FIELDS)})
    return ways

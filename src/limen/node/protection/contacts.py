"""Contacts of national referral mechanisms, as each agency enters them for its own officers. Limen brings none."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.protection import reading
from limen.node.protection.models import Mechanism
from limen.node.web.errors import Invalid, Refused

FIELDS = {"country": 3, "name": 120, "body": 120, "phone": 40, "hours": 80, "languages": 120}
"""Name, and how long it may be."""

_PHONE = re.compile(r"[0-9+()/ .#*-]{2,40}")


def contact_of(number: str) -> Mechanism:
    """A contact of the viewer's agency. Raises `Http404`."""
    try:
        found = Mechanism.objects.filter(pk=uuid.UUID(number)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@transaction.atomic
def keep(officer: Officer, contact: Mechanism | None, values: Mapping[str, Any]) -> Mechanism:
    """Enter a contact, or change one. Raises `Refused`, `Invalid`."""
    if not reading.may_keep(officer):
        raise Refused(_("Coordinators and protection officers of the agency keep contacts and texts."))
    given = {name: str(values.get(name, "")).strip() for name in FIELDS}
    given["country"] = given["country"].upper()
    for name, longest in FIELDS.items():
        if len(given[name]) > longest:
            raise Invalid(_("This is too long."), field=name)
    for name in ("country", "name", "phone"):
        if not given[name]:
            raise Invalid(_("Country, name and telephone are needed."), field=name)
    if not _PHONE.fullmatch(given["phone"]):
        raise Invalid(_("Write a telephone number."), field="phone")
    stored = contact or Mechanism(agency=officer.agency)
    for name, value in given.items():
        setattr(stored, name, value)
    stored.for_children, stored.is_active = bool(values.get("for_children")), bool(values.get("is_active"))
    stored.partner = _partner(str(values.get("partner", "")))
    stored.save()
    log("screening.contact_kept", details={"country": stored.country, "new": contact is None})
    return stored


def _partner(code: str) -> Agency | None:
    """The agency of this node that receives the referral in it; all active agencies are offered alike."""
    if not code:
        return None
    found = Agency.objects.filter(code=code, is_active=True).first()
    if found is None:
        raise Invalid(_("Choose an agency from the list."), field="partner")
    return found

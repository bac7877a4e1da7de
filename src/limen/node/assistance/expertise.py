"""What an agency and its examiners know, as they state it themselves, and who is on duty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from limen.node.assistance.models import Expertise
from limen.node.assistance.reading import EXAMINERS
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.terms import normalise
from limen.node.web.errors import Invalid, Refused

MOST = 60
_KINDS = {"issuers": "issuer", "categories": "document_category"}


def of_agency(officer: Officer) -> Expertise:
    """What the officer's agency states as a whole; an unsaved one where it states nothing yet."""
    found = Expertise.objects.filter(agency=officer.agency_id, officer=None).first()
    return found or Expertise(agency=officer.agency)


def of_officer(officer: Officer) -> Expertise:
    """What the officer states; an unsaved one where that is nothing yet."""
    found = Expertise.objects.filter(agency=officer.agency_id, officer=officer).first()
    return found or Expertise(agency=officer.agency, officer=officer)


def state(officer: Officer, values: Mapping[str, Any], *, whole: bool) -> Expertise:
    """State what the agency as a whole knows, or the officer. Raises `Refused`, `Invalid`."""
    cleaned = {name: _codes(name, values.get(name, [])) for name in _KINDS}
    cleaned["languages"] = _languages(values.get("languages", []))
    return _save(officer, cleaned, whole=whole)


def set_duty(officer: Officer, *, on_duty: bool) -> Expertise:
    """Go on duty, or off. Raises `Refused`."""
    return _save(officer, {"on_duty": on_duty}, whole=False)


def _save(officer: Officer, values: dict[str, Any], *, whole: bool) -> Expertise:
    if not officer.has_role(*EXAMINERS) or officer.is_machine:
        raise Refused(_("Examiners and coordinators state what they know; ask one of your agency."))
    with transaction.atomic():
        owner = None if whole else officer
        row, _made = Expertise.objects.update_or_create(agency=officer.agency, officer=owner, defaults=values)
        told = {"of": "agency" if whole else "officer"} | {name: values[name] for name in values}
        log("expertise.changed", subject=f"agency:{officer.agency.code}", details=told)
    return row


def _codes(name: str, sent: list[str]) -> list[str]:
    try:
        found = list(dict.fromkeys(normalise.code(_KINDS[name], text) for text in sent if text.strip()))
    except normalise.Unknown as error:
        raise Invalid(str(error), field=name) from error
    if len(found) > MOST:
        raise Invalid(_("At most %(most)d are stored.") % {"most": MOST}, field=name)
    return found


def _languages(sent: list[str]) -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code in sent]

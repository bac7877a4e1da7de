"""Screenings: begun, written, handed over, deleted; what is recorded never names where one was begun from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.protection import reading, telling
from limen.node.protection.assessing import Given, assess
from limen.node.protection.models import Age, Answer, Interpreter, Said, Screening, Stage, Step
from limen.node.protection.questions import BY_CODE
from limen.node.sharing.kinds import kind_of
from limen.node.sharing.retention import months_after
from limen.node.web.errors import Invalid, Refused

LONGEST = 4000
"""Characters of observations."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{1,3}")


def subject_of(screening: Screening) -> str:
    """What the log calls it: its own reference, which nothing else has."""
    return f"screening:{screening.reference}"


@transaction.atomic
def begin(officer: Officer, *, kind: str = "", reference: str = "", language: str = "") -> Screening:
    """Begin a screening, alone or from the page of a record that the officer may see. Raises `Refused`, `Http404`."""
    if not reading.may_screen(officer):
        raise Refused(_("Officers who meet persons may begin a screening; your roles do not include it."))
    origin = _origin(kind, reference)
    screening = Screening.objects.create(
        agency=officer.agency,
        author=officer,
        origin_kind=origin[0],
        origin=origin[1],
        language=language or officer.language[:2],
        country=officer.agency.country,
        retain_until=months_after(timezone.localdate(), officer.agency.protection_months),
    )
    log("screening.begun", subject=subject_of(screening))
    return screening


def _origin(kind: str, reference: str) -> tuple[str, str]:
    """The record that it was begun from, as its app knows it; the caller must be able to see it."""
    if not kind or not reference:
        return "", ""
    try:
        record = kind_of(kind).find(reference)
    except KeyError as error:
        raise Invalid(_("A screening cannot be begun from there; begin one alone.")) from error
    return kind, record.reference


@transaction.atomic
def write(screening: Screening, officer: Officer, values: Mapping[str, Any], answers: Mapping[str, Given]) -> Screening:
    """Write down what was answered and seen, and assess it anew. Raises `Invalid`, `Http404`."""
    locked = _locked(screening)
    for name, value in _checked(values).items():
        setattr(locked, name, value)
    for code, given in answers.items():
        _store(locked, code, given)
    locked.result = assess(locked.age, locked.danger, reading.answers_of(locked)).result
    locked.save()
    log("screening.changed", subject=subject_of(locked))
    return locked


def _locked(screening: Screening) -> Screening:
    reading.screening_of(screening.reference)
    return Screening.objects.select_for_update().get(pk=screening.pk)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in the form that is stored. Raises `Invalid`."""
    allowed = {"age": Age.values, "interpreter": Interpreter.values, "agreed": Said.values, "danger": Said.values}
    for name, choices in allowed.items():
        if name in values and values[name] not in choices:
            raise Invalid(_("This answer is not among those offered."), field=name)
    if len(values.get("observations", "")) > LONGEST:
        raise Invalid(_("Write at most 4,000 characters."), field="observations")
    if not _LANGUAGE.fullmatch(values.get("language", "en")):
        raise Invalid(_("Choose a language."), field="language")
    if values.get("country") and not _COUNTRY.fullmatch(values["country"]):
        raise Invalid(_("Choose a country."), field="country")
    known = (*allowed, "observations", "language", "country", "alone")
    return {name: values[name] for name in known if name in values}


def _store(screening: Screening, code: str, given: Given) -> None:
    if code not in BY_CODE or given.said not in Said.values:
        raise Invalid(_("This answer is not among those offered."))
    said = given.said if BY_CODE[code].ask and screening.agreed != Said.NO else ""
    if not said and not given.seen:
        Answer.objects.filter(screening=screening, code=code).delete()
        return
    Answer.objects.update_or_create(screening=screening, code=code, defaults={"said": said, "seen": given.seen})


@transaction.atomic
def hand_over(screening: Screening, officer: Officer) -> None:
    """Hand it to the agency's protection officers, who are told; who screened does not see it afterwards."""
    locked = _locked(screening)
    if locked.stage != Stage.OPEN or locked.author_id != officer.pk:
        raise Refused(_("This screening was handed over already."))
    if not reading.protection_officers(locked.agency_id).exists():
        raise Refused(
            _("Your agency has no protection officer who could take it over; ask your administrator for one.")
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT protection_hand_over(%s)", [locked.pk])
    telling.handed_over(locked)
    log("screening.handed_over", subject=subject_of(locked))


@transaction.atomic
def delete(screening: Screening, officer: Officer) -> None:
    """Delete it and all that goes with it; what was referred is withdrawn first, so that the other side knows."""
    locked = _locked(screening)
    if locked.referrals.exclude(step=Step.WITHDRAWN).exists():
        raise Refused(_("Something was referred: withdraw the consent to it first, then delete the screening."))
    subject = subject_of(locked)
    locked.delete()
    log("screening.deleted", subject=subject, details={"reason": "withdrawn"})

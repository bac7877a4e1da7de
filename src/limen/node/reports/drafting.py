"""Writing a report: begun, changed field by field as it is typed, discarded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports import words
from limen.node.reports.fields import BY_NAME, MODELS, field_named
from limen.node.reports.models import Leg, Report
from limen.node.sharing import policy, rules
from limen.node.sharing.releasing import may_edit, subject_of
from limen.node.sharing.retention import months_after
from limen.node.terms import normalise
from limen.node.web.errors import Invalid, Refused

WRITERS = ("counter", "examiner", "coordinator", "analyst")
"""Roles that may begin a report."""

MOST_LEGS = 12


def begin(officer: Officer, values: Mapping[str, Any] | None = None, *, client_key: str | None = None) -> Report:
    """Begin a draft. With a `client_key` that the agency used before, the report that was begun then is returned.

    Raises `Refused`, `Invalid`.
    """
    if not (officer.has_role(*WRITERS) or (officer.is_machine and officer.has_role("write"))):
        raise Refused(_("Your role does not write reports; ask an administrator of your agency."))
    if client_key is not None and not 1 <= len(client_key) <= 64:
        raise Invalid(_("The client key has 1 to 64 characters."), field="client_key")
    cleaned = clean(values or {})
    for _attempt in range(5):
        # The key, or the drawn reference, may be taken: then what is there is looked at, and not before every insert.
        try:
            with transaction.atomic():
                return _begin(officer, cleaned, client_key)
        except IntegrityError:
            if (earlier := _earlier(officer, client_key)) is not None:
                return earlier
    raise Refused(_("The report could not be begun just now; try again."))


def clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what was sent into values of fields. Raises `Invalid` for the first that is not understood."""
    return {name: field_named(name).clean(value) for name, value in values.items()}


def change(report: Report, officer: Officer, values: Mapping[str, Any]) -> Report:
    """Change some fields of a draft. Raises `Refused`, `Invalid`; then nothing was changed."""
    cleaned = clean(values)
    with transaction.atomic():
        locked = lock_draft(report, officer)
        _store(locked, cleaned)
        _index(locked)
        log("report.changed", subject=subject_of(locked), details={"fields": sorted(cleaned)})
    return locked


def set_legs(report: Report, officer: Officer, legs: Iterable[Mapping[str, Any]]) -> Report:
    """Replace the route of a draft; legs that say nothing are dropped. Raises `Refused`, `Invalid`."""
    cleaned = [leg for number, each in enumerate(legs) if any((leg := _clean_leg(each, number)).values())]
    if len(cleaned) > MOST_LEGS:
        raise Invalid(_("A route has at most %(most)d legs.") % {"most": MOST_LEGS}, field="legs")
    with transaction.atomic():
        locked = lock_draft(report, officer)
        locked.legs.all().delete()
        Leg.objects.bulk_create(Leg(report=locked, position=at, **leg) for at, leg in enumerate(cleaned))
        _index(locked)
        log("report.changed", subject=subject_of(locked), details={"fields": ["legs"]})
    return locked


def discard(report: Report, officer: Officer) -> None:
    """Delete a draft that was never released, with its pictures' rows. Raises `Refused`."""
    with transaction.atomic():
        locked = lock_draft(report, officer)
        if locked.state != "draft":
            raise Refused(_("A report that was released is kept until its retention ends; it can only be recalled."))
        files = [file for image in locked.images.all() for file in (image.masked, image.thumbnail) if file]
        files += [original.file for original in locked.originals.all()]
        subject = subject_of(locked)
        locked.delete()
        log("report.discarded", subject=subject)
        transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])


def lock_draft(report: Report, officer: Officer) -> Report:
    """Lock a draft for a change by this officer. Raises `Refused`."""
    locked = Report.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=report.pk).first()
    if locked is None or not may_edit(locked, officer):
        raise Refused(
            _("Only its author, an examiner or a coordinator of the agency changes a report, before it is released.")
        )
    return locked


def _begin(officer: Officer, cleaned: dict[str, Any], client_key: str | None) -> Report:
    private = policy.intern(rules.Audience.private(officer.agency_id))
    report = Report(owner=officer.agency, author=officer, audience_id=private, client_key=client_key)
    report.detection_country = officer.agency.country
    report.retain_until = months_after(timezone.localdate(), officer.agency.retention_months)
    _assign(report, cleaned)
    report.words = words.words_of_report(report)
    report.save(force_insert=True)
    _store_parts(report, cleaned, new=True)
    log("report.begun", subject=subject_of(report))
    return report


def _earlier(officer: Officer, client_key: str | None) -> Report | None:
    if client_key is None:
        return None
    return Report.objects.select_related("owner").filter(owner=officer.agency, client_key=client_key).first()


def _assign(report: Report, cleaned: Mapping[str, Any]) -> None:
    for name, value in cleaned.items():
        if not BY_NAME[name].part:
            setattr(report, name, value)


def _store(report: Report, cleaned: Mapping[str, Any]) -> None:
    _assign(report, cleaned)
    report.save(update_fields=[*(name for name in cleaned if not BY_NAME[name].part), "updated_at"])
    _store_parts(report, cleaned)


def _store_parts(report: Report, cleaned: Mapping[str, Any], *, new: bool = False) -> None:
    for part in ("document", "bearer"):
        values = {name: value for name, value in cleaned.items() if BY_NAME[name].part == part}
        if not values:
            continue
        row = None if new else MODELS[part].objects.filter(report=report).first()
        row = row or MODELS[part](report=report)
        for name, value in values.items():
            setattr(row, name, value)
        if part == "document":
            row.number_key = number_key(row.number)
        else:
            texts = (row.surname, row.given_names, row.established_name, row.facilitator, row.narrative)
            row.words = words.folded(texts)
        row.save(force_insert=row._state.adding)


def _index(report: Report) -> None:
    report.words = words.words_of_report(report, report.legs.all())
    report.save(update_fields=["words"])


def number_key(number: str) -> str:
    """Reduce a document number to what is compared: capital letters and digits."""
    return "".join(c for c in number.upper() if c.isascii() and c.isalnum())


_LEG_TERMS = {"role": "leg_role", "country": "country", "place": "place", "carrier": "carrier"}


def _clean_leg(leg: Mapping[str, Any], number: int) -> dict[str, Any]:
    if not isinstance(leg, Mapping) or leg.keys() - {*_LEG_TERMS, "service", "on"}:
        raise Invalid(_("A leg holds role, country, place, carrier, service and date."), field="legs")
    cleaned: dict[str, Any] = {}
    try:
        for name, kind in _LEG_TERMS.items():
            text = str(leg.get(name) or "").strip()
            cleaned[name] = normalise.code(kind, text) if text else ""
        cleaned["service"] = str(leg.get("service") or "").strip().upper()[:12]
        cleaned["on"] = BY_NAME["issued_on"].parse(BY_NAME["issued_on"], leg.get("on"))
    except normalise.Unknown as error:
        raise Invalid(str(error), field="legs") from error
    except (ValueError, TypeError) as error:
        raise Invalid(
            _("Leg %(number)d of the route is not understood.") % {"number": number + 1}, field="legs"
        ) from error
    if not cleaned["role"] and any(cleaned.values()):
        cleaned["role"] = "transit"
    return cleaned if any(value for name, value in cleaned.items() if name != "role") else {}

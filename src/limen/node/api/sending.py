"""Beginning a report once, however often it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from limen.node.api.authenticating import Caller
from limen.node.api.problems import Fault
from limen.node.people.models import Agency, Officer
from limen.node.reports import drafting, release
from limen.node.reports.models import Report
from limen.node.sharing import rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.web.errors import Invalid, Refused


def send(
    caller: Caller, sent: Mapping[str, Any], key: str | None, audience: Mapping[str, Any] | None
) -> tuple[Report, bool]:
    """Begin a report with all that belongs to it, or nothing at all; say whether it is new.

    Raises `Refused`, `Invalid`, and `Fault` where the key is that of a report that the caller does not see.
    """
    may_write(caller)
    fields, legs = _parted(sent)
    with transaction.atomic():
        if key is not None and (earlier := _earlier(caller.officer, key)) is not None:
            return earlier, False
        report = _begin(caller.officer, fields, key)
        if legs:
            report = drafting.set_legs(report, caller.officer, legs)
        if audience:
            propose(report, caller.officer, audience)
    return report, True


def change(caller: Caller, report: Report, sent: Mapping[str, Any]) -> None:
    """Change fields and route of a draft together, or nothing. Raises `Refused`, `Invalid`."""
    may_write(caller)
    fields, legs = _parted(sent)
    with transaction.atomic():
        if fields or "legs" not in sent:
            drafting.change(report, caller.officer, fields)
        if "legs" in sent:
            drafting.set_legs(report, caller.officer, legs or [])


def propose(report: Report, officer: Officer, audience: Mapping[str, Any]) -> None:
    """Propose a report to an audience, or release it where one is enough. Raises `Refused`, `Invalid`."""
    classes = FieldClass.NONE
    for number in audience["classes"]:
        classes |= FieldClass(1 << number)
    wanted = rules.Audience(
        officer.agency_id,
        Marking(audience["marking"]),
        audience["community"],
        _agencies(audience["agencies"]),
        classes=classes,
    )
    release.propose(report, officer, wanted, audience["basis"])


def may_write(caller: Caller) -> None:
    """Refuse a machine without the scope; what a person may do, the action knows. Raises `Refused`."""
    if caller.token and not caller.officer.has_role("write"):
        raise Refused(_("This token only reads; ask an administrator of your agency for one with the scope “write”."))


def key_of(header: str | None, body: str | None) -> str | None:
    """Choose the key, which may stand in the header or in the body. Raises `Invalid`."""
    if header is None:
        return body
    bare = header[1:-1] if len(header) > 2 and header[0] == header[-1] == '"' else header
    if not re.fullmatch(r"[\x20-\x7e]{1,64}", bare):
        raise Invalid(_("The header Idempotency-Key holds 1 to 64 characters of ASCII."), field="Idempotency-Key")
    if body not in (None, bare):
        raise Invalid(_("The header Idempotency-Key and “client_key” differ; one is enough."), field="client_key")
    return bare


def _parted(sent: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any] | None]:
    return {name: value for name, value in sent.items() if name != "legs"}, sent.get("legs")


def _earlier(officer: Officer, key: str) -> Report | None:
    """Find what was begun with the key before; whoever sends the same key at the same time waits here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"report:{officer.agency_id}:{key}"])
    return Report.objects.select_related("owner").filter(owner=officer.agency_id, client_key=key).first()


def _begin(officer: Officer, fields: Mapping[str, Any], key: str | None) -> Report:
    try:
        return drafting.begin(officer, fields, client_key=key)
    except Refused as error:
        # Whoever may write is refused only where the key is taken by a report that row-level security hides.
        if key is None or not officer.has_role(*drafting.WRITERS, "write"):
            raise
        raise Fault(409, _("This key was used for a report that is not open to you.")) from error


def _agencies(codes: list[str]) -> frozenset[int]:
    found = dict(Agency.objects.filter(code__in=codes, is_active=True).values_list("code", "pk"))
    if unknown := [code for code in codes if code not in found]:
        raise Invalid(_("There is no agency “%(code)s”.") % {"code": unknown[0]}, field="agencies")
    return frozenset(found.values())

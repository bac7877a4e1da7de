"""Reading the log: the entries that the viewer may oversee, filtered, page by page; and whether their chain holds.

Row-level security lets coordinators and administrators read their agency's chain, and administrators of the agency
that operates the node the node's own (chain 0).
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from limen.node.audit.models import Entry
from limen.node.audit.words import WORDS, action_words
from limen.node.people.models import Officer, Role
from limen.node.web.errors import Refused

OVERSEERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
PAGE = 50
NODE = 0
"""The node's own chain."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a chain is asked for; what is not understood asks for nothing and is told."""

    chain: int
    action: str = ""
    officer: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    faults: tuple[str, ...] = ()

    @property
    def query(self) -> dict[str, str]:
        """The conditions as a query string holds them."""
        values = {"action": self.action, "officer": self.officer, "since": self.since, "until": self.until}
        chain = {"chain": "node"} if self.chain == NODE else {}
        return chain | {name: str(value) for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown."""

    entry: Entry
    actor: str
    action: str
    details: str

    @property
    def reference(self) -> str:
        """The report that it is about; empty where it is about something else."""
        kind, _colon, key = self.entry.subject.partition(":")
        return key if kind == "report" else ""


def ask(values: Mapping[str, Any], viewer: Officer) -> Asked:
    """Read what is asked for. Raises `Refused` for who oversees nothing."""
    if not viewer.has_role(*OVERSEERS):
        raise Refused(_("The log is read by coordinators and administrators."))
    faults: list[str] = []
    days = {name: _day(str(values.get(name, "")).strip(), faults) for name in ("since", "until")}
    officer = str(values.get("officer", "")).strip()
    if officer and not (officer.isascii() and officer.isdecimal() and len(officer) < 18):
        faults.append(_("There is no such officer."))
        officer = ""
    chain = NODE if values.get("chain") == "node" and viewer.operates_node else viewer.agency_id
    action = str(values.get("action", "")).strip().replace("\x00", "")[:60]
    return Asked(chain, action, officer, days["since"], days["until"], tuple(faults))


def _day(text: str, faults: list[str]) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        faults.append(_("“%(value)s” is no date; write 2026-11-30.") % {"value": text[:60]})
        return None


def entries(asked: Asked) -> QuerySet[Entry]:
    """The entries asked for, the newest first."""
    rows = Entry.objects.filter(chain=asked.chain).order_by("-position")
    if asked.action:
        rows = rows.filter(action=asked.action)
    if asked.officer:
        rows = rows.filter(actor=int(asked.officer))
    if asked.since:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until and asked.until < datetime.date.max:
        rows = rows.filter(at__lt=_midnight(asked.until + datetime.timedelta(days=1)))
    return rows


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def page(asked: Asked, before: str) -> tuple[list[Line], str]:
    """One page of lines, and the position before which the next one lies; empty where there is none."""
    rows = entries(asked)
    if before.isascii() and before.isdecimal() and len(before) < 18:
        rows = rows.filter(position__lt=int(before))
    found = list(rows[: PAGE + 1])
    more = str(found[PAGE - 1].position) if len(found) > PAGE else ""
    return lines(found[:PAGE]), more


def lines(found: Sequence[Entry]) -> list[Line]:
    """Put entries into words, with one query for their officers."""
    keys = {entry.actor for entry in found if entry.actor is not None}
    names = dict(Officer.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [
        Line(entry, _actor(entry, names), action_words(entry.action), details_words(entry.details)) for entry in found
    ]


def _actor(entry: Entry, names: Mapping[int, str]) -> str:
    if entry.actor is None:
        return _("the node")
    return names.get(entry.actor, f"#{entry.actor}")


def details_words(text: str) -> str:
    """The details of an entry in a line: names with their values."""
    try:
        details = json.loads(text)
    except ValueError:
        return text
    if not isinstance(details, dict):
        return text
    return "; ".join(f"{name}: {_value(value)}" for name, value in details.items() if value not in (None, "", [], {}))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value[:20])) + (" …" if len(value) > 20 else "")
    if isinstance(value, dict):
        return ", ".join(f"{name}={each}" for name, each in value.items())
    return str(value)


def actions(asked: Asked) -> list[tuple[str, str]]:
    """The actions that can be asked for, by their words."""
    known = {*WORDS, *([asked.action] if asked.action else [])}
    return sorted(((action, action_words(action)) for action in known), key=lambda pair: pair[1])

"""The kinds of records that are shared, and what releasing one of them takes.

Each app that has a `Shareable` registers its kind as it is loaded; the pages of a release (`pages.py`), the rights
(`releasing.py`) and the queue of releases read it here. What the database asks of a kind stands in
migrations/sql/0003_kinds.sql.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from limen.node.sharing.models import Shareable

RELEASERS = ("coordinator", "examiner")
"""Roles that approve what others propose, and recall."""

START = "marking=green&community=1"
"""What the form of a release proposes: statistical data for the community."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the release of one kind of record needs to know of it.

    Addresses are those of the app: `<label>:show`, `:edit` and, by `pages.release_urls`, `:release` and its fellows.
    """

    label: str
    """The app's label, as `Release.kind` holds it."""
    noun: str | Promise
    """What a record is called in a table: "Report"."""
    find: Callable[[str], Any]
    """The record of a reference, as far as the viewer may see it. Raises `Http404`."""
    rows: Callable[[], Any]
    """All rows that the viewer may see."""
    headline: Callable[[Any], str]
    """One line that says what a record is about, class 0 alone."""
    missing: Callable[[Any], list[str]]
    """What keeps a record from being released, a sentence each."""
    proposers: tuple[str, ...]
    """Roles that write and propose; where one person is enough, their proposal releases."""
    unfit: Callable[[Any, Any], list[str]] = lambda _record, _audience: []
    """What forbids this record this audience (`rules.Audience`), a sentence each: pictures of others, say."""
    start: Callable[[Any], str] = lambda _record: START
    """The audience that the form of a release proposes for a record, as a query string holds it."""
    classes: bool = True
    """Whether it has parts of other classes than 0."""
    always_two: bool = False
    """Whether every release takes a second person, whatever the audience; the database asks the same."""
    warns: Callable[[Any], bool] = lambda _record: False
    """Whether a record warns of imminent danger: released to the community, it reaches who contributes nothing, too."""
    machines: bool = False
    """Whether a machine may propose."""
    released: Callable[[Any], None] = lambda _record: None
    """Called last in the transaction of a release."""
    recalled: Callable[[Any], None] = lambda _record: None
    """Called last in the transaction of a recall."""

    def url(self, name: str, record: Shareable) -> str:
        """An address of a record."""
        return reverse(f"{self.label}:{name}", args=[getattr(record, "reference", record.pk)])


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; an app does it as it is loaded."""
    _KINDS[kind.label] = kind
    return kind


def kind_of(record: Shareable | str) -> Kind:
    """The kind of a record, or of an app's label. Raises `KeyError` where there is none."""
    return _KINDS[record if isinstance(record, str) else record._meta.app_label]


def kinds() -> list[Kind]:
    """All that are known, in the order in which they were registered."""
    return list(_KINDS.values())

"""The kinds of records that have exhibits, as the pages must know them; each app registers its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from limen.node.people.models import Officer
from limen.node.reports.models import Report
from limen.node.sharing import kinds, policy, releasing
from limen.node.sharing.models import Shareable


def no_reports(record: Any) -> Iterable[Report]:
    """No reports are linked to it."""
    del record
    return ()


def edited_at(record: Any) -> str:
    """Where the record is written, as its kind says (`sharing.kinds`)."""
    return kinds.kind_of(record).url("edit", record)


@dataclass(frozen=True, slots=True)
class Holder:
    """A kind of records with exhibits."""

    model: type[Shareable]
    edit_url: Callable[[Any], str] = edited_at
    """Where the record is written: the way back from the pages of its exhibits."""
    may_edit: Callable[[Any, Officer], bool] = releasing.may_edit
    reports: Callable[[Any], Iterable[Report]] = no_reports
    """Reports that are linked to the record: their pictures are offered first."""

    @property
    def kind(self) -> str:
        """The app's label, by which exhibits name the record."""
        return str(self.model._meta.app_label)

    def find(self, number: int) -> Any:
        """The record with this row number. Raises `Http404` where there is none for this viewer."""
        found = policy.visible(self.model._default_manager.select_related("owner")).filter(pk=number).first()
        if found is None:
            raise Http404
        return found


_HOLDERS: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Make a kind known, once, as its app is made ready."""
    _HOLDERS[holder.kind] = holder


def holder_of(kind: str) -> Holder:
    """The kind of this label. Raises `Http404` where there is none."""
    if kind not in _HOLDERS:
        raise Http404
    return _HOLDERS[kind]


def kind_of(record: Shareable) -> str:
    """The label by which exhibits name this record's kind."""
    return str(record._meta.app_label)

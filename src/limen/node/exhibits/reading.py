"""Which exhibits there are, for who looks. Absent and forbidden are both `Http404`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from limen.node.audit import record as log
from limen.node.exhibits.holders import holder_of, kind_of
from limen.node.exhibits.models import Exhibit, Original
from limen.node.sharing import policy
from limen.node.sharing.models import Shareable
from limen.node.sharing.releasing import subject_of


def exhibits_of(record: Shareable) -> QuerySet[Exhibit]:
    """The exhibits of a record in their order, those that are withheld from others among them for its own agency."""
    rows = Exhibit.objects.filter(kind=kind_of(record), record=record.pk)
    return policy.visible(rows.select_related("compared_with", "source_owner"))


def exhibit_of(uid: Any) -> Exhibit:
    """An exhibit by its number, whether its picture may be shown or not. Raises `Http404`."""
    found = policy.visible(Exhibit.objects.filter(uid=uid)).first()
    if found is None:
        raise Http404
    return found


def picture_of(uid: Any) -> Exhibit:
    """An exhibit whose picture may be shown. What is withheld is withheld from its own agency too. Raises `Http404`."""
    found = exhibit_of(uid)
    if found.withheld:
        raise Http404
    return found


def original_of(exhibit: Exhibit) -> Original:
    """The picture as it was taken (class 3), and an entry in the log. Raises `Http404`."""
    found = Original.objects.filter(exhibit=exhibit).first()
    if found is None:
        raise Http404
    record = holder_of(exhibit.kind).find(exhibit.record)
    log("exhibit.original_seen", subject=subject_of(record), details={"exhibit": str(exhibit.uid)})
    return found

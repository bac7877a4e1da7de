"""Which exhibits there are, for who looks. Absent and forbidden are both `Http404`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from limen.node.exhibits.holders import kind_of
from limen.node.exhibits.models import Exhibit
from limen.node.sharing import policy
from limen.node.sharing.models import Shareable


def exhibits_of(record: Shareable) -> QuerySet[Exhibit]:
    """The exhibits of a record in their order, those that are withheld from others among them for its own agency."""
    rows = Exhibit.objects.filter(kind=kind_of(record), record=record.pk).select_related("compared_with")
    return policy.visible(rows)


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

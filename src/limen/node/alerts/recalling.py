"""Telling those who acknowledged an alert that it was recalled.

Its owner does not know who they are: the worker tells them, as the keeper, whom nobody's view limits.
"""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from limen.node.alerts.models import Acknowledgement, Alert
from limen.node.notices import tell
from limen.node.notices.subjects import Subject, register


def find(reference: str) -> Acknowledgement:
    """What who looks acknowledged and was recalled. Raises `Http404` where they did not, or it is out again."""
    rows = Acknowledgement.objects.filter(reference=reference).exclude(recalled_at=None)
    found = rows.order_by("-recalled_at").first()
    if found is None or Alert.objects.filter(pk=found.alert_id, state="released").exists():
        raise Http404
    return found


SUBJECT = register(
    Subject(
        "recall",
        sentence=_("An alert that you acknowledged was recalled: %(number)s."),
        urgent=_("An alert that you acknowledged was recalled: %(number)s."),
        find=find,
    )
)


def put_off(alert: Alert) -> None:
    """Let the worker tell, once the recall is committed."""
    from limen.node.alerts.tasks import tell_of_recall  # noqa: PLC0415 - the queue is not there as apps are loaded

    tell_of_recall.defer(alert=alert.pk)


def tell_readers(number: int) -> int:
    """Tell whoever acknowledged what was recalled last; say how many are told."""
    rows = Acknowledgement.objects.filter(alert=number).exclude(recalled_at=None)
    last = rows.order_by("-recalled_at").first()
    if last is None:
        return 0
    officers = rows.filter(edition=last.edition).values_list("officer", flat=True)
    return tell(officers, SUBJECT.kind, last.reference, f"/alerts/#recalled-{last.reference}", urgent=True)

"""What full text search finds an alert by."""

from __future__ import annotations

from limen.node.alerts import points
from limen.node.alerts.fields import FIELDS, TEXTS
from limen.node.alerts.models import Alert
from limen.node.reports.words import folded
from limen.node.terms import label


def open_texts(alert: Alert) -> list[str]:
    """Every text that a person typed."""
    texts = [str(getattr(alert, name)) for name in TEXTS]
    return texts + [str(point.get(name, "")) for point in alert.points for name in points.WORDS]


def words_of(alert: Alert) -> str:
    """Gather what an alert is found by: its texts, and the English label of every code in it."""
    texts = [alert.reference, *open_texts(alert)]
    for field in FIELDS:
        if field.terms and (value := getattr(alert, field.name)):
            codes = value if isinstance(value, list) else [value]
            texts += [text for code in codes for text in (code, label(field.terms, code, "en"))]
    return folded(texts)

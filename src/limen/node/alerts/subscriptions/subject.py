"""What notices say of an alert."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from limen.node.alerts import reading
from limen.node.notices.subjects import Subject, register

SUBJECT = register(
    Subject(
        "alerts",
        sentence=_("A new alert is on Limen: %(number)s."),
        urgent=_("A new alert is on Limen: %(number)s (urgent)."),
        find=reading.alert_of,
    )
)

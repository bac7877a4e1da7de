"""What an alert needs before two people release it, and what follows; the release itself is `sharing.releasing`."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.node.alerts import drafting, linking, reading, recalling, telling
from limen.node.alerts.fields import FIELDS
from limen.node.alerts.models import Alert, Urgency
from limen.node.alerts.subscriptions.publishing import announce
from limen.node.alerts.words import open_texts
from limen.node.exhibits import fitting
from limen.node.exhibits.reading import exhibits_of
from limen.node.reports.release import personal_in
from limen.node.sharing.kinds import Kind, register
from limen.node.web.errors import Invalid

LONGEST_DAYS = 370
"""A year, and some days for those who count in months."""

_VERDICTS = re.compile(
    r"\bgenuine\b|\brefus\w*|\bden(?:y|ied|ies)\b|\bdeport\w*|\barrest\w*"
    r"|ของแท้|ปฏิเสธการเข้า|ส่งกลับ|จับกุม|từ chối|trục xuất|bắt giữ",
    re.IGNORECASE,
)
"""Words by which an alert would decide instead of the officer."""


def missing(alert: Alert) -> list[str]:
    """Say what keeps the alert from being released, a sentence each; empty where nothing does."""
    found = [
        _("“%(field)s” is missing.") % {"field": field.label}
        for field in FIELDS
        if field.required and getattr(alert, field.name) in ("", None)
    ]
    if not (alert.issuers or alert.methods or alert.fraud_class):
        found.append(_("Say what it is about: an issuer, a method or a class of fraud."))
    if not alert.points:
        found.append(_("Name at least one point to check."))
    found += _validity(alert)
    if word := _VERDICTS.search(alert.action):
        found.append(
            _("“%(field)s” decides nothing and vouches for nothing: take out “%(word)s”, and refer to second line.")
            % {"field": Alert._meta.get_field("action").verbose_name, "word": word[0]}
        )
    found += fitting.fit(alert)
    if told := _personal(alert):
        found.append(
            _("Everybody who sees the alert reads its texts and points, and they hold %(what)s.") % {"what": told}
        )
    return found


def _validity(alert: Alert) -> list[str]:
    if not (alert.valid_from and alert.valid_until):
        return []
    if alert.valid_until < alert.valid_from:
        return [_("It ends before it begins to hold.")]
    if (alert.valid_until - alert.valid_from).days > LONGEST_DAYS:
        return [_("An alert holds for at most a year; then look at it again.")]
    return []


def _personal(alert: Alert) -> str:
    """Name what of a person stands in the texts, as far as who looks now sees the linked reports."""
    texts = [text for exhibit in exhibits_of(alert) for text in fitting.texts_of(exhibit)]
    text = "\n".join([*open_texts(alert), *texts])
    for report in (None, *linking.linked(alert)):
        if told := personal_in(text, report):
            return told
    return ""


def _released(alert: Alert) -> None:
    """Who approves may see names that the author did not: texts are checked once more; then officers are told."""
    if told := _personal(alert):
        raise Invalid(
            _("Everybody who sees the alert reads its texts and points, and they hold %(what)s.") % {"what": told}
        )
    announce(alert)


KIND = register(
    Kind(
        "alerts",
        gettext_lazy("Alert"),
        find=reading.alert_of,
        rows=reading.alerts,
        headline=telling.headline,
        missing=missing,
        unfit=fitting.fit,
        proposers=drafting.PROPOSERS,
        classes=False,
        always_two=True,
        warns=lambda alert: alert.urgency == Urgency.URGENT,
        released=_released,
        recalled=recalling.put_off,
    )
)

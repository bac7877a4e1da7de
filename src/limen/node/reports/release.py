"""What a report needs before it may be proposed to others; the release itself is `limen.node.sharing.releasing`."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from limen.node.people.models import Officer
from limen.node.reports import words
from limen.node.reports.fields import FIELDS
from limen.node.reports.models import Report
from limen.node.sharing import releasing, rules
from limen.node.sharing.models import Release
from limen.node.web.errors import Invalid

_MRZ_LIKE = re.compile(r"[A-Z0-9<]{2,}<<[A-Z0-9<]*|<{3,}")


def missing(report: Report) -> list[str]:
    """Say what keeps the report from being released, a sentence each; empty where nothing does."""
    found = [
        _("“%(field)s” is missing.") % {"field": field.label}
        for field in FIELDS
        if field.required and not field.part and getattr(report, field.name) in ("", None)
    ]
    if told := _personal(report):
        found.append(
            _("“What was found” is read by everybody who sees the report, and it holds %(what)s.") % {"what": told}
        )
    if unconfirmed := report.images.filter(masks_confirmed=False).count():
        found.append(
            _("Look at the masks of every picture and confirm them: %(count)d not yet confirmed.")
            % {"count": unconfirmed}
        )
    return found


def propose(report: Report, officer: Officer, audience: rules.Audience, basis: str = "") -> Release:
    """Propose the report to an audience, or release it where one person is enough. Raises `Refused`, `Invalid`."""
    if faults := missing(report):
        raise Invalid(" ".join(faults))
    return releasing.propose(report, officer, audience, basis)


def _personal(report: Report) -> str:
    """Name what of the bearer or the number stands in the text that everybody reads."""
    summary = report.summary
    squeezed = re.sub(r"[^A-Z0-9]", "", summary.upper())
    if _MRZ_LIKE.search(summary):
        return _("a machine readable zone")
    document = getattr(report, "document", None)
    if document and any(
        len(key) >= 5 and key in squeezed
        for key in (document.number_key, re.sub(r"[^A-Z0-9]", "", document.personal_number))
    ):
        return _("the document's number")
    bearer = getattr(report, "bearer", None)
    spoken = set(words.tokens(summary))
    if bearer and bearer.birth_date and len(bearer.birth_date) == 10 and bearer.birth_date in summary:
        return _("the bearer's date of birth")
    names = set(words.tokens(f"{bearer.surname} {bearer.given_names}")) if bearer else set()
    return _("the bearer's name") if {name for name in names if len(name) >= 4} & spoken else ""

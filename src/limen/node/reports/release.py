"""What a report needs before it may be proposed to others; the release itself is `limen.node.sharing.releasing`."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.node.people.models import Officer
from limen.node.reports import reading, telling, words
from limen.node.reports.fields import FIELDS
from limen.node.reports.models import Report
from limen.node.sharing import releasing, rules
from limen.node.sharing.kinds import RELEASERS, Kind, register
from limen.node.sharing.models import Release

_MRZ_LIKE = re.compile(r"[A-Z0-9<]{2,}<<[A-Z0-9<]*|<{3,}")


def missing(report: Report) -> list[str]:
    """Say what keeps the report from being released, a sentence each; empty where nothing does."""
    found = [
        _("“%(field)s” is missing.") % {"field": field.label}
        for field in FIELDS
        if field.required and not field.part and getattr(report, field.name) in ("", None)
    ]
    if told := personal_in("\n".join(_open_texts(report)), report):
        found.append(
            _("Everybody who sees the report reads its texts and marked places, and they hold %(what)s.")
            % {"what": told}
        )
    if unconfirmed := report.images.filter(masks_confirmed=False).count():
        found.append(
            _("Look at the masks of every picture and confirm them: %(count)d not yet confirmed.")
            % {"count": unconfirmed}
        )
    return found


def propose(report: Report, officer: Officer, audience: rules.Audience, basis: str = "") -> Release:
    """Propose the report to an audience, or release it where one person is enough. Raises `Refused`, `Invalid`."""
    return releasing.propose(report, officer, audience, basis)


KIND = register(
    Kind(
        "reports",
        gettext_lazy("Report"),
        find=reading.report_of,
        rows=reading.reports,
        headline=telling.headline,
        missing=missing,
        proposers=("counter", *RELEASERS),
        machines=True,
    )
)


def personal_in(text: str, report: Report | None = None) -> str:
    """Name what of a person stands in a text that everybody reads: of anybody, or of this report's bearer."""
    squeezed = re.sub(r"[^A-Z0-9]", "", text.upper())
    if _MRZ_LIKE.search(text):
        return _("a machine readable zone")
    document = getattr(report, "document", None)
    if document and any(
        len(key) >= 5 and key in squeezed
        for key in (document.number_key, re.sub(r"[^A-Z0-9]", "", document.personal_number))
    ):
        return _("the document's number")
    bearer = getattr(report, "bearer", None)
    spoken = set(words.tokens(text))
    if bearer and len(bearer.birth_date) == 10 and bearer.birth_date in text:
        return _("the bearer's date of birth")
    names = set(words.tokens(f"{bearer.surname} {bearer.given_names}")) if bearer else set()
    return _("the bearer's name") if {name for name in names if len(name) >= 4} & spoken else ""


def _open_texts(report: Report) -> list[str]:
    """Every text of class 0 that a person typed: of the report, of its companions, of marked places in pictures."""
    texts = [report.summary, report.supply_place, report.model_name]
    texts += [str(companion.get("note", "")) for companion in report.companions]
    for regions in report.images.values_list("regions", flat=True):
        texts += [str(region.get(name, "")) for region in regions for name in ("label", "text")]
    return texts

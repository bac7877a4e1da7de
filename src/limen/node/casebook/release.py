"""What a case study needs before it may be proposed to others."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.node.casebook import reading
from limen.node.casebook.fields import FIELDS
from limen.node.casebook.models import CaseStudy
from limen.node.reports.release import personal_in
from limen.node.sharing.kinds import RELEASERS, Kind, register


def missing(case: CaseStudy) -> list[str]:
    """Say what keeps the case study from being released, a sentence each; empty where nothing does."""
    found = [
        _("“%(field)s” is missing.") % {"field": field.label}
        for field in FIELDS
        if field.required and getattr(case, field.name) in ("", None)
    ]
    steps = list(case.steps.all())
    if not any(step.text for step in steps):
        found.append(_("Say in at least one step how it was found."))
    elif not all(step.text for step in steps):
        found.append(_("A step says nothing: write what was done, or remove it."))
    if told := _personal(case):
        found.append(_("Everybody who sees the case study reads its texts, and they hold %(what)s.") % {"what": told})
    return found


KIND = register(
    Kind(
        "casebook",
        gettext_lazy("Case study"),
        find=reading.case_of,
        rows=reading.cases,
        headline=reading.headline,
        missing=missing,
        proposers=RELEASERS,  # who sees the bearer of the report, and so that no text tells of them
        classes=False,
    )
)


def _personal(case: CaseStudy) -> str:
    """Name what of a person stands in the texts: of anybody, and of the bearers of the linked reports."""
    text = "\n".join(open_texts(case))
    linked = reading.linked_reports(case).select_related("document", "bearer")
    return personal_in(text) or next((told for report in linked if (told := personal_in(text, report))), "")


def open_texts(case: CaseStudy) -> list[str]:
    """Every text that a person typed."""
    return [case.title, case.model_name, case.features, case.lesson, *case.steps.values_list("text", flat=True)]

"""What a case study needs before it may be proposed to others."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.node.casebook import reading
from limen.node.casebook.fields import FIELDS
from limen.node.casebook.models import CaseStudy
from limen.node.exhibits import fitting
from limen.node.exhibits.holders import Holder
from limen.node.exhibits.holders import register as register_holder
from limen.node.exhibits.reading import exhibits_of
from limen.node.reports.release import personal_in
from limen.node.sharing import rules
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
    return found + fitting.fit(case)


def unfit(case: CaseStudy, audience: rules.Audience) -> list[str]:
    """Say which pictures forbid this audience, a sentence each."""
    always = fitting.fit(case)
    return [sentence for sentence in fitting.fit(case, audience) if sentence not in always]


KIND = register(
    Kind(
        "casebook",
        gettext_lazy("Case study"),
        find=reading.case_of,
        rows=reading.cases,
        headline=reading.headline,
        missing=missing,
        unfit=unfit,
        proposers=RELEASERS,  # who sees the bearer of the report, and so that no text tells of them
        classes=False,
    )
)
register_holder(
    Holder(
        CaseStudy,
        edit_url=lambda case: reverse("casebook:edit", args=[case.reference]),
        may_edit=reading.may_edit,
        reports=reading.linked_reports,
    )
)


def _personal(case: CaseStudy) -> str:
    """Name what of a person stands in the texts: of anybody, and of the bearers of the linked reports."""
    text = "\n".join(open_texts(case))
    linked = reading.linked_reports(case).select_related("document", "bearer")
    return personal_in(text) or next((told for report in linked if (told := personal_in(text, report))), "")


def open_texts(case: CaseStudy) -> list[str]:
    """Every text that a person typed, those at its pictures too."""
    texts = [case.title, case.model_name, case.features, case.lesson, *case.steps.values_list("text", flat=True)]
    return texts + [text for exhibit in exhibits_of(case) for text in fitting.texts_of(exhibit)]

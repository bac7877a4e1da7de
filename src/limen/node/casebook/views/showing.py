"""A case study to read, step by step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.casebook import fields, reading
from limen.node.casebook.models import CaseStudy
from limen.node.casebook.views.common import officer_of
from limen.node.sharing import releasing
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.terms import label


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The case study, as far as the viewer may see what it leads to."""
    case = reading.case_of(reference)
    officer = officer_of(request)
    mine = case.owner_id == officer.agency_id
    context = {
        "case": case,
        "headline": reading.headline(case),
        "facts": facts(case),
        "steps": steps(case),
        "links": reading.links_of(case),
        "mine": mine,
        "meaning": MEANINGS[Marking(case.marking)],
        "may_copy": reading.may_copy(case, officer),
        "history": releasing.history(case) if mine else [],
        **releasing.rights(case, officer),
        "may_edit": reading.may_edit(case, officer),
    }
    return render(request, "casebook/show.html", context)


def facts(case: CaseStudy) -> list[tuple[str, str]]:
    """Label and value of what is known, but for title, features and lesson, which stand by themselves."""
    apart = {"title", "features", "lesson"}
    told = [(field.label, fields.told(field, getattr(case, field.name))) for field in fields.FIELDS]
    return [
        (text[:1].upper() + text[1:], value)
        for field, (text, value) in zip(fields.FIELDS, told, strict=True)
        if value and field.name not in apart
    ]


def steps(case: CaseStudy) -> list[dict[str, Any]]:
    """The steps, with light and tool in words."""
    return [
        {
            "step": step,
            "light": label("image_light", step.light) if step.light else "",
            "tool": label("detection_means", step.tool) if step.tool else "",
        }
        for step in case.steps.all()
    ]

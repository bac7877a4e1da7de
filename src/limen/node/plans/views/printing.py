"""A plan on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.audit import record as log
from limen.node.plans import reading
from limen.node.plans.printing import as_pdf
from limen.node.plans.views.common import officer_of
from limen.node.sharing.copying import may_copy
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Refused


@never_cache
@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan as PDF, where its marking lets it be taken off the screen; recorded. Raises `Refused`."""
    plan = reading.find(reference)
    if not may_copy(plan, officer_of(request)):
        raise Refused(_("What is marked so is read on the screen and not taken away."))
    response = HttpResponse(as_pdf.write(plan, officer_of(request)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{plan.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    log("plan.printed", subject=subject_of(plan))
    return response

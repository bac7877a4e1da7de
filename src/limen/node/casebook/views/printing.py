"""A case study on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.audit import record as log
from limen.node.casebook import reading
from limen.node.casebook.printing import as_pdf
from limen.node.casebook.views.common import officer_of
from limen.node.sharing.copying import may_copy
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Refused


@never_cache
@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The case study as PDF, where its marking lets it be taken off the screen; recorded. Raises `Refused`."""
    case = reading.case_of(reference)
    if not may_copy(case, officer_of(request)):
        raise Refused(_("What is marked so is read on the screen and not taken away."))
    response = HttpResponse(as_pdf.write(case, officer_of(request)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    log("case.printed", subject=subject_of(case))
    return response

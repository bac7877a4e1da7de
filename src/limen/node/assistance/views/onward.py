"""One more click from a signed answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from limen.node.assistance import captures, onward, reading
from limen.node.people.models import Officer
from limen.node.sharing.kinds import kind_of

_MAKERS = {onward.REPORT: onward.report, onward.ALERT: onward.alert, onward.CASE: onward.case}


@require_POST
def make(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Begin a draft and lead to its form, or give the pictures out. Raises `Refused`."""
    found = reading.find(reference)
    officer: Officer = request.user
    if name == onward.CAPTURES:
        response = HttpResponse(captures.pack(found, officer), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{found.reference}-captures.zip"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        return response
    if name not in _MAKERS:
        raise Http404
    made = _MAKERS[name](found, officer)
    messages.success(request, _("The draft was begun from the answer; look through what was taken over."))
    return redirect(kind_of(made).url("edit", made))

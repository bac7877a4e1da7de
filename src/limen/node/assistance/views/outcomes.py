"""What the asker feeds back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from limen.node.assistance import answering, reading, scale
from limen.node.assistance.answers import Bearer, Document, Outcome, Source
from limen.node.people.models import Officer
from limen.node.web.errors import Invalid


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what became of document and bearer, and which statements turned out to be true."""
    found = reading.find(reference)
    officer: Officer = request.user
    told = answering.concluded(found)
    if found.owner_id != officer.agency_id or not told:
        raise Http404
    fault = None
    if request.method == "POST":
        sent: dict[str, Any] = {name: request.POST.get(name, "") for name in ("document", "bearer", "source", "text")}
        sent["truths"] = {asked: request.POST.get(f"truth_{asked}", "") for asked in told}
        try:
            answering.feed_back(found, officer, sent)
        except Invalid as error:
            fault = error
        else:
            messages.success(request, _("Thank you; the examiners see what came of it."))
            return redirect("assistance:show", reference)
    last = Outcome.objects.filter(request=found).first() or Outcome()
    context = {
        "asked": found,
        "fault": fault,
        "text": request.POST.get("text", ""),
        "groups": [_group(request, last, *each) for each in _GROUPS],
        "questions": [_question(request, last, scale.Asked(asked), degree) for asked, degree in told.items()],
    }
    return render(request, "assistance/outcome_form.html", context, status=422 if fault else 200)


_GROUPS = (("document", Document), ("bearer", Bearer), ("source", Source))


def _group(request: HttpRequest, last: Outcome, name: str, known: Any) -> dict[str, Any]:
    chosen = request.POST.get(name, getattr(last, name))
    field = Outcome._meta.get_field(name)
    options = [(code, text, code == chosen) for code, text in known.choices]
    return {"name": name, "label": field.verbose_name, "options": options}


def _question(request: HttpRequest, last: Outcome, asked: scale.Asked, degree: int | None) -> dict[str, Any]:
    chosen = request.POST.get(f"truth_{asked}", last.truths.get(asked, ""))
    pair = scale.STATEMENTS[asked]
    options = [("a", "A", pair.a, chosen == "a"), ("b", "B", pair.b, chosen == "b")]
    return {
        "name": str(asked),
        "label": asked.label,
        "words": scale.words(degree),
        "options": options,
        "none": not chosen,
    }

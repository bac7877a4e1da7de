"""Writing an answer, marking places, signing, and the report on paper."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.assistance import answering, onward, reading, scale, telling_answers
from limen.node.assistance.answers import Answer, Signing
from limen.node.assistance.models import Request
from limen.node.assistance.printing import as_pdf
from limen.node.audit import record as log
from limen.node.exhibits import showing
from limen.node.people.models import Officer
from limen.node.reports.views.receiving import json_of
from limen.node.sharing.copying import may_copy
from limen.node.sharing.releasing import subject_of
from limen.node.terms import choices
from limen.node.web.errors import Invalid, Refused

NOT_ASKED, CANNOT = "", "cannot"


def section(request: Request, officer: Officer) -> dict[str, Any]:
    """What the request's page shows of its answers, and what it offers this officer."""
    answers = list(
        Answer.objects.filter(request=request).select_related("agency").prefetch_related("conclusions", "marked")
    )
    signed = [each for each in answers if each.is_signed]
    unsigned = next((each for each in answers if not each.is_signed), None)
    pictures = showing.pictures(request) if answers else []
    asker = request.owner_id == officer.agency_id
    return {
        "told_answers": [telling_answers.told(each, pictures) for each in signed],
        "unsigned": unsigned,
        "unsigned_told": telling_answers.told(unsigned, pictures) if unsigned else None,
        "may_write_answer": answering.may_write(request, officer),
        "may_countersign": unsigned is not None
        and unsigned.stage == Signing.WAITING
        and officer.has_role(answering.EXAMINER),
        "signed_it": unsigned is not None and unsigned.signed_by_id == officer.pk,
        "outcomes": [telling_answers.outcome(each) for each in request.outcomes.all()[:3]] if signed else [],
        "may_feed_back": bool(signed) and asker,
        "may_print_answer": bool(signed) and may_copy(request, officer),
        "onward": onward.offered(request, officer) if signed else [],
        "explained": scale.EXPLAINED,
        "meanings": scale.MEANINGS,
        "limits_always": scale.LIMITS,
    }


@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the answer or a supplement, or go on with what is open, and lead to its form."""
    answering.begin(reading.find(reference), _officer(request))
    return redirect("assistance:answer", reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of a draft; saved as a whole."""
    found = reading.find(reference)
    draft = _open(found)
    if draft is None or draft.stage != Signing.DRAFT or not answering.may_write(found, _officer(request)):
        return redirect("assistance:show", reference)
    if request.method != "POST":
        return _form(request, draft)
    try:
        answering.write(draft, _officer(request), _sent(request))
    except Invalid as error:
        return _form(request, draft, error)
    if "sign" in request.POST:
        return _signed(request, draft)
    messages.success(request, _("Saved."))
    return redirect("assistance:answer", reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, reference: str, exhibit: uuid.UUID) -> HttpResponse:
    """Mark places on a picture of the request, in the draft alone."""
    found = reading.find(reference)
    draft = _open(found)
    picture = next((each for each in showing.pictures(found) if each.exhibit.uid == exhibit), None)
    if draft is None or picture is None or not answering.may_write(found, _officer(request)):
        raise Http404
    if request.method == "POST":
        marked = answering.mark(draft, _officer(request), exhibit, json_of(request, "regions", None))
        return JsonResponse({"detail": _("The marked places were saved."), "regions": marked.regions if marked else []})
    regions: list[dict[str, Any]] = next((each.regions for each in draft.marked.all() if each.exhibit == exhibit), [])
    options = [{"value": code, "label": text} for code, text in choices("region_property")]
    context = {
        "asked": found,
        "picture": picture,
        "drawn": json.dumps(regions),
        "options": json.dumps(options),
    }
    return render(request, "assistance/answer_places.html", context)


@require_POST
def countersign(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign as the second examiner."""
    answering.countersign(_waiting(reference), _officer(request))
    messages.success(request, _("Signed; the agency that asked sees the answer now."))
    return redirect("assistance:show", reference)


@require_POST
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Make what waits a draft again."""
    answering.send_back(_waiting(reference), _officer(request), request.POST.get("comment", ""))
    messages.success(request, _("The answer is a draft again."))
    return redirect("assistance:show", reference)


@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete a draft."""
    draft = _open(reading.find(reference))
    if draft is None:
        raise Http404
    answering.discard(draft, _officer(request))
    messages.success(request, _("The draft was deleted."))
    return redirect("assistance:show", reference)


@never_cache
@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The examination report, in the language of whoever asked; recorded. Raises `Refused`."""
    found, officer = reading.find(reference), _officer(request)
    signed = [each for each in _answers(found) if each.is_signed]
    if not signed:
        raise Http404
    if not may_copy(found, officer):
        raise Refused(_("What is marked so is read on the screen and not taken away."))
    response = HttpResponse(as_pdf.write(found, signed, officer.agency), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    log("answer.printed", subject=subject_of(found))
    return response


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.user
    return officer


def _answers(found: Request) -> list[Answer]:
    rows = Answer.objects.filter(request=found).select_related("agency")
    return list(rows.prefetch_related("conclusions", "marked"))


def _open(found: Request) -> Answer | None:
    return next((each for each in _answers(found) if not each.is_signed), None)


def _waiting(reference: str) -> Answer:
    waiting = _open(reading.find(reference))
    if waiting is None:
        raise Refused(_("This answer does not wait for a second examiner any more."))
    return waiting


def _signed(request: HttpRequest, draft: Answer) -> HttpResponse:
    try:
        signed = answering.sign(draft, _officer(request))
    except Invalid as error:
        return _form(request, draft, error)
    if signed.is_signed:
        messages.success(request, _("Signed; the agency that asked sees the answer now."))
    else:
        messages.success(request, _("Signed by you; a second examiner of your agency signs it now, or sends it back."))
    return redirect("assistance:show", draft.request.reference)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What the form sent; a degree that is none of the scale is refused by `answering`."""
    sent: dict[str, Any] = {name: request.POST.get(name, "") for name in (*answering.TEXTS, "language")}
    sent["methods"] = request.POST.getlist("methods")
    sent["conclusions"] = {asked: _conclusion(request, asked) for asked in scale.Asked.values}
    return sent


def _conclusion(request: HttpRequest, asked: str) -> tuple[int | None, str] | None:
    chosen, note = request.POST.get(asked, NOT_ASKED), request.POST.get(f"{asked}_note", "")
    if chosen == NOT_ASKED:
        return None
    if chosen == CANNOT:
        return None, note
    try:
        return int(chosen), note
    except ValueError as error:
        raise Invalid(_("Choose a degree of the scale."), field=asked) from error


def _form(request: HttpRequest, draft: Answer, fault: Invalid | None = None) -> HttpResponse:
    draft = _open(draft.request) or draft
    typed = request.POST if fault else None
    pictures = showing.pictures(draft.request)
    counts = {each.exhibit: len(each.regions) for each in draft.marked.all()}
    context = {
        "asked": draft.request,
        "draft": draft,
        "texts": {name: typed.get(name, "") if typed else getattr(draft, name) for name in answering.TEXTS},
        "questions": [_question(asked, draft, typed) for asked in map(scale.Asked, scale.Asked.values)],
        "methods": [
            (code, text, code in (typed.getlist("methods") if typed else draft.methods))
            for code, text in scale.Method.choices
        ],
        "languages": [(code, name, code == draft.language) for code, name in settings.LANGUAGES],
        "pictures": [(each, counts.get(each.exhibit.uid, 0)) for each in pictures],
        "missing": answering.missing(draft),
        "two": answering.needs_two(draft),
        "explained": scale.EXPLAINED,
        "meanings": scale.MEANINGS,
        "limits_always": scale.LIMITS,
        "fault": fault,
        "request_url": reverse("assistance:show", args=[draft.request.reference]),
    }
    return render(request, "assistance/answer_form.html", context, status=422 if fault else 200)


def _question(asked: scale.Asked, draft: Answer, typed: Any) -> dict[str, Any]:
    """One question of the form, with what is chosen."""
    row = next((each for each in draft.conclusions.all() if each.asked == asked), None)
    chosen = NOT_ASKED if row is None else CANNOT if row.degree is None else str(row.degree)
    note = row.note if row else ""
    if typed is not None:
        chosen, note = typed.get(asked, NOT_ASKED), typed.get(f"{asked}_note", "")
    options = [(NOT_ASKED, _("no opinion asked or given")), *((str(code), text) for code, text in scale.Degree.choices)]
    options.append((CANNOT, scale.words(None)))
    return {
        "name": str(asked),
        "label": asked.label,
        "pair": scale.STATEMENTS[asked],
        "options": [(value, text, value == chosen) for value, text in options],
        "note": note,
    }

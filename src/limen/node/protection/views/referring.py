"""A referral: made, looked at by both sides, answered, withdrawn, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.protection import contacts, reading, referring, wording
from limen.node.protection.models import Basis, How, Item, Referral, Said, Screening, Step
from limen.node.protection.printing import sheets
from limen.node.protection.questions import BY_CODE, REFER
from limen.node.web.errors import Invalid


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """To whom, on whose word, and what is passed on."""
    screening = reading.screening_of(reference)
    if request.method != "POST":
        return _form(request, screening)
    data = request.POST
    values: dict[str, Any] = {
        name: data.get(name, "").replace("\x00", "") for name in ("basis", "how", "name", "contact", "needs")
    }
    values |= {"items": data.getlist("items"), "urgent": "urgent" in data}
    try:
        if not data.get("contact_of"):
            raise Invalid(_("Choose to whom."), field="contact_of")
        sent = referring.refer(screening, request.user, contacts.contact_of(data["contact_of"]), values)
    except Invalid as error:
        return _form(request, screening, error, values | {"contact_of": data.get("contact_of", "")})
    messages.success(request, _("Referred. Where it is urgent, telephone as well."))
    return redirect("protection:referral", sent.reference)


def _form(
    request: HttpRequest, screening: Screening, fault: Invalid | None = None, typed: dict[str, Any] | None = None
) -> HttpResponse:
    languages = wording.languages()
    language = next((each for each in languages if each.code == screening.language), languages[0])
    context = {
        "screening": screening,
        "contacts": reading.mechanisms(screening.country, child=screening.as_child),
        "bases": [each for each in Basis.choices if (each[0] == Basis.GUARDIAN) == screening.as_child],
        "hows": How.choices,
        "items": Item.choices,
        "language": language,
        "ask": (REFER[1], wording.texts(language)[REFER[0]]),
        "typed": typed or {"urgent": screening.danger == Said.YES, "items": []},
        "wrong": fault.message if fault else "",
    }
    return render(request, "protection/refer.html", context, status=422 if fault else 200)


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """What was passed on, as both sides see it."""
    officer: Officer = request.user
    referral = reading.referral_of(reference)
    mine = referral.agency_id == officer.agency_id
    context = {
        "referral": referral,
        "mine": mine,
        "screening": Screening.objects.filter(pk=referral.screening_id).first() if mine else None,
        "may_answer": referring.may_answer(referral, officer),
        "gone": referral.step == Step.WITHDRAWN,
        **told(referral),
    }
    return render(request, "protection/referral.html", context)


def told(referral: Referral) -> dict[str, Any]:
    """What was passed on, in words."""
    words = dict(Said.choices)
    names = dict(Item.choices)
    answers = referral.answers.get("said", {})
    return {
        "answers": [(BY_CODE[code].text, words[said]) for code, said in answers.items() if code in BY_CODE],
        "seen": [BY_CODE[code].text for code in referral.answers.get("seen", []) if code in BY_CODE],
        "items": [names[item] for item in referral.items if item in names],
        "language_name": next((each.name for each in wording.languages() if each.code == referral.language), ""),
    }


@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept or decline."""
    referral = reading.referral_of(reference)
    feedback = request.POST.get("feedback", "").replace("\x00", "")
    referring.answer(referral, request.user, request.POST.get("step", ""), feedback)
    messages.success(request, _("Saved."))
    return redirect("protection:referral", referral.reference)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Consent was withdrawn."""
    referral = reading.referral_of(reference)
    referring.withdraw(referral, request.user)
    messages.success(request, _("What was passed on is deleted. Tell the other side to destroy what it printed."))
    return redirect("protection:referral", referral.reference)


@never_cache
@require_safe
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The referral on paper, in the officer's language; recorded."""
    referral = reading.referral_of(reference)
    if referral.step == Step.WITHDRAWN:
        raise Invalid(_("Consent to this referral was withdrawn; there is nothing to print."))
    written = sheets.referral(referral, told(referral))
    log("referral.printed", subject=referring.subject_of(referral))
    response = HttpResponse(written, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{referral.reference}.pdf"'
    return response

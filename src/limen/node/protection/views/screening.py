"""A screening: begun, asked, handed over, deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.people.models import Officer
from limen.node.protection import acting, reading, wording
from limen.node.protection.assessing import Given, assess
from limen.node.protection.models import Age, Interpreter, Said, Screening, Stage
from limen.node.protection.questions import AGREE, DANGER, GROUPS, OBSERVED, OPENING, WEIGHTS, Question
from limen.node.sharing.kinds import kind_of
from limen.node.web.errors import Invalid


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; from where is posted, so that no address and no log of addresses says it."""
    screening = acting.begin(
        request.user,
        kind=request.POST.get("kind", ""),
        reference=request.POST.get("record", ""),
        language=request.POST.get("language", ""),
    )
    return redirect("protection:show", screening.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The questions in both languages; a post saves them all. Nothing of it is kept in the browser."""
    screening = reading.screening_of(reference)
    if request.method != "POST":
        return _form(request, screening)
    try:
        acting.write(screening, request.user, _values(request), _answers(request))
    except Invalid as error:
        return _form(request, screening, error)
    messages.success(request, _("Saved."))
    return redirect("protection:show", screening.reference)


def _values(request: HttpRequest) -> dict[str, Any]:
    data = request.POST
    values: dict[str, Any] = {
        name: data.get(name, "").replace("\x00", "")
        for name in ("language", "country", "age", "interpreter", "agreed", "danger", "observations")
    }
    return values | {"alone": {"yes": True, "no": False}.get(data.get("alone", ""))}


def _answers(request: HttpRequest) -> dict[str, Given]:
    data = request.POST
    asked = [question.code for group in GROUPS for question in group.questions]
    observed = [question.code for question in OBSERVED]
    return {code: Given(data.get(f"said-{code}", ""), f"seen-{code}" in data) for code in asked} | {
        code: Given("", f"seen-{code}" in data) for code in observed
    }


def _form(request: HttpRequest, screening: Screening, fault: Invalid | None = None) -> HttpResponse:
    officer: Officer = request.user
    screening.refresh_from_db()
    language = next((each for each in wording.languages() if each.code == screening.language), wording.languages()[0])
    texts = wording.texts(language)
    given = reading.answers_of(screening)
    found = assess(screening.age, screening.danger, given)
    context = {
        "screening": screening,
        "language": language,
        "languages": wording.languages(),
        "unconfirmed": [text for text in texts.values() if not text.confirmed],
        "opening": [(text, texts[code]) for code, text in OPENING],
        "agree": (AGREE[1], texts[AGREE[0]]),
        "danger": (DANGER[1], texts[DANGER[0]]),
        "groups": _groups(screening, texts, given),
        "observed": [(each, given.get(each.code, Given()).seen) for each in OBSERVED],
        "ages": Age.choices,
        "interpreters": Interpreter.choices,
        "said_choices": Said.choices,
        "signs": [(each.text, WEIGHTS[each.weight], each.source) for each in found.signs],
        "positive": bool(found.positive),
        "referrals": screening.referrals.all(),
        "contacts": reading.mechanisms(screening.country, child=screening.as_child)[:5],
        "mine": screening.author_id == officer.pk and screening.stage == Stage.OPEN,
        "manned": reading.protection_officers(screening.agency_id).exists(),
        "origin": _origin(screening),
        "wrong": fault.message if fault else "",
    }
    return render(request, "protection/screening.html", context, status=422 if fault else 200)


def _groups(screening: Screening, texts: dict[str, wording.Text], given: dict[str, Given]) -> list[dict[str, Any]]:
    shown = [group for group in GROUPS if not group.for_children or screening.as_child]
    if screening.as_child:
        shown.sort(key=lambda group: not group.for_children)
    return [
        {
            "group": group,
            "rows": [
                _row(question, texts[question.code], given.get(question.code, Given())) for question in group.questions
            ],
        }
        for group in shown
    ]


def _row(question: Question, text: wording.Text, given: Given) -> dict[str, Any]:
    return {"question": question, "text": text, "given": given, "weight": WEIGHTS[question.weight]}


def _origin(screening: Screening) -> str:
    """The address of the record that it was begun from, for who sees the screening and may see that record too."""
    if not screening.origin_kind:
        return ""
    try:
        kind = kind_of(screening.origin_kind)
        return kind.url("show", kind.find(screening.origin))
    except (Http404, KeyError, NoReverseMatch):  # deleted, recalled or closed to the viewer
        return ""


@require_POST
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand it to the protection officers."""
    acting.hand_over(reading.screening_of(reference), request.user)
    messages.success(request, _("Handed over. Your agency's protection officers see it now, and you no longer do."))
    return redirect("protection:home")


@require_POST
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete it."""
    acting.delete(reading.screening_of(reference), request.user)
    messages.success(request, _("The screening was deleted."))
    return redirect("protection:home")

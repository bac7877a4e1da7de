"""Practising: what there is, a question with its pictures, the answer and its solution, one's own progress."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.casebook import telling
from limen.node.casebook.finding import Search
from limen.node.casebook.practice import answering, asking, drawing, progress, scoring
from limen.node.casebook.practice.asking import Asked
from limen.node.casebook.practice.scoring import Box
from limen.node.casebook.views.common import officer_of
from limen.node.casebook.views.library import controls
from limen.node.exhibits import showing
from limen.node.terms import label
from limen.node.web.errors import Invalid

OBJECTS = {"no": False, "yes": True}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """What there is to practise; posted, it asks the next question."""
    officer = officer_of(request)
    search = _search(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        try:
            question = asking.ask(officer, search)
        except Invalid as error:
            messages.warning(request, error.message)
            return redirect(_address(search))
        return redirect(f"{reverse('casebook:question', args=[question.token])}?{search.query}".rstrip("?"))
    offered = asking.offer(officer, search)
    shown = [control for control in controls(search, officer) if control["name"] not in ("state", "q")]
    context = {"offer": offered, "search": search, "controls": shown, "progress": progress.of(officer)}
    return render(request, "casebook/practice.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """A question; once it is answered, its solution."""
    officer = officer_of(request)
    asked = asking.question_of(officer, token)
    if request.method == "POST":
        try:
            answering.answer(asked, officer, *_answer(request.POST))
        except Invalid as error:
            return _question(request, asked, error)
        return redirect(f"{reverse('casebook:question', args=[token])}?{_search(request.GET).query}".rstrip("?"))
    if asked.question.answered_at is None:
        return _question(request, asked)
    return _solution(request, asked)


@never_cache
@require_safe
def picture(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One picture of a question, by the question's token alone."""
    asked = asking.question_of(officer_of(request), token)
    if number >= len(asked.pairs):
        raise Http404
    response = HttpResponse(drawing.draw(*asked.pairs[number]), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@never_cache
@require_safe
def own_progress(request: HttpRequest) -> HttpResponse:
    """The officer's own progress."""
    found = progress.of(officer_of(request))
    return render(request, "casebook/progress.html", {"progress": found, "chart": _chart(found)})


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Delete the officer's own progress."""
    progress.forget(officer_of(request))
    messages.success(request, _("Your progress was deleted."))
    return redirect("casebook:practice")


def _search(data: QueryDict) -> Search:
    """The conditions of practising: those of the library, of what is released."""
    return dataclasses.replace(Search.of(data), state="", q="")


def _address(search: Search) -> str:
    return f"{reverse('casebook:practice')}?{search.query}".rstrip("?")


def _answer(data: QueryDict) -> tuple[bool | None, int, Box | None]:
    """Read an answer: the place from the pointer, or else from the grid; of a field, "2:B3" is B3 of the third picture.

    Raises `Invalid`.
    """
    objects = OBJECTS.get(data.get("objects", ""))
    wrong = Invalid(_("This place is not understood; mark it again."), field="place")
    try:
        if data.get("mark"):
            given = json.loads(data["mark"])
            place = Box(*(_share(given[name]) for name in "xywh"))
            return objects, int(given["picture"]), place
        if data.get("field"):
            number, _colon, name = data["field"].partition(":")
            return objects, int(number), scoring.field(name)
    except (ValueError, TypeError, KeyError) as error:
        raise wrong from error
    return objects, 0, None


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError
    return float(value)


def _question(request: HttpRequest, asked: Asked, fault: Invalid | None = None) -> HttpResponse:
    """The page says what an officer at a counter knows of a document, and nothing of what was found."""
    case = asked.case
    known = (
        label("issuer", case.issuer) if case.issuer else "",
        label("document_category", case.category) if case.category else "",
        " ".join(str(part) for part in (case.model_name, case.model_year) if part),
    )
    context = {
        "question": asked.question,
        "document": " · ".join(part for part in known if part),
        "pictures": _pictures(asked),
        "rows": _grid(),
        "fault": fault,
        "objects": request.POST.get("objects", ""),
        "query": _search(request.GET).query,
    }
    return render(request, "casebook/question.html", context, status=422 if fault else 200)


def _pictures(asked: Asked) -> list[dict[str, Any]]:
    """Light and canvas of each picture: the same for both sides."""
    found = []
    for number, (one, other) in enumerate(asked.pairs):
        width, height = drawing.canvas(one, other)
        address = reverse("casebook:picture", args=[asked.question.token, number])
        light = label("image_light", one.light)
        found.append({"number": number, "url": address, "width": width, "height": height, "light": light})
    return found


def _grid() -> list[list[str]]:
    fields = list(scoring.FIELDS)
    return [fields[at : at + scoring.COLUMNS] for at in range(0, len(fields), scoring.COLUMNS)]


def _solution(request: HttpRequest, asked: Asked) -> HttpResponse:
    context = {
        "question": asked.question,
        **telling.known(asked.case),
        "pictures": _solved(asked),
        "search": _search(request.GET),
        "withheld": 0,
    }
    return render(request, "casebook/solution.html", context)


def _solved(asked: Asked) -> list[showing.Picture]:
    """Both sides, what was found with its marks before its reference; the officer's mark on the one that was shown."""
    found: list[showing.Picture] = []
    for number, (one, other) in enumerate(asked.pairs):
        shown = _with_mark(asked, number, showing.picture(number + 1, one))
        pair = [shown] if other is None else [shown, showing.picture(number + 1, other)]
        found += pair if asked.question.shows_fraud else reversed(pair)
    return found


def _with_mark(asked: Asked, number: int, told: showing.Picture) -> showing.Picture:
    place = asked.question.place
    if place is None or place["picture"] != number:
        return told
    mark = Box(place["x"], place["y"], place["w"], place["h"]).within(drawing.frame(*asked.pairs[number]))
    mark = mark.widened(scoring.TOLERANCE / 2) if mark.is_point else mark
    own = {"x": mark.x, "y": mark.y, "w": mark.w, "h": mark.h, "label": _("Your mark"), "text": ""}
    return dataclasses.replace(told, regions=[*told.regions, own])


def _chart(found: progress.Progress) -> dict[str, Any]:
    """Right, falsely objected and missed, month by month."""
    return {
        "unit": _("Answers"),
        "type": "bar",
        "stacked": True,
        "categories": [month.name for month in found.months],
        "series": [
            {"name": _("Right"), "values": [month.right for month in found.months]},
            {"name": _("Objected without reason"), "values": [month.false for month in found.months]},
            {"name": _("Missed"), "values": [month.missed for month in found.months]},
        ],
    }

"""The questions for the person to read: on a screen, and on cards."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.protection import reading, wording
from limen.node.protection.printing import sheets
from limen.node.protection.questions import AGREE, DANGER, GROUPS, OPENING, REFER, WORDS
from limen.node.web.errors import Invalid, Refused


def language_for(request: HttpRequest, code: str) -> wording.Language:
    """The language, for who may screen. Raises `Refused`, `Http404`."""
    if not reading.may_screen(request.user):
        raise Refused(_("Officers who meet persons may begin a screening; your roles do not include it."))
    try:
        return wording.language_of(code)
    except Invalid as error:
        raise Http404 from error


@never_cache
@require_safe
def questions(request: HttpRequest, language: str) -> HttpResponse:
    """All questions, large, with the officer's language beside; no answer is on it, and no reference."""
    chosen = language_for(request, language)
    texts = wording.texts(chosen)
    groups = [("", [(text, texts[code]) for code, text in (*OPENING, AGREE, DANGER)])]
    groups += [(group.title, [(each.text, texts[each.code]) for each in group.questions]) for group in GROUPS]
    groups.append(("", [(REFER[1], texts[REFER[0]])]))
    context = {
        "language": chosen,
        "languages": wording.languages(),
        "groups": groups,
        "words": [(text, texts[code]) for code, text in WORDS],
        "unconfirmed": [text for text in texts.values() if not text.confirmed],
        "printable": sheets.printable(chosen),
        "keeps": reading.may_keep(request.user),
    }
    return render(request, "protection/questions.html", context)


@never_cache
@require_safe
def cards(request: HttpRequest, language: str) -> HttpResponse:
    """The cards as PDF, where there is a font for the script."""
    chosen = language_for(request, language)
    if not sheets.printable(chosen):
        raise Invalid(_("This node has no font that prints this script; show the questions on the screen."))
    response = HttpResponse(sheets.cards(chosen), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="questions-{chosen.code}.pdf"'
    return response

"""What an agency keeps for its officers: contacts of referral mechanisms, and texts that somebody vouches for."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limen.node.people.models import Agency, Officer
from limen.node.protection import contacts as keeping
from limen.node.protection import reading, wording
from limen.node.protection.models import Mechanism
from limen.node.protection.questions import SPOKEN
from limen.node.protection.views.showing import language_for
from limen.node.web.errors import Invalid, Refused


def _require_keeper(officer: Officer) -> None:
    if not reading.may_keep(officer):
        raise Refused(_("Coordinators and protection officers of the agency keep contacts and texts."))


@never_cache
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """All contacts of the agency, those that are no longer in use last."""
    _require_keeper(request.user)
    found = Mechanism.objects.select_related("partner").order_by("-is_active", "country", "name")[:200]
    return render(request, "protection/contacts.html", {"contacts": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, number: uuid.UUID | None = None) -> HttpResponse:
    """Enter a contact, or change one."""
    _require_keeper(request.user)
    stored = keeping.contact_of(str(number)) if number else None
    if request.method != "POST":
        return _contact(request, stored, _stored(stored))
    values = {name: request.POST.get(name, "").replace("\x00", "") for name in (*keeping.FIELDS, "partner")}
    values |= {name: request.POST.get(name, "") for name in ("for_children", "is_active")}
    try:
        keeping.keep(request.user, stored, values)
    except Invalid as error:
        return _contact(request, stored, values, error)
    messages.success(request, _("Saved."))
    return redirect("protection:contacts")


def _stored(contact: Mechanism | None) -> dict[str, Any]:
    if contact is None:
        return {"is_active": True}
    values = {name: getattr(contact, name) for name in (*keeping.FIELDS, "for_children", "is_active")}
    return values | {"partner": contact.partner.code if contact.partner else ""}


def _contact(
    request: HttpRequest, stored: Mechanism | None, values: dict[str, Any], fault: Invalid | None = None
) -> HttpResponse:
    labels = {name: Mechanism._meta.get_field(name).verbose_name for name in keeping.FIELDS}
    context = {
        "contact": stored,
        "values": values,
        "fields": [
            (name, labels[name], values.get(name, ""), longest)
            for name, longest in keeping.FIELDS.items()
            if name != "country"
        ],
        "country": (labels["country"], values.get("country", "")),
        "agencies": Agency.objects.filter(is_active=True),
        "wrong": fault.message if fault else "",
        "field": fault.field if fault else "",
    }
    return render(request, "protection/contact.html", context, status=422 if fault else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, language: str) -> HttpResponse:
    """Confirm texts, or put others in their place; an empty one shows ours again."""
    chosen = language_for(request, language)
    _require_keeper(request.user)
    if request.method == "POST":
        try:
            changed = _confirm(request, chosen)
        except Invalid as error:
            return _texts(request, chosen, error)
        messages.success(request, _("Saved.") if changed else _("Nothing was marked as confirmed."))
        return redirect("protection:texts", chosen.code)
    return _texts(request, chosen)


def _confirm(request: HttpRequest, language: wording.Language) -> int:
    marked = [code for code in request.POST.getlist("confirm") if code in SPOKEN]
    given = {code: request.POST.get(f"text-{code}", "").replace("\x00", "").strip() for code in marked}
    for code in [code for code, text in given.items() if not text]:
        wording.take_back(request.user, language, code)
    return wording.confirm(request.user, language, {code: text for code, text in given.items() if text}) or len(marked)


def _texts(request: HttpRequest, language: wording.Language, fault: Invalid | None = None) -> HttpResponse:
    shown = wording.texts(language)
    context = {
        "language": language,
        "languages": wording.languages(),
        "rows": [(text, shown[code]) for code, text in SPOKEN.items()],
        "wrong": fault.message if fault else "",
    }
    return render(request, "protection/texts.html", context, status=422 if fault else 200)

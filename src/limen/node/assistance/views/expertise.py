"""What the officer's agency and the officer know, and whether the officer is on duty."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.assistance import expertise as stating
from limen.node.assistance.models import Expertise
from limen.node.assistance.reading import EXAMINERS
from limen.node.assistance.views.common import officer_of
from limen.node.terms import choices, label
from limen.node.web.errors import Invalid, Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def expertise(request: HttpRequest) -> HttpResponse:
    """Two forms alike: of the agency as a whole, and of the officer."""
    officer = officer_of(request)
    if not officer.has_role(*EXAMINERS):
        raise Refused(_("Examiners and coordinators state what they know; ask one of your agency."))
    wrong = ""
    if request.method == "POST":
        sent: dict[str, Any] = {name: request.POST.getlist(name) for name in ("categories", "languages")}
        sent["issuers"] = [code for value in request.POST.getlist("issuers") for code in re.split(r"[,;]+", value)]
        try:
            stating.state(officer, sent, whole=request.POST.get("of") == "agency")
        except Invalid as error:
            wrong = error.message
        else:
            messages.success(request, _("Saved."))
            return redirect("assistance:expertise")
    forms = [
        _form("agency", officer.agency.name, stating.of_agency(officer)),
        _form("officer", officer.name, stating.of_officer(officer)),
    ]
    return render(request, "assistance/expertise.html", {"forms": forms, "wrong": wrong}, status=422 if wrong else 200)


@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    """Go on duty, or off."""
    row = stating.set_duty(officer_of(request), on_duty=request.POST.get("on_duty") == "1")
    messages.success(request, _("You are on duty.") if row.on_duty else _("You are off duty."))
    return redirect("assistance:list")


def _form(key: str, title: str, row: Expertise) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "issuers": ",".join(row.issuers),
        "selected": json.dumps([{"value": code, "label": label("issuer", code)} for code in row.issuers]),
        "categories": [(code, name, code in row.categories) for code, name in choices("document_category")],
        "languages": [(code, name, code in row.languages) for code, name in settings.LANGUAGES],
    }

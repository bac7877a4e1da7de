"""The style guide and the answers that its components need."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse_lazy
from django.utils.timezone import now

from limen.node.web.errors import Invalid, Refused
from limen.node.web.forms import CodeField, CodesField
from limen.node.web.styleguide import data
from limen.node.web.templatetags.limen import MARKINGS

SUGGEST = reverse_lazy("styleguide-suggest")


def _labels(codes: list[str]) -> list[dict[str, str]]:
    names = {code: name for code, name, *_ in data.PLACES}
    return [{"value": code, "label": names.get(code, code)} for code in codes]


class SampleForm(forms.Form):
    """Each kind of control once."""

    number = forms.CharField(label="Document number", help_text="As printed, without spaces.", max_length=20)
    place = CodeField(label="Place", url=SUGGEST, labels=_labels)
    others = CodesField(label="Also seen at", url=SUGGEST, labels=_labels, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), ("p", "Passport"), ("v", "Visa")])
    on = forms.DateField(label="Detected on", widget=forms.DateInput(attrs={"type": "date"}))
    line = forms.ChoiceField(
        label="Line", widget=forms.RadioSelect, choices=[("1", "First line"), ("2", "Second line"), ("3", "Third line")]
    )
    means = forms.MultipleChoiceField(
        label="Found by", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("uv", "Ultraviolet light"), ("chip", "Chip"), ("talk", "Interview")],
    )  # fmt: skip
    summary = forms.CharField(label="Summary", widget=forms.Textarea, required=False, help_text="No names or numbers.")
    facilitated = forms.BooleanField(label="A facilitator was involved", required=False)


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The style guide; with ?rtl it is laid out from right to left."""
    if request.GET.get("say"):
        messages.success(request, "The report was released to 6 agencies.")
        messages.error(request, "The image could not be read. Choose another one.")
    sent = SampleForm({"number": "", "others": "THBKK,VNSGN", "line": "2"})
    fresh = SampleForm(initial={"place": "THBKK", "others": ["MYKUL", "LKCMB"], "line": "1"})
    pages = Paginator(range(483), 25)
    context: dict[str, Any] = {
        "fresh": fresh,
        "sent": sent,
        "reports": data.REPORTS,
        "lights": data.LIGHTS.items(),
        "regions": json.dumps(data.REGIONS),
        "options": json.dumps([{"value": r["label"], "label": r["label"]} for r in data.REGIONS]),
        "markings": MARKINGS,
        "page": pages.get_page(request.GET.get("page", 7)),
        "bidi": "rtl" in request.GET,
        "entrance": "entrance" in request.GET,
    }
    return render(request, "web/styleguide.html", context)


@login_not_required
def suggest(request: HttpRequest) -> HttpResponse:
    """Places whose name or code has what was typed."""
    typed = request.GET.get("q", "").lower()
    found = [
        {"value": code, "label": name, "hint": hint}
        for code, name, hint, *_ in data.PLACES
        if typed in name.lower() or typed in code.lower()
    ]
    return JsonResponse(found, safe=False)


@login_not_required
def save(request: HttpRequest) -> HttpResponse:
    """Take what is sent and keep nothing of it; the number "bad" is not acceptable."""
    if request.POST.get("number") == "bad":
        raise Invalid("A document number has 5 to 20 characters.", "number")
    return JsonResponse({"saved_at": now().isoformat()})


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    """Refuse, whatever is asked."""
    raise Refused("Only an examiner may release this report.")


@login_not_required
def upload(request: HttpRequest) -> HttpResponse:
    """Show an uploaded picture's row."""
    file = request.FILES.get("image")
    if file is None:
        raise Invalid("Choose an image.", "image")
    return render(request, "web/styleguide_thumb.html", {"name": file.name})


@login_not_required
def chart(request: HttpRequest, kind: str) -> HttpResponse:
    """Figures of a chart."""
    return JsonResponse(data.chart(kind))


@login_not_required
def picture(request: HttpRequest, light: str) -> HttpResponse:
    """The invented data page in one light."""
    return HttpResponse(data.picture(light), content_type="image/svg+xml")


urlpatterns = [
    path("styleguide/", page, name="styleguide"),
    path("styleguide/suggest/", suggest, name="styleguide-suggest"),
    path("styleguide/save/", save, name="styleguide-save"),
    path("styleguide/refuse/", refuse, name="styleguide-refuse"),
    path("styleguide/upload/", upload, name="styleguide-upload"),
    path("styleguide/chart/<slug:kind>/", chart, name="styleguide-chart"),
    path("styleguide/picture/<slug:light>.svg", picture, name="styleguide-picture"),
]

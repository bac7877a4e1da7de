"""The officer's subscriptions."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.alerts.subscriptions import keeping
from limen.node.alerts.subscriptions.forms import SubscriptionForm
from limen.node.alerts.subscriptions.keeping import TERMS
from limen.node.alerts.subscriptions.models import CONDITIONS, Subscription
from limen.node.people.views.helping import NotDone, posted, telling
from limen.node.terms import label


@dataclass(frozen=True, slots=True)
class Row:
    """A subscription in words."""

    number: int
    conditions: list[tuple[str, str]]
    ways: str


@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    """List them, with what one is told of in any case."""
    shown = {
        "rows": [_row(row) for row in keeping.subscriptions_of(request.user)],
        "own_country": keeping.wants_own_country(request.user),
        "country": request.user.agency.country,
    }
    return render(request, "alerts/subscriptions.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make one; the address may hold conditions, such as `?issuers=UTO&methods=photo_substitution`."""
    asked = {name: request.GET.getlist(name) for name in CONDITIONS}
    return _edit(request, SubscriptionForm(posted(request), initial=asked))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change one."""
    row = keeping.subscription_of(request.user, number)
    known = {name: getattr(row, name) for name in (*CONDITIONS, "by_email", "by_push")}
    return _edit(request, SubscriptionForm(posted(request), initial=known), number)


def _edit(request: HttpRequest, form: SubscriptionForm, number: int | None = None) -> HttpResponse:
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                keeping.keep(request.user, form.cleaned_data, number)
            messages.success(request, _("Saved."))
            return redirect("alerts:subscriptions")
    except NotDone:
        pass
    shown = {"form": form, "number": number}
    return render(request, "alerts/subscription.html", shown, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one."""
    keeping.end(request.user, number)
    messages.success(request, _("The subscription was ended."))
    return redirect("alerts:subscriptions")


@require_POST
def own_country(request: HttpRequest) -> HttpResponse:
    """Switch the alerts about the own country on or off."""
    keeping.want_own_country(request.user, request.POST.get("wanted") == "1")
    messages.success(request, _("Saved."))
    return redirect("alerts:subscriptions")


def _row(row: Subscription) -> Row:
    meta = Subscription._meta
    said = [
        (str(meta.get_field(name).verbose_name), ", ".join(label(TERMS[name], code) for code in getattr(row, name)))
        for name in CONDITIONS
    ]
    return Row(row.pk, [(name, text) for name, text in said if text], _ways(row))


def _ways(row: Subscription) -> str:
    chosen = [
        str(Subscription._meta.get_field(name).verbose_name) for name in ("by_email", "by_push") if getattr(row, name)
    ]
    return ", ".join([*chosen, _("in the list of notices")])

"""Deciding on agreements: put to the parties, consented to, refused, taken back, halted, lifted, ended.

Each has a page that says what it does to records, before it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from limen.node.agreements import acting, effects, reading
from limen.node.agreements.views.listing import said
from limen.node.people.models import Officer
from limen.node.sharing.agreed import Agreement, Edition
from limen.node.web.errors import Invalid


@dataclass(frozen=True, slots=True)
class Doing:
    """One decision: its words, the right it takes (`reading.rights`), whether it asks why, what it is about."""

    title: str | Promise
    lead: str | Promise
    button: str | Promise
    right: str
    reason: bool = False
    danger: bool = False
    stops: bool | None = None
    """Whether records stop being told (True), begin to be (False), or neither."""


DOINGS = {
    "propose": Doing(
        gettext_lazy("Put it to the parties"),
        gettext_lazy("From then on it changes no more. It is in force when two officers of each party have consented."),
        gettext_lazy("Put it to the parties"),
        "may_edit",
        stops=False,
    ),
    "consent": Doing(
        gettext_lazy("Consent"),
        gettext_lazy("You agree for your agency. It takes two of its officers, one of them a coordinator."),
        gettext_lazy("Consent for my agency"),
        "may_consent",
        stops=False,
    ),
    "refuse": Doing(
        gettext_lazy("Refuse"),
        gettext_lazy("This edition ends here; the parties read why."),
        gettext_lazy("Refuse"),
        "may_refuse",
        reason=True,
        danger=True,
    ),
    "withdraw": Doing(
        gettext_lazy("Take it back"),
        gettext_lazy("This edition ends here; consents given to it are void."),
        gettext_lazy("Take it back"),
        "may_withdraw",
        danger=True,
    ),
    "halt": Doing(
        gettext_lazy("Halt the agreement"),
        gettext_lazy("Nothing is told under it from this second on, in no direction, until two officers lift it."),
        gettext_lazy("Halt it now"),
        "may_halt",
        reason=True,
        danger=True,
        stops=True,
    ),
    "lift": Doing(
        gettext_lazy("Lift the halt"),
        gettext_lazy("It takes two officers of your agency: the first asks, the second lifts it."),
        gettext_lazy("Lift the halt"),
        "decides",
    ),
    "end": Doing(
        gettext_lazy("End the agreement"),
        gettext_lazy("It ends for all parties and for good. What was copied before stays with those who have it."),
        gettext_lazy("End it for good"),
        "may_end",
        reason=True,
        danger=True,
        stops=True,
    ),
    "discard": Doing(
        gettext_lazy("Discard the draft"),
        gettext_lazy("What was written is deleted."),
        gettext_lazy("Discard the draft"),
        "may_edit",
        danger=True,
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str, doing: str) -> HttpResponse:
    """Say what a decision does; a post does it."""
    officer: Officer = request.user
    agreement = reading.agreement_of(reference)
    edition = reading.open_edition(agreement)
    what = DOINGS.get(doing)
    if what is None or not reading.rights(agreement, edition, officer)[what.right]:
        raise Http404
    wrong = ""
    if request.method == "POST":
        try:
            return _done(request, agreement, edition, doing)
        except Invalid as error:
            wrong = error.message
    context = {
        "agreement": agreement,
        "doing": what,
        "said": said(edition) if edition and what.stops is not True and doing != "lift" else None,
        "effects": _effects(what, agreement, edition, officer),
        "wrong": wrong,
    }
    return render(request, "agreements/decide.html", context, status=422 if wrong else 200)


def _effects(
    what: Doing, agreement: Agreement, edition: Edition | None, officer: Officer
) -> list[effects.Effect] | None:
    if what.stops is None:
        return None
    return effects.of_stopping(agreement, officer) if what.stops else effects.of_edition(_open(edition), officer)


def _done(request: HttpRequest, agreement: Agreement, edition: Edition | None, doing: str) -> HttpResponse:
    officer: Officer = request.user
    reason = request.POST.get("reason", "")
    actions: dict[str, Callable[[], Any]] = {
        "propose": lambda: acting.propose(_open(edition), officer),
        "consent": lambda: acting.consent(_open(edition), officer),
        "refuse": lambda: acting.refuse(_open(edition), officer, reason),
        "withdraw": lambda: acting.withdraw(_open(edition), officer),
        "halt": lambda: acting.halt(agreement, officer, reason),
        "lift": lambda: acting.lift(agreement, officer),
        "end": lambda: acting.end(agreement, officer, reason),
        "discard": lambda: acting.discard(_open(edition), officer),
    }
    result = actions[doing]()
    messages.success(request, _told(doing, result))
    return redirect("agreements:list") if doing == "discard" else redirect("agreements:show", agreement.reference)


def _told(doing: str, result: Any) -> str:
    if doing == "consent":
        return _("Agreed: every party has consented.") if result else _("You have consented for your agency.")
    if doing == "lift":
        return _("The halt is lifted.") if result else _("Asked; a second person of your agency now lifts the halt.")
    return {
        "propose": _("The parties can consent now."),
        "refuse": _("The edition was refused."),
        "withdraw": _("The edition was taken back."),
        "halt": _("The agreement is halted."),
        "end": _("The agreement has ended."),
        "discard": _("The draft was discarded."),
    }[doing]


def _open(edition: Edition | None) -> Edition:
    if edition is None:
        raise Http404
    return edition

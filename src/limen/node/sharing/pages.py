"""Releasing a record: proposed with a preview of who will see what, decided by a second person, recalled.

The same pages for every kind of record (`kinds.py`); `release_urls` gives an app the addresses below its own.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.people.models import Officer, Role
from limen.node.sharing import policy, releasing, rules
from limen.node.sharing.kinds import RELEASERS, Kind, kind_of, kinds
from limen.node.sharing.models import Decision, Release, Shareable, State
from limen.node.sharing.reasons import BASES
from limen.node.sharing.recipients import Choice, classes_in_words, offer
from limen.node.web.errors import Invalid, Refused


def release_urls(label: str, before: str) -> list[URLPattern]:
    """The addresses of a release; `before` is a record's own, such as `reports/<ref:reference>/`."""
    kind = {"label": label}
    return [
        path(f"{before}release/", propose, kind, name="release"),
        path(f"{before}release/preview/", preview, kind, name="preview"),
        path(f"{before}release/approve/", approve, kind, name="approve"),
        path(f"{before}release/refuse/", refuse, kind, name="refuse"),
        path(f"{before}release/withdraw/", withdraw, kind, name="withdraw"),
        path(f"{before}recall/", recall, kind, name="recall"),
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, label: str, reference: str) -> HttpResponse:
    """Choose whom a record is for; while a proposal waits, see it and decide."""
    kind, record = _own(request, label, reference)
    if (waiting := releasing.open_release(record)) is not None:
        return _waiting(request, kind, record, waiting)
    if record.state == State.RELEASED:
        return redirect(kind.url("show", record))
    if not _officer(request).has_role(*kind.proposers):
        raise Refused(_("Your role does not allow this; ask a coordinator of your agency."))
    if request.method != "POST":
        return _form(request, kind, record, request.GET if "marking" in request.GET else QueryDict(kind.start(record)))
    if "preview" in request.POST:
        return _form(request, kind, record, request.POST)
    return _proposed(request, kind, record)


@never_cache
@require_safe
def preview(request: HttpRequest, label: str, reference: str) -> HttpResponse:
    """Who would see what, before anything happens."""
    kind, record = _own(request, label, reference)
    try:
        context = _preview(kind, record, Choice.of(request.GET))
    except Invalid as error:
        context = {"wrong": error.message}
    return render(request, "sharing/preview.html", context | {"record": record})


@require_POST
def approve(request: HttpRequest, label: str, reference: str) -> HttpResponse:
    """Release what somebody else proposed."""
    kind, record = _own(request, label, reference)
    releasing.approve(record, _proposal(request, record), _officer(request), request.POST.get("comment", ""))
    messages.success(request, _("%(reference)s was released.") % {"reference": record})
    return redirect(kind.url("show", record))


@require_POST
def refuse(request: HttpRequest, label: str, reference: str) -> HttpResponse:
    """Send a proposal back, saying why."""
    kind, record = _own(request, label, reference)
    waiting = _proposal(request, record)
    try:
        releasing.refuse(record, waiting, _officer(request), request.POST.get("comment", ""))
    except Invalid as error:
        return _waiting(request, kind, record, waiting, error.message)
    messages.success(request, _("%(reference)s was sent back.") % {"reference": record})
    return redirect("queue")


@require_POST
def withdraw(request: HttpRequest, label: str, reference: str) -> HttpResponse:
    """Take one's own proposal back."""
    kind, record = _own(request, label, reference)
    releasing.withdraw(record, _proposal(request, record), _officer(request))
    messages.success(request, _("The proposal was taken back; it is a draft again."))
    return redirect(kind.url("show", record))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, label: str, reference: str) -> HttpResponse:
    """Take a released record back, saying why."""
    kind, record = _own(request, label, reference)
    wrong = ""
    if request.method == "POST":
        try:
            releasing.recall(record, _officer(request), request.POST.get("reason", ""))
        except Invalid as error:
            wrong = error.message
        else:
            messages.success(request, _("%(reference)s was recalled.") % {"reference": record})
            return redirect(kind.url("show", record))
    elif record.state != State.RELEASED:
        return redirect(kind.url("show", record))
    context = {"recipients": recipients_of(policy.described(record.audience)), "wrong": wrong}
    return _page(request, "sharing/recall.html", kind, record, context)


@require_safe
def recipients(request: HttpRequest, kind: str) -> HttpResponse:
    """Suggest agencies, or officers, to whoever may propose a release of any kind."""
    officer = _officer(request)
    if kind not in ("agency", "officer") or not officer.has_role(
        *{role for each in kinds() for role in each.proposers}
    ):
        raise Http404
    return JsonResponse(offer(kind, request.GET.get("q", "").replace("\x00", "").strip()[:80], officer), safe=False)


def recipients_of(audience: rules.Audience) -> list[dict[str, Any]]:
    """Who sees what, in words."""
    return [
        {
            "agency": each.agency,
            "owner": each.agency.pk == audience.owner,
            "classes": classes_in_words(each.classes),
            "why": ", ".join(str(BASES[basis]) for basis in each.bases),
            "officers": each.officers,
            "roles": [
                {"role": dict(Role.choices).get(role, role), "classes": classes_in_words(classes), "count": count}
                for role, classes, count in each.roles
            ],
        }
        for each in policy.preview(audience)
    ]


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.user
    return officer


def _own(request: HttpRequest, label: str, reference: str) -> tuple[Kind, Any]:
    """A record of the officer's own agency; others' are as absent here as those that do not exist."""
    kind = kind_of(label)
    record = kind.find(reference)
    if record.owner_id != _officer(request).agency_id:
        raise Http404
    return kind, record


def _proposal(request: HttpRequest, record: Shareable) -> Release:
    """The proposal that the officer looked at. Raises `Refused` where it is not the one that waits."""
    waiting = releasing.open_release(record)
    if waiting is None or str(waiting.pk) != request.POST.get("release", ""):
        raise Refused(_("This proposal was already decided."))
    return waiting


def _proposed(request: HttpRequest, kind: Kind, record: Any) -> HttpResponse:
    try:
        choice = Choice.of(request.POST)
        made = releasing.propose(record, _officer(request), choice.audience(record.owner_id, kind.label), choice.basis)
    except Invalid as error:
        return _form(request, kind, record, request.POST, error)
    if made.decision == Decision.APPROVED:
        messages.success(request, _("%(reference)s was released.") % {"reference": record})
    else:
        messages.success(request, _("Proposed; a second person of your agency now approves it or sends it back."))
    return redirect(kind.url("show", record))


def _form(request: HttpRequest, kind: Kind, record: Any, data: QueryDict, fault: Invalid | None = None) -> HttpResponse:
    try:
        choice = Choice.of(data)
    except Invalid as error:
        fault, choice = error, Choice.of(QueryDict(kind.start(record)))
    context = {
        "choice": choice,
        "missing": kind.missing(record),
        "wrong": fault.message if fault else "",
        "field": fault.field if fault else None,
        **_preview(kind, record, choice),
    }
    return _page(request, "sharing/release.html", kind, record, context)


def _preview(kind: Kind, record: Any, choice: Choice) -> dict[str, Any]:
    audience = choice.audience(record.owner_id, kind.label)
    if audience.is_private:
        return {"recipients": [], "private": True}
    return {
        "recipients": recipients_of(audience),
        "asks": policy.asks(releasing.reaching(record, audience)),
        "unfit": kind.unfit(record, audience),
        "two": releasing.needs_two(record, audience),
        "always": kind.always_two,
        "copied": audience.marking.may_be_copied,
    }


def _waiting(request: HttpRequest, kind: Kind, record: Any, waiting: Release, wrong: str = "") -> HttpResponse:
    officer = _officer(request)
    audience = policy.described(waiting.audience)
    two = releasing.needs_two(record, audience)
    own = waiting.proposed_by_id == officer.pk
    releases = officer.has_role(*RELEASERS)
    context = {
        "release": waiting,
        "recipients": recipients_of(audience),
        "asks": policy.asks(audience),
        "two": two,
        "own": own,
        "may_approve": releases and not (own and two),
        "may_refuse": releases,
        "may_withdraw": officer.has_role(*kind.proposers) and (own or record.author_id == officer.pk or releases),
        "wrong": wrong,
    }
    return _page(request, "sharing/waiting.html", kind, record, context)


_ADDRESSES = ("show", "edit", "release", "preview", "approve", "refuse", "withdraw", "recall")


def _page(request: HttpRequest, template: str, kind: Kind, record: Any, context: dict[str, Any]) -> HttpResponse:
    urls = {name: kind.url(name, record) for name in _ADDRESSES} | {"queue": reverse("queue")}
    status = 422 if context["wrong"] else 200
    return render(request, template, context | {"record": record, "kind": kind, "urls": urls}, status=status)

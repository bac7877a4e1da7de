"""Releasing a report: proposed with a preview of who will see what, decided by a second person, recalled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.people.models import Officer, Role
from limen.node.reports import reading, release, telling
from limen.node.reports.models import Report
from limen.node.reports.recipients import Choice, classes_in_words, offer
from limen.node.reports.views.common import officer_of
from limen.node.sharing import policy, releasing, rules
from limen.node.sharing.models import Decision, Release, State
from limen.node.web.errors import Invalid, Refused

START = "marking=green&community=1"
"""What the form proposes: statistical data for the community."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose whom a report is for; while a proposal waits, see it and decide."""
    report = _own(request, reference)
    if (waiting := releasing.open_release(report)) is not None:
        return _waiting(request, report, waiting)
    if report.state == State.RELEASED:
        return redirect("reports:show", report.reference)
    if not officer_of(request).has_role(*releasing.PROPOSERS):
        raise Refused(_("Your role does not allow this; ask a coordinator of your agency."))
    if request.method != "POST":
        return _form(request, report, request.GET if "marking" in request.GET else QueryDict(START))
    if "preview" in request.POST:
        return _form(request, report, request.POST)
    return _proposed(request, report)


@never_cache
@require_safe
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Who would see what, before anything happens."""
    report = _own(request, reference)
    try:
        context = _preview(report, Choice.of(request.GET))
    except Invalid as error:
        context = {"wrong": error.message}
    return render(request, "reports/preview.html", context | {"report": report})


@require_POST
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Release what somebody else proposed."""
    report = _own(request, reference)
    releasing.approve(report, _proposal(request, report), officer_of(request), request.POST.get("comment", ""))
    messages.success(request, _("%(reference)s was released.") % {"reference": report.reference})
    return redirect("reports:show", report.reference)


@require_POST
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a proposal back, saying why."""
    report = _own(request, reference)
    waiting = _proposal(request, report)
    try:
        releasing.refuse(report, waiting, officer_of(request), request.POST.get("comment", ""))
    except Invalid as error:
        return _waiting(request, report, waiting, error.message)
    messages.success(request, _("%(reference)s was sent back.") % {"reference": report.reference})
    return redirect("reports:queue")


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one's own proposal back."""
    report = _own(request, reference)
    releasing.withdraw(report, _proposal(request, report), officer_of(request))
    messages.success(request, _("The proposal was taken back; the report is a draft again."))
    return redirect("reports:show", report.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a released report back, saying why."""
    report = _own(request, reference)
    wrong = ""
    if request.method == "POST":
        try:
            releasing.recall(report, officer_of(request), request.POST.get("reason", ""))
        except Invalid as error:
            wrong = error.message
        else:
            messages.success(request, _("%(reference)s was recalled.") % {"reference": report.reference})
            return redirect("reports:show", report.reference)
    elif report.state != State.RELEASED:
        return redirect("reports:show", report.reference)
    context = {"report": report, "recipients": _recipients(policy.described(report.audience)), "wrong": wrong}
    return render(request, "reports/recall.html", context, status=422 if wrong else 200)


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision: first what this officer can decide, then what this officer proposed."""
    officer = officer_of(request)
    waiting = [_entry(each) for each in _open(officer)]
    waiting = [each for each in waiting if each["report"] is not None]
    mine = [each for each in waiting if each["release"].proposed_by_id == officer.pk]
    others = [each for each in waiting if each not in mine]
    context = {
        "mine": mine,
        "others": others,
        "decides": officer.has_role(*releasing.RELEASERS),
        "decided": [_entry(each) for each in _decided(officer)],
    }
    return render(request, "reports/queue.html", context)


@require_safe
def recipients(request: HttpRequest, kind: str) -> HttpResponse:
    """Suggest agencies, or officers, to whoever may propose a release."""
    officer = officer_of(request)
    if kind not in ("agency", "officer") or not officer.has_role(*releasing.PROPOSERS):
        raise Http404
    return JsonResponse(offer(kind, request.GET.get("q", "").replace("\x00", "").strip()[:80], officer), safe=False)


def _own(request: HttpRequest, reference: str) -> Report:
    """A report of the officer's own agency; others' are as absent here as those that do not exist."""
    report = reading.report_of(reference)
    if report.owner_id != officer_of(request).agency_id:
        raise Http404
    return report


def _proposal(request: HttpRequest, report: Report) -> Release:
    """The proposal that the officer looked at. Raises `Refused` where it is not the one that waits."""
    waiting = releasing.open_release(report)
    if waiting is None or str(waiting.pk) != request.POST.get("release", ""):
        raise Refused(_("This proposal was already decided."))
    return waiting


def _proposed(request: HttpRequest, report: Report) -> HttpResponse:
    try:
        choice = Choice.of(request.POST)
        made = release.propose(report, officer_of(request), choice.audience(report.owner_id), choice.basis)
    except Invalid as error:
        return _form(request, report, request.POST, error.message, error.field)
    if made.decision == Decision.APPROVED:
        messages.success(request, _("%(reference)s was released.") % {"reference": report.reference})
    else:
        messages.success(request, _("Proposed; a second person of your agency now approves it or sends it back."))
    return redirect("reports:show", report.reference)


def _form(
    request: HttpRequest, report: Report, data: QueryDict, wrong: str = "", field: str | None = None
) -> HttpResponse:
    try:
        choice = Choice.of(data)
    except Invalid as error:
        wrong, field, choice = error.message, error.field, Choice.of(QueryDict(START))
    context = {
        "report": report,
        "choice": choice,
        "missing": release.missing(report),
        "wrong": wrong,
        "field": field,
        **_preview(report, choice),
    }
    return render(request, "reports/release.html", context, status=422 if wrong else 200)


def _preview(report: Report, choice: Choice) -> dict[str, Any]:
    audience = choice.audience(report.owner_id)
    if audience.is_private:
        return {"recipients": [], "private": True}
    return {
        "recipients": _recipients(audience),
        "two": policy.needs_two(audience, report.owner),
        "copied": audience.marking.may_be_copied,
    }


def _recipients(audience: rules.Audience) -> list[dict[str, Any]]:
    """Who sees what, in words."""
    return [
        {
            "agency": each.agency,
            "owner": each.agency.pk == audience.owner,
            "classes": classes_in_words(each.classes),
            "officers": each.officers,
            "roles": [
                {"role": dict(Role.choices).get(role, role), "classes": classes_in_words(classes), "count": count}
                for role, classes, count in each.roles
            ],
        }
        for each in policy.preview(audience)
    ]


def _waiting(request: HttpRequest, report: Report, waiting: Release, wrong: str = "") -> HttpResponse:
    officer = officer_of(request)
    audience = policy.described(waiting.audience)
    two = policy.needs_two(audience, report.owner)
    own = waiting.proposed_by_id == officer.pk
    releases = officer.has_role(*releasing.RELEASERS)
    context = {
        "report": report,
        "release": waiting,
        "recipients": _recipients(audience),
        "two": two,
        "own": own,
        "may_approve": releases and not (own and two),
        "may_refuse": releases,
        "may_withdraw": officer.has_role(*releasing.PROPOSERS) and (own or report.author_id == officer.pk or releases),
        "wrong": wrong,
    }
    return render(request, "reports/waiting.html", context, status=422 if wrong else 200)


def _open(officer: Officer) -> list[Release]:
    rows = Release.objects.filter(kind="reports", owner=officer.agency, decision=Decision.OPEN)
    return list(rows.select_related("audience", "proposed_by").order_by("proposed_at")[:200])


def _decided(officer: Officer) -> list[Release]:
    rows = Release.objects.filter(kind="reports", owner=officer.agency).exclude(decision=Decision.OPEN)
    return list(rows.select_related("audience", "proposed_by", "decided_by").order_by("-decided_at")[:20])


def _entry(each: Release) -> dict[str, Any]:
    report = reading.reports().filter(pk=each.record).first()
    return {
        "release": each,
        "report": report,
        "headline": telling.headline(report) if report else "",
        "classes": classes_in_words(policy.described(each.audience).classes),
    }

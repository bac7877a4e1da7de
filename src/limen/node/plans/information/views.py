"""Pages of information requests: asking, answering, approving."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.plans import reading as plans
from limen.node.plans import rights as of_plans
from limen.node.plans.information import answering, asking, reading
from limen.node.plans.information.asking import Wanted, subject_of
from limen.node.plans.information.models import (
    CLASSES,
    Ground,
    InformationItem,
    InformationReply,
    InformationRequest,
    ReplyStage,
    RequestStage,
    Sort,
    Verdict,
)
from limen.node.plans.models import Plan, Stage
from limen.node.web.errors import Invalid, Refused

NEW_ROWS = 2
"""Empty items in the form of a request."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask another agency of the plan."""
    officer: Officer = request.user
    plan = plans.find(reference)
    if not plans.is_inside(plan, officer):
        raise Http404
    if plan.stage != Stage.RUNNING or not of_plans.may_act(plan, officer):
        raise Refused(_("Examiners, analysts and coordinators of the agencies in a plan do this, while it runs."))
    if request.method != "POST":
        return _form(request, plan, {}, [])
    wanted = _wanted(request.POST)
    try:
        made = asking.begin(officer, plan, _agency(request.POST), request.POST, wanted)
    except Invalid as fault:
        return _form(request, plan, request.POST, wanted, fault)
    return redirect("plans:information", made.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """The draft's form; a post saves it."""
    officer: Officer = request.user
    found = reading.find(number)
    if not reading.rights(found, officer)["may_edit"]:
        raise Http404
    if request.method != "POST":
        values = {
            "asked": found.asked.code,
            "subject": found.subject,
            "basis": found.basis,
            "wanted_by": found.wanted_by.isoformat() if found.wanted_by else "",
        }
        wanted = [
            Wanted(
                each.item.sort,
                each.item.asked,
                each.item.why,
                each.item.field_class,
                each.detail.text if each.detail else "",
            )
            for each in reading.items(found)
        ]
        return _form(request, found, values, wanted)
    wanted = _wanted(request.POST)
    try:
        asking.write(found, officer, _agency(request.POST), request.POST, wanted)
    except Invalid as fault:
        return _form(request, found, request.POST, wanted, fault)
    messages.success(request, _("Saved."))
    return redirect("plans:information", found.reference)


@never_cache
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One request: what is asked, what was answered; to the asked side also what is being prepared."""
    return _shown(request, reading.find(number))


@require_POST
def do(request: HttpRequest, number: str, doing: str) -> HttpResponse:
    """One step of a request or of its reply."""
    officer: Officer = request.user
    found = reading.find(number)
    reason = request.POST.get("reason", "")
    steps: dict[str, Callable[[], Any]] = {
        "send": lambda: asking.send(found, officer),
        "confirm": lambda: asking.confirm(found, officer),
        "return": lambda: asking.take_back(found, officer),
        "discard": lambda: asking.discard(found, officer),
        "close": lambda: asking.end(found, officer, RequestStage.CLOSED, reason),
        "withdraw": lambda: asking.end(found, officer, RequestStage.WITHDRAWN, reason),
        "answer": lambda: answering.begin(found, officer),
        "propose": lambda: answering.propose(_open(found), officer),
        "unpropose": lambda: answering.send_back(_open(found), officer, reason),
        "release": lambda: answering.release(_open(found), officer),
        "drop": lambda: answering.discard(_open(found), officer),
        "recall": lambda: answering.recall(_released(found, request.POST.get("reply", "")), officer, reason),
    }
    if doing not in steps:
        raise Http404
    try:
        result = steps[doing]()
    except Invalid as fault:
        return _shown(request, found, fault)
    messages.success(request, _told(doing, result))
    if doing == "discard":
        return redirect("plans:show", found.plan.reference)
    return redirect(
        "plans:information_reply" if doing in ("answer", "unpropose") else "plans:information", found.reference
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, number: str) -> HttpResponse:
    """The reply in preparation, item by item; a post saves its basis and its note."""
    found, prepared = _preparing(request, number)
    if request.method != "POST":
        return _reply_form(request, found, prepared)
    try:
        answering.write(prepared, request.user, request.POST.get("basis", ""), request.POST.get("note", ""))
    except Invalid as fault:
        return _reply_form(request, found, prepared, fault)
    messages.success(request, _("Saved."))
    return redirect("plans:information_reply", found.reference)


@require_POST
def item(request: HttpRequest, number: str, item: int) -> HttpResponse:
    """What becomes of one item, or a record that it leads to."""
    officer: Officer = request.user
    found, prepared = _preparing(request, number)
    wanted = _item(found, item)
    try:
        if "unlink" in request.POST:
            answering.unlink(prepared, officer, wanted, request.POST["unlink"])
        elif "add_link" in request.POST:
            answering.link(prepared, officer, wanted, request.POST.get("link", ""))
        else:
            answering.decide(prepared, officer, wanted, request.POST, request.FILES.get("file"))
    except Invalid as fault:
        return _reply_form(request, found, prepared, fault, wanted.position)
    messages.success(request, _("Saved."))
    return redirect("plans:information_reply", found.reference)


@require_POST
def withhold(request: HttpRequest, number: str, item: int) -> HttpResponse:
    """The approving officer withholds one item more."""
    found = reading.find(number)
    try:
        answering.withhold(_open(found), request.user, _item(found, item), request.POST)
    except Invalid as fault:
        return _shown(request, found, fault)
    messages.success(request, _("Saved."))
    return redirect("plans:information", found.reference)


@never_cache
@require_safe
def file(request: HttpRequest, number: str, content: uuid.UUID) -> HttpResponse:
    """A file that is told; recorded."""
    found = reading.find(number)
    held = reading.content_of(found, content)
    log("information.file_read", subject=subject_of(found))
    response = FileResponse(held.file.open(), as_attachment=True, filename=held.file_name or found.reference)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(request: HttpRequest, found: InformationRequest, fault: Invalid | None = None) -> HttpResponse:
    officer: Officer = request.user
    prepared = reading.open_reply(found) if found.asked_id == officer.agency_id else None
    told = [
        {"reply": each, "answers": reading.answers(found, each, officer) if each.stage == ReplyStage.RELEASED else []}
        for each in reading.told_replies(found)
    ]
    context = {
        "request_": found,
        "plan": found.plan,
        "standing": reading.standing(found, officer),
        "items": reading.items(found),
        "repeated": prepared is not None or any(each["answers"] for each in told),
        "prepared": prepared,
        "answers": reading.answers(found, prepared, officer) if prepared else [],
        "missing": answering.missing(found, prepared, officer)
        if prepared and prepared.stage == ReplyStage.DRAFT
        else [],
        "told": told,
        "needs_two": asking.needs_two(found) if found.stage == RequestStage.DRAFT else False,
        "grounds": Ground.choices,
        "wrong": fault.message if fault else "",
        **reading.rights(found, officer),
    }
    return render(request, "plans/information/show.html", context, status=422 if fault else 200)


def _form(
    request: HttpRequest, at: Plan | InformationRequest, values: Any, wanted: list[Wanted], fault: Invalid | None = None
) -> HttpResponse:
    plan, found = (at, None) if isinstance(at, Plan) else (at.plan, at)
    context = {
        "plan": plan,
        "request_": found,
        "agencies": reading.partners_to_ask(plan, request.user),
        "values": {name: values.get(name, "") for name in ("asked", "subject", "basis", "wanted_by")},
        "rows": [*wanted, *[Wanted("document", "", "")] * (1 if wanted else NEW_ROWS)][: asking.MOST_ITEMS],
        "sorts": Sort.choices,
        "classes": CLASSES,
        "wrong": fault.message if fault else "",
        "field": fault.field if fault else None,
    }
    return render(request, "plans/information/edit.html", context, status=422 if fault else 200)


def _reply_form(
    request: HttpRequest,
    found: InformationRequest,
    prepared: InformationReply,
    fault: Invalid | None = None,
    at: int = -1,
) -> HttpResponse:
    officer: Officer = request.user
    context = {
        "request_": found,
        "plan": found.plan,
        "reply": prepared,
        "answers": reading.answers(found, prepared, officer),
        "missing": answering.missing(found, prepared, officer),
        "verdicts": Verdict.choices,
        "grounds": Ground.choices,
        "classes": CLASSES,
        "wrong": fault.message if fault else "",
        "at": at,
        "posted": request.POST if fault else {},
    }
    return render(request, "plans/information/reply.html", context, status=422 if fault else 200)


def _preparing(request: HttpRequest, number: str) -> tuple[InformationRequest, InformationReply]:
    """The request and its draft of a reply, for who may prepare it. Raises `Http404`."""
    found = reading.find(number)
    if not reading.rights(found, request.user)["may_prepare"]:
        raise Http404
    return found, _open(found)


def _open(found: InformationRequest) -> InformationReply:
    prepared = reading.open_reply(found)
    if prepared is None:
        raise Http404
    return prepared


def _released(found: InformationRequest, number: str) -> InformationReply:
    row = next((each for each in found.replies.filter(stage=ReplyStage.RELEASED) if str(each.uid) == number), None)
    if row is None:
        raise Http404
    return row


def _item(found: InformationRequest, number: int) -> InformationItem:
    row = found.items.filter(position=number).first()
    if row is None:
        raise Http404
    return row


def _agency(data: QueryDict) -> Agency | None:
    return Agency.objects.filter(code=data.get("asked", "")[:24], is_active=True).first()


def _wanted(data: QueryDict) -> list[Wanted]:
    """The items of the form; rows without a word are left out."""
    columns = [data.getlist(name) for name in ("sort", "item", "why", "field_class", "detail")]
    rows = [
        Wanted(sort, asked.strip(), why.strip(), int(number) if number in ("0", "1", "2", "3") else -1, detail.strip())
        for sort, asked, why, number, detail in zip(*columns, strict=False)
    ]
    return [each for each in rows if each.asked or each.why or each.detail]


def _told(doing: str, result: Any) -> str:
    if doing == "send":
        return _("The request is sent.") if result else _("A second person of your agency now sends it.")
    return {
        "confirm": _("The request is sent."),
        "return": _("Saved."),
        "discard": _("The draft was discarded."),
        "close": _("Saved."),
        "withdraw": _("Saved."),
        "answer": _("Saved."),
        "propose": _("An approving officer of your agency now releases it."),
        "unpropose": _("Saved."),
        "release": _("The reply is released."),
        "drop": _("The draft was discarded."),
        "recall": _("Saved."),
    }[doing]

"""Pages of joint operation days: setting up, counting, the sheet."""

from __future__ import annotations

import csv
import hashlib
import io
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.plans import reading as plans
from limen.node.plans.days import acting, reading
from limen.node.plans.days.models import Counted, OperationDay, Post
from limen.node.plans.models import Plan
from limen.node.reports.exporting.as_csv import safe
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import Marking
from limen.node.web.errors import Invalid, Refused

FIELDS = ("title", "first_on", "last_on", "hours", "looked_for")
LIVE_SECONDS = 4


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Set up a day."""
    plan = plans.find(reference)
    if not plans.is_inside(plan, request.user):
        raise Http404
    if not reading.may_make(plan, request.user):
        raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
    if request.method != "POST":
        return _form(request, plan, None, {})
    try:
        day = acting.make(plan, request.user, request.POST)
    except Invalid as fault:
        return _form(request, plan, None, request.POST, fault)
    return redirect("plans:day", plan.reference, day.number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change an open day."""
    day = reading.day_of(reference, number)
    if not reading.rights(day, request.user)["may_edit"]:
        raise Http404
    if request.method != "POST":
        values = {name: getattr(day, name) for name in FIELDS}
        values |= {name: values[name].isoformat() for name in ("first_on", "last_on")}
        return _form(request, day.plan, day, values)
    try:
        acting.change(day, request.user, request.POST)
    except Invalid as fault:
        return _form(request, day.plan, day, request.POST, fault)
    messages.success(request, _("Saved."))
    return redirect("plans:day", day.plan.reference, day.number)


@never_cache
@require_safe
def show(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A day: what is looked for, the posts, what was counted until now."""
    return _shown(request, reading.day_of(reference, number))


@never_cache
@require_safe
def live(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The figures alone; nothing (204) where they are those that the page has, which spares a weak link."""
    context = _figures(reading.day_of(reference, number))
    if request.GET.get("have", "") == context["digest"]:
        return HttpResponse(status=204)
    return render(request, "plans/days/figures.html", context)


@require_POST
def add_post(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Set up a post."""
    day, officer = reading.day_of(reference, number), request.user
    agency = Agency.objects.filter(code=request.POST.get("agency", officer.agency.code)[:24]).first() or officer.agency
    try:
        acting.add_post(day, officer, agency, request.POST.get("place", ""), request.POST.get("name", ""))
    except Invalid as fault:
        return _shown(request, day, fault)
    return redirect("plans:day", day.plan.reference, day.number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, reference: str, number: int, post: uuid.UUID) -> HttpResponse:
    """Count at a post, with large buttons; a script sends each press by itself, a form does without."""
    day = reading.day_of(reference, number)
    at = reading.post_of(day, post)
    if request.method != "POST":
        return _counting(request, day, at)
    amount = request.POST.get("amount", "1")
    try:
        acting.count(
            at,
            request.user,
            request.POST.get("what", ""),
            int(amount) if amount.isascii() and amount.isdecimal() and len(amount) < 6 else 0,
            request.POST.get("press", ""),
        )
    except Invalid as fault:
        if "json" in request.headers.get("Accept", ""):
            raise
        return _counting(request, day, at, fault)
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse({"figures": reading.of_post(at)})
    return redirect("plans:day_post", day.plan.reference, day.number, at.uid)


@require_POST
def correct(request: HttpRequest, reference: str, number: int, post: uuid.UUID) -> HttpResponse:
    """Take off, or add afterwards, what was counted wrong."""
    day = reading.day_of(reference, number)
    at = reading.post_of(day, post)
    typed, less = request.POST.get("amount", ""), request.POST.get("way", "less") != "more"
    amount = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0
    try:
        acting.correct(
            at,
            request.user,
            request.POST.get("what", ""),
            -amount if less else amount,
            request.POST.get("reason", ""),
        )
    except Invalid as fault:
        return _counting(request, day, at, fault)
    messages.success(request, _("Saved."))
    return redirect("plans:day_post", day.plan.reference, day.number, at.uid)


@require_POST
def stand_down(request: HttpRequest, reference: str, number: int, post: uuid.UUID) -> HttpResponse:
    """Close a post."""
    day = reading.day_of(reference, number)
    acting.stand_down(day, request.user, reading.post_of(day, post))
    return redirect("plans:day", day.plan.reference, day.number)


@require_POST
def close(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Close a day."""
    day = reading.day_of(reference, number)
    acting.close(day, request.user)
    messages.success(request, _("Saved."))
    return redirect("plans:day", day.plan.reference, day.number)


@never_cache
@require_safe
def as_csv(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The day's sheet as a file, for who may take the plan off the screen: RFC 4180, a note first."""
    officer: Officer = request.user
    day = reading.day_of(reference, number)
    if not may_copy(day.plan, officer):
        raise Refused(_("This plan is read here and not taken away; its lead can give you the sheet."))
    sheet = reading.sheet(day)
    heads = [_("Agency"), _("Place"), _("Post"), *(str(text) for _what, text in Counted.choices)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    words = [day.plan.reference, day.title, reading.days_in_words([day.first_on, day.last_on])]
    words += [str(Marking(day.plan.marking).label), f"{timezone.localtime():%Y-%m-%d %H:%M}"]
    writer.writerow([safe(" · ".join(words))] + [""] * (len(heads) - 1))
    writer.writerow(heads)
    for row in sheet.posts:
        names = [str(row["post"].agency), row["place"], row["post"].name]
        writer.writerow([safe(name) for name in names] + [figure for _label, figure in row["figures"]])
    writer.writerow([_("Together"), "", ""] + [line["total"] for line in sheet.lines])
    log("day.exported", subject=acting.subject_of(day))
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{day.plan.reference}-day-{day.number}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(request: HttpRequest, day: OperationDay, fault: Invalid | None = None) -> HttpResponse:
    officer: Officer = request.user
    rights = reading.rights(day, officer)
    posts = [
        {
            "post": each,
            "place": reading.place_name(each.place),
            "may_count": reading.may_count(each, officer, day) or reading.may_correct(each, officer, day),
            "may_stand_down": rights["may_add_posts"]
            and each.stood_down_at is None
            and officer.agency_id in (each.agency_id, day.agency_id),
        }
        for each in day.posts.select_related("agency")
    ]
    context = {
        "day": day,
        "plan": day.plan,
        "posts": posts,
        "agencies": reading.agencies_of(day.plan) if rights["may_set_up_others"] else [],
        "may_copy": may_copy(day.plan, officer),
        "mine": officer.agency,
        "wrong": fault.message if fault else "",
        **rights,
        **_figures(day),
    }
    return render(request, "plans/days/show.html", context, status=422 if fault else 200)


def _figures(day: OperationDay) -> dict[str, Any]:
    sheet, seen = reading.sheet(day), reading.reports_seen(day)
    corrections = reading.corrections(day)
    told = repr(
        (
            sheet.by_post,
            [each.pk for column in sheet.columns for each in column.posts],
            [(each.place, each.count) for each in seen],
            len(corrections) and corrections[0].pk,
            day.closed_at,
        )
    )
    return {
        "day": day,
        "plan": day.plan,
        "sheet": sheet,
        "seen": seen,
        "corrections": corrections,
        "digest": hashlib.sha256(told.encode()).hexdigest()[:16],
        "seconds": LIVE_SECONDS,
    }


def _counting(request: HttpRequest, day: OperationDay, at: Post, fault: Invalid | None = None) -> HttpResponse:
    officer: Officer = request.user
    figures = reading.of_post(at)
    context = {
        "day": day,
        "plan": day.plan,
        "post": at,
        "place": reading.place_name(at.place),
        "counts": [(what, text, figures[what]) for what, text in Counted.choices],
        "may_count": reading.may_count(at, officer, day),
        "may_correct": reading.may_correct(at, officer, day),
        "press": uuid.uuid4(),
        "wrong": fault.message if fault else "",
    }
    return render(request, "plans/days/post.html", context, status=422 if fault else 200)


def _form(
    request: HttpRequest, plan: Plan, day: OperationDay | None, values: Any, fault: Invalid | None = None
) -> HttpResponse:
    context = {
        "plan": plan,
        "day": day,
        "values": {name: values.get(name, "") for name in FIELDS},
        "wrong": fault.message if fault else "",
        "field": fault.field if fault else None,
    }
    return render(request, "plans/days/edit.html", context, status=422 if fault else 200)

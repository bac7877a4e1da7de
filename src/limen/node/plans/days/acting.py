"""What officers do with operation days, a function each: it checks the right, does, and records.

The database asks the same once more (migrations/sql/0022_days.sql). A count is a row of its own, so that of two at
once none is lost; the press of a button has a number, so that one sent twice over a weak link counts once.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.notices import tell
from limen.node.people.models import Agency, Officer
from limen.node.plans.days import reading
from limen.node.plans.days.models import Counted, OperationDay, Post, Tally
from limen.node.plans.information.wording import clean, open_text
from limen.node.plans.models import Plan
from limen.node.terms import normalise
from limen.node.web.errors import Invalid, Refused
from limen.node.web.typed import day

MOST_AT_ONCE = 500
MOST_POSTS = 100


def make(plan: Plan, officer: Officer, values: Mapping[str, Any]) -> OperationDay:
    """Set up a day. Raises `Refused`, `Invalid`."""
    if not reading.may_make(plan, officer):
        raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
    said = _said(values)
    for _attempt in range(5):
        try:  # another may take the number
            with transaction.atomic():
                last = plan.operation_days.aggregate(last=Max("number"))["last"] or 0
                day = OperationDay.objects.create(
                    plan=plan, number=last + 1, agency=officer.agency, author=officer, **said
                )
                log("day.made", subject=subject_of(day))
            return day
        except IntegrityError:
            continue
    raise Refused(_("This has moved on meanwhile; look at it again."))


def change(day: OperationDay, officer: Officer, values: Mapping[str, Any]) -> OperationDay:
    """Change an open day. Raises `Refused`, `Invalid`."""
    said = _said(values)
    with transaction.atomic():
        day = _open(day, officer, "may_edit")
        for name, value in said.items():
            setattr(day, name, value)
        day.save(update_fields=list(said))
        log("day.changed", subject=subject_of(day))
    return day


def add_post(day: OperationDay, officer: Officer, agency: Agency, place: str, name: str) -> Post:
    """Set up a post of one's own agency, or for any in the plan as who made the day. Raises `Refused`, `Invalid`."""
    try:
        code = normalise.code("place", place.strip())
    except normalise.Unknown as error:
        raise Invalid(str(error), field="place") from error
    said = open_text(name, 80, "name")
    try:
        with transaction.atomic():
            day = _open(day, officer, "may_add_posts")
            own = agency.pk == officer.agency_id
            if agency not in reading.agencies_of(day.plan) or not (own or day.agency_id == officer.agency_id):
                raise Refused(_("Posts are set up by their agency, or by who made the day."))
            if day.posts.count() >= MOST_POSTS:
                raise Invalid(_("A day has at most %(most)d posts.") % {"most": MOST_POSTS}, field="place")
            post = Post.objects.create(day=day, agency=agency, place=code, name=said)
            _tell_counters(day, post)
            log("day.post_added", subject=subject_of(day), details={"place": code})
    except IntegrityError as error:
        raise Invalid(_("There is such a post already."), field="place") from error
    return post


def _tell_counters(day: OperationDay, post: Post) -> None:
    """Lead whoever counts for the agency to the post, at the bell alone: it is found there when it is needed."""
    rows = Officer.objects.filter(agency=post.agency, is_active=True, is_machine=False, roles__contains=["counter"])
    url = reverse("plans:day_post", args=[day.plan.reference, day.number, post.uid])
    tell(rows, "plans", day.plan.reference, url, email=False, push=False)


def stand_down(day: OperationDay, officer: Officer, post: Post) -> None:
    """Close a post; what it counted stays. Raises `Refused`."""
    with transaction.atomic():
        day = _open(day, officer, "may_add_posts")
        if officer.agency_id not in (post.agency_id, day.agency_id):
            raise Refused(_("Posts are set up by their agency, or by who made the day."))
        post.stood_down_at = timezone.now()
        post.save(update_fields=["stood_down_at"])
        log("day.post_stood_down", subject=subject_of(day), details={"place": post.place})


def count(post: Post, officer: Officer, what: str, amount: int = 1, press: str = "") -> None:
    """Count some more; the same press again counts nothing. Raises `Refused`, `Invalid`."""
    if not reading.may_count(post, officer, post.day):
        raise Refused(
            _("Officers of a post's own agency count; what is closed, a coordinator or an examiner corrects.")
        )
    if what not in Counted.values or not 1 <= amount <= MOST_AT_ONCE:
        raise Invalid(_("Count 1 to %(most)d of something at once.") % {"most": MOST_AT_ONCE}, field="amount")
    key = _press(press)
    if Tally.objects.filter(post=post, press=key).exists():
        return
    try:
        with transaction.atomic():
            Tally.objects.create(post=post, what=what, amount=amount, officer=officer, press=key)
    except IntegrityError:
        return  # the same press came twice at once


def correct(post: Post, officer: Officer, what: str, amount: int, reason: str) -> None:
    """Add or take off what was counted wrong, saying why. Raises `Refused`, `Invalid`."""
    if not reading.may_correct(post, officer, post.day):
        raise Refused(
            _("Officers of a post's own agency count; what is closed, a coordinator or an examiner corrects.")
        )
    said = open_text(reason, 200, "reason")
    if not said:
        raise Invalid(_("Say in a sentence why."), field="reason")
    if what not in Counted.values or amount == 0 or abs(amount) > MOST_AT_ONCE:
        raise Invalid(_("Count 1 to %(most)d of something at once.") % {"most": MOST_AT_ONCE}, field="amount")
    with transaction.atomic():
        if amount < 0:
            Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
            counted = post.tallies.filter(what=what).aggregate(n=Sum("amount"))["n"] or 0
            if counted + amount < 0:
                raise Invalid(_("There are no more than %(count)d to take off.") % {"count": counted}, field="amount")
        Tally.objects.create(post=post, what=what, amount=amount, reason=said, officer=officer)
        log(
            "day.corrected", subject=subject_of(post.day), details={"what": what, "amount": amount, "place": post.place}
        )


def close(day: OperationDay, officer: Officer) -> None:
    """Close a day: nothing more is counted. Raises `Refused`."""
    with transaction.atomic():
        day = _open(day, officer, "may_close")
        day.closed_at, day.closed_by = timezone.now(), officer
        day.save(update_fields=["closed_at", "closed_by"])
        log("day.closed", subject=subject_of(day))


def subject_of(day: OperationDay) -> str:
    """How the log names it."""
    return f"plans:{day.plan.reference}:day:{day.number}"


def _open(day: OperationDay, officer: Officer, right: str) -> OperationDay:
    """The day, locked, where the officer has the right. Raises `Refused`."""
    rows = OperationDay.objects.select_for_update(of=("self",)).select_related("plan__owner", "agency")
    found = rows.filter(pk=day.pk).first()
    if found is None or not reading.rights(found, officer)[right]:
        raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
    return found


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    title, looked_for = (
        open_text(values.get("title"), 120, "title"),
        open_text(values.get("looked_for"), 4000, "looked_for"),
    )
    if not title or not looked_for:
        raise Invalid(
            _("Give the day a title, and say what is looked for."), field="title" if not title else "looked_for"
        )
    first = day(values, "first_on")
    if first is None:
        raise Invalid(_("Say the first and the last day."), field="first_on")
    last = day(values, "last_on") or first
    if last < first or (last - first).days > 30:
        raise Invalid(_("The last day lies before the first, or more than a month after it."), field="last_on")
    hours = clean(values.get("hours"), 80)
    return {"title": title, "first_on": first, "last_on": last, "hours": hours, "looked_for": looked_for}


def _press(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()

"""The page of surges: what is unusual now, put aside with a reason, taken further as a draft bulletin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from limen.node.alerts.drafting import WRITERS
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.terms import label
from limen.node.trends.models import Dismissal
from limen.node.trends.surges import dismissing, drafting, drawing, gathering, telling
from limen.node.trends.surges.statistic import FALSE_ALARMS
from limen.node.trends.surges.watching import Surge, Watched, watch
from limen.node.web.errors import Invalid

CHOICES = (1, 6, 26)
"""False alarms a year that an officer may choose to accept."""
SHOWN = 20
"""Surges on the page."""
ROWS = 26
"""Weeks of the table."""
_KINDS = (
    ("issuer", "issuer"), ("category", "document_category"), ("method", "method"), ("place", "place"),
    ("nationality_claimed", "issuer"), ("means", "detection_means"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A surge as its template shows it."""

    surge: Surge
    said: gathering.Gathered
    dismissal: Dismissal | None = None

    @property
    def token(self) -> str:
        """How it is named in addresses."""
        return self.surge.stream.token

    @property
    def subject(self) -> str:
        """What it is of."""
        return telling.subject(self.surge.stream)

    @property
    def figures(self) -> str:
        """How many, how many expected."""
        return telling.figures(self.surge)

    @property
    def rarity(self) -> str:
        """How often chance alone brings one."""
        return telling.rarity(self.surge)

    @property
    def chart(self) -> SafeString:
        """Its weeks, drawn."""
        return drawing.draw(self.surge.weeks, rtl=get_language_bidi())

    @property
    def rows(self) -> list[tuple[Any, str]]:
        """Its weeks as a table, the newest first."""
        return [(week, telling.decimal(week.expected)) for week in reversed(self.surge.weeks[-ROWS:])]

    @property
    def url(self) -> str:
        """The list of exactly its reports."""
        return f"{reverse('reports:list')}?{self.surge.query}"

    @property
    def also(self) -> list[tuple[str, str, str]]:
        """Other streams that the same reports make surge: what of, figures, and their lists."""
        return [
            (telling.subject(one.stream), telling.figures(one), f"{reverse('reports:list')}?{one.query}")
            for one in self.surge.also
        ]

    @property
    def says(self) -> list[tuple[str, str]]:
        """What the reports have in common."""
        names = {
            "issuer": _("Issuer"), "category": _("Kind of document"), "method": _("Principal method"),
            "place": _("Place"), "nationality_claimed": _("Nationality claimed"), "means": _("Detected by"),
        }  # fmt: skip
        found = []
        for column, kind in _KINDS:
            pairs = self.said.values[column].most_common(4)
            if pairs:
                found.append((names[column], ", ".join(f"{label(kind, code)} ({n})" for code, n in pairs)))
        return found


@never_cache
@require_safe
def surges(request: HttpRequest) -> HttpResponse:
    """List what is unusual now, the rarest first, and what the agency put aside."""
    alarms = _alarms(request.GET.get("alarms"))
    watched = watch(alarms)
    aside = dismissing.dismissed(request.user, watched.surges)
    shown = [Shown(surge, gathering.gather(surge), aside.get(surge.stream.token)) for surge in watched.surges[:SHOWN]]
    context = {
        "watched": watched,
        "open": [one for one in shown if one.dismissal is None],
        "aside": [one for one in shown if one.dismissal is not None],
        "hidden": max(0, len(watched.surges) - SHOWN),
        "alarms": alarms,
        "choices": CHOICES,
        "may_dismiss": dismissing.may_dismiss(request.user),
        "may_draft": _may_draft(request.user),
        "longest": dismissing.LONGEST,
    }
    return render(request, "trends/surges.html", context)


@never_cache
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The weeks of one surge: RFC 4180, UTF-8 with its mark, a note first. Recorded."""
    surge = _surge(request.GET.get("stream", ""), watch(_alarms(request.GET.get("alarms"))))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(_lines(surge, request.user))
    log("trends.exported", details={"chart": "surge", "format": "csv", "question": {"stream": surge.stream.token}})
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8; header=present")
    name = f"limen-surge-{timezone.localtime():%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Put a surge aside for the agency."""
    alarms = _alarms(request.POST.get("alarms"))
    surge = _surge(request.POST.get("stream", ""), watch(alarms))
    dismissing.dismiss(request.user, surge, request.POST.get("reason", ""))
    messages.success(request, _("Put aside. It comes back when there are twice as many reports, or in half a year."))
    return _back(alarms)


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """List a surge again that was put aside."""
    dismissing.restore(request.user, number)
    messages.success(request, _("It is listed again."))
    return _back(_alarms(request.POST.get("alarms")))


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Begin a bulletin of what a surge is of."""
    surge = _surge(request.POST.get("stream", ""), watch(_alarms(request.POST.get("alarms"))))
    alert = drafting.draft(request.user, surge)
    return redirect("alerts:edit", alert.reference)


def _lines(surge: Surge, officer: Officer) -> Iterator[list[Any]]:
    told = {"agency": officer.agency.name, "day": timezone.localdate().isoformat()}
    note = [telling.subject(surge.stream), telling.figures(surge), telling.rarity(surge)]
    note.append(_("Released reports open to an officer of %(agency)s on %(day)s") % told)
    yield [". ".join(note), "", "", "", ""]  # begins with the name of an issuer, a method or a place: no formula
    yield [_("Week from"), _("Reports"), _("Expected"), _("Usual up to"), _("Part of the surge")]
    for week in surge.weeks:
        marked = _("yes") if week.marked else _("no")
        yield [week.monday.isoformat(), week.count, f"{week.expected:.3f}", week.usual, marked]


def _surge(token: str, watched: Watched) -> Surge:
    """A surge that the officer sees now. Raises `Http404`: one that is over, or of others' reports, is not there."""
    for surge in watched.surges:
        if surge.stream.token == token:
            return surge
    raise Http404


def _alarms(asked: str | None) -> int:
    """What was chosen. Raises `Invalid`."""
    if not asked:
        return int(FALSE_ALARMS)
    if asked not in map(str, CHOICES):
        raise Invalid(_("Choose one of the rates of false alarms that are offered."), field="alarms")
    return int(asked)


def _may_draft(officer: Officer) -> bool:
    return not officer.is_machine and officer.has_role(*WRITERS)


def _back(alarms: int) -> HttpResponse:
    query = "" if alarms == FALSE_ALARMS else f"?alarms={alarms}"
    return redirect(f"{reverse('trends:surges')}{query}")

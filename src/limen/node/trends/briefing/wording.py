"""The sentences of a brief, in the language of whoever makes it."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.dateformat import format as in_format
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from limen.node.sharing.copying import no_stricter
from limen.node.sharing.markings import MEANINGS
from limen.node.terms import label
from limen.node.trends.briefing.asking import Span, Wanted
from limen.node.trends.briefing.gathering import FEW, Brief

SURE = 10
"""Reports from which on a change is told in per cent."""


def title(wanted: Wanted) -> str:
    """What the brief is about: of several conditions the first."""
    names = {name: _label(name, code) for name, code in wanted.about.items()}
    if wanted.issuer:
        return _("Fraud with documents of %(issuer)s") % names
    if wanted.country:
        return _("Document fraud detected in %(country)s") % names
    return names.get("method") or _("Detected document fraud")


def subtitle(wanted: Wanted) -> str:
    """The other conditions."""
    titles = {"country": _("detected in %(name)s"), "method": "%(name)s"}
    rest = list(wanted.about.items())[1:]
    return ", ".join(titles[name] % {"name": _label(name, code)} for name, code in rest)


def _label(name: str, code: str) -> str:
    return label(name, code)


def period(wanted: Wanted) -> str:
    """Its months in words."""
    last = month_name(wanted.month)
    if wanted.months > 1:
        last = _("%(first)s to %(last)s") % {"first": month_name(wanted.since), "last": last}
    if wanted.until == timezone.localdate():
        return _("%(months)s, so far: until %(day)s") % {"months": last, "day": wanted.until.isoformat()}
    return last


def month_name(day: datetime.date) -> str:
    """A month with its year."""
    return in_format(day, "F Y")


def days(span: Span) -> str:
    """A span of days."""
    return f"{span[0].isoformat()} – {span[1].isoformat()}"


def made_by(brief: Brief) -> str:
    """Who made it, and when."""
    return _("Made by %(name)s, %(agency)s, on %(at)s UTC.") % {
        "name": brief.officer.name,
        "agency": brief.officer.agency.name,
        "at": f"{brief.at:%Y-%m-%d %H:%M}",
    }


def counted(brief: Brief) -> str:
    """What its figures are figures of."""
    return _(
        "It counts the released reports that are marked %(markings)s, as far as they were released to %(agency)s, "
        "by their day of detection."
    ) % {
        "markings": ", ".join(str(marking.label) for marking in no_stricter(brief.wanted.marking)),
        "agency": brief.officer.agency.name,
    }


def figure(n: int) -> str:
    """A figure as the language writes it."""
    return str(number_format(n, 0, force_grouping=True))


def difference(n: int, other: int) -> str:
    """How many more or fewer than another figure."""
    return _signed(n - other)


def share(n: int, other: int) -> str:
    """The same in per cent of the other figure; empty where that is too small to say anything."""
    return f"{_signed(round(100 * (n - other) / other))} %" if other >= SURE else ""


def _signed(n: int) -> str:
    return f"{'+' if n > 0 else '−' if n < 0 else '±'}{figure(abs(n))}"


def tiles(brief: Brief) -> list[dict[str, str]]:
    """The key figures."""
    n, wanted = brief.count, brief.wanted
    found = [{"figure": figure(n), "change": "", "label": _("reports in this period")}]
    if n or brief.before:
        told = _("against %(n)s in the period before, %(days)s")
        found.append(_against(n, brief.before, told, wanted.before))
    if n or brief.year_before:
        told = _("against %(n)s a year before, %(days)s")
        found.append(_against(n, brief.year_before, told, wanted.year_before))
    if wanted.about and n and brief.everything >= FEW:
        told = _("of the %(n)s reports on everything") % {"n": figure(brief.everything)}
        found.append({"figure": f"{figure(round(100 * n / brief.everything))} %", "change": "", "label": told})
    return found


def _against(n: int, other: int, told: str, span: Span) -> dict[str, str]:
    label = told % {"n": figure(other), "days": days(span)}
    return {"figure": difference(n, other), "change": share(n, other), "label": label}


def empty(brief: Brief) -> str:
    """What is said where there is nothing to rank."""
    return "" if brief.count else _("No report that may be in this brief was detected in this period.")


def routed(brief: Brief) -> str:
    """Of how many reports the route is known."""
    return _("%(n)s of %(total)s reports say where the journey began and where it led") % {
        "n": figure(brief.routes.routed),
        "total": figure(brief.routes.total),
    }


def reading(brief: Brief) -> list[str]:
    """How the brief is to be read."""
    marking = brief.wanted.marking
    found = [
        _("Figures count reports, not persons or documents, and what nobody detected or reported is in none of them.")
        + " "
        + _("More reports may be more fraud, more examination, or more reporting.")
    ]
    if brief.count:
        found += [
            _("Bars show this period, the stroke across them where the period before reached.")
            + " "
            + _("Within a table each report counts once: under its principal method, and under one route."),
            _("Changes are given in per cent where there were at least %(n)d reports before.") % {"n": SURE},
        ]
    if brief.wanted.until == timezone.localdate():
        found.append(_("The last month is not over; it is compared with as many days of earlier months."))
    told = _("Reports with a stricter marking than %(marking)s are not counted.") % {"marking": marking.label}
    return [*found, f"{marking.label}: {MEANINGS[marking]} {told}"]

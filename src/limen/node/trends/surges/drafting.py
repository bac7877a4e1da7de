"""From a surge to the draft of a bulletin.

A bulletin goes to others. So what it is filled in with comes only from reports that the whole community sees; of the
others, however many, it says nothing. Reports of any kind are linked: a link shows to whoever sees the report.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from limen.node.alerts import drafting, linking
from limen.node.alerts.models import Alert
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports.models import Leg
from limen.node.reports.reading import reports
from limen.node.sharing import policy
from limen.node.terms import label
from limen.node.trends.surges.gathering import COMMUNITY, Gathered, gather
from limen.node.trends.surges.watching import Surge

LINKED = 12
"""Reports that are linked, the newest."""
_TITLE = 120


def draft(officer: Officer, surge: Surge) -> Alert:
    """Begin a draft alert of what a surge is of, with its reports linked. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        alert = drafting.begin(officer, known(surge))
        rows = reports().filter(pk__in=surge.reports).order_by("-detected_on", "-pk")
        for report in rows[:LINKED]:
            linking.add(alert, officer, report)
        log("surge.drafted", details={"stream": surge.stream.token, "alert": alert.reference})
    return alert


def known(surge: Surge) -> dict[str, Any]:
    """What is filled in."""
    said = gather(surge, for_community=True)
    if not said.number:
        return {}
    model = said.leading("model_name")
    values = {
        "issuers": said.several("issuer", share=0.2),
        "category": said.leading("category") or "",
        "fraud_class": said.leading("fraud_class") or "",
        "methods": _methods(said),
        "countries": said.several("detection_country"),
        "places": said.several("place"),
        "model_name": model or "",
        "model_year": said.leading("model_year") if model else None,
        "route": _route(surge),
        "summary": _summary(surge, said),
    }
    return values | {"title": _title(values)}


def _methods(said: Gathered) -> list[str]:
    return list(dict.fromkeys([*said.several("method", 3, 0.2), *said.several("other_methods", 3, 0.3)]))


def _title(values: dict[str, Any]) -> str:
    parts = [
        ", ".join(label("issuer", code) for code in values["issuers"][:2]),
        label("document_category", values["category"]) if values["category"] else "",
        label("method", values["methods"][0]) if values["methods"] else "",
    ]
    return " · ".join(part for part in parts if part)[:_TITLE]


def _summary(surge: Surge, said: Gathered) -> str:
    lines = [
        ngettext(
            "%(count)d report from %(since)s to %(until)s: more than usual.",
            "%(count)d reports from %(since)s to %(until)s: more than usual.",
            said.number,
        )
        % {
            "count": said.number,
            "since": date_format(surge.since, "DATE_FORMAT"),
            "until": date_format(surge.until, "DATE_FORMAT"),
        },
        _counted(_("Detected at: %(list)s."), "place", said.values["place"].most_common(6)),
        _counted(_("Detected by: %(list)s."), "detection_means", said.values["means"].most_common(4)),
    ]
    return "\n".join(line for line in lines if line)


def _counted(sentence: str, kind: str, pairs: list[tuple[str, int]]) -> str:
    if not pairs:
        return ""
    return sentence % {"list": ", ".join(f"{label(kind, code)} ({n})" for code, n in pairs)}


def _route(surge: Surge) -> str:
    """The longest way that at least two of the reports, and a fifth, went along: Colombo → Kuala Lumpur → Bangkok."""
    rows = policy.visible(Leg.objects.filter(report__in=surge.reports, report__marking__in=COMMUNITY)).exclude(place="")
    ways: dict[int, list[str]] = {}
    for report, place in rows.order_by("report", "position").values_list("report", "place"):
        ways.setdefault(report, []).append(place)
    several = [tuple(way) for way in ways.values() if len(way) > 1]
    often = [way for way in set(several) if several.count(way) >= max(2, 0.2 * len(several))]
    if not often:
        return ""
    best = max(often, key=lambda way: (len(way), several.count(way), way))
    return " → ".join(label("place", place) for place in best)

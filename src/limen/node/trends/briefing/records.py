"""Surges, alerts in force and case studies that concern a brief, as far as its marking lets them stand there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.alerts import reading as alerts
from limen.node.alerts import telling
from limen.node.alerts.models import Alert
from limen.node.casebook import reading as cases
from limen.node.casebook.models import CaseStudy
from limen.node.sharing.models import State
from limen.node.terms import alpha2
from limen.node.trends.briefing.asking import Wanted
from limen.node.trends.surges import telling as about_surges
from limen.node.trends.surges.watching import Surge, watch

MOST = 6
"""Surges, alerts, and case studies, of one brief."""


@dataclass(frozen=True, slots=True)
class Told:
    """One of them in words."""

    reference: str
    title: str
    about: str


def alerts_of(wanted: Wanted) -> list[Told]:
    """The alerts in force that name the issuer, the country, a place in it, or the method; the urgent ones first."""
    asked = Q()
    if wanted.issuer:
        asked &= Q(issuers__contains=[wanted.issuer])
    if wanted.method:
        asked &= Q(methods__contains=[wanted.method])
    rows = alerts.in_force().filter(asked).select_related("owner").order_by("-urgency", "-released_at", "-pk")
    return [_alert(alert) for alert in rows if not wanted.country or _names(alert, wanted.country)][:MOST]


def cases_of(wanted: Wanted) -> list[Told]:
    """The newest case studies of the issuer and method; of a country there are none, since they name no place."""
    if wanted.country and not (wanted.issuer or wanted.method):
        return []
    asked = Q(state=State.RELEASED)
    if wanted.issuer:
        asked &= Q(issuer=wanted.issuer)
    if wanted.method:
        asked &= Q(methods__contains=[wanted.method])
    rows = cases.cases().filter(asked).select_related("owner").order_by("-released_at", "-pk")
    return [_case(case) for case in rows[:MOST]]


def surges_of(wanted: Wanted) -> list[Told]:
    """The surges of today, the rarest first, of whose reports at least half are what the brief is about.

    A brief on months that are over tells none.
    """
    if wanted.until < timezone.localdate():
        return []
    found = [surge for surge in watch().surges if _concerns(surge, wanted)]
    return [_surge(surge) for surge in found[:MOST]]


def _concerns(surge: Surge, wanted: Wanted) -> bool:
    return 2 * wanted.search.rows().filter(pk__in=surge.reports).count() >= max(1, len(surge.reports))


def _surge(surge: Surge) -> Told:
    about = (about_surges.figures(surge), f"{surge.since} – {surge.until}", about_surges.rarity(surge))
    return Told("", about_surges.subject(surge.stream), " · ".join(about))


def _names(alert: Alert, country: str) -> bool:
    two = alpha2(country)
    return country in alert.countries or any(two and place.startswith(two) for place in alert.places)


def _alert(alert: Alert) -> Told:
    until = _("until %(day)s") % {"day": alert.valid_until.isoformat()} if alert.valid_until else ""
    urgency = str(telling.URGENCIES[alert.urgency].word)
    about = (urgency, telling.subject(alert), telling.places(alert), until, alert.owner.name)
    return Told(alert.reference, alert.title, " · ".join(part for part in about if part))


def _case(case: CaseStudy) -> Told:
    return Told(case.reference, case.title, " · ".join((cases.headline(case), case.owner.name)))

"""An alert is published: who is told.

`announce` is called last in the transaction of a release and leaves the rest to the worker, so that who publishes does
not wait for thousands of rows. Told are, of those who may see the alert (`sharing.rules`):

1. everybody, where it is urgent;
2. the officers of an agency that it names, and officers whom it names;
3. whoever subscribed to what it is about, by the ways chosen with the subscription;
4. whoever did not say otherwise, where it is about their own country.

Who wrote it and who released it know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from limen.node.alerts.models import Alert, Urgency
from limen.node.alerts.subscriptions.matching import Matter, matches, own_country
from limen.node.alerts.subscriptions.matters import of_alert, of_conditions
from limen.node.alerts.subscriptions.models import CONDITIONS, OwnCountry, Subscription
from limen.node.notices import tell
from limen.node.people.models import Officer
from limen.node.sharing import policy, rules
from limen.node.sharing.models import Decision, Release, State


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """An officer who is told, and by which ways besides the list of notices."""

    email: bool
    push: bool
    officer: int


def announce(alert: Alert) -> None:
    """Let the worker tell of an alert, once what releases it is committed."""
    from limen.node.alerts.subscriptions.tasks import tell_of  # noqa: PLC0415 - the apps are loaded first

    tell_of.defer(alert=alert.pk)


def tell_subscribers(number: int) -> int:
    """Tell of an alert, unless it was recalled meanwhile; say how many are told."""
    alert = Alert.objects.select_related("audience").filter(pk=number, state=State.RELEASED).first()
    if alert is None:
        return 0
    url, urgent = reverse("alerts:show", args=[alert.reference]), alert.urgency == Urgency.URGENT
    count = 0
    for (email, push), group in groupby(sorted(subscribers_of(alert)), key=lambda told: (told.email, told.push)):
        officers = [told.officer for told in group]
        count += tell(officers, "alerts", alert.reference, url, urgent, email=email, push=push)
    return count


def subscribers_of(alert: Alert) -> list[Told]:
    """Everybody who is told of a released alert; the keeper alone can ask, who sees all subscriptions."""
    audience = policy.described(alert.audience)
    knowing = {alert.author_id, *_released_by(alert)}
    readers = {officer.pk: officer for officer in _readers(audience) if officer.pk not in knowing}
    if alert.urgency == Urgency.URGENT:
        return [Told(True, True, officer) for officer in readers]
    told = {officer.pk: Told(True, True, officer.pk) for officer in readers.values() if _is_named(officer, audience)}
    about = of_alert(alert)
    for officer, email, push in _subscribed(about):
        if officer in readers:
            before = told.get(officer, Told(False, False, officer))
            told[officer] = Told(before.email or email, before.push or push, officer)
    declined = set(OwnCountry.objects.filter(wanted=False).values_list("officer", flat=True))
    for officer in readers.values():
        fits = any(matches(wanted, about) for wanted in own_country(officer.agency.country))
        if fits and officer.pk not in declined:
            told[officer.pk] = Told(True, True, officer.pk)
    return list(told.values())


def _subscribed(about: Matter) -> Iterator[tuple[int, bool, bool]]:
    """Officer and ways of each subscription that fits; equal conditions, which many have, are compared once."""
    known: dict[tuple[tuple[str, ...], ...], bool] = {}
    rows = Subscription.objects.order_by().values_list("officer", "by_email", "by_push", *CONDITIONS)
    for officer, email, push, *conditions in rows.iterator():
        key = tuple(map(tuple, conditions))
        if key not in known:
            known[key] = matches(of_conditions(key), about)
        if known[key]:
            yield officer, email, push


def _readers(audience: rules.Audience) -> Iterator[Officer]:
    officers = Officer.objects.filter(is_active=True, is_machine=False, agency__is_active=True)
    clauses = policy.in_force() if audience.agreements else []
    shut_out = policy.closed()
    for officer in officers.select_related("agency").iterator():
        if rules.sees(policy.looker(officer, shut_out), audience, clauses).classes:
            yield officer


def _is_named(officer: Officer, audience: rules.Audience) -> bool:
    return officer.agency_id in audience.agencies or officer.pk in audience.officers


def _released_by(alert: Alert) -> list[int | None]:
    released = Release.objects.filter(kind=alert._meta.app_label, record=alert.pk, decision=Decision.APPROVED)
    return list(released.values_list("decided_by", flat=True))

"""An officer's own subscriptions: read, made, changed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.alerts.subscriptions.models import CONDITIONS, OwnCountry, Subscription
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.terms import normalise
from limen.node.web.errors import Invalid

MOST = 40
"""Subscriptions of one officer."""
MOST_CODES = 30
TERMS = dict(zip(CONDITIONS, ("issuer", "document_category", "fraud_class", "method", "country", "place"), strict=True))


def subscriptions_of(officer: Officer) -> list[Subscription]:
    """The officer's subscriptions, in the order in which they were made."""
    return list(Subscription.objects.filter(officer=officer))


def subscription_of(officer: Officer, number: int) -> Subscription:
    """One of them. Raises `Http404`."""
    found = Subscription.objects.filter(officer=officer, pk=number).first()
    if found is None:
        raise Http404
    return found


def wants_own_country(officer: Officer) -> bool:
    """Whether the officer is told of alerts about the own country."""
    return not OwnCountry.objects.filter(officer=officer, wanted=False).exists()


def keep(officer: Officer, values: Mapping[str, Any], number: int | None = None) -> Subscription:
    """Make a subscription, or change one of the officer's own. Raises `Invalid`, `Http404`."""
    cleaned = {name: _clean(name, values.get(name) or []) for name in CONDITIONS}
    if not any(cleaned.values()):
        raise Invalid(_("Set at least one condition; urgent alerts reach you in any case."))
    row = Subscription(officer=officer) if number is None else subscription_of(officer, number)
    if number is None and Subscription.objects.filter(officer=officer).count() >= MOST:
        raise Invalid(_("You have %(most)d subscriptions already; end one first.") % {"most": MOST})
    for name, codes in cleaned.items():
        setattr(row, name, codes)
    row.by_email, row.by_push = bool(values.get("by_email")), bool(values.get("by_push"))
    with transaction.atomic():
        row.save()
        log("alerts.subscribed", subject=f"subscription:{row.pk}")
    return row


def end(officer: Officer, number: int) -> None:
    """End one. Raises `Http404`."""
    with transaction.atomic():
        gone, _each = Subscription.objects.filter(officer=officer, pk=number).delete()
        if not gone:
            raise Http404
        log("alerts.unsubscribed", subject=f"subscription:{number}")


def want_own_country(officer: Officer, wanted: bool) -> None:
    """Be told of alerts about the own country, or not."""
    with transaction.atomic():
        OwnCountry.objects.update_or_create(officer=officer, defaults={"wanted": wanted})
        log("alerts.subscribed" if wanted else "alerts.unsubscribed", subject="subscription:own-country")


def _clean(name: str, codes: list[str]) -> list[str]:
    """Codes as they are kept, each once. Raises `Invalid` for what is no code."""
    label = Subscription._meta.get_field(name).verbose_name
    if len(codes) > MOST_CODES:
        told = {"field": label, "most": MOST_CODES}
        raise Invalid(_("%(field)s: at most %(most)d.") % told, field=name)
    try:
        return list(dict.fromkeys(normalise.code(TERMS[name], str(code)) for code in codes))
    except ValueError:
        raise Invalid(_("%(field)s: this is not understood.") % {"field": label}, field=name) from None

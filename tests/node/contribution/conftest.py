"""What tests of contributions are about: what is asked, and what agencies gave, in the past."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from limen.node.people.models import Agency
from limen.node.sharing import policy, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Audience, Condition, Release, Statement


@pytest.fixture
def now(db):
    """The database's moment, which stays while a test's transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


@pytest.fixture
def ask(keeping, make, now):
    """Let the community ask something since some days ago: `ask(least=2, months=3, grace=1)`."""
    operator = make.officer(make.agency(operates_node=True), "administrator")

    def asked(*, days_ago=1, is_on=True, **values):
        begun = now - datetime.timedelta(days=days_ago)
        with keeping():
            return Condition.objects.create(
                is_on=is_on,
                **{"least": 1, "months": 3, "grace": 0} | values,
                reason="Give and take.",
                stage="confirmed",
                proposed_by=operator,
                decided_by=operator,
                decided_at=begun - datetime.timedelta(days=30),
                begins_at=begun,
            )

    return asked


@pytest.fixture
def entered(keeping):
    """Let an agency have entered some days ago."""

    def entered(agency, days_ago):
        with keeping():
            Agency.objects.filter(pk=agency.pk).update(created_at=timezone.now() - datetime.timedelta(days=days_ago))

    return entered


@pytest.fixture
def gave(keeping, now):
    """Let an agency have released a report at a moment; only the release is there, as the rule asks no more."""
    number = iter(range(10**6, 10**9))

    def gave(officer, at, kind="reports", decision="approved"):
        with keeping():
            audience = policy.intern(rules.Audience(officer.agency_id, Marking.GREEN, community=True))
            return Release.objects.create(
                kind=kind,
                record=next(number),
                owner=officer.agency,
                audience=Audience.objects.get(pk=audience),
                proposed_by=officer,
                decision=decision,
                decided_by=officer,
                decided_at=at,
            )

    return gave


@pytest.fixture
def stated(keeping):
    """Let a coordinator have signed that a month brought nothing."""

    def stated(officer, month):
        with keeping():
            return Statement.objects.create(agency=officer.agency, month=month, signed_by=officer)

    return stated

"""Requests that race for an alert: two approvals release it once, two acknowledgements are one."""

import pytest

from limen.node.alerts import acknowledging
from limen.node.alerts.models import Acknowledgement, Alert
from limen.node.sharing import releasing
from limen.node.sharing.models import Decision, Release, State
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Refused

from ..sharing.test_races import at_once
from .conftest import community

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_approvals_and_the_proposers_own(mine, begun):
    """Of the proposer and two others who approve at once one of the others is heard, and never the proposer."""
    alert = begun(mine.coordinator)
    with viewing(mine.coordinator.pk):
        made = releasing.propose(alert, mine.coordinator, community(mine.agency))
    deciders = [mine.coordinator, mine.second, mine.examiner, mine.coordinator]
    outcomes = at_once(deciders, lambda each: releasing.approve(Alert.objects.get(pk=alert.pk), made, each))
    assert sum(not isinstance(outcome, Refused) for outcome in outcomes) == 1
    with viewing(mine.coordinator.pk):
        row = Release.objects.get(pk=made.pk)
        assert (row.decision, row.decided_by_id == row.proposed_by_id) == (Decision.APPROVED, False)
        assert Alert.objects.get(pk=alert.pk).state == State.RELEASED


def test_one_acknowledgement(mine, theirs, released):
    """Four clicks at once acknowledge once."""
    alert = released(mine)
    at_once([theirs.counter] * 4, lambda each: acknowledging.acknowledge(alert, each))
    with viewing(theirs.counter.pk):
        assert Acknowledgement.objects.count() == 1

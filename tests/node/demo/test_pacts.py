"""The agreements of the demonstration, and what two services tell each other by one."""

import pytest

from limen.node.agreements.reading import agreements
from limen.node.demo import accounts, load, pacts
from limen.node.demo.acting import acting
from limen.node.reports.reading import reports
from limen.node.sharing import policy

from .conftest import COUNT

pytestmark = pytest.mark.django_db


def test_what_the_agreement_tells(keeping):
    """Its parties see each other's names and numbers; everybody else sees neither agreement nor report."""
    with keeping():
        load(reports=COUNT)
        labour, crossing, waiting = pacts.tell()
        told = {report.pk for report in accounts.tell(labour)}
    with acting("examiner@malaysia"):
        assert {one.reference for one in agreements()} == {labour.reference, crossing.reference}
        assert told <= set(reports().values_list("pk", flat=True))
        theirs = [row for row in reports().filter(pk__in=told) if row.owner.code == "demo-srilanka"]
        assert len(theirs) == 4
        assert all(policy.sight(row.audience_id) == pacts.NAMES for row in theirs)
    with acting("examiner@vietnam"):
        assert [one.reference for one in agreements()] == [waiting.reference]
        assert not reports().filter(pk__in=told).exists()

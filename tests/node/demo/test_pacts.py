"""The agreements of the demonstration, and what two services tell each other by one."""

import pytest

from limen.node.agreements.reading import agreements
from limen.node.assistance.models import Stage
from limen.node.assistance.reading import in_sight
from limen.node.demo import accounts, asking, load, making, pacts, planning, working
from limen.node.demo.acting import acting
from limen.node.demo.stories import OUTBREAK_MODEL
from limen.node.plans import linking
from limen.node.plans.days.reading import sheet
from limen.node.plans.information.models import Verdict
from limen.node.plans.information.reading import requests as information_in_sight
from limen.node.plans.information.reading import told_replies
from limen.node.plans.reading import plans as plans_in_sight
from limen.node.reports.reading import reports
from limen.node.sharing import policy

from .conftest import COUNT

pytestmark = pytest.mark.django_db


def test_what_the_agreement_tells(keeping):
    """Its parties see each other's names and numbers; everybody else sees neither agreement nor report."""
    with keeping():
        load(reports=COUNT)
        labour, crossing, waiting = pacts.tell()
        written = accounts.tell(labour)
        told = {report.pk for report in written}
        outbreak = making.newest(OUTBREAK_MODEL, 24)
        plans = planning.tell(labour, crossing, written, outbreak)
        information, day = working.ask(plans[0]), working.count(plans[1])
        requests = asking.tell(outbreak)
    with acting("examiner@malaysia"):
        assert {one.reference for one in agreements()} == {labour.reference, crossing.reference}
        assert told <= set(reports().values_list("pk", flat=True))
        theirs = [row for row in reports().filter(pk__in=told) if row.owner.code == "demo-srilanka"]
        assert len(theirs) == 4
        assert all(policy.sight(row.audience_id) == pacts.NAMES for row in theirs)
    with acting("examiner@vietnam"):
        assert [one.reference for one in agreements()] == [waiting.reference]
        assert not reports().filter(pk__in=told).exists()
        assert [plan.reference for plan in plans_in_sight()] == []
        assert list(in_sight()) == [requests[2]]
    with acting("counter@thailand"):
        assert [plan.reference for plan in plans_in_sight()] == [plans[1].reference]
        assert [request.stage for request in in_sight()] == [Stage.ANSWERED]
    with acting("examiner@srilanka"):
        assert [one.reference for one in information_in_sight()] == [information.reference]
        (reply,) = told_replies(information)
        assert [each.verdict for each in reply.items.order_by("item__position")] == [Verdict.RELEASED, Verdict.WITHHELD]
        assert len(linking.visible(plans[0])) == len(written)
    with acting("coordinator@laos"):
        assert list(information_in_sight()) == []
        assert sheet(day).lines[0]["total"] == 905
    with acting("examiner@malaysia"):
        assert {plan.reference for plan in plans_in_sight()} == {plan.reference for plan in plans}
        assert [request.stage for request in in_sight()] == [Stage.ASKED_BACK]

"""A picture is taken while its report is being recalled: whichever is first, nobody sees what was recalled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from limen.node.exhibits import adding
from limen.node.exhibits.models import Exhibit
from limen.node.reports.models import Report
from limen.node.sharing import releasing
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holder")]


def apart(act):
    """Let somebody act on a connection of their own."""
    pool = ThreadPoolExecutor(1)

    def run():
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    return pool.submit(run)


@pytest.fixture
def people(make):
    return make.officer(None, "examiner"), make.officer(None, "examiner")


def test_taken_while_it_is_recalled(make, people, told):
    """Who takes it waits for the recall, and is refused."""
    officer, other = people
    image, record = told(other, "green"), make.report(officer)
    recalled = Event()

    def recall():
        with viewing(other.pk), transaction.atomic():
            releasing.recall(Report.objects.get(pk=image.report_id), other, "It was wrong.")
            recalled.set()
            Event().wait(1)  # long enough for the other one to be through, if nothing held it

    def take():
        recalled.wait(10)
        with viewing(officer.pk):
            return adding.take(record, officer, image)

    first, second = apart(recall), apart(take)
    first.result(20)
    assert isinstance(second.result(20), Refused)
    with viewing(officer.pk):
        assert not Exhibit.objects.exists()


def test_recalled_while_it_is_taken(make, people, told):
    """The recall waits for the row, and takes it along."""
    officer, other = people
    image, record = told(other, "green"), make.report(officer)
    taken = Event()

    def take():
        with viewing(officer.pk), transaction.atomic():
            adding.take(record, officer, image)
            taken.set()
            Event().wait(1)

    def recall():
        taken.wait(10)
        with viewing(other.pk):
            releasing.recall(Report.objects.get(pk=image.report_id), other, "It was wrong.")

    first, second = apart(take), apart(recall)
    first.result(20)
    second.result(20)
    with viewing(officer.pk):
        assert Exhibit.objects.get().withheld

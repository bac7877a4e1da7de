"""Kinds of records: what the pages know of them, and what the database asks."""

import pytest
from django.db import connection

from limen.node.sharing.kinds import kind_of, kinds

pytestmark = pytest.mark.django_db


def test_database_and_pages_ask_the_same():
    """Kinds that always take two people are the same ones in the database's guard as on the pages."""
    with connection.cursor() as cursor:
        for kind in kinds():
            cursor.execute("SELECT sharing_always_two(%s)", [kind.label])
            assert cursor.fetchone() == (kind.always_two,), kind.label


def test_reports_are_a_kind(make):
    """A report is found, told and addressed through its kind."""
    from limen.node.sharing.viewer import viewing

    officer = make.officer()
    report = make.report(officer)
    kind = kind_of(report)
    with viewing(officer.pk):
        assert kind.find(report.reference) == report
        assert report in kind.rows()
    assert kind.url("release", report) == f"/reports/{report.reference}/release/"
    assert "Utopia" in kind.headline(report)

"""A notice is its officer's alone, and holds no more than a kind, a number and an address of this site."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from limen.node.notices import tell
from limen.node.notices.models import Delivery, Device, Notice, PushKey, Ways
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def test_each_officer_is_told_once(make, green, told):
    """One row an officer, however often they are named; none for machines and for who may not act."""
    good, gone = make.officer(), make.officer(is_active=False)
    machine, closed = make.officer(is_machine=True), make.officer(make.agency(is_active=False))
    assert [notice.officer_id for notice in told(green, good, good, gone, machine, closed)] == [good.pk]


def test_the_site_tells_others(make, green):
    """A request of an officer tells another, and sees nothing of what was written."""
    one, other = make.officer(), make.officer()
    with viewing(one.pk):
        assert tell([other], "reports", green.reference, f"/reports/{green.reference}/") == 1
        assert not Notice.objects.exists()
    with viewing(other.pk):
        assert Notice.objects.get().number == green.reference


def test_nobody_tells_nobody(make):
    """Where nobody looks, the site writes no notice."""
    officer = make.officer()
    with pytest.raises(DatabaseError, match="Nobody tells"), transaction.atomic():
        tell([officer], "reports", "R26-1", "/reports/")


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere", "", "/a b"])
def test_a_notice_leads_nowhere_else(make, url):
    """The database refuses an address that is not this site's."""
    officer = make.officer()
    with viewing(officer.pk), pytest.raises(DatabaseError), transaction.atomic():
        tell([officer], "reports", "R26-1", url)


@pytest.mark.parametrize("number", ["Doe, John", "R26 1", "", "<b>"])
def test_a_number_is_no_text(make, number):
    """What stands in the place of the number is no sentence and no name."""
    officer = make.officer()
    with viewing(officer.pk), pytest.raises(DatabaseError), transaction.atomic():
        tell([officer], "reports", number, "/reports/")


def test_no_officer_sees_anothers(make, green, told, keeping):
    """By raw SQL as the site's role: notices, ways and devices are their officer's; the rest is closed."""
    one, other = make.officer(), make.officer()
    told(green, one)
    with keeping():
        Ways.objects.create(officer=one)
        Device.objects.create(
            officer=one,
            name="x",
            endpoint="e",
            endpoint_digest="d",
            p256dh="p",
            auth="a",
            created_at="2026-01-01T00:00Z",
        )
    for table in ("notices_notice", "notices_ways", "notices_device"):
        with viewing(one.pk):
            assert raw(f"SELECT count(*) FROM {table}") == [(1,)], table
        for looker in (other.pk, None):
            with viewing(looker):
                assert raw(f"SELECT count(*) FROM {table}") == [(0,)], table
                assert raw(f"UPDATE {table} SET officer_id = officer_id") == 0, table
    with viewing(one.pk):
        for table in ("notices_delivery", "notices_pushkey"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                raw(f"SELECT * FROM {table}")
        with pytest.raises(DatabaseError), transaction.atomic():
            raw("UPDATE notices_notice SET officer_id = %s", other.pk)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            raw("INSERT INTO notices_notice SELECT * FROM notices_notice")


def test_a_notice_holds_nothing_of_the_record(make, green, told):
    """No text of a notice's row but the number and the address made of it."""
    (notice,) = told(green, make.officer())
    texts = {value for value in vars(notice).values() if isinstance(value, str)}
    assert texts == {"reports", green.reference, f"/reports/{green.reference}/"}


def test_the_key_is_there_and_sealed(keeping):
    """Migrating made the node's key for push services; what lies in the database is not it."""
    from limen.node.notices.keys import private_key, public_key

    with keeping():
        key, row = private_key(), PushKey.objects.get()
        assert key.private_numbers().private_value.to_bytes(32, "big") not in bytes(row.sealed)
    assert len(public_key()) == 87


def test_many_are_told_at_once(make, green, keeping, django_assert_num_queries, monkeypatch):
    """However many are told, writing notices takes one statement, and planning them a handful."""
    from django.utils import timezone

    from limen.node.notices import sending

    agency = make.agency()
    officers = [make.officer(agency) for _ in range(60)]
    with keeping():
        with django_assert_num_queries(1):
            assert tell(officers, "reports", green.reference, "/reports/") == 60
        with django_assert_num_queries(7):  # two of them begin and end the transaction
            assert sending.plan(timezone.now()) == 60
        assert Delivery.objects.count() == 60

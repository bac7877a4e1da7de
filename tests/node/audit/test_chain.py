"""The audit log: appended by whoever looks, verified apart from the database, changed by nobody."""

import pytest
from django.db import DatabaseError, connection, transaction

from limen.node.audit import record, verify
from limen.node.audit.models import Entry
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(make):
    """An officer who may read the log."""
    return make.officer(None, "administrator")


def test_entries_are_chained_by_agency(make, administrator, keeping):
    """Each agency's entries follow one another; what nobody did stands in the node's own chain."""
    other = make.officer(None, "coordinator")
    for officer in (administrator, other, administrator):
        with viewing(officer.pk):
            record("test.done", subject="x:1", details={"ใคร": "đó"})
    record("test.failed")
    with keeping():
        chains = list(Entry.objects.order_by("chain", "position").values_list("chain", "position", "actor"))
        assert chains == [
            (0, 1, None),
            (administrator.agency_id, 1, administrator.pk),
            (administrator.agency_id, 2, administrator.pk),
            (other.agency_id, 1, other.pk),
        ]
        verified = verify()
        assert (verified.entries, verified.broken) == (4, ())


def test_an_agency_reads_its_own_chain(make, administrator):
    """Coordinators and administrators read their agency's entries; a counter officer none; nobody another's."""
    counter, foreign = make.officer(administrator.agency, "counter"), make.officer(None, "administrator")
    with viewing(administrator.pk):
        record("test.done")
    counts = []
    for officer in (administrator, counter, foreign):
        with viewing(officer.pk):
            counts.append(Entry.objects.count())
    assert counts == [1, 0, 0]


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET subject = 'y'", "DELETE FROM audit_entry"])
def test_nobody_changes_an_entry(administrator, keeping, statement):
    """Neither the site nor the keeper changes or removes an entry."""
    with viewing(administrator.pk):
        record("test.done")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with keeping(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("UPDATE audit_entry SET subject = 'y' WHERE position = 2", "its contents were changed"),
        ("UPDATE audit_entry SET actor = NULL WHERE position = 2", "its contents were changed"),
        ("DELETE FROM audit_entry WHERE position = 2", "entries are missing before it"),
        ("DELETE FROM audit_entry WHERE position = 3", "entries are missing after it"),
        ("UPDATE audit_entry SET previous = digest WHERE position = 2", "it does not follow the one before it"),
    ],
)
def test_damage_is_found(administrator, keeping, damage, reason):
    """Whoever gets past the trigger is found out by the chain."""
    with viewing(administrator.pk):
        for _ in range(3):
            record("test.done", subject="x")
    with keeping(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        cursor.execute(damage)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER ALL")
        assert [reason] == [broken.reason for broken in verify().broken]

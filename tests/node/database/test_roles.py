"""The site may use tables and may not define them; the keeper may."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection

from limen.node.database import roles
from limen.node.people.models import Agency


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_test_is_the_site():
    """Row-level security would otherwise be off in every test."""
    assert role() == "limen_site"


@pytest.mark.django_db
def test_the_site_reads_and_writes():
    """Tables and their sequences are granted after the migration."""
    Agency.objects.create(code="x", name="X")
    assert Agency.objects.get(code="x").name == "X"


@pytest.mark.django_db
def test_nothing_is_left_of_the_test_before():
    """Each test's rows are rolled back."""
    assert not Agency.objects.filter(code="x").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (i int)",
        "DROP TABLE people_agency",
        "ALTER TABLE people_agency DISABLE ROW LEVEL SECURITY",
        "TRUNCATE people_agency CASCADE",
        "DELETE FROM django_migrations",
        "CREATE ROLE other",
        "COPY people_agency TO PROGRAM 'true'",
    ],
)
def test_the_site_defines_nothing(statement):
    """Not even with an injected statement."""
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_keeping_is_for_a_block(keeping):
    """Set-up as the keeper, then the site again."""
    with keeping():
        assert role() == "limen_keeper"
    assert role() == "limen_site"


@pytest.mark.django_db
def test_a_closed_table_is_closed(keeping, monkeypatch):
    """An app closes a table by naming it; granting again opens nothing."""
    monkeypatch.setitem(roles.CLOSED_TABLES, "people_agency", ())
    with keeping():
        roles.grant_site()
    with pytest.raises(ProgrammingError, match="permission denied"):
        Agency.objects.exists()


@pytest.mark.django_db
def test_conditions_are_leakproof():
    """Otherwise row-level security keeps every index on text and arrays from being used."""
    with connection.cursor() as cursor:
        assert roles.leakproof_marked(cursor)


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_is_the_site_too():
    """As browser tests are."""
    assert role() == "limen_site"
    Agency.objects.create(code="y", name="Y")


@pytest.mark.django_db
def test_real_transactions_leave_nothing():
    """The database is copied anew."""
    assert not Agency.objects.filter(code="y").exists()

"""Two people where two people are needed: no page, statement or race of requests gets past it."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from limen.node.agreements import acting, reading
from limen.node.sharing.agreed import Agreement, Clause, Consent, Edition, Halt, Stage
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Refused

pytestmark = pytest.mark.django_db


def propose(write, parties):
    edition = write(parties.b.agency)
    with viewing(parties.a.first.pk):
        acting.propose(edition, parties.a.first)
    return edition


def test_two_of_each_party(parties, write):
    """It is agreed with the fourth consent: two of each party."""
    edition = propose(write, parties)
    outcomes = []
    for officer in (parties.a.first, parties.a.second, parties.b.second, parties.b.first):
        with viewing(officer.pk):
            outcomes.append(acting.consent(edition, officer))
    assert outcomes == [False, False, False, True]


def test_one_of_them_coordinates(parties, write, make):
    """Two examiners of a party are not enough."""
    edition = propose(write, parties)
    fourth = make.officer(parties.b.agency, "examiner")
    for officer in (parties.a.first, parties.a.second, parties.b.second, fourth):
        with viewing(officer.pk):
            agreed = acting.consent(edition, officer)
    assert not agreed
    with viewing(parties.b.third.pk):
        assert acting.consent(edition, parties.b.third)


def test_nobody_consents_twice(parties, write):
    """The same officer's second consent is refused, by the function and by the database."""
    edition = propose(write, parties)
    with viewing(parties.a.first.pk):
        acting.consent(edition, parties.a.first)
        with pytest.raises(Refused):
            acting.consent(edition, parties.a.first)
        with pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.create(edition=edition, agency=parties.a.agency, officer=parties.a.first)


def test_who_does_not_decide_does_not_consent(parties, write, make):
    """Counter officers, analysts, outsiders and machines do not consent."""
    edition = propose(write, parties)
    machine = make.officer(parties.a.agency, "coordinator", is_machine=True)
    for officer in (parties.a.counter, make.officer(parties.b.agency, "analyst"), machine):
        with viewing(officer.pk):
            with pytest.raises(Refused):
                acting.consent(edition, officer)
            with pytest.raises(DatabaseError), transaction.atomic():
                Consent.objects.create(edition=edition, agency=officer.agency, officer=officer)
    with viewing(parties.c.first.pk), pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.create(edition=edition, agency=parties.c.agency, officer=parties.c.first)


STATEMENTS = (
    "UPDATE sharing_edition SET stage = 'agreed' WHERE id = {edition}",
    "UPDATE sharing_edition SET stage = 'agreed', agreed_at = now() WHERE id = {edition}",
    "UPDATE sharing_edition SET onward = 'consent' WHERE id = {edition}",
    "UPDATE sharing_edition SET ends_on = NULL, begins_on = '2020-01-01' WHERE id = {edition}",
    "UPDATE sharing_edition SET stage = 'draft' WHERE id = {edition}",
    "INSERT INTO sharing_consent (edition_id, agency_id, officer_id, at) VALUES ({edition}, {agency}, {second}, now())",
    "INSERT INTO sharing_clause (edition_id, giver_id, receiver_id, kinds, classes)"
    " VALUES ({edition}, {other}, {agency}, ARRAY['alerts'], 15)",
    "SELECT sharing_regrant({agreement})",
    "SELECT sharing_windows({agreement})",
    "INSERT INTO sharing_grant (audience_id, agency_id, classes, own, copied) VALUES (1, {agency}, 15, false, true)",
    "INSERT INTO sharing_edition (agreement_id, number, stage, maker_id, author_id, purposes, onward, note, document,"
    " document_name, document_sha256, created_at, comment, begins_on)"
    " VALUES ({agreement}, 9, 'agreed', {agency}, {first}, ARRAY['border'], 'no', '', '', '', '', now(), '', now())",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_statements_do_not_get_past(parties, write, statement):
    """No statement of the site's, in the name of one officer, agrees to or changes what was put to the parties."""
    edition = propose(write, parties)
    names = {
        "edition": edition.pk,
        "agreement": edition.agreement_id,
        "agency": parties.a.agency.pk,
        "other": parties.b.agency.pk,
        "first": parties.a.first.pk,
        "second": parties.a.second.pk,
    }
    with viewing(parties.a.first.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**names))


def test_clauses_of_what_waits_are_out_of_reach(parties, write):
    """Deleting or widening the clauses of an edition that waits changes no row."""
    edition = propose(write, parties)
    with viewing(parties.a.first.pk):
        assert Clause.objects.filter(edition=edition).update(classes=15) == 0
        assert Clause.objects.filter(edition=edition).count() == 2


def test_a_halt_is_lifted_by_two(parties, agree):
    """Nobody lifts alone what they asked to lift, and the other side lifts nothing."""
    agreement = agree()
    with viewing(parties.a.first.pk):
        acting.halt(agreement, parties.a.first, "A pause.")
        acting.lift(agreement, parties.a.first)
        with pytest.raises(Refused):
            acting.lift(agreement, parties.a.first)
        halt = Halt.objects.get(agreement=agreement)
        for values in ({"lifted_by": parties.a.first}, {"asked_by": parties.a.second}, {"lifted_by": parties.a.second}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Halt.objects.filter(pk=halt.pk).update(**values)
    with viewing(parties.b.first.pk):
        with pytest.raises(Refused):
            acting.lift(agreement, parties.b.first)
        assert Halt.objects.filter(pk=halt.pk).update(asked_by=parties.b.first) == 0
        assert reading.standing(agreement).in_force is False


def test_outsiders_see_nothing(parties, agree, enter):
    """To whoever is no party an agreement does not exist, by raw tables as by pages; a draft is its maker's alone."""
    agreement = agree()
    client = enter(parties.c.first)
    assert client.get("/agreements/").content.decode().count("M26-") == 0
    absent = client.get("/agreements/M26-2222-2222/")
    hidden = client.get(f"/agreements/{agreement.reference}/")
    assert (absent.status_code, hidden.status_code) == (404, 404)
    pages = [re.sub(r'"[A-Za-z0-9]{64}"|M26-[A-Z0-9-]{9}', "", each.content.decode()) for each in (absent, hidden)]
    assert pages[0] == pages[1]
    for doing in ("halt", "end", "consent", "lift", "propose"):
        assert client.post(f"/agreements/{agreement.reference}/{doing}/", {"reason": "x"}).status_code == 404
    with viewing(parties.c.first.pk), connection.cursor() as cursor:
        for table in ("agreement", "edition", "party", "clause", "consent", "halt"):
            cursor.execute(f"SELECT count(*) FROM sharing_{table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM sharing_clauses()")
        assert cursor.fetchone() == (0,)


def test_a_draft_is_its_makers(parties, write):
    """Those who are to be parties learn of a draft when it is put to them."""
    edition = write(parties.b.agency)
    with viewing(parties.b.first.pk):
        assert not Agreement.objects.filter(pk=edition.agreement_id).exists()
    with viewing(parties.a.first.pk):
        acting.propose(edition, parties.a.first)
    with viewing(parties.b.first.pk):
        assert Edition.objects.get(pk=edition.pk).stage == Stage.PROPOSED


@pytest.mark.django_db(transaction=True)
def test_consents_at_once(parties, write):
    """Of consents that race each is counted, and the edition is agreed once, with its grants."""
    edition = propose(write, parties)
    officers = [side for each in (parties.a, parties.b) for side in (each.first, each.second, each.third)]

    def consent(officer):
        try:
            with viewing(officer.pk):
                return acting.consent(edition, officer)
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(consent, officers))
    assert outcomes.count(True) == 1
    with viewing(parties.a.first.pk):
        assert Edition.objects.get(pk=edition.pk).stage == Stage.AGREED

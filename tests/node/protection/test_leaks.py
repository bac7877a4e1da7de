"""Row-level security of screenings: random worlds, every role, raw SQL as the site, held against the rule in words."""

import random
import uuid

import pytest
from django.db import Error, connection, transaction

from limen.node.protection import acting, referring
from limen.node.protection.models import Figure, Mechanism
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

ROLES = ("counter", "examiner", "analyst", "coordinator", "administrator", "protection")


def rows(officer, sql, *values):
    """What a statement gives to this officer; None where the database refuses it."""
    with viewing(officer.pk if officer else None):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall() if cursor.description else cursor.rowcount
        except Error:
            return None


def ids(officer, table):
    return {row[0] for row in rows(officer, f"SELECT id FROM protection_{table}")}


def sees(officer, screening):
    """The rule: its author while it is open, then the protection officers of its agency."""
    if officer.agency_id != screening["agency"]:
        return False
    return screening["author"] == officer.pk if screening["open"] else "protection" in officer.roles


@pytest.fixture
def world(make, screened, contact):
    """Three agencies, officers with random roles, screenings open and handed over, referrals between agencies."""

    def made(seed):
        rng = random.Random(seed)
        agencies = [make.agency() for _ in range(3)]
        officers = [
            make.officer(agency, *rng.sample(ROLES, rng.randint(1, 2))) for agency in agencies for _ in range(5)
        ]
        keepers = {agency.pk: make.officer(agency, "coordinator", "protection") for agency in agencies}
        screenings, referrals = [], []
        able = [each for each in officers if set(each.roles) & {"counter", "examiner", "coordinator", "protection"}]
        for officer in rng.choices([*able, *keepers.values()], k=8):
            screening = screened(officer, {"work.hours": "yes"})
            known = {"id": screening.pk, "agency": officer.agency_id, "author": officer.pk, "open": rng.random() < 0.5}
            if rng.random() < 0.6:
                partner = rng.choice([None, *agencies])
                to = contact(keepers[officer.agency_id], partner)
                with viewing(officer.pk):
                    values = {"basis": "person", "how": "spoken", "items": ["name"], "name": "token-name"}
                    sent = referring.refer(screening, officer, to, values)
                referrals.append({"id": sent.pk, "screening": known, "partner": partner and partner.pk})
            if not known["open"]:
                with viewing(officer.pk):
                    acting.hand_over(screening, officer)
            screenings.append(known)
        return [*officers, *keepers.values()], screenings, referrals

    return made


@pytest.mark.parametrize("seed", range(6))
def test_everybody_sees_what_the_rule_says(world, seed):
    """Screenings, answers and referrals, for every officer of a random world and for nobody."""
    officers, screenings, referrals = world(seed)
    for officer in officers:
        expected = {each["id"] for each in screenings if sees(officer, each)}
        assert ids(officer, "screening") == expected
        assert {row[0] for row in rows(officer, "SELECT screening_id FROM protection_answer")} == expected
        received = "protection" in officer.roles
        told = {
            each["id"]
            for each in referrals
            if sees(officer, each["screening"]) or (received and each["partner"] == officer.agency_id)
        }
        assert ids(officer, "referral") == told
    for table in ("screening", "answer", "referral", "mechanism", "wording", "figure"):
        assert ids(None, table) == set()


@pytest.mark.parametrize("seed", range(3))
def test_nobody_changes_or_deletes_what_they_do_not_see(world, seed):
    """Statements that read no column change nothing of others' either."""
    officers, screenings, _referrals = world(seed)
    for officer in officers:
        seen = sum(sees(officer, each) for each in screenings)
        assert rows(officer, "UPDATE protection_screening SET observations = 'x'") == seen
        assert rows(officer, "UPDATE protection_answer SET seen = true") == seen
    outsider = next(each for each in officers if not any(sees(each, one) for one in screenings))
    for table in ("answer", "referral", "screening"):
        assert rows(outsider, f"DELETE FROM protection_{table}") == 0


def test_a_screening_does_not_change_hands(here, there, screened):
    """Neither stage, author, agency nor time can be set by hand: only handing over does."""
    screening = screened(here["counter"])
    for change in (
        "stage = 'handed'",
        "handed_at = now()",
        "retain_until = '2999-01-01'",
        "origin = 'R26-2222-2222'",
        f"agency_id = {there['agency'].pk}",
        f"author_id = {here['examiner'].pk}",
    ):
        statement = f"UPDATE protection_screening SET {change} WHERE id = %s"
        assert rows(here["counter"], statement, screening.pk) is None
    for other in (here["protection"], here["coordinator"], there["protection"]):
        assert rows(other, "SELECT protection_hand_over(%s)", screening.pk) == [(False,)]
    assert rows(here["counter"], "SELECT protection_hand_over(%s)", screening.pk) == [(True,)]
    assert ids(here["counter"], "screening") == set()


def test_one_screens_in_ones_own_name(here, there):
    """Another's name, another agency, a handed one, and roles that meet no persons are refused by the database."""
    statement = (
        "INSERT INTO protection_screening (id, reference, agency_id, author_id, stage, origin_kind, origin, language,"
        " country, age, interpreter, agreed, danger, observations, result, opened_at)"
        " VALUES (%s, %s, %s, %s, %s, '', '', 'en', '', 'adult', 'none', '', '', '', '', now())"
    )

    def tried(viewer, author, agency, stage="open"):
        return rows(viewer, statement, uuid.uuid4(), f"S-{uuid.uuid4()}"[:16], agency.pk, author.pk, stage)

    mine, counter = here["agency"], here["counter"]
    assert tried(counter, counter, mine) == 1
    assert tried(counter, here["examiner"], mine) is None
    assert tried(counter, counter, there["agency"]) is None
    assert tried(counter, counter, mine, "handed") is None
    for role in ("analyst", "administrator"):
        assert tried(here[role], here[role], mine) is None


def test_a_referral_says_what_it_said(here, there, screened, contact):
    """Neither side changes what was passed on; the sender does not answer; who withdraws leaves nothing."""
    screening = screened(here["counter"], hand_over=True)
    sender, receiver = here["protection"], there["protection"]
    with viewing(sender.pk):
        to = contact(here["coordinator"], there["agency"])
        values = {"basis": "person", "how": "spoken", "items": ["name"], "name": "token-name"}
        sent = referring.refer(screening, sender, to, values)
    for officer in (sender, receiver):
        for change in ("name = 'x'", "items = '{answers}'", "needs = 'x'", "urgent = true", "partner_id = agency_id"):
            statement = f"UPDATE protection_referral SET {change} WHERE id = %s"
            assert rows(officer, statement, sent.pk) is None
    accept = "UPDATE protection_referral SET step = 'accepted' WHERE id = %s"
    assert rows(sender, accept, sent.pk) is None
    assert rows(here["coordinator"], accept, sent.pk) == 0
    assert rows(there["coordinator"], accept, sent.pk) == 0
    assert rows(receiver, accept, sent.pk) == 1
    withdraw = "UPDATE protection_referral SET step = 'withdrawn' WHERE id = %s"
    assert rows(receiver, withdraw, sent.pk) is None
    assert rows(sender, withdraw, sent.pk) is None


def test_contacts_and_texts_are_their_keepers(here, there, contact):
    """Every officer of the agency reads them; coordinators and protection officers write; nobody else sees any."""
    with viewing(here["coordinator"].pk):
        stored = contact(here["coordinator"])
    change = "UPDATE protection_mechanism SET phone = '0' WHERE id = %s"
    for role in ROLES:
        assert ids(here[role], "mechanism") == {stored.pk}
        assert rows(here[role], change, stored.pk) == (1 if role in ("coordinator", "protection") else 0)
        assert ids(there[role], "mechanism") == set()
    assert Mechanism._meta.db_table == "protection_mechanism"


def test_figures_are_read_by_those_who_may_and_written_by_nobody(here, there, keeping):
    """Coordinators and protection officers of the agency read them; what is too few is closed to all."""
    with keeping():
        figure = Figure.objects.create(
            agency=here["agency"], country="THA", outcome="calls", first="2026-01-01", last="2026-01-01", count=5
        )
    for role in ROLES:
        assert ids(here[role], "figure") == ({figure.pk} if role in ("coordinator", "protection") else set())
        assert ids(there[role], "figure") == set()
        assert rows(here[role], "UPDATE protection_figure SET count = 9") is None
        assert rows(here[role], "SELECT * FROM protection_pending") is None
        assert rows(here[role], "SELECT * FROM protection_tallied") is None


def test_that_one_screened_is_told_to_oneself_alone(here, there, make, screened):
    """From a report's page: who screened, and once it is handed over the protection officers; nobody else."""
    report = make.report(here["counter"])
    screened(here["counter"], kind="reports", reference=report.reference, hand_over=True)
    asked = "SELECT reference FROM protection_begun_from('reports', %s)"
    for staff in (here, there):
        for role in ROLES:
            told = bool(rows(staff[role], asked, report.reference))
            assert told == (staff is here and role in ("counter", "protection"))

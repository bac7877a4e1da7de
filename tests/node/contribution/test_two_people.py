"""What the community asks is decided by two administrators of the operator, and by nobody else, whatever they send."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from limen.node.contribution import asking
from limen.node.sharing.models import Condition, ConditionStage, Statement
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(make):
    return make.agency(operates_node=True)


@pytest.fixture
def first(make, operator):
    return make.officer(operator, "administrator")


@pytest.fixture
def second(make, operator):
    return make.officer(operator, "administrator")


@pytest.fixture
def proposed(first):
    with viewing(first.pk):
        return asking.propose(first, least=2, months=3, grace=1, reason="Give and take.")


def test_one_proposes_another_confirms(proposed, first, second, log):
    """It begins thirty days after the second administrator's word, which the log holds."""
    with viewing(first.pk), pytest.raises(Refused):
        asking.confirm(proposed, first)
    with viewing(second.pk):
        confirmed = asking.confirm(proposed, second)
    assert confirmed.begins_at - confirmed.decided_at == datetime.timedelta(days=30)
    assert [len(log(f"condition.{word}")) for word in ("proposed", "confirmed")] == [1, 1]


def test_the_end_holds_at_once(first, second):
    """That nothing is asked any more takes two as well, and no time."""
    with viewing(first.pk):
        end = asking.propose(first, is_on=False, reason="Enough.")
    with viewing(second.pk):
        end = asking.confirm(end, second)
    assert end.begins_at == end.decided_at


def test_others_do_not_decide(proposed, make, operator):
    """Administrators of other agencies, other roles and machines do nothing, by functions nor by statements."""
    for officer in (
        make.officer(None, "administrator"),
        make.officer(operator, "coordinator", "examiner", "analyst"),
        make.officer(operator, "administrator", is_machine=True),
        make.officer(operator, "administrator", is_active=False),
    ):
        with viewing(officer.pk):
            for act in (
                lambda by=officer: asking.propose(by, reason="Mine."),
                lambda by=officer: asking.confirm(proposed, by),
                lambda by=officer: asking.withdraw(proposed, by),
            ):
                with pytest.raises(Refused):
                    act()
            with pytest.raises(DatabaseError), transaction.atomic():
                Condition.objects.create(reason="Mine.", proposed_by=officer)
            assert not Condition.objects.update(stage="confirmed", decided_by=officer)


STATEMENTS = (
    "UPDATE sharing_condition SET stage = 'confirmed', decided_by_id = {first}",
    "UPDATE sharing_condition SET stage = 'confirmed', decided_by_id = {second}",
    "UPDATE sharing_condition SET proposed_by_id = {second}",
    "UPDATE sharing_condition SET stage = 'confirmed', decided_by_id = {first}, proposed_by_id = {second}",
    "UPDATE sharing_condition SET least = 1000",
    "UPDATE sharing_condition SET stage = 'confirmed', begins_at = now(), decided_at = now()",
    "DELETE FROM sharing_condition",
    "INSERT INTO sharing_condition (is_on, least, months, grace, reason, stage, proposed_by_id, proposed_at)"
    " VALUES (true, 1, 1, 0, '', 'confirmed', {second}, now())",
    "SELECT sharing_contributes(1)",
    "SELECT sharing_enough_until(1, 1, 1, 1)",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_statements_do_not_get_past(proposed, first, second, statement):
    """Raw statements of who proposed neither confirm, nor speak for another, nor change what was proposed."""
    told = statement.format(first=first.pk, second=second.pk)
    with viewing(first.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(told)


def test_what_is_inserted_waits(first):
    """Whatever stage and moments an insert names, it is a proposal that waits."""
    with viewing(first.pk), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sharing_condition (is_on, least, months, grace, reason, stage, proposed_by_id, proposed_at,"
            " decided_by_id, decided_at, begins_at)"
            " VALUES (true, 1, 1, 0, '', 'confirmed', %s, now(), %s, now(), now())",
            [first.pk, first.pk],
        )
        made = Condition.objects.get()
    assert (made.stage, made.begins_at, made.decided_by_id) == (ConditionStage.PROPOSED, None, None)


def test_decided_is_decided(proposed, first, second):
    """What was confirmed or taken back changes no more."""
    with viewing(second.pk):
        asking.withdraw(proposed, second)
        for act in (asking.confirm, asking.withdraw):
            with pytest.raises(Refused):
                act(proposed, second)
        with pytest.raises(DatabaseError), transaction.atomic():
            Condition.objects.update(stage="confirmed", decided_by=second)


def test_one_proposal_at_a_time(proposed, second):
    """While one waits, another is refused."""
    with viewing(second.pk), pytest.raises(Refused):
        asking.propose(second, reason="Another.")


def test_senseless_conditions(first):
    """No reason, no reports and endless months are refused."""
    with viewing(first.pk):
        for values in ({"reason": " "}, {"least": 0}, {"months": 25}, {"months": 0}, {"grace": 99}):
            with pytest.raises(Invalid):
                asking.propose(first, **{"reason": "So."} | values)


def test_a_proposal_is_the_operators(proposed, make, first):
    """Others learn of what is asked when it is confirmed, and not before."""
    with viewing(make.officer(None, "coordinator").pk):
        assert not Condition.objects.exists()
    with viewing(first.pk):
        assert Condition.objects.exists()


def test_a_coordinator_signs(make, log):
    """For the own agency, in one's own name, for a month that is over, once."""
    officer, stranger = make.officer(None, "coordinator"), make.officer(None, "coordinator")
    today = datetime.datetime.now(datetime.UTC).date()
    last = (today.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    with viewing(officer.pk):
        asking.sign(officer, last)
        with pytest.raises(Refused):
            asking.sign(officer, last)
        for month in (today, today + datetime.timedelta(days=40), today - datetime.timedelta(days=900)):
            with pytest.raises(Invalid):
                asking.sign(officer, month)
            with pytest.raises(DatabaseError), transaction.atomic():
                Statement.objects.create(agency=officer.agency, month=month.replace(day=1), signed_by=officer)
        with pytest.raises(DatabaseError), transaction.atomic():
            Statement.objects.create(agency=stranger.agency, month=last, signed_by=officer)
        for change in (lambda: Statement.objects.update(month=today), lambda: Statement.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    with viewing(stranger.pk):
        assert not Statement.objects.exists()
    assert len(log("statement.signed")) == 1


def test_no_other_role_signs(make):
    """Neither an examiner nor a machine signs for an agency."""
    last = (datetime.datetime.now(datetime.UTC).date().replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    for officer in (make.officer(None, "examiner", "analyst"), make.officer(None, "coordinator", is_machine=True)):
        with viewing(officer.pk):
            with pytest.raises(Refused):
                asking.sign(officer, last)
            with pytest.raises(DatabaseError), transaction.atomic():
                Statement.objects.create(agency=officer.agency, month=last, signed_by=officer)

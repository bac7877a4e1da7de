"""Joint operation days: who sees and counts, that no count is lost, and what stands after closing."""

import re
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import Http404

from limen.node.notices.models import Notice
from limen.node.plans import figures
from limen.node.plans.days import acting, reading
from limen.node.plans.days.models import OperationDay, Post, Tally
from limen.node.plans.printing import sections
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

SAID = {
    "title": "Arrivals, first weekend",
    "first_on": "2026-11-01",
    "last_on": "2026-11-02",
    "hours": "06:00 to 22:00",
    "looked_for": "Visas of the series that was reported.",
}


@pytest.fixture
def day(sides, running):
    """A day that A made in a plan of A, B and C, with a post of A's and one of B's."""
    plan = running("b", "c")
    with viewing(sides.a.first.pk):
        made = acting.make(plan, sides.a.first, SAID)
        acting.add_post(made, sides.a.first, sides.a.agency, "THBKK", "lanes 3 to 5")
        acting.add_post(made, sides.a.first, sides.b.agency, "VNHAN", "")
    return made


def post_of(day, side):
    with viewing(side.first.pk):
        return Post.objects.select_related("day__plan__owner", "agency").get(day=day, agency=side.agency)


def count(day, side, what="inspected", amount=1, press=""):
    officer = side.counter
    with viewing(officer.pk):
        acting.count(post_of_viewer(day, side), officer, what, amount, press)


def post_of_viewer(day, side):
    return Post.objects.select_related("day__plan__owner", "agency").get(day=day, agency=side.agency)


def test_partners_count_and_see_each_other(sides, day):
    """Each agency's figures stand in a column of their own, and add up, for everybody in the plan."""
    count(day, sides.a, amount=3)
    count(day, sides.b, amount=2)
    count(day, sides.b, "refused")
    for officer in (sides.a.counter, sides.b.first, sides.c.first):
        with viewing(officer.pk):
            lines = {line["what"]: (line["figures"], line["total"]) for line in reading.sheet(day).lines}
        assert lines["inspected"] == ([3, 2], 5)
        assert lines["refused"] == ([0, 1], 1)


def test_outsiders_see_nothing(sides, day, enter):
    """To who is not in the plan there is no day, no post, no count, by no way."""
    count(day, sides.a)
    with viewing(sides.d.first.pk):
        assert [model.objects.count() for model in (OperationDay, Post, Tally)] == [0, 0, 0]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM plans_tally")
            assert cursor.fetchone() == (0,)
        with pytest.raises(Http404):
            reading.day_of(day.plan.reference, day.number)
    client = enter(sides.d.first)
    post = post_of(day, sides.a).uid
    for path in ("", "live/", "csv/", "edit/", f"posts/{post}/"):
        for reference in (day.plan.reference, "P26-2222-2222"):
            assert client.get(f"/plans/{reference}/days/{day.number}/{path}").status_code == 404
    assert (
        client.post(f"/plans/{day.plan.reference}/days/{day.number}/posts/{post}/", {"what": "inspected"}).status_code
        == 404
    )


def test_a_partner_that_has_not_joined_sees_no_day(sides, asked, enter):
    """Who was asked into a plan sees what it is, and not what is done in it."""
    plan = asked("b")
    page = enter(sides.b.first).get(f"/plans/{plan.reference}/").content.decode()
    assert "Joint operation days" not in page
    assert "Information requests" not in page
    assert enter(sides.b.first).get(f"/plans/{plan.reference}/days/new/").status_code == 404
    assert enter(sides.b.first).get(f"/plans/{plan.reference}/information/new/").status_code == 404


def test_one_counts_for_ones_own_agency(sides, day):
    """Nobody counts at another's post, by function or statement; outsiders get what a wrong number gets."""
    theirs = post_of(day, sides.b)
    with viewing(sides.a.counter.pk):
        with pytest.raises(Refused):
            acting.count(theirs, sides.a.counter, "inspected")
        with pytest.raises(DatabaseError), transaction.atomic():
            Tally.objects.create(post=theirs, what="inspected", amount=1, officer=sides.a.counter)
    faults = set()
    for post in (theirs.pk, 999_999):
        for amount in (1, -1):
            with viewing(sides.d.counter.pk), pytest.raises(DatabaseError) as caught, transaction.atomic():
                Tally.objects.create(post_id=post, what="inspected", amount=amount, reason="x", officer=sides.d.counter)
            faults.add(str(caught.value).splitlines()[0])
    assert len(faults) == 1


def test_counts_never_change(sides, day):
    """No statement of the site's changes or deletes what was counted."""
    count(day, sides.a)
    for statement in ("UPDATE plans_tally SET amount = 5", "DELETE FROM plans_tally", "DELETE FROM plans_post",
                      "DELETE FROM plans_operationday"):  # fmt: skip
        with (
            viewing(sides.a.first.pk),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_press_counts_once(sides, day):
    """The same press sent twice over a weak link is one count; another press is another."""
    press = uuid.uuid4().hex
    for key in (press, press, uuid.uuid4().hex):
        count(day, sides.a, press=key)
    with viewing(sides.a.counter.pk):
        assert reading.of_post(post_of_viewer(day, sides.a))["inspected"] == 2


def test_corrections_say_why_and_stop_at_nothing(sides, day, log):
    """A correction has a reason, stands on the sheet, and takes off no more than there is."""
    count(day, sides.a, amount=5)
    post, officer = post_of(day, sides.a), sides.a.counter
    with viewing(officer.pk):
        for amount, reason in ((-2, ""), (-6, "Counted twice."), (0, "None.")):
            with pytest.raises(Invalid):
                acting.correct(post, officer, "inspected", amount, reason)
        acting.correct(post, officer, "inspected", -2, "Counted twice.")
        assert reading.of_post(post)["inspected"] == 3
        assert [each.reason for each in reading.corrections(day)] == ["Counted twice."]
        with pytest.raises(DatabaseError), transaction.atomic():
            Tally.objects.create(post=post, what="inspected", amount=-9, reason="No.", officer=officer)
        with pytest.raises(DatabaseError), transaction.atomic():
            Tally.objects.create(post=post, what="inspected", amount=-1, reason="", officer=officer)
    assert len(log("day.corrected")) == 1


def test_a_closed_day_is_corrected_by_who_decides(sides, day):
    """After closing nobody counts; who decides corrects, with a reason, and the day itself does not change."""
    count(day, sides.a, amount=5)
    with viewing(sides.a.first.pk):
        acting.close(day, sides.a.first)
        with pytest.raises(Refused):
            acting.change(day, sides.a.first, SAID)
        with pytest.raises(DatabaseError), transaction.atomic():
            OperationDay.objects.filter(pk=day.pk).update(closed_at=None)
    post = post_of(day, sides.a)
    with viewing(sides.a.counter.pk):
        with pytest.raises(Refused):
            acting.count(post, sides.a.counter, "inspected")
        with pytest.raises(Refused):
            acting.correct(post, sides.a.counter, "inspected", 1, "Found on paper.")
        with pytest.raises(DatabaseError), transaction.atomic():
            Tally.objects.create(post=post, what="inspected", amount=1, officer=sides.a.counter)
        with pytest.raises(DatabaseError), transaction.atomic():
            Tally.objects.create(post=post, what="inspected", amount=1, reason="Late.", officer=sides.a.counter)
    with viewing(sides.a.second.pk):
        acting.correct(post, sides.a.second, "inspected", 1, "Found on paper.")
        assert reading.of_post(post)["inspected"] == 6


def test_who_sets_up_what(sides, day):
    """A partner sets up its own posts, not others'; counter officers set up nothing; outsiders have no posts."""
    with viewing(sides.b.second.pk):
        acting.add_post(day, sides.b.second, sides.b.agency, "VNSGN", "arrivals")
        with pytest.raises(Refused):
            acting.add_post(day, sides.b.second, sides.c.agency, "VNSGN", "")
        with pytest.raises(Invalid):
            acting.add_post(day, sides.b.second, sides.b.agency, "VNSGN", "arrivals")
        with pytest.raises(DatabaseError), transaction.atomic():
            Post.objects.create(day=day, agency=sides.c.agency, place="VNSGN")
        with pytest.raises(Refused):
            acting.close(day, sides.b.second)
    with viewing(sides.a.counter.pk), pytest.raises(Refused):
        acting.make(day.plan, sides.a.counter, SAID)
    with viewing(sides.a.first.pk):
        with pytest.raises(Refused):
            acting.add_post(day, sides.a.first, sides.d.agency, "THBKK", "")
        with pytest.raises(DatabaseError), transaction.atomic():
            Post.objects.create(day=day, agency=sides.d.agency, place="THBKK")


def test_counters_find_their_post(sides, day, enter):
    """Whoever counts for an agency finds the post at the bell; nobody of another agency does."""
    for side, found in ((sides.a, 1), (sides.b, 1), (sides.c, 0)):
        with viewing(side.counter.pk):
            urls = list(Notice.objects.values_list("url", flat=True))
        assert len(urls) == found
        assert all(enter(side.counter).get(url).status_code == 200 for url in urls)


def test_figures_and_paper_tell_of_days(sides, day):
    """The figures of a period and the paper of a plan hold what its days counted, for who is in the plan."""
    count(day, sides.a, amount=7)
    count(day, sides.b, "objected", amount=2)
    with viewing(sides.c.first.pk):
        plan = day.plan
        table = figures.of_plans([plan])
        assert dict(table.sums) | {"Joint operation days": 1, "Inspected": 7, "Documents objected to": 2} == dict(
            table.sums
        )
        paper = next(each for each in sections.of(plan, sides.c.first) if each.title == "Joint operation days")
    assert [row[2:] for row in paper.rows] == [
        ["Agency A", "7", "0", "0", "0", "0"],
        ["Agency B", "0", "0", "0", "2", "0"],
    ]


def test_reports_are_counted_for_each_viewer(sides, day, make, audience, enter):
    """Each viewer's figure of reports is of those that this viewer sees, of the days and places; its list agrees."""
    place = {"detection_country": "THA", "place": "THBKK"}
    make.released(sides.b.first, audience(sides.b.agency, "green"), detected_on="2026-11-01", **place)
    make.released(sides.b.first, audience(sides.b.agency, "amber", sides.a.agency), detected_on="2026-11-02", **place)
    make.released(sides.b.first, audience(sides.b.agency, "green"), detected_on="2026-11-03", **place)
    make.report(sides.a.first, detected_on="2026-11-01", **place)
    for officer, seen in ((sides.a.second, 2), (sides.c.first, 1)):
        with viewing(officer.pk):
            found = {each.place: each for each in reading.reports_seen(day)}
        assert (found["THBKK"].count, found["VNHAN"].count) == (seen, 0)
        listed = enter(officer).get(found["THBKK"].url).content.decode()
        assert len(set(re.findall(r"/reports/(R\d\d-[0-9A-Z-]{9})/", listed))) == seen


def test_by_pages(sides, day, enter, running):
    """A day is set up, counted, corrected, closed, taken away by forms alone; figures come anew only when changed."""
    base = f"/plans/{day.plan.reference}/days/{day.number}/"
    a, b, counter = enter(sides.a.first), enter(sides.b.first), enter(sides.b.counter)
    made = a.post(f"/plans/{day.plan.reference}/days/new/", SAID | {"title": "Second weekend"})
    assert made.status_code == 302
    assert a.post(f"/plans/{day.plan.reference}/days/new/", SAID | {"first_on": "1.11."}).status_code == 422
    post = post_of(day, sides.b).uid
    assert "One more: inspected" in counter.get(f"{base}posts/{post}/").content.decode()
    before = counter.get(f"{base}live/")
    have = re.search(r"\?have=(\w+)", before.content.decode())[1]
    assert counter.get(f"{base}live/?have={have}").status_code == 204
    assert counter.post(f"{base}posts/{post}/", {"what": "inspected", "amount": "10"}).status_code == 302
    answer = counter.post(
        f"{base}posts/{post}/", {"what": "inspected", "press": "f" * 32}, headers={"Accept": "application/json"}
    )
    assert answer.json()["figures"]["inspected"] == 11
    assert counter.get(f"{base}live/?have={have}").status_code == 200
    assert counter.post(f"{base}posts/{post}/", {"what": "inspected", "amount": "-3"}).status_code == 422
    wrong = {"what": "inspected", "way": "less", "amount": "2", "reason": ""}
    assert counter.post(f"{base}posts/{post}/correct/", wrong).status_code == 422
    assert counter.post(f"{base}posts/{post}/correct/", wrong | {"reason": "=Twice"}).status_code == 302
    assert counter.post(f"{base}close/").status_code == 403
    assert a.post(f"{base}posts/", {"agency": "c", "place": "THBKK", "name": "=1+1"}).status_code == 302
    assert a.post(f"{base}close/").status_code == 302
    page = b.get(base).content.decode()
    assert "Agency C" in page
    assert ">9<" in page
    assert "data-live" not in page
    assert b.get(f"{base}csv/").status_code == 403
    text = a.get(f"{base}csv/").content.decode("utf-8-sig")
    assert re.search(r"Agency B,[^,]*,,9,0,0,0,0", text)
    assert "'=1+1" in text


@pytest.mark.django_db(transaction=True)
def test_no_count_is_lost(sides, day):
    """Thirty-two presses by eight threads at once, each of them heard twice, and corrections among them, all add up."""
    post = post_of(day, sides.a)
    ready = threading.Barrier(8)

    def press(number):
        try:
            with viewing(sides.a.counter.pk):
                ready.wait()
                for each in range(4):
                    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{number} {each}").hex
                    for _heard in range(2):
                        acting.count(post, sides.a.counter, "inspected", 1, key)
                acting.correct(post, sides.a.counter, "inspected", -1, "Counted twice.")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(8)))
    with viewing(sides.a.counter.pk):
        assert reading.of_post(post)["inspected"] == 24


@pytest.mark.django_db(transaction=True)
def test_two_corrections_do_not_go_below_nothing(sides, day):
    """Of two that take off all at once, one is refused."""
    count(day, sides.a, amount=5)
    post = post_of(day, sides.a)
    ready = threading.Barrier(2)

    def take(_number):
        try:
            with viewing(sides.a.counter.pk):
                ready.wait()
                acting.correct(post, sides.a.counter, "inspected", -5, "Counted twice.")
        except (Invalid, DatabaseError):
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(take, range(2))) == 1
    with viewing(sides.a.counter.pk):
        assert reading.of_post(post)["inspected"] == 0

"""The list of alerts: what is in force first, what is past apart, each condition, pages that miss and repeat none."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from limen.node.alerts import drafting, finding, reading
from limen.node.alerts.finding import Search
from limen.node.alerts.models import Alert
from limen.node.alerts.reading import Standing
from limen.node.images.reading import Prefill
from limen.node.reports.views import verifying
from limen.node.sharing import releasing
from limen.node.sharing.viewer import viewing

from .conftest import community

pytestmark = pytest.mark.django_db


def listed(service, role="counter", **asked):
    return service.client(role).get(reverse("alerts:list"), asked).content.decode()


def test_in_force_first(mine, theirs, released, today):
    """The list holds what is in force, the most urgent first; lapsed and coming ones stand apart."""
    routine = released(mine, title="Routine one", urgency="1")
    urgent = released(mine, title="Urgent one", urgency="3")
    coming = released(mine, title="Coming one", valid_from=today + datetime.timedelta(days=3))
    lapsed = released(mine, title="Lapsed one", valid_from="2020-01-01", valid_until="2020-02-01")
    page = listed(theirs)
    assert page.index(urgent.reference) < page.index(routine.reference)
    assert coming.reference not in page
    assert lapsed.reference not in page
    assert lapsed.reference in listed(theirs, state="lapsed")
    assert coming.reference in listed(theirs, state="coming")
    shown = theirs.client("counter").get(reverse("alerts:show", args=[lapsed.reference])).content.decode()
    assert "Lapsed" in shown


def test_replaced(mine, theirs, released, begun):
    """An alert is replaced once what replaces it is out, says by what, and is in force again after its recall."""
    old = released(mine, title="The old one")
    new = begun(mine.analyst, title="The new one", supersedes=old.reference)
    assert old.reference in listed(theirs)
    with viewing(mine.analyst.pk):
        made = releasing.propose(new, mine.analyst, community(mine.agency))
    with viewing(mine.coordinator.pk):
        releasing.approve(new, made, mine.coordinator)
    assert old.reference not in listed(theirs)
    assert old.reference in listed(theirs, state="replaced")
    shown = theirs.client("counter").get(reverse("alerts:show", args=[old.reference])).content.decode()
    assert "The new one" in shown
    with viewing(mine.coordinator.pk):
        releasing.recall(new, mine.coordinator, "A misprint.")
    assert old.reference in listed(theirs)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"issuer": "UTO"}, {"one", "any"}),
        ({"issuer": "THA"}, {"two", "any"}),
        ({"method": "photo_substitution"}, {"two"}),
        ({"place": "THBKK"}, {"one", "two"}),
        ({"place": "VNSGN"}, {"any"}),
        ({"urgency": "urgent"}, {"one"}),
        ({"urgency": "important"}, {"one", "two"}),
        ({"q": "hologram"}, {"two"}),
        ({"q": "nothing of the kind"}, set()),
        ({"issuer": "no such", "urgency": "very", "state": "gone", "page": "after.x"}, {"one", "two", "any"}),
    ],
)
def test_conditions(mine, theirs, released, asked, found):
    """Each condition finds what it says; who names no issuer is about any; what is not understood asks nothing."""
    made = {
        "one": released(mine),
        "two": released(
            mine, issuers=["THA"], methods=["photo_substitution"], urgency="2", summary="A hologram is copied."
        ),
        "any": released(mine, issuers=[], urgency="1", countries=["VNM"], places=["VNSGN"]),
    }
    page = listed(theirs, **asked)
    assert {name for name, alert in made.items() if alert.reference in page} == found


def test_unread(mine, theirs, released):
    """What an officer has acknowledged is marked so, and left out where only the rest is asked for."""
    alert = released(mine)
    assert "not yet" in listed(theirs)
    theirs.client("counter").post(reverse("alerts:acknowledge", args=[alert.reference]))
    assert "not yet" not in listed(theirs)
    assert alert.reference not in listed(theirs, unread="1")
    assert alert.reference in listed(theirs, "examiner", unread="1")


def test_pages_by_key(mine, theirs, released):
    """Going on and back through pages shows every alert once, in one order."""
    expected = [released(mine, urgency=str(1 + number % 3)).pk for number in range(7)]
    with viewing(theirs.counter.pk):
        asked, seen, page = Search(), [], finding.page(Search(), theirs.counter, size=3)
        seen += [alert.pk for alert in page.rows]
        while page.after:
            page = finding.page(asked, theirs.counter, page.after, size=3)
            seen += [alert.pk for alert in page.rows]
        assert sorted(seen) == sorted(expected)
        back = [alert.pk for alert in page.rows]
        while page.before:
            page = finding.page(asked, theirs.counter, page.before, size=3)
            back = [alert.pk for alert in page.rows] + back
        assert back == seen
        assert [Alert.objects.get(pk=pk).urgency for pk in seen] == sorted((1 + n % 3 for n in range(7)), reverse=True)


@given(st.text(max_size=60))
def test_any_cursor_is_read(cursor):
    """Whatever stands in the address, a cursor is understood or the first page's."""
    backward, end = finding._ending(cursor)
    assert end is not None or not backward


def test_what_stands_where(mine, released, today):
    """Each alert stands in exactly one place, which is what its page says."""
    made = [
        released(mine),
        released(mine, valid_until=today),
        released(mine, valid_from="2020-01-01", valid_until="2020-02-01"),
        released(mine, valid_from=today + datetime.timedelta(days=1)),
    ]
    with viewing(mine.counter.pk):
        for alert in made:
            rows = reading.alerts().filter(pk=alert.pk)
            found = [each for each in Standing if reading.standing_as(rows, each).exists()]
            assert found == [reading.standing(alert)]


def test_beside_the_result_of_verify(mine, theirs, released, monkeypatch):
    """Alerts about a document's issuer and kind stand beside its result, with the way to their card."""
    about, other = released(mine), released(mine, issuers=["THA"], title="Another")
    found = Prefill("undetermined", "", True, issuer="UTO", document_category="passport")
    monkeypatch.setattr(verifying, "prefill", lambda image, **_: found)
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "grey").save(file, "JPEG")
    sent = SimpleUploadedFile("page.jpg", file.getvalue(), "image/jpeg")
    page = theirs.client("counter").post("/verify/", {"image": sent}).content.decode()
    assert about.title in page
    assert reverse("alerts:card", args=[about.reference]) in page
    assert other.title not in page


def test_a_draft_is_the_agencys(mine, theirs, begun):
    """Drafts stand in the list of their own agency alone."""
    draft = begun(mine.counter)
    assert draft.reference in listed(mine, "analyst", state="draft")
    assert draft.reference not in listed(theirs, "coordinator", state="draft")
    with viewing(mine.counter.pk):
        drafting.discard(draft, mine.counter)
    assert draft.reference not in listed(mine, "analyst", state="draft")

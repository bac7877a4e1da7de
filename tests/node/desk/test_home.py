"""The first page, by role."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_counter_officer_sees_drafts_and_news(make, audience, enter):
    """Own drafts, the newest released reports and the month's figures; nobody else's drafts."""
    ours = make.agency()
    officer, colleague = make.officer(ours, "counter"), make.officer(ours, "counter")
    draft, theirs = make.report(officer), make.report(colleague)
    released = make.released(colleague, audience(ours, "green"))
    text = enter(officer).get("/").content.decode()
    assert f"/reports/{draft.reference}/edit/" in text
    assert theirs.reference not in text
    assert released.reference in text
    assert "Waiting for a decision" not in text
    assert "People to look at" not in text


def test_a_coordinator_sees_what_waits(make, audience, enter):
    """Proposals that others of the agency made wait for a coordinator; one's own do not."""
    from limen.node.reports.release import propose
    from limen.node.sharing.classes import ALL
    from limen.node.sharing.viewer import viewing

    ours = make.agency()
    author, coordinator = make.officer(ours, "examiner"), make.officer(ours, "coordinator")
    report = make.report(author)
    with viewing(author.pk):
        propose(report, author, audience(ours, "amber", make.agency(), classes=ALL), "MoU 1")
    assert f"/reports/{report.reference}/" in enter(coordinator).get("/").content.decode()
    assert f"/reports/{report.reference}/" not in enter(author).get("/").content.decode()
    assert f"/reports/{report.reference}/" not in enter(make.officer(None, "coordinator")).get("/").content.decode()


def test_an_administrator_sees_people(make, enter):
    """Who never signed in, of the own agency alone."""
    ours = make.agency()
    admin, new, other = make.officer(ours, "administrator"), make.officer(ours, "counter"), make.officer()
    text = enter(admin).get("/").content.decode()
    assert "People to look at" in text
    assert new.email in text
    assert other.email not in text


def test_a_demo_says_so(make, enter, settings):
    """A demonstration is told as one."""
    officer = make.officer()
    assert "Enter nothing real" not in enter(officer).get("/").content.decode()
    settings.LIMEN_DEMO = True
    assert "Enter nothing real" in enter(officer).get("/").content.decode()


def test_figures_are_those_of_the_list(make, audience, enter, monkeypatch):
    """The month's figure is what the list counts for the same days."""
    import datetime
    import re

    from django.utils import timezone

    ours = make.agency()
    officer = make.officer(ours, "counter")
    today = timezone.localdate()
    for _ in range(3):
        make.released(officer, audience(ours, "green"), detected_on=today.isoformat())
    make.released(officer, audience(ours, "green"), detected_on=(today - datetime.timedelta(days=70)).isoformat())
    text = enter(officer).get("/").content.decode()
    assert re.findall(r'stat-value">(\d+)<', text) == ["3", "0"]

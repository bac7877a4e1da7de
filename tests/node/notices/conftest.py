"""Officers who are told of reports, and the worker's turn."""

from __future__ import annotations

import pytest

from limen.node.notices import sending, subjects
from limen.node.notices.models import Notice
from limen.node.reports.reading import report_of
from limen.node.sharing.markings import Marking
from limen.node.sharing.rules import Audience


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    """What is told of in these tests are reports."""
    monkeypatch.setattr(subjects, "_SUBJECTS", dict(subjects._SUBJECTS))
    subjects.register(
        subjects.Subject(
            "reports", "A report is on Limen: %(number)s.", "A report is on Limen: %(number)s (urgent).", report_of
        )
    )


@pytest.fixture
def green(make):
    """A report that the whole community sees; its issuer, place and text are nobody else's business."""
    author = make.officer(None, "coordinator")
    audience = Audience(author.agency_id, Marking.GREEN, community=True)
    return make.released(author, audience, issuer="THA", place="THBKK", summary="zinnober")


@pytest.fixture
def told(make, keeping):
    """Tell officers of a report, as the keeper: `told(report, officer, urgent=True)`."""
    from limen.node.notices import tell

    def tell_of(report, *officers, **how):
        with keeping():
            tell(officers, "reports", report.reference, f"/reports/{report.reference}/", **how)
            return list(Notice.objects.order_by("pk"))

    return tell_of


@pytest.fixture
def work(keeping):
    """Let the worker send what is due."""

    def send():
        with keeping():
            return sending.send_due()

    return send

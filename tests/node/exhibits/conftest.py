"""Records with exhibits. Reports stand in for alerts and case studies: shareable too, and below this app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from limen.node.exhibits import holders
from limen.node.reports.models import Image, Report
from limen.node.sharing.viewer import viewing

from .records import release, webp


@pytest.fixture
def holder(db, keeping, monkeypatch) -> Iterator[holders.Holder]:
    """Let reports have exhibits, for the length of a test."""
    with keeping(), connection.cursor() as cursor:
        cursor.execute("SELECT exhibits_attach('reports', 'reports_report')")
    monkeypatch.setattr(holders, "_HOLDERS", dict(holders._HOLDERS))
    made = holders.Holder(Report)
    holders.register(made)
    return made


@pytest.fixture
def pictured():
    """Give a draft a masked picture: `pictured(report)`."""

    def made(report, confirmed=True, **values) -> Image:
        image = Image(report=report, width=64, height=48, masks_confirmed=confirmed, **values)
        image.masked.save("x.webp", ContentFile(webp()), save=False)
        image.thumbnail.save("x.webp", ContentFile(webp(32, 24)), save=False)
        with viewing(report.author_id):
            image.save()
        return image

    return made


@pytest.fixture
def told(make, pictured):
    """A report with a picture, released to an audience: `told(officer, "green")` to the community."""

    def made(officer, marking, *agencies, **values):
        report = make.report(officer)
        image = pictured(report, **values)
        release(report, officer, marking, *agencies)
        return image

    return made

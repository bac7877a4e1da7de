"""Retention really deletes, and the log says so."""

import datetime

import pytest
from django.core.files.base import ContentFile

from limen.node.audit import verify
from limen.node.audit.models import Entry
from limen.node.reports.models import BearerDetail, Image, Original, Report, Rollup
from limen.node.reports.retention import delete_expired
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Release
from limen.node.sharing.rules import Audience
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def picture(report):
    image = Image(report=report, width=1, height=1, masks_confirmed=True)
    image.masked.save("a.webp", ContentFile(b"masked"), save=False)
    image.save()
    original = Original(image=image, report=report, sha256="")
    original.file.save("a.webp", ContentFile(b"original"), save=False)
    original.save()
    return [image.masked, original.file]


def test_what_is_past_its_time_goes(make, keeping):
    """A report past its time goes with parts, files, proposals and counts; one that is not stays."""
    officer = make.officer(make.agency(retention_months=12), "counter")
    audience = Audience(officer.agency_id, Marking.GREEN, community=True)
    old, young = (make.released(officer, audience, surname="Doe") for _ in range(2))
    with viewing(officer.pk):
        files = picture(old)
    with keeping():
        Report.objects.filter(pk=old.pk).update(retain_until="2026-11-01")
        gone = delete_expired(datetime.date(2026, 11, 2))
        assert (gone.reports, gone.files) == (1, 2)
        assert [young.pk] == list(Report.objects.values_list("pk", flat=True))
        assert BearerDetail.objects.count() == 1
        assert not Image.objects.exists()
        assert Release.objects.count() == 1
        assert sum(Rollup.objects.filter(dimension="all").values_list("n", flat=True)) == 1
        entry = Entry.objects.get(action="report.deleted")
        assert (entry.chain, entry.subject) == (officer.agency_id, f"report:{old.reference}")
        assert not verify().broken
    assert not any(file.storage.exists(file.name) for file in files)


def test_the_site_cannot_delete_what_was_released(make):
    """By the site's role a released report stays, whatever is tried."""
    officer = make.officer(None, "coordinator")
    report = make.released(officer, Audience(officer.agency_id, Marking.GREEN, community=True))
    with viewing(officer.pk):
        assert Report.objects.filter(pk=report.pk)._raw_delete("default") == 0
        assert Report.objects.filter(pk=report.pk).exists()


def test_a_draft_is_kept_as_long_as_its_agency_says(make):
    """From its first day a report knows how long it is kept."""
    officer = make.officer(make.agency(retention_months=6), "counter")
    report = make.report(officer)
    assert 150 < (report.retain_until - datetime.date.today()).days < 190

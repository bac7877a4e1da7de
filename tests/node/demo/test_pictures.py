"""Pictures of the demonstration: drawn by the worker, masked as real ones are."""

from __future__ import annotations

import datetime
import json

import numpy as np
import pytest
from django.db import connection
from PIL import Image as Pillow

from limen.node.demo import picturing, stories, tasks
from limen.node.demo.inventing import Invented
from limen.node.demo.persons import FORMATS
from limen.node.images import masking
from limen.node.images.masks import masks_from_json
from limen.node.people.models import Officer
from limen.node.reports import release
from limen.node.reports.models import Image, Original, Report
from limen.node.sharing.viewer import viewing
from limen.vision import read_zone

pytestmark = pytest.mark.django_db


def _jobs() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [tasks.draw.name])
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]


def test_every_report_of_the_stories_gets_pictures(filled):
    """The worker is left a job for each report of a story, and for the newest others of Utopian documents."""
    jobs = _jobs()
    told = [job for job in jobs if job["story"]]
    assert len(told) == 14 + 8
    assert len(jobs) > len(told)
    assert jobs == sorted(jobs, key=lambda job: -job["report"])


@pytest.mark.parametrize("story", [stories.OUTBREAK, stories.LABEL])
def test_pictures_hide_persons_and_show_the_fraud(filled, keeping, story):
    """Neither face nor zone is left; the masked file is what the masks make of the original; places are marked."""
    job = next(job for job in _jobs() if job["story"] == story)
    assert picturing.picture(**_named(job)) == 2
    assert picturing.picture(**_named(job)) == 0
    report = Report.objects.get(pk=job["report"])
    assert release.missing(report) == []
    for image in report.images.all():
        original, masked = _pixels(image.original.file), _pixels(image.masked)
        masks = masks_from_json(image.masks)
        assert masking.leftovers(original, masks) == ()
        assert masked.shape == original.shape
        assert np.abs(masking.apply(original, masks).astype(int) - masked).mean() < 6
        assert image.masks_confirmed
        assert image.regions
        assert all(region["label"] and region["text"] for region in image.regions)
    white = report.images.get(light="white")
    zone = read_zone(_pixels(white.original.file))
    assert zone is not None
    assert white.fingerprint is not None


def test_only_named_agencies_see_originals(filled, keeping):
    """A counter officer elsewhere sees the masked pictures of a report for the community and no original."""
    job = next(job for job in _jobs() if Report.objects.get(pk=job["report"]).marking == "green")
    picturing.picture(**_named(job))
    report = Report.objects.get(pk=job["report"])
    elsewhere = Officer.objects.filter(roles=["counter"]).exclude(agency=report.owner).first()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE limen_site")
        with viewing(elsewhere.pk):
            seen = Image.objects.filter(report=report).count(), Original.objects.filter(report=report).count()
        cursor.execute("RESET ROLE")
    assert seen == (2, 0)


def _named(job: dict) -> dict:
    return {"number": job["report"]} | {name: job[name] for name in ("category", "method", "seed", "story")}


def _pixels(file) -> np.ndarray:
    with file.open() as opened:
        return np.asarray(Pillow.open(opened).convert("RGB"))


def test_nothing_is_put_off_without_specimens(db, keeping):
    """Reports without a picture leave no job."""
    with keeping():
        tasks.put_off([(1, Invented("demo-laos", datetime.date(2026, 1, 1), "LAO"))])
        assert _jobs() == []


@pytest.mark.parametrize("category", FORMATS)
def test_every_method_can_be_drawn(monkeypatch, category):
    """No kind of document lacks what a method falsifies; the front of a card has no zone."""
    monkeypatch.setattr(picturing, "render", lambda recipe: recipe)
    for method in picturing._FRAUDS:
        assert picturing.specimen(category, method, 7, "")

"""What comes out of the interface follows the sight of each record."""

from __future__ import annotations

import random

import pytest

from limen.node.audit.models import Entry
from limen.node.reports.models import Report, Rollup
from limen.node.sharing import rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking

from ..sharing.world import ISSUERS, build

pytestmark = pytest.mark.django_db

NUMBERS = FieldClass.STATISTICAL | FieldClass.DOCUMENT
BEARER = NUMBERS | FieldClass.BEARER
DETAILS = {"number": "X9", "surname": "ERIKSSON"}


@pytest.fixture
def owner(make):
    return make.officer(make.agency(), "coordinator")


def shared(owner, reader, marking=Marking.AMBER, classes=NUMBERS):
    return rules.Audience(owner.agency_id, marking, agencies=frozenset([reader.agency.pk]), classes=classes)


def test_fields_of_classes_that_are_not_seen_are_absent(make, machine, owner):
    """By the audience, and by the token's own scopes."""
    numbers, statistics = machine("read1"), machine("read0")
    report = make.released(owner, shared(owner, numbers), **DETAILS)
    seen = numbers.get(f"/reports/{report.reference}").json()
    assert (seen["classes"], seen["number"]) == ([0, 1], "X9")
    assert {"surname", "client_key"}.isdisjoint(seen)
    assert "surname" not in numbers.get(f"/reports/{report.reference}?include=bearer").json()
    community = rules.Audience(owner.agency_id, Marking.GREEN, community=True)
    report = make.released(owner, community, **DETAILS)
    seen = statistics.get(f"/reports/{report.reference}").json()
    assert seen["classes"] == [0]
    assert {"number", "mrz", "surname"}.isdisjoint(seen)


def test_the_bearer_is_asked_for_and_recorded(make, machine, owner, keeping):
    """Whoever sees class 2 asks for it, and that is in the reader's log; without asking it is absent."""
    api = machine("read2")
    report = make.released(owner, shared(owner, api, classes=BEARER), **DETAILS)

    def logged():
        with keeping():
            return Entry.objects.filter(chain=api.agency.pk, action="report.bearer_seen").count()

    assert "surname" not in api.get(f"/reports/{report.reference}").json()
    assert logged() == 0
    assert api.get(f"/reports/{report.reference}?include=bearer").json()["surname"] == "ERIKSSON"
    assert logged() == 1
    [item] = api.get("/reports").json()["items"]
    assert "surname" not in item


@pytest.mark.parametrize("marking", [Marking.AMBER_STRICT])
def test_what_may_not_be_copied_does_not_leave(make, machine, owner, refused, marking):
    """To other agencies' machines it is as if it were not there: read, listed, counted."""
    api, own = machine("read1"), machine("read1", agency=owner.agency)
    report = make.released(owner, shared(owner, api, marking), **DETAILS)
    absent = refused(api.get("/reports/R26-ZZZZ-ZZZZ"), 404)
    hidden = refused(api.get(f"/reports/{report.reference}"), 404)
    assert hidden | {"instance": ""} == absent | {"instance": ""}
    assert api.get("/reports").json()["items"] == []
    assert api.get("/counts").json()["total"] == 0
    assert own.get(f"/reports/{report.reference}").status_code == 200
    assert own.get("/counts").json()["total"] == 1


def test_a_list_goes_on_where_it_ended(make, machine, owner):
    """Page by page, each report once, the newest first, also where the days are equal."""
    api = machine("read0", agency=owner.agency)
    for day in (3, 1, 2, 2, 2):
        make.report(owner, detected_on=f"2026-10-0{day}")
    found, cursor = [], ""
    for _ in range(3):
        page = api.get(f"/reports?state=draft&limit=2&cursor={cursor}").json()
        found += page["items"]
        cursor = page["next"] or ""
    assert not cursor
    assert [item["detected_on"][-1] for item in found] == ["3", "2", "2", "2", "1"]
    assert len({item["reference"] for item in found}) == 5


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x",
        "cursor=gAAAAA",
        "limit=0",
        "limit=201",
        "limit=x",
        "since=yesterday",
        "since=2026-02-31",
        "state=lost",
        "marking=pink",
        "issuer=Atlantis",
        "similar=x",
        "mine=maybe",
    ],
)
def test_a_search_that_is_not_understood(machine, refused, query):
    """It is told in one sentence."""
    refused(machine("read0").get(f"/reports?{query}"), 422)


@pytest.mark.parametrize("path", ["/reports?q=%00", "/reports/%00", "/places?q=a%00b", "/images/%00/masked"])
def test_nul_in_an_address(machine, refused, path):
    """The database could not hold it."""
    refused(machine("read0").get(path), 400)


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/reports/x", "/reports/%F0%9F", "/images/x/masked", "/images/x/original", "/terms/x"]
)
def test_what_is_not_there(machine, refused, path):
    """One answer for all of it."""
    refused(machine("read0").get(path), 404)


def test_another_method(machine, refused):
    """It is told which there are."""
    response = machine("read0").call("PUT", "/reports")
    refused(response, 405)
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


def test_every_condition_of_the_search_can_be_asked():
    """And each is understood by the search."""
    import dataclasses

    from limen.node.api.schemas import Find
    from limen.node.reports.finding import Search

    assert {field.name for field in dataclasses.fields(Search)} == Find.model_fields.keys() - {"limit", "cursor"}


def test_without_a_database(machine, refused, monkeypatch):
    """It is told that the node is not ready, and when to come again."""
    from django.db import OperationalError

    from limen.node.api import entry

    def away(request):
        raise OperationalError("gone")

    monkeypatch.setattr(entry, "recognise", away)
    response = machine("read0").get("/me")
    refused(response, 503)
    assert response["Retry-After"]


def test_counts(make, machine, owner):
    """By value and by month, the sums being those of the reports seen."""
    audience = rules.Audience(owner.agency_id, Marking.GREEN, community=True)
    for issuer, month in (("UTO", "08"), ("UTO", "09"), ("THA", "10")):
        make.released(owner, audience, issuer=issuer, detected_on=f"2026-{month}-05")
    api = machine("read0")
    assert api.get("/counts?by=issuer").json()["items"] == [{"value": "UTO", "n": 2}, {"value": "THA", "n": 1}]
    assert [item["value"] for item in api.get("/counts?by=month").json()["items"]] == ["2026-08", "2026-09", "2026-10"]
    assert api.get("/counts?by=issuer&since=2026-09&until=2026-09").json()["total"] == 1


def test_words_places_and_agencies(machine):
    """What a client needs to know, in all languages."""
    api = machine("write")
    kinds = {item["code"]: item for item in api.get("/terms/fraud_class").json()["items"]}
    assert set(kinds["counterfeit"]["labels"]) >= {"en", "th", "vi"}
    assert "THA" in {item["code"] for item in api.get("/terms/issuer").json()["items"]}
    assert api.get("/terms/carrier").json()["items"]
    [place] = api.get("/places?q=BKK&limit=1").json()["items"]
    assert (place["code"], place["country"]) == ("THBKK", "THA")
    assert api.agency.code in {item["code"] for item in api.get("/agencies").json()["items"]}


def test_nothing_leaks(make, keeping, settings, tmp_path):
    """A random world: whatever random callers ask, no token of what the rule denies is in any answer."""
    from .conftest import Api

    settings.MEDIA_ROOT = str(tmp_path)
    rng = random.Random(7)
    world = build(make, keeping, 7, reports=60)
    found = 0
    for officer in rng.sample(world.officers, 12):
        api = Api(officer=officer)
        report = rng.choice(world.reports)
        image = report.images.values_list("uid", flat=True)
        with keeping():
            uid = image.first()
        paths = [
            "/reports?state=any&limit=200",
            f"/reports?q=zq{report.pk}c0",
            f"/reports?name=zq{report.pk}c2&state=any",
        ]
        paths += [
            f"/reports/{report.reference}?include=bearer",
            f"/images/{uid}/masked",
            f"/images/{uid}/original",
        ]
        for path in paths:
            response = api.get(path)
            assert response.status_code in (200, 401, 404), (path, response.content)
            assert not world.leaks(officer, response.content.decode(errors="replace")), path
            found += response.status_code == 200
        if not (officer.is_active and officer.agency.is_active):
            continue
        listed = {item["reference"] for item in api.get("/reports?state=any&limit=200").json()["items"]}
        copied = {report.reference for report in world.reports if world.copied(officer, report)}
        assert listed == copied
        released = [each for each in world.reports if each.reference in copied and each.state == "released"]
        counts = {item["value"]: item["n"] for item in api.get("/counts?by=issuer").json()["items"]}
        expected = {issuer: sum(each.issuer == issuer for each in released) for issuer in ISSUERS}
        assert counts == {issuer: n for issuer, n in expected.items() if n}
    assert found > 20
    with keeping():
        assert Report.objects.count() == 60
        assert Rollup.objects.exists()

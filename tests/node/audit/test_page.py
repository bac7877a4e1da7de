"""The page of the log: who reads which entries, filtered, paged, checked and exported."""

import csv
import io
import re

import pytest
from django.test import Client

from limen.node import audit
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open_door(settings):
    settings.LIMEN_REQUIRE_SECOND_FACTOR = False


def enter(officer):
    client = Client()
    client.force_login(officer)
    return client


def write(officer, action="report.begun", times=1, **values):
    with viewing(officer.pk):
        for _ in range(times):
            audit.record(action, **values)


def shown(response):
    """The subjects of the entries on the page, in their order."""
    return re.findall(r"R26-[0-9A-Z]{4}-[0-9A-Z]{4}(?=</a>)", response.content.decode())


@pytest.fixture
def agency(make):
    """An agency with an officer who did something, and a coordinator."""
    ours = make.agency()
    officer, coordinator = make.officer(ours, "counter"), make.officer(ours, "coordinator")
    write(officer, subject="report:R26-AAAA-AAAA")
    write(coordinator, "report.bearer_seen", subject="report:R26-BBBB-BBBB")
    write(make.officer(), subject="report:R26-CCCC-CCCC")
    return officer, coordinator


def test_overseers_read_their_agencys_chain(agency, make):
    """The newest first, actions in words, subjects linked; other agencies' entries are not there."""
    officer, coordinator = agency
    response = enter(coordinator).get("/audit/")
    assert shown(response) == ["R26-BBBB-BBBB", "R26-AAAA-AAAA"]
    text = response.content.decode()
    assert "Bearer&#x27;s data seen" in text
    assert officer.name in text
    assert 'href="/reports/R26-AAAA-AAAA/"' in text


def test_others_are_refused(agency, make):
    """Who is neither coordinator nor administrator does not read the log, in no form."""
    client = enter(agency[0])
    assert client.get("/audit/").status_code == 403
    assert client.post("/audit/check/").status_code == 403
    assert client.post("/audit/export/").status_code == 403


def test_the_nodes_own_chain(make):
    """Administrators of the agency that operates the node read the node's own entries; nobody else does."""
    audit.record("node.started", subject="node:here")
    operator = make.officer(make.agency(operates_node=True), "administrator")
    other = make.officer(make.agency(), "administrator")
    assert "node:here" in enter(operator).get("/audit/?chain=node").content.decode()
    assert "node:here" not in enter(other).get("/audit/?chain=node").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("action=report.begun", ["R26-AAAA-AAAA"]),
        ("action=nothing", []),
        ("since=2020-01-01", ["R26-BBBB-BBBB", "R26-AAAA-AAAA"]),
        ("until=2020-01-01", []),
        ("since=tomorrow", ["R26-BBBB-BBBB", "R26-AAAA-AAAA"]),
        ("officer=x", ["R26-BBBB-BBBB", "R26-AAAA-AAAA"]),
        ("until=9999-12-31&before=%00", ["R26-BBBB-BBBB", "R26-AAAA-AAAA"]),
    ],
)
def test_filters(agency, query, found):
    """Conditions narrow the page; one that is not understood is told and left out."""
    response = enter(agency[1]).get(f"/audit/?{query}")
    assert shown(response) == found
    wrong = query in ("since=tomorrow", "officer=x")
    assert response.content.decode().count('role="alert"') == wrong


def test_by_officer(agency):
    """What one officer did."""
    assert shown(enter(agency[1]).get(f"/audit/?officer={agency[0].pk}")) == ["R26-AAAA-AAAA"]


def test_pages_by_key(make):
    """Each entry stands on exactly one page."""
    coordinator = make.officer(None, "coordinator")
    write(coordinator, "report.changed", times=120, subject="report:R26-DDDD-DDDD")
    client, query, counts = enter(coordinator), "?action=report.changed", []
    while query is not None:
        response = client.get(f"/audit/{query}")
        counts.append(len(shown(response)))
        more = re.search(r'href="(\?[^"]*before=\d+)"', response.content.decode())
        query = more[1].replace("&amp;", "&") if more else None
    assert counts == [50, 50, 20]


def test_the_chain_is_checked(agency, keeping):
    """The page says that the chain holds, and where it does not."""
    from django.db import connection

    client = enter(agency[1])
    assert "alert-good" in client.post("/audit/check/", headers={"HX-Request": "true"}).content.decode()
    with keeping(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_append_only")
        cursor.execute("UPDATE audit_entry SET subject = 'report:none' WHERE subject = 'report:R26-AAAA-AAAA'")
    assert "broken at entry" in client.post("/audit/check/").content.decode()


def test_csv_is_recorded(agency):
    """Entries as CSV with their digests; the export is an entry of its own."""
    client = enter(agency[1])
    response = client.post("/audit/export/", {"action": "report.begun"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [row["subject"] for row in rows] == ["report:R26-AAAA-AAAA"]
    assert len(rows[0]["digest"]) == 64
    assert "Log exported" in client.get("/audit/").content.decode()


def test_htmx_swaps_entries_alone(agency):
    """A filter changed in the page is answered by the entries alone."""
    response = enter(agency[1]).get("/audit/?action=report.begun", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert response["HX-Push-Url"] == "/audit/?action=report.begun"

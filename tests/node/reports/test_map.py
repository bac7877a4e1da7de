"""The map: a bubble a place, with the same numbers as the list."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(make, audience):
    """Reports of two agencies at places, and one that names a country alone."""
    ours, theirs = make.agency(), make.agency()
    author, other = make.officer(ours, "counter"), make.officer(theirs, "counter")
    made = [
        make.released(author, audience(ours, "green"), place="THBKK", detected_on="2026-10-05"),
        make.released(author, audience(ours, "green"), place="THBKK", fraud_class="forgery", detected_on="2026-11-05"),
        make.released(author, audience(ours, "amber", theirs), place="VNSGN", detection_country="VNM"),
        make.released(author, audience(ours, "green"), issuer="D"),
        make.released(other, audience(theirs, "amber", make.agency()), place="VNSGN", detection_country="VNM"),
    ]
    return author, other, make.officer(make.agency(), "counter"), made


def counted(response):
    return int(re.search(r'data-count="(\d+)"', response.content.decode())[1])


QUERIES = (
    "",
    "fraud_class=forgery",
    "issuer=D",
    "since=2026-11-01",
    "since=2026-10-01&until=2026-10-31",
    "since=2026-10-06&until=2026-11-06",
    "country=THA",
    "country=VNM&fraud_class=counterfeit",
    "marking=green",
    "marking=amber&country=VNM",
    "setting=arrival",
    "issuer=UTO&fraud_class=counterfeit",
    "place=THBKK",
    "place=-",
    "q=vietnam",
)


@pytest.mark.parametrize("query", QUERIES)
def test_numbers_are_the_lists(world, enter, query):
    """Whoever looks and whatever is asked: the map's sum is the list's count, and so is each bubble."""
    for officer in world[:3]:
        client = enter(officer)
        found = client.get(f"/reports/map/data/?{query}").json()
        assert found["count"] == counted(client.get(f"/reports/?{query}"))
        assert found["count"] == counted(client.get(f"/reports/map/?{query}"))
        assert sum(point["value"] for point in found["points"]) == found["count"]
        for point in found["points"]:
            assert point["value"] == counted(client.get(point["url"])), point


def test_places_stand_where_they_are(world, enter):
    """Places have their coordinates, a country its midst, and the table holds the same figures."""
    client = enter(world[0])
    points = {point["code"]: point for point in client.get("/reports/map/data/").json()["points"]}
    assert set(points) == {"THBKK", "VNSGN", "THA"}
    assert points["THBKK"]["value"] == 2
    assert points["THBKK"]["lat"] == pytest.approx(13.7, abs=0.3)
    assert points["THBKK"]["lon"] == pytest.approx(100.6, abs=0.4)
    text = client.get("/reports/map/").content.decode()
    assert all(code in text for code in points)


def test_a_recall_is_taken_off(world, enter):
    """A report that is recalled is counted nowhere any more."""
    from limen.node.sharing.releasing import recall
    from limen.node.sharing.viewer import viewing

    author, other, _stranger, made = world
    with viewing(author.pk):
        recall(made[0], author, "Wrong document.")
    for officer in (author, other):
        points = {p["code"]: p["value"] for p in enter(officer).get("/reports/map/data/").json()["points"]}
        assert points["THBKK"] == 1


def test_bad_values_are_told(world, enter):
    """A condition that is not understood is told, and the map still drawn."""
    client = enter(world[0])
    assert client.get("/reports/map/?since=x").content.decode().count('role="alert"') == 1
    assert len(client.get("/reports/map/data/?since=x").json()["faults"]) == 1


def test_agencies_are_counted_apart(world, enter):
    """Asked for one agency, the map's figures are the list's."""
    author, other = world[:2]
    for officer in (author, other):
        found = enter(other).get(f"/reports/map/data/?agency={officer.agency.code}").json()
        assert found["count"] == counted(enter(other).get(f"/reports/?agency={officer.agency.code}"))
        assert found["count"] == (4 if officer is author else 1)
    assert enter(other).get("/reports/map/data/?agency=nobody").json()["count"] == 0


def test_the_newest_are_counted_where_there_are_too_many(world, enter, monkeypatch):
    """A search that no roll-up answers counts the newest, and the page says that there are more."""
    from limen.node.reports import placing

    monkeypatch.setattr(placing, "NEWEST", 2)
    response = enter(world[0]).get("/reports/map/?issuer=UTO&setting=&q=uto")
    assert counted(response) == 2
    assert "There are more" in response.content.decode()
    assert "More than 2 reports" in response.content.decode()

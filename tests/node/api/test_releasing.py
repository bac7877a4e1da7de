"""Releases through the interface: what a machine may, and what only persons decide."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

GREEN = {"marking": "green", "community": True}


@pytest.fixture
def trusted(make):
    """An agency that lets its machines release."""
    return make.agency(machine_release=True)


def test_a_machines_report_waits_for_a_person(machine, full):
    """Whatever audience it names."""
    api = machine("write")
    told = api.post("/reports", full | {"release": GREEN}).json()
    assert (told["state"], told["marking"], told["released_at"]) == ("proposed", "amber_strict", None)


def test_a_machine_releases_where_its_agency_has_set_so(machine, full, trusted):
    """At once, in the same request, and once."""
    api = machine("write", agency=trusted)
    first = api.post("/reports", full | {"release": GREEN, "client_key": "k"})
    told = first.json()
    assert (first.status_code, told["state"], told["marking"]) == (201, "released", "green")
    again = api.post("/reports", full | {"release": GREEN, "client_key": "k"})
    assert (again.status_code, again.json()) == (200, told)
    assert machine("read0").get(f"/reports/{told['reference']}").status_code == 200
    assert api.post("/reports", full).json()["state"] == "draft"


def test_two_people_are_still_two(machine, full, trusted):
    """No machine releases more than statistical data by itself."""
    api, other = machine("write", agency=trusted), machine("read1")
    audience = {"marking": "amber", "agencies": [other.agency.code], "classes": [0, 1], "basis": "MoU 1"}
    assert api.post("/reports", full | {"release": audience}).json()["state"] == "proposed"


def test_a_report_that_cannot_be_released_is_not_begun(machine, full, trusted, refused):
    """All of the request, or nothing."""
    api = machine("write", agency=trusted)
    refused(api.post("/reports", full | {"issuer": "", "release": GREEN}), 422)
    refused(api.post("/reports", full | {"release": {"marking": "amber", "community": True}}), 422)
    refused(api.post("/reports", full | {"release": {"marking": "amber", "agencies": ["nowhere"]}}), 422)
    refused(api.post("/reports", full | {"release": {"marking": "red", "agencies": []}}), 422)
    refused(api.post("/reports", full | {"release": {"marking": "amber"}}), 422)
    assert api.get("/reports?state=any").json()["items"] == []


def test_the_way_of_a_report(machine, person, full, refused):
    """Sent by a machine, approved by one person, recalled by another."""
    api = machine("write")
    told = api.post("/reports", full).json()
    path = f"/reports/{told['reference']}"
    coordinator = person(api.agency, "coordinator")
    refused(coordinator.post(f"{path}/approve", {}), 409)
    assert api.post(f"{path}/release", GREEN).json()["state"] == "proposed"
    refused(api.post(f"{path}/release", GREEN), 403)
    refused(api.patch(path, {"issuer": "THA"}), 403)
    refused(person(api.agency, "counter").post(f"{path}/approve", {}), 403)
    refused(person(None, "coordinator").post(f"{path}/approve", {}), 404)
    assert coordinator.post(f"{path}/refuse", {"reason": "Say which model."}).json()["state"] == "draft"
    api.post(f"{path}/release", GREEN)
    assert coordinator.post(f"{path}/approve", {"comment": "Seen."}).json()["state"] == "released"
    refused(api.delete(path), 403)
    recalled = coordinator.post(f"{path}/recall", {"reason": "The issuer's own."}).json()
    assert (recalled["state"], recalled["marking"]) == ("recalled", "amber_strict")


@pytest.mark.parametrize("doing", ["approve", "refuse", "recall"])
def test_no_token_decides(machine, full, trusted, refused, doing):
    """Not even where its agency lets it release."""
    api = machine("write", "read3", agency=trusted)
    path = f"/reports/{api.post('/reports', full | {'release': GREEN}).json()['reference']}"
    refused(api.post(f"{path}/{doing}", {} if doing == "approve" else {"reason": "x"}), 403)

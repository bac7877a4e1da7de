"""Requests at the same time: one key is one report, and the pace is kept."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def ask(live_server, api, path, body=None):
    """One request over a connection of its own; status and answer."""
    headers = api.headers | {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{live_server.url}/api/v1{path}", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_a_key_that_is_sent_eight_times_at_once(live_server, machine, full, make):
    """One is told that the report is new, the others get the same one; it is released once, with one route."""
    api = machine("write", agency=make.agency(machine_release=True))
    sent = full | {"client_key": "k", "legs": [{"country": "THA"}], "release": {"marking": "green", "community": True}}
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: ask(live_server, api, "/reports", sent), range(8)))
    assert Counter(status for status, _ in told) == {201: 1, 200: 7}
    assert len({body["reference"] for _, body in told}) == 1
    assert {(body["state"], len(body["legs"])) for _, body in told} == {("released", 1)}
    assert ask(live_server, api, "/counts")[1]["total"] == 1


def test_the_pace_is_kept_by_many_at_once(live_server, machine, settings):
    """Of twelve requests at once, five go through where five may."""
    settings.LIMEN_API_PER_MINUTE = 5
    api = machine("read0")
    with ThreadPoolExecutor(12) as pool:
        told = Counter(status for status, _ in pool.map(lambda _: ask(live_server, api, "/me"), range(12)))
    assert told[200] in (5, 6)
    assert told[429] == 12 - told[200]

"""A report is begun once, and all of it or nothing."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_a_machine_sends_a_draft(machine, full):
    """What was sent comes back, and it is a draft of the machine's agency."""
    api = machine("write")
    response = api.post("/reports", full | {"number": "X123", "legs": [{"role": "embarkation", "place": "THBKK"}]})
    assert response.status_code == 201, response.content
    told = response.json()
    assert told | full == told
    assert (told["state"], told["marking"], told["agency"]) == ("draft", "amber_strict", api.agency.code)
    assert (told["number"], told["legs"][0]["place"]) == ("X123", "THBKK")
    assert response["Location"] == f"/api/v1/reports/{told['reference']}"
    assert api.get(f"/reports/{told['reference']}").json() == told


@pytest.mark.parametrize("header", [True, False])
def test_the_same_key_is_the_same_report(machine, full, header):
    """Sent again, the first report comes back with 200, unchanged."""
    api = machine("write")

    def send(**more):
        if header:
            return api.post("/reports", full | more, Idempotency_Key='"k-1"')
        return api.post("/reports", full | more | {"client_key": "k-1"})

    first, again = send(), send(issuer="THA")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert first.json()["client_key"] == "k-1"


def test_keys_are_each_agencys_own(machine, full):
    """Two agencies may use the same key."""
    told = [machine("write").post("/reports", full | {"client_key": "k"}) for _ in range(2)]
    assert [each.status_code for each in told] == [201, 201]


def test_a_key_of_a_report_that_is_not_open_to_the_machine(machine, full, keeping, refused):
    """It is told as a conflict, and nothing is begun."""
    from limen.node.reports.models import Report
    from limen.node.sharing import policy, rules
    from limen.node.sharing.markings import Marking

    api = machine("write")
    api.post("/reports", full | {"client_key": "k"})
    with keeping():
        red = rules.Audience(api.agency.pk, Marking.RED, officers=frozenset([api.by.pk]))
        Report.objects.update(audience_id=policy.intern(red))
    refused(api.post("/reports", full | {"client_key": "k"}), 409)


def test_two_keys_that_differ(machine, full, refused):
    """Header and body must agree."""
    response = machine("write").post("/reports", full | {"client_key": "a"}, Idempotency_Key="b")
    assert "client_key" in refused(response, 422)["errors"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"issuer": "Atlantis"}, "issuer"),
        ({"detected_on": "2999-01-01"}, "detected_on"),
        ({"detected_on": "2026-02-31"}, "detected_on"),
        ({"line": 4}, "line"),
        ({"line": "1"}, "line"),
        ({"model_year": 10**30}, "model_year"),
        ({"colour": "red"}, "colour"),
        ({"legs": [{"place": "Atlantis"}]}, "legs"),
        ({"legs": [{}] * 13}, "legs"),
        ({"companions": [{"category": "crown"}]}, "companions"),
        ({"price": -1}, "price"),
        ({"price": 9_999_999_999.999}, "price"),
        ({"number": "ß" * 32}, "number"),
        ({"document_type": "ßß"}, "document_type"),
        ({"detected_on": "٢٠٢٦-١١-٠٢"}, "detected_on"),
        ({"summary": "x" * 10_001}, "summary"),
        ({"client_key": "x" * 65}, "client_key"),
    ],
)
def test_what_is_not_understood(machine, full, refused, more, field):
    """It is named, in one sentence, and nothing is stored."""
    api = machine("write")
    errors = refused(api.post("/reports", full | more), 422)["errors"]
    assert any(field in name for name in errors)
    assert api.get("/reports?state=any").json()["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"issuer": "\\ud800"}',
        b'{"issuer": NaN}',
        b'{"issuer": "UTO", "issuer": "THA"}',
        b'{"summary": "a\\u0000b"}',
        b'{"model_year": ' + b"9" * 5000 + b"}",
        b'{"companions": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[]",
        b"null",
        b'"UTO"',
        b"{}\n{}",
    ],
)
def test_what_is_no_json_of_ours(machine, refused, body):
    """Bytes that cannot be read, or in two ways, are refused in a sentence."""
    response = machine("write").post("/reports", body)
    refused(response, response.status_code)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_content_type(machine, refused, kind):
    """Only JSON is read."""
    refused(machine("write").post("/reports", {"issuer": "UTO"}, content_type=kind), 415)


def test_more_than_a_body_may_hold(machine, refused, settings):
    """Whether it is more than the interface reads, or more than the site does."""
    api = machine("write")
    body = '{"summary": "' + "x" * (1 << 20) + '"}'
    refused(api.post("/reports", body), 413)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    refused(api.post("/reports", body), 413)


def test_changing_a_draft(machine, full):
    """Only what is named changes; null empties; the route is replaced."""
    api = machine("write")
    sent = full | {"method": "photo_substitution", "number": "A1"}
    path = f"/reports/{api.post('/reports', sent).json()['reference']}"
    api.patch(path, {"legs": [{"role": "transit", "country": "THA"}]})
    told = api.patch(path, {"method": None, "surname": "ERIKSSON"}).json()
    assert (told["method"], told["issuer"], told["number"]) == ("", "UTO", "A1")
    assert [leg["country"] for leg in told["legs"]] == ["THA"]
    assert "surname" not in told
    assert api.get(f"{path}?include=bearer").json()["surname"] == "ERIKSSON"
    assert api.patch(path, {"legs": []}).json()["legs"] == []


def test_a_change_is_all_or_nothing(machine, full, refused):
    """Where the route is not understood, the fields stay too."""
    api = machine("write")
    path = f"/reports/{api.post('/reports', full).json()['reference']}"
    refused(api.patch(path, {"issuer": "THA", "legs": [{"place": "Atlantis"}]}), 422)
    assert api.get(path).json()["issuer"] == "UTO"


def test_discarding_a_draft(machine, full, refused):
    """It is gone, and its key may be used again."""
    api = machine("write")
    path = f"/reports/{api.post('/reports', full | {'client_key': 'k'}).json()['reference']}"
    assert api.delete(path).status_code == 204
    refused(api.get(path), 404)
    refused(api.delete(path), 404)
    assert api.post("/reports", full | {"client_key": "k"}).status_code == 201


def test_a_token_that_only_reads(machine, full, refused):
    """It sends, changes, discards and releases nothing."""
    writer = machine("write")
    path = f"/reports/{writer.post('/reports', full).json()['reference']}"
    reader = machine("read1", agency=writer.agency)
    refused(reader.post("/reports", full), 403)
    refused(reader.patch(path, {"issuer": "THA"}), 403)
    refused(reader.delete(path), 403)
    refused(reader.post(f"{path}/release", {"marking": "green", "community": True}), 403)
    refused(reader.post(f"{path}/images", b"", content_type="multipart/form-data; boundary=x"), 403)


def test_the_examples_of_the_document_are_understood(machine):
    """Whoever copies them sends a report."""
    from limen.node.api.wording import COMPANION, FIELDS, LEG

    sent = {name: example for name, (_words, example) in FIELDS.items()}
    sent["legs"] = [{name: example for name, (_words, example) in LEG.items()}]
    sent["companions"] = [{name: example for name, (_words, example) in COMPANION.items()}]
    response = machine("write").post("/reports", sent)
    assert response.status_code == 201, response.content
    told = response.json()
    assert {name for name, value in sent.items() if name in told and told[name] != value} <= {"companions"}


NASTY = "ßŉǰΐﬃİ\u202e\u200d\ufeff\uffff\ufdfa\u0e01\u1100\U0001f468\U0010ffff\x01\x1f\x7f\\'\"%<&;{}|:*!() \n\t0A"


@pytest.mark.parametrize("seed", range(12))
def test_texts_that_are_hard_to_keep(machine, seed):
    """Whatever characters a text of whatever length holds: it is kept as it is, or refused in a sentence."""
    import random

    from limen.node.reports.fields import FIELDS

    draw = random.Random(seed)
    api = machine("write", "read2")
    sent = {}
    for field in FIELDS:
        if field.kind in ("text", "long", "mrz", "term", "place", "issuer"):
            length = draw.choice([0, 1, field.limit // 2, field.limit])
            sent[field.name] = "".join(draw.choices(NASTY, k=length))
    for name in draw.sample(sorted(sent), 3):
        assert api.post("/reports", {name: sent[name]}).status_code in (201, 422), name
    texts = {name: sent[name].strip().replace("ß", "") for name in ("summary", "narrative", "model_name", "surname")}
    response = api.post("/reports", texts)
    assert response.status_code == 201, response.content[:300]
    told = api.get(f"/reports/{response.json()['reference']}?include=bearer").json()
    assert {name: told[name] for name in texts} == {name: text.strip() for name, text in texts.items()}
    for asked in (sent["summary"][:190], sent["number"], draw.choice(NASTY) * 200):
        response = api.client.get("/api/v1/reports", {"q": asked, "name": asked, "state": "any"}, headers=api.headers)
        assert response.status_code in (200, 422), response.content

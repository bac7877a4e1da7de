"""Tokens: made, used, refused, revoked."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from limen.node.api import actions
from limen.node.api.models import Token
from limen.node.api.secret import PREFIX, digest, new_secret
from limen.node.audit.models import Entry
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


def test_a_secret_is_recognised_and_not_guessed():
    """It begins with the prefix, holds 256 bits, and only its own shape has a digest."""
    secret = new_secret()
    assert secret.startswith(PREFIX)
    assert len(secret) == len(PREFIX) + 43
    assert len(digest(secret)) == 32
    others = ("", "limen_", secret[:-1], secret + "x", "x" + secret, secret + "\n")
    assert [digest(text) for text in others] == [None] * 6


def test_who_calls(machine):
    """A machine is told who it is."""
    api = machine("write", "read1")
    told = api.get("/me").json()
    assert (told["name"], told["is_machine"], told["roles"]) == ("Gate 7", True, ["write", "read1"])
    assert told["agency"]["code"] == api.agency.code


_HEADERS = ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", f"Bearer {PREFIX}{'A' * 43}", "x" * 9000]


@pytest.mark.parametrize("header", _HEADERS)
def test_no_token_that_is_known(machine, refused, header):
    """It is refused, and told how to sign."""
    response = machine("read0").get("/me", Authorization=header)
    refused(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_nobody(refused):
    """Without token or session nothing is answered."""
    for path in ("/me", "/reports", "/agencies", "/counts", "/terms/method", "/places?q=BKK"):
        refused(Client().get(f"/api/v1{path}"), 401)


def _revoke(api, _keeping):
    with viewing(api.by.pk):
        actions.revoke_token(api.by, api.token.pk)


def _expire(api, keeping):
    with keeping():
        Token.objects.filter(pk=api.token.pk).update(expires_at=timezone.now())


def _deactivate_machine(api, keeping):
    with keeping():
        type(api.officer).objects.filter(pk=api.officer.pk).update(is_active=False)


def _deactivate_agency(api, keeping):
    with keeping():
        type(api.agency).objects.filter(pk=api.agency.pk).update(is_active=False)


@pytest.mark.parametrize("end", [_revoke, _expire, _deactivate_machine, _deactivate_agency])
def test_a_token_ends(machine, refused, keeping, end):
    """From the next request on."""
    api = machine("read0")
    assert api.get("/me").status_code == 200
    end(api, keeping)
    refused(api.get("/me"), 401)


def test_use_is_noted_once_a_minute(machine, keeping):
    """A busy token does not write at every request."""
    api = machine("read0")

    def used():
        with keeping():
            return Token.objects.get(pk=api.token.pk).last_used_at

    assert used() is None
    api.get("/me")
    first = used()
    api.get("/me")
    assert used() == first
    with keeping():
        Token.objects.update(last_used_at=first - datetime.timedelta(minutes=2))
    api.get("/me")
    assert used() >= first


def test_a_machine_must_wait(machine, refused, settings):
    """After as many requests as it may make at once, each token for itself; Retry-After says how long."""
    settings.LIMEN_API_PER_MINUTE = 3
    api, other = machine("read0"), machine("read0")
    assert [api.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    response = api.get("/me")
    refused(response, 429)
    assert 1 <= int(response["Retry-After"]) <= 20
    assert other.get("/me").status_code == 200


def test_only_administrators_make_tokens(make):
    """Of their own agency; whatever was done is in the log."""
    agency = make.agency()
    administrator = make.officer(agency, "administrator")
    with viewing(administrator.pk):
        token, secret = actions.make_token(administrator, name=" Gate ", scopes=["write"], days=1)
        assert (token.name, token.officer.is_machine, token.officer.roles) == ("Gate", True, ["write"])
        made = Entry.objects.filter(action="token.made")
        assert list(made.values_list("subject", flat=True)) == [f"token:{token.pk}"]
        assert secret not in str(list(Entry.objects.values()))
    examiner = make.officer(agency, "examiner")
    with viewing(examiner.pk), pytest.raises(Refused):
        actions.make_token(examiner, name="Gate", scopes=["write"], days=1)


@pytest.mark.parametrize(
    ("roles", "scope", "may"),
    [
        (["administrator"], "write", True),
        (["administrator"], "read0", True),
        (["administrator"], "read1", False),
        (["administrator", "analyst"], "read1", True),
        (["administrator", "analyst"], "read2", False),
        (["administrator", "examiner"], "read3", True),
    ],
)
def test_nobody_gives_a_machine_more_than_they_see(make, roles, scope, may):
    """An administrator sees class 0 alone, and so do their machines."""
    officer = make.officer(None, *roles)
    with viewing(officer.pk):
        if may:
            assert actions.make_token(officer, name="Gate", scopes=[scope], days=1)
        else:
            with pytest.raises(Refused):
                actions.make_token(officer, name="Gate", scopes=[scope], days=1)


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"scopes": []},
        {"scopes": ["administrator"]},
        {"scopes": ["write", "x"]},
        {"days": 0},
        {"days": -1},
        {"days": 731},
    ],
)
def test_what_no_token_is_made_of(make, values):
    """It is refused before anything is made."""
    officer = make.officer(None, "administrator")
    with viewing(officer.pk), pytest.raises(Invalid):
        actions.make_token(officer, **{"name": "Gate", "scopes": ["write"], "days": 1} | values)


def test_a_machine_keeps_its_reports_when_its_token_is_renewed(machine, full):
    """The new token is the same machine's; the earlier one is good until it is revoked."""
    api = machine("write")
    path = f"/reports/{api.post('/reports', full).json()['reference']}"
    with viewing(api.by.pk):
        _token, secret = actions.renew_token(api.by, api.token.pk, days=30)
        actions.revoke_token(api.by, api.token.pk)
    assert api.get("/me").status_code == 401
    api.headers = {"Authorization": f"Bearer {secret}"}
    assert api.patch(path, {"issuer": "THA"}).status_code == 200


def test_a_machine_ends_with_its_last_token(machine):
    """It counts no longer among those who would see a record; renewed, it is back."""
    api = machine("write")
    _revoke(api, None)
    api.officer.refresh_from_db()
    assert not api.officer.is_active
    with viewing(api.by.pk):
        _token, secret = actions.renew_token(api.by, api.token.pk, days=30)
    api.headers = {"Authorization": f"Bearer {secret}"}
    assert api.get("/me").status_code == 200


def test_tokens_are_the_agencys_own(machine, make):
    """To another agency's administrator it is as if there were none; to a colleague too."""
    api = machine("write")
    stranger = make.officer(None, "administrator")
    with viewing(stranger.pk):
        assert not Token.objects.exists()
        for act in (actions.revoke_token, lambda by, number: actions.renew_token(by, number, days=1)):
            with pytest.raises(Http404):
                act(stranger, api.token.pk)
    with viewing(make.officer(api.agency, "coordinator").pk):
        assert not Token.objects.exists()
    with viewing(api.by.pk):
        assert [token.pk for token in actions.tokens_of(api.agency)] == [api.token.pk]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT digest FROM api_token",
        "SELECT * FROM api_token",
        "SELECT count(*) FROM api_pace",
        "UPDATE api_token SET expires_at = now() + interval '9 years'",
        "UPDATE api_token SET last_used_at = NULL",
        "DELETE FROM api_token",
        "UPDATE api_token SET revoked_at = NULL",
    ],
)
def test_what_the_site_cannot_do(machine, statement):
    """Not even in an administrator's name: read digests, lengthen a token's life, remove it, undo its end."""
    api = machine("write")
    _revoke(api, None)
    with viewing(api.by.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_token_is_a_machines(make):
    """The database refuses one for a person, who could be named so without a second factor."""
    officer = make.officer(None, "administrator")
    with viewing(officer.pk), pytest.raises(DatabaseError), transaction.atomic():
        Token.objects.create(
            agency=officer.agency,
            officer=officer,
            name="x",
            digest=digest(new_secret()),
            created_by=officer,
            expires_at=timezone.now() + datetime.timedelta(days=1),
        )

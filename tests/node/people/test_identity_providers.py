"""OpenID Connect, against a provider on loopback: it lets officers in, and makes none."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from limen.node.config import load_config
from limen.node.environment import Environment
from limen.node.people.actions import deactivate_officer
from limen.node.people.models import Officer
from limen.node.people.options import form_targets, identity_providers
from limen.node.people.rights import KEEPER

_spec = importlib.util.spec_from_file_location("fake_provider", Path(__file__).with_name("identity_provider.py"))
fake = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fake)

CALLBACK = "/account/oidc/idp/login/callback/"


@pytest.fixture
def provider(settings):
    """A provider that vouches for a second factor, known to the node as `idp`."""
    provider = fake.FakeProvider()
    configure(settings, provider, LIMEN_OIDC_IDP_SECOND_FACTOR="1")
    yield provider
    provider.close()


def configure(settings, provider, **extra: str) -> None:
    environment = {
        "LIMEN_HOME": str(settings.CONFIG.home.path),
        "LIMEN_OIDC_IDP_SERVER": provider.issuer,
        "LIMEN_OIDC_IDP_CLIENT_ID": fake.CLIENT,
        "LIMEN_OIDC_IDP_CLIENT_SECRET": fake.SECRET,
        **extra,
    }
    apps = identity_providers(load_config(Environment(environment)))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}


def come(provider, client: Client | None = None, **claims: object):
    """Sign in by the provider; the answer is that to its way back."""
    client = client or Client()
    provider.claims = {"email_verified": True, **claims}
    sent = client.post("/account/oidc/idp/login/")
    query = {name: values[0] for name, values in parse_qs(urlsplit(sent["Location"]).query).items()}
    back = urlsplit(provider.authorize(query))
    return client, client.get(f"{back.path}?{back.query}")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_officer_comes_in_by_verified_address(provider, examiner, noted):
    """A verified address that is an officer's lets in, whatever its case; it is recorded, and remembered."""
    client, response = come(provider, sub="7", email=examiner.email.upper())
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/people/").status_code == 200
    assert noted[-1] == ("officer.signed_in", f"officer:{examiner.pk}", {"methods": ["idp"]})
    assert SocialAccount.objects.get().user == examiner


def test_an_address_that_changed_there_still_lets_in(provider, examiner):
    """After the first time, the provider's number counts, not the address."""
    come(provider, sub="7", email=examiner.email)
    client, _ = come(provider, sub="7", email="married@coast.example")
    assert client.get("/people/").status_code == 200


def test_an_address_given_to_another_lets_nobody_in(provider, examiner):
    """An officer's address that the provider gives to another account is not the officer."""
    come(provider, sub="7", email=examiner.email)
    client, _ = come(provider, sub="8", email=examiner.email)
    assert not is_in(client)


def test_unknown_and_deactivated_answer_alike_and_nobody_is_made(provider, examiner, admin, noted):
    """Who has no officer here, or a deactivated one, is sent back with the same words, recorded, and nobody is made."""
    deactivate_officer(KEEPER, examiner)
    answers = []
    for number, email in enumerate([examiner.email, "nobody@coast.example"]):
        client, response = come(provider, sub=str(number), email=email)
        page = client.get(response["Location"])
        answers.append((response["Location"], [str(message) for message in page.context["messages"]], is_in(client)))
        assert noted[-1][0] == "officer.sign_in_failed"
    assert answers[0] == answers[1]
    assert answers[0][2] is False
    assert Officer.objects.count() == 2


@pytest.mark.parametrize(("domains", "let_in"), [("", False), ("other.example", False), ("coast.example", True)])
def test_unverified_addresses(provider, examiner, settings, domains, let_in):
    """An address that the provider has not verified lets in only where the setting trusts it for its domain."""
    configure(settings, provider, LIMEN_OIDC_IDP_VERIFIED_DOMAINS=domains)
    client, _ = come(provider, sub="7", email=examiner.email, email_verified=False)
    assert is_in(client) is let_in


@pytest.mark.parametrize(("agencies", "let_in"), [("operator", False), ("operator,coast", True)])
def test_a_provider_speaks_for_its_agencies(provider, examiner, settings, agencies, let_in):
    """One agency's provider lets in no other agency's officers, neither at first nor when already known."""
    SocialAccount.objects.create(user=examiner, provider="idp", uid="7")
    configure(settings, provider, LIMEN_OIDC_IDP_AGENCIES=agencies)
    client, _ = come(provider, sub="7", email=examiner.email)
    assert is_in(client) is let_in


def test_untrusted_provider_counts_as_one_factor(provider, examiner, settings):
    """Unless the setting trusts it, a provider's sign-in leads to enrolment, possible without password."""
    configure(settings, provider)
    examiner.set_unusable_password()
    examiner.save()
    client, _ = come(provider, sub="7", email=examiner.email)
    assert client.get("/people/")["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


def test_two_subjects_are_refused(provider, examiner):
    """User information about another subject than the token's is refused."""
    provider.userinfo = {"sub": "8"}
    client, _ = come(provider, sub="7", email=examiner.email)
    assert not is_in(client)


@pytest.mark.parametrize("claims", [{"aud": "another"}, {"iss": "http://127.0.0.1:9"}, {"exp": 1}])
def test_tokens_for_others_are_refused(provider, examiner, claims):
    """A token of another issuer, for another client, or expired lets nobody in."""
    client, response = come(provider, sub="7", email=examiner.email, **claims)
    assert not is_in(client)
    assert response.status_code == 302


def test_an_answer_that_was_not_asked_for_is_refused(provider, examiner):
    """A way back without this browser's state, or with the provider's no, ends at the sign-in page."""
    for query in ("code=code-0&state=stolen", "error=access_denied&state=stolen"):
        client = Client()
        assert client.get(f"{CALLBACK}?{query}").status_code in (302, 200)
        assert not is_in(client)


@pytest.mark.parametrize("whose", ["Ada", "Eve"])
def test_no_officer_links_a_provider(provider, examiner, admin, enter, whose):
    """Nobody links an account of the provider from within, neither another's nor the own: signing in by it does."""
    client = enter(examiner)
    provider.claims = {"sub": "9", "email": Officer.objects.get(name=whose).email, "email_verified": True}
    sent = client.post("/account/oidc/idp/login/?process=connect")
    query = {name: values[0] for name, values in parse_qs(urlsplit(sent["Location"]).query).items()}
    back = urlsplit(provider.authorize(query))
    client.get(f"{back.path}?{back.query}")
    assert not SocialAccount.objects.exists()


def test_signing_in_by_link_alone_asks_first(provider, client, db):
    """Opening the provider's address starts no sign-in: it takes a form of this site."""
    assert client.get("/account/oidc/idp/login/").status_code == 200
    assert client.get("/account/oidc/other/login/").status_code == 404


def test_the_forms_may_lead_to_the_provider():
    """The content security policy lets the sign-in form lead to the provider, or to where it says it authorizes."""
    base = {
        "LIMEN_OIDC_A_CLIENT_ID": "x",
        "LIMEN_OIDC_A_CLIENT_SECRET": "y",
        "LIMEN_OIDC_A_SERVER": "https://a.example/r",
    }
    for extra, expected in [("", "https://a.example"), ("https://login.a.example", "https://login.a.example")]:
        config = load_config(Environment({**base, "LIMEN_OIDC_A_AUTHORIZE_ORIGIN": extra}))
        assert form_targets(identity_providers(config)) == [expected]

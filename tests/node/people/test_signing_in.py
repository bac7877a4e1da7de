"""The door: passwords, second factors, and what it tells strangers."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from limen.node.people.actions import deactivate_officer
from limen.node.people.middleware import DoorMiddleware
from limen.node.people.models import Agency
from limen.node.people.rights import KEEPER

PASSWORD = "seven herons over the delta"
LOGIN = "/account/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def words_of(response) -> str:
    """The page without what is random in it."""
    return re.sub(r'(value|content|nonce)="[^"]*"', "", response.content.decode())


def test_no_page_opens_without_sign_in(client, admin):
    """Every page of people leads a stranger to the sign-in page, which comes back to it."""
    for page in ("/people/", "/people/agencies/", "/people/agency/", "/people/me/", "/people/sessions/"):
        response = client.get(page)
        assert (response.status_code, response["Location"]) == (302, f"{LOGIN}?next={page}")


def test_a_part_of_a_page_leads_the_whole_page_to_the_door(client, admin):
    """A request of htmx without sign-in redirects the browser, and puts no sign-in form into the page."""
    response = client.get("/people/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, f"{LOGIN}?next=/people/")


def test_password_alone_leads_to_enrolment_only(client, admin, noted):
    """With a password and no second factor, nothing opens but the pages that enrol one."""
    assert sign_in(client, admin.email).status_code == 302
    assert noted[-1] == ("officer.signed_in", f"officer:{admin.pk}", {"methods": ["password"]})
    for page in ("/people/", "/people/me/", "/account/password/change/"):
        assert client.get(page)["Location"] == "/account/2fa/"
    assert "to go on" in client.get("/account/2fa/").content.decode()
    assert client.get("/account/2fa/webauthn/add/").status_code == 302


def test_interface_refuses_a_session_without_second_factor(client, admin):
    """A session that has shown a password alone gets no further by the interface than by the pages."""
    sign_in(client, admin.email)
    request = RequestFactory().get("/api/v1/reports/")
    request.user, request.session, request.resolver_match = admin, client.session, resolve("/people/")
    door = DoorMiddleware(lambda request: HttpResponse())
    assert door.process_view(request, lambda request: None, (), {}).status_code == 403
    request.session["people_second_factor"] = admin.pk
    assert door.process_view(request, lambda request: None, (), {}) is None


def test_without_the_rule_a_password_is_enough_and_a_banner_warns(client, admin, settings):
    """A demonstration may switch the second factor off; every page says so."""
    settings.LIMEN_REQUIRE_SECOND_FACTOR = False
    sign_in(client, admin.email)
    response = client.get("/people/me/")
    assert response.status_code == 200
    assert "asks for no second factor" in response.content.decode()


def test_code_is_asked_for_and_opens(client, admin, noted):
    """With an authenticator app, the password leads to its code; a wrong one is recorded, the right one opens all."""
    secret = generate_totp_secret()
    TOTP.activate(admin, secret)
    assert sign_in(client, admin.email)["Location"] == "/account/2fa/authenticate/"
    assert client.get("/people/")["Location"].startswith(LOGIN)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert noted[-1] == ("officer.sign_in_failed", f"officer:{admin.pk}", {"method": "second_factor"})
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/people/").status_code == 200
    assert noted[-1] == ("officer.signed_in", f"officer:{admin.pk}", {"methods": ["password", "totp"]})


def test_recovery_code_opens_once(admin):
    """A recovery code stands for the app, one time."""
    TOTP.activate(admin, generate_totp_secret())
    code = RecoveryCodes.activate(admin).get_unused_codes()[0]
    for works in (True, False):
        client = Client()
        sign_in(client, admin.email)
        client.post("/account/2fa/authenticate/", {"code": code})
        assert (client.get("/people/").status_code == 200) is works


def test_secrets_of_second_factors_are_encrypted(admin):
    """The database holds no secret of an authenticator app in clear."""
    secret = generate_totp_secret()
    authenticator = TOTP.activate(admin, secret).instance
    assert secret not in str(authenticator.data)
    assert authenticator.wrap().validate_code(code_of(secret))


@pytest.mark.django_db(transaction=True)
def test_enrolment_asks_for_the_password_again(client, admin, noted):
    """Enrolling needs recent re-authentication; afterwards the session may open everything, and it is recorded."""
    sign_in(client, admin.email)
    assert client.get("/account/2fa/totp/activate/")["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert ("officer.second_factor_added", f"officer:{admin.pk}", {"type": "totp"}) in noted
    assert client.get("/people/").status_code == 200


def test_session_from_before_the_enrolment_must_show_it(client, admin, enter):
    """A session that has not shown the second factor may not enrol another one: it must show what there is."""
    sign_in(client, admin.email)
    TOTP.activate(admin, generate_totp_secret())
    assert client.get("/people/")["Location"] == "/account/2fa/reauthenticate/?next=/people/"
    assert client.get("/account/2fa/totp/activate/")["Location"].startswith("/account/2fa/reauthenticate/")


def test_removing_the_last_second_factor_closes_the_door(admin, enter):
    """Whoever removes the last second factor is led to enrol one."""
    TOTP.activate(admin, generate_totp_secret())
    client = enter(admin)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/people/")["Location"] == "/account/2fa/"


def test_unknown_wrong_and_deactivated_answer_alike(admin, second_admin, noted):
    """A failed sign-in is the same page, whether the address is unknown, the password wrong, or the officer gone."""
    deactivate_officer(KEEPER, second_admin)
    tries = [("nobody@coast.example", PASSWORD), (admin.email, "wrong"), (second_admin.email, PASSWORD)]
    answers = [sign_in(Client(), *attempt) for attempt in tries]
    assert len({(answer.status_code, words_of(answer)) for answer in answers}) == 1
    subjects = [subject for action, subject, _ in noted if action == "officer.sign_in_failed"]
    assert subjects == ["", f"officer:{admin.pk}", f"officer:{second_admin.pk}"]


def test_officers_of_a_deactivated_agency_do_not_sign_in(client, admin):
    """With the agency, its officers are shut out."""
    Agency.objects.filter(pk=admin.agency_id).update(is_active=False)
    assert sign_in(client, admin.email).status_code == 200
    assert "_auth_user_id" not in client.session


def test_machines_do_not_sign_in(client, admin):
    """A machine has a token; the pages are for people."""
    type(admin).objects.filter(pk=admin.pk).update(is_machine=True)
    sign_in(client, admin.email)
    assert "_auth_user_id" not in client.session


def test_guessing_is_limited(admin):
    """After five wrong passwords the right one waits, too."""
    for _ in range(5):
        sign_in(Client(), admin.email, "wrong")
    client = Client()
    assert "Too many failed" in sign_in(client, admin.email).content.decode()
    assert "_auth_user_id" not in client.session


def test_session_number_changes_at_sign_in(client, admin):
    """A session number that was planted before sign-in is worth nothing afterwards."""
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["limen"] = before = session.session_key
    sign_in(client, admin.email)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "page",
    ["signup/", "email/", "confirm-email/", "3rdparty/", "3rdparty/signup/", "reauthenticate/code/", "password/set/"],
)
def test_nobody_signs_up_or_changes_the_address(client, admin, enter, page):
    """allauth's pages for that do not exist here, signed in or not."""
    assert client.get(f"/account/{page}").status_code == 404
    assert enter(admin).get(f"/account/{page}").status_code == 404


def test_reset_answers_alike_and_writes_to_officers_only(client, admin, second_admin, mailoutbox):
    """Password reset tells nobody whether an address is known; unknown and deactivated ones get no message."""
    deactivate_officer(KEEPER, second_admin)
    answers = []
    for email in (admin.email, second_admin.email, "nobody@coast.example"):
        response = Client().post("/account/password/reset/", {"email": email}, follow=True)
        answers.append((response.status_code, response.redirect_chain, words_of(response)))
    assert answers[0] == answers[1] == answers[2]
    assert [message.to for message in mailoutbox] == [[admin.email]]


def test_reset_takes_the_key_out_of_the_address_and_ends_sessions(client, admin, enter, mailoutbox, noted):
    """The link's key goes into the session at once; a new password ends older sessions and is recorded."""
    elsewhere = enter(admin)
    client.post("/account/password/reset/", {"email": admin.email})
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mailoutbox[0].body)[1]
    page = client.get(link)["Location"]
    assert page.endswith("-set-password/")
    new = "nine cranes under the bridge"
    client.post(page, {"password1": new, "password2": new})
    assert ("officer.password_changed", f"officer:{admin.pk}", {}) in noted
    assert elsewhere.get("/people/").status_code == 302
    assert sign_in(client, admin.email, new).status_code == 302


def test_forms_refuse_without_token_of_the_site(admin):
    """No form works from another site."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    for page in (LOGIN, "/people/invite/", "/people/sessions/others/end/", "/account/2fa/webauthn/login/"):
        assert client.post(page, {}).status_code == 403


def test_cookies_are_flagged(client, admin, settings):
    """The session's cookie is out of reach of scripts and of other sites."""
    sign_in(client, admin.email)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")

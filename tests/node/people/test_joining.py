"""Invitations and the first-run page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.http import Http404
from django.test import Client
from django.utils import timezone

from limen.node.people import actions
from limen.node.people.actions.invitations import digest_of
from limen.node.people.models import Agency, Invitation, Officer
from limen.node.people.rights import KEEPER
from limen.node.web.errors import Refused

PASSWORD = "nine cranes under the bridge"
ANSWER = {"name": "Nia", "language": "vi", "password": PASSWORD}


@pytest.fixture
def invited(admin) -> tuple[Invitation, str]:
    return actions.invite(admin, admin.agency, email="Nia@Coast.example", roles=["examiner"], name="Nia")


def test_invitation_is_sent_and_shown_once(admin, enter, mailoutbox, noted):
    """Inviting sends the link, shows it to the administrator to hand over, and keeps its digest alone."""
    given = {"email": "nia@coast.example", "name": "Nia", "roles": ["examiner"], "language": "en"}
    page = enter(admin).post("/people/invite/", given).content.decode()
    token = re.search(r"/people/join/([^/]+)/", page)[1]
    invitation = Invitation.objects.get()
    assert invitation.digest == digest_of(token)
    assert token not in str(vars(invitation))
    assert token in mailoutbox[0].body
    assert token not in str(noted)
    assert noted[-1][0] == "officer.invited"


def test_link_is_shown_where_no_mail_goes(admin, enter, settings):
    """Without a mail server the invitation is made, and its link is there to be handed over."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    given = {"email": "nia@coast.example", "name": "", "roles": ["examiner"], "language": "en"}
    page = enter(admin).post("/people/invite/", given).content.decode()
    assert "No e-mail could be sent" in page
    assert "/people/join/" in page


def test_only_administrators_invite(admin, examiner, stranger):
    """Officers without the role are refused; to other agencies' people the agency's invitations are not there."""
    with pytest.raises(Refused):
        actions.invite(examiner, admin.agency, email="x@coast.example", roles=["counter"])
    with pytest.raises(Http404):
        actions.invite(stranger, admin.agency, email="x@coast.example", roles=["counter"])
    assert not Invitation.objects.exists()


def test_node_operator_invites_the_first_administrator_only(keeper_of_node, agency, enter):
    """An agency's first administrator is invited by a node operator; everyone after, by the agency."""
    page = enter(keeper_of_node).post("/people/agencies/coast/administrator/", {"email": "ada@coast.example"})
    token = re.search(r"/people/join/([^/]+)/", page.content.decode())[1]
    with pytest.raises(Refused):
        actions.invite(keeper_of_node, agency, email="y@coast.example", roles=["examiner"])
    actions.accept_invitation(digest_of(token), name="Ada", password=PASSWORD, language="en")
    with pytest.raises(Refused):
        actions.invite(keeper_of_node, agency, email="y@coast.example", roles=["administrator"])


def test_existing_officers_are_not_invited(admin, examiner, enter):
    """An address that is an officer's already is refused beside the field."""
    given = {"email": examiner.email.upper(), "name": "", "roles": ["counter"], "language": "en"}
    assert enter(admin).post("/people/invite/", given).status_code == 422


def test_a_new_invitation_voids_the_old(admin, invited):
    """Inviting the same address again makes the former link void."""
    _, token = actions.invite(admin, admin.agency, email="nia@coast.example", roles=["examiner"])
    assert Client().get(f"/people/join/{invited[1]}/").status_code == 404
    assert Client().get(f"/people/join/{token}/").status_code == 302


def test_token_leaves_the_address_at_once(client, invited):
    """The link leads to an address without token, which no Referer gives away."""
    response = client.get(f"/people/join/{invited[1]}/")
    assert (response.status_code, response["Location"]) == (302, "/people/join/")
    page = client.get("/people/join/")
    assert invited[1] not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_accepting_makes_an_officer_once(client, invited, noted):
    """Accepting makes the officer, signs in with a new session, leads to enrolment, is recorded, and works once."""
    client.get(f"/people/join/{invited[1]}/")
    before = client.session.session_key
    response = client.post("/people/join/", ANSWER)
    officer = Officer.objects.get(email="nia@coast.example")
    assert (response.status_code, response["Location"]) == (302, "/account/2fa/")
    assert (officer.roles, officer.language, officer.agency) == (["examiner"], "vi", invited[0].agency)
    assert client.session.session_key != before
    assert [action for action, _, _ in noted][-2:] == ["officer.joined", "officer.signed_in"]
    assert client.get("/people/")["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/webauthn/add/").status_code == 200
    assert Client().get(f"/people/join/{invited[1]}/").status_code == 404
    with pytest.raises(Http404):
        actions.accept_invitation(digest_of(invited[1]), name="N", password=PASSWORD, language="en")


def test_expired_and_invented_links_are_absent(client, invited, agency):
    """Expired links, links of deactivated agencies and invented ones answer alike."""
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/people/join/{invited[1]}/").status_code == 404
    Invitation.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    Agency.objects.filter(pk=agency.pk).update(is_active=False)
    assert client.get(f"/people/join/{invited[1]}/").status_code == 404
    assert client.get("/people/join/invented/").status_code == 404
    assert client.get("/people/join/").status_code == 404


@pytest.mark.parametrize("password", ["short", "qwerty123456", "nia@coast.example"])
def test_weak_passwords_are_refused(client, invited, password):
    """A password that is short, common, or like the address is refused beside the field, and nothing is made."""
    client.get(f"/people/join/{invited[1]}/")
    response = client.post("/people/join/", {**ANSWER, "password": password})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["password"])
    assert not Officer.objects.filter(email="nia@coast.example").exists()


def test_somebody_signed_in_does_not_join(admin, invited, enter):
    """Whoever is signed in is told to sign out first: the invitation is for another person."""
    client = enter(admin)
    client.get(f"/people/join/{invited[1]}/")
    assert client.post("/people/join/", ANSWER).status_code == 409
    assert not Officer.objects.filter(email="nia@coast.example").exists()


def test_guessing_links_is_limited(client, db):
    """After twenty links in a minute, the node answers no more."""
    answers = [client.get(f"/people/join/{number}/").status_code for number in range(21)]
    assert answers == [404] * 20 + [429]


SETUP = {
    "agency-code": "border",
    "agency-name": "Border Service",
    "agency-country": "UTO",
    "agency-kind": "national",
    "agency-contact": "",
    "officer-name": "Odile",
    "officer-email": "Odile@border.example",
    "officer-language": "en",
    "officer-password": PASSWORD,
}


@pytest.fixture
def token():
    file = site.CONFIG.home.secrets / "setup-token"
    file.write_text("the-right-one\n")
    yield "the-right-one"
    file.unlink(missing_ok=True)


def test_first_run_makes_operator_and_administrator(client, db, token, noted, django_capture_on_commit_callbacks):
    """The first-run page makes both, signs in, leads to enrolment, and is gone with its token."""
    assert client.get(f"/setup/{token}/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/setup/{token}/", SETUP)
    officer = Officer.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/account/2fa/")
    assert (officer.email, officer.roles, officer.operates_node) == ("odile@border.example", ["administrator"], True)
    assert "node.set_up" in [action for action, _, _ in noted]
    assert client.get("/account/2fa/webauthn/add/").status_code == 200
    assert not (site.CONFIG.home.secrets / "setup-token").exists()
    assert Client().post(f"/setup/{token}/", SETUP).status_code == 404


def test_first_run_is_absent_without_token_or_with_an_agency(client, db, token):
    """The page does not exist with a wrong token, nor once there is an agency, nor without a token on the node."""
    assert client.get("/setup/wrong/").status_code == 404
    actions.make_agency(KEEPER, code="x", name="X")
    assert client.post(f"/setup/{token}/", SETUP).status_code == 404
    assert Officer.objects.count() == 0


def test_first_run_makes_nothing_by_halves(client, db, token):
    """With a weak password there is neither officer nor agency, and the page says why."""
    response = client.post(f"/setup/{token}/", {**SETUP, "officer-password": "short"})
    assert (response.status_code, list(response.context["person"].errors)) == (422, ["password"])
    assert (Agency.objects.count(), Officer.objects.count()) == (0, 0)

"""Who may change officers and agencies, and who may not: through the pages, the allowed beside the refused."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.http import Http404
from django.test import Client

from limen.node.people import actions
from limen.node.people.models import Agency, Invitation, Officer
from limen.node.people.rights import KEEPER
from limen.node.web.errors import Invalid, Refused

PASSWORD = "seven herons over the delta"


def roles_of(officer: Officer) -> list[str]:
    return Officer.objects.get(pk=officer.pk).roles


def test_administrator_changes_roles(admin, examiner, enter, noted):
    """An administrator changes the roles of the own agency's officers, and it is recorded with before and after."""
    response = enter(admin).post(f"/people/{examiner.pk}/roles/", {"roles": ["analyst", "examiner"]})
    assert (response.status_code, roles_of(examiner)) == (302, ["examiner", "analyst"])
    details = {"before": ["examiner"], "after": ["examiner", "analyst"]}
    assert noted[-1] == ("officer.roles_changed", f"officer:{examiner.pk}", details)


def test_others_change_no_roles(admin, examiner, stranger, keeper_of_node):
    """Who does not administer the agency is refused; to other agencies' people, node operators too, it is not there."""
    with pytest.raises(Refused):
        actions.change_roles(examiner, admin, ["examiner"])
    for other in (stranger, keeper_of_node):
        with pytest.raises(Http404):
            actions.change_roles(other, examiner, ["administrator"])
    assert roles_of(examiner) == ["examiner"]


def test_pages_of_another_agencys_officers_are_absent(admin, stranger, enter):
    """The page of another agency's officer answers as that of none."""
    client = enter(admin)
    pages = [f"/people/{number}/{doing}/" for number in (stranger.pk, 999_999) for doing in ("roles", "deactivate")]
    assert {client.get(page).status_code for page in pages} == {404}


def test_nobody_gives_themselves_a_role(admin, second_admin):
    """The own roles can be given up, never added to."""
    with pytest.raises(Refused):
        actions.change_roles(admin, admin, ["administrator", "examiner", "coordinator"])
    actions.change_roles(admin, admin, ["administrator"])
    assert roles_of(admin) == ["administrator"]


def test_the_last_administrator_stays(admin, second_admin, examiner):
    """The last active administrator of an agency is neither deactivated nor stripped of the role; any other may be."""
    actions.deactivate_officer(admin, second_admin)
    for act in (
        lambda: actions.deactivate_officer(admin, admin),
        lambda: actions.change_roles(admin, admin, ["examiner"]),
    ):
        with pytest.raises(Refused):
            act()
    actions.reactivate_officer(admin, second_admin)
    actions.change_roles(second_admin, admin, ["examiner"])
    assert roles_of(admin) == ["examiner"]


@pytest.mark.parametrize("roles", [[], ["king"]])
def test_roles_are_those_of_the_list(admin, examiner, enter, roles):
    """An officer has one role at least, out of the list."""
    assert enter(admin).post(f"/people/{examiner.pk}/roles/", {"roles": roles}).status_code == 422
    with pytest.raises(Invalid):
        actions.change_roles(admin, examiner, roles)


def test_deactivation_holds_from_the_next_request_on(admin, examiner, enter, noted):
    """A deactivated officer is out in all sessions with the next request, and cannot come in again."""
    client = Client()
    client.post("/account/login/", {"login": examiner.email, "password": PASSWORD})
    untracked = enter(examiner)
    assert untracked.get("/people/").status_code == 200
    enter(admin).post(f"/people/{examiner.pk}/deactivate/")
    assert noted[-1][:2] == ("officer.deactivated", f"officer:{examiner.pk}")
    assert {session.get("/people/")["Location"] for session in (client, untracked)} == {"/account/login/?next=/people/"}
    assert not UserSession.objects.filter(user=examiner).exists()
    again = Client().post("/account/login/", {"login": examiner.email, "password": PASSWORD})
    assert again.status_code == 200


def test_reactivation_needs_a_new_sign_in(admin, examiner, enter):
    """A reactivated officer signs in anew: the old sessions stay ended."""
    client = Client()
    client.post("/account/login/", {"login": examiner.email, "password": PASSWORD})
    actions.deactivate_officer(admin, examiner)
    enter(admin).post(f"/people/{examiner.pk}/reactivate/")
    assert client.get("/people/").status_code == 302
    assert client.post("/account/login/", {"login": examiner.email, "password": PASSWORD}).status_code == 302


def test_asking_changes_nothing(admin, examiner, enter):
    """Opening the page of a change does not make it."""
    client = enter(admin)
    for doing in ("deactivate", "reset"):
        assert client.get(f"/people/{examiner.pk}/{doing}/").status_code == 200
    assert Officer.objects.get(pk=examiner.pk).is_active
    assert client.post(f"/people/{examiner.pk}/promote/").status_code == 404


def test_deactivation_voids_the_officers_invitations(admin, second_admin):
    """What a deactivated administrator has invited cannot be accepted."""
    _, token = actions.invite(second_admin, second_admin.agency, email="sock@coast.example", roles=["administrator"])
    actions.deactivate_officer(admin, second_admin)
    assert Client().get(f"/people/join/{token}/").status_code == 404


def test_administrator_resets_a_second_factor(admin, examiner, enter, noted):
    """A reset forgets passkeys, codes and providers, ends sessions, and is recorded; nobody resets their own."""
    TOTP.activate(examiner, generate_totp_secret())
    SocialAccount.objects.create(user=examiner, provider="idp", uid="1")
    client = Client()
    client.post("/account/login/", {"login": examiner.email, "password": PASSWORD})
    enter(admin).post(f"/people/{examiner.pk}/reset/")
    assert noted[-1][:2] == ("officer.second_factor_reset", f"officer:{examiner.pk}")
    assert not examiner.authenticator_set.exists()
    assert not examiner.socialaccount_set.exists()
    with pytest.raises(Refused):
        actions.reset_second_factor(admin, admin)
    with pytest.raises(Refused):
        actions.reset_second_factor(examiner, admin)


def test_list_is_of_the_own_agency(admin, examiner, stranger, enter):
    """Officers see those of their agency; what can be done, and last sign-ins, administrators alone."""
    page = enter(examiner).get("/people/").content.decode()
    assert admin.email in page
    assert stranger.email not in page
    assert "Deactivate" not in page
    assert "Deactivate" in enter(admin).get("/people/").content.decode()


def test_list_is_searched(admin, examiner, enter):
    """The list is searched by name, address and role; htmx gets the table alone."""
    client = enter(admin)
    assert [o.name for o in client.get("/people/?q=EVE").context["officers"]] == ["Eve"]
    assert [o.name for o in client.get("/people/?role=administrator").context["officers"]] == ["Ada"]
    part = client.get("/people/?q=none", headers={"HX-Request": "true", "HX-Target": "div#officers"})
    assert "<html" not in part.content.decode()
    assert "No officer found" in part.content.decode()


def test_long_lists_have_pages(admin, enter):
    """Fifty officers a page; what is searched for is kept when turning it, and nonsense asks for the first."""
    for number in range(60):
        Officer.objects.create(
            email=f"o{number}@coast.example", name=f"Oz {number:02}", agency=admin.agency, roles=["counter"]
        )
    client = enter(admin)
    page = client.get("/people/?q=Oz")
    assert len(page.context["officers"]) == 50
    assert "?q=Oz&amp;page=2" in page.content.decode()
    assert len(client.get("/people/?q=Oz&page=2").context["officers"]) == 10
    assert client.get("/people/?q=%00O%00z&page=x").context["officers"].number == 1


def test_node_operators_mind_agencies(keeper_of_node, agency, admin, enter, noted):
    """A node operator makes, deactivates and reactivates agencies, and each is recorded."""
    client = enter(keeper_of_node)
    new = {"code": "Hill", "name": "Hill Police", "country": "uto", "kind": "national", "contact": ""}
    assert client.post("/people/agencies/new/", new)["Location"] == "/people/agencies/hill/administrator/"
    assert Agency.objects.get(code="hill").country == "UTO"
    in_session = enter(admin)
    client.post("/people/agencies/coast/deactivate/")
    assert in_session.get("/people/").status_code == 302
    client.post("/people/agencies/coast/reactivate/")
    assert enter(admin).get("/people/").status_code == 200
    actions_noted = [action for action, _, _ in noted if action.startswith("agency.")]
    assert actions_noted == ["agency.made", "agency.deactivated", "agency.reactivated"]


def test_others_do_not_mind_agencies(admin, stranger, agency, operator):
    """Administrators of other agencies, and other officers of the operator, make and end no agencies."""
    for by in (admin, stranger):
        with pytest.raises(Refused):
            actions.make_agency(by, code="x", name="X")
        with pytest.raises(Refused):
            actions.deactivate_agency(by, agency)
    with pytest.raises(Refused):
        actions.deactivate_agency(KEEPER, operator)
    assert set(Agency.objects.values_list("code", flat=True)) == {"coast", "operator"}


def test_there_is_one_operator(keeper_of_node, db):
    """Node operators make no second one, nor does the command line."""
    with pytest.raises(Refused):
        actions.make_agency(keeper_of_node, code="x", name="X", operates_node=True)
    with pytest.raises(Invalid):
        actions.make_agency(KEEPER, code="x", name="X", operates_node=True)


def test_a_code_is_used_once(keeper_of_node, agency, enter):
    """A second agency of the same code is refused beside the field."""
    new = {"code": "coast", "name": "Other", "kind": "national"}
    assert enter(keeper_of_node).post("/people/agencies/new/", new).status_code == 422
    with pytest.raises(Invalid):
        actions.make_agency(KEEPER, code="coast", name="Other")


def test_directory_shows_active_agencies_to_all(examiner, stranger, enter):
    """Everyone finds agencies; deactivated ones are seen by node operators alone."""
    assert "Coast Guard" in enter(stranger).get("/people/agencies/").content.decode()
    Agency.objects.create(code="gone", name="Gone Service", is_active=False)
    assert "Gone Service" not in enter(stranger).get("/people/agencies/").content.decode()


def test_policy_is_the_administrators(admin, examiner, enter, noted, agency):
    """Administrators change the agency's policy within limits, recorded with before and after; others read it."""
    client = enter(admin)
    policy = {
        "second_person_always": "on",
        "retention_months": "24",
        "protection_months": "6",
        "contact": "desk@coast.example",
    }
    assert client.post("/people/agency/", policy).status_code == 302
    agency.refresh_from_db()
    assert (agency.second_person_always, agency.machine_release, agency.retention_months) == (True, False, 24)
    assert noted[-1][2]["changes"]["retention_months"] == [60, 24]
    assert client.post("/people/agency/", {**policy, "retention_months": "0"}).status_code == 422
    with pytest.raises(Refused):
        actions.change_policy(examiner, agency, machine_release=True)
    with pytest.raises(Invalid):
        actions.change_policy(admin, agency, operates_node=True)
    assert "<form" not in enter(examiner).get("/people/agency/").content.decode().partition("<main")[2]


def test_own_sessions_are_listed_and_ended(examiner, admin, enter, noted):
    """Officers end one of their sessions, or all others, and nobody else's."""
    here, there = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}), Client()
    for client in (here, there):
        client.post("/account/login/", {"login": examiner.email, "password": PASSWORD})
        session = client.session
        session["people_second_factor"] = examiner.pk
        session.save()
    page = here.get("/people/sessions/")
    assert "Firefox on Linux (this one)" in page.content.decode()
    other = UserSession.objects.exclude(session_key=here.session.session_key).get(user=examiner)
    assert enter(admin).post(f"/people/sessions/{other.pk}/end/").status_code == 404
    assert there.get("/people/me/").status_code == 200
    here.post(f"/people/sessions/{other.pk}/end/")
    assert there.get("/people/me/").status_code == 302
    here.post("/people/sessions/others/end/")
    assert here.get("/people/me/").status_code == 200
    assert [details for action, _, details in noted if action == "officer.session_ended"] == [
        {"sessions": 1},
        {"sessions": 0},
    ]


def test_own_name_and_language(examiner, enter):
    """Officers change their name and language; the pages speak it from then on."""
    client = enter(examiner)
    assert client.post("/people/me/", {"name": "Eva", "language": "th"}).status_code == 302
    assert client.get("/people/me/").headers["Content-Language"] == "th"
    assert client.post("/people/me/", {"name": "Eva", "language": "xx"}).status_code == 422
    assert Officer.objects.get(pk=examiner.pk).name == "Eva"


def test_withdrawn_invitation(admin, examiner, enter):
    """Administrators withdraw an invitation of their agency."""
    invitation, token = actions.invite(admin, admin.agency, email="new@coast.example", roles=["counter"])
    with pytest.raises(Refused):
        actions.withdraw_invitation(examiner, invitation)
    enter(admin).post(f"/people/invitations/{invitation.pk}/withdraw/")
    assert not Invitation.objects.get(pk=invitation.pk).is_open
    assert Client().get(f"/people/join/{token}/").status_code == 404

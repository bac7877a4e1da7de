"""What the pages answer to whoever may not: 403 with a sentence, or 404 as if it were not there; nothing is changed."""

from __future__ import annotations

import pytest

from limen.node.people import actions
from limen.node.people.models import Agency, Invitation, Officer
from limen.node.people.rights import KEEPER
from limen.node.web.errors import Refused


@pytest.fixture
def people(admin, second_admin, examiner, stranger, keeper_of_node) -> dict[str, Officer]:
    everybody = (admin, second_admin, examiner, stranger, keeper_of_node)
    return {officer.name: officer for officer in everybody}


def state() -> tuple:
    """All that these pages could change."""
    officers = Officer.objects.order_by("pk").values_list("pk", "roles", "is_active")
    agencies = Agency.objects.order_by("pk").values_list("code", "is_active", "retention_months")
    return str(list(officers)), str(list(agencies)), Invitation.objects.filter(withdrawn_at=None).count()


ROLES = {"roles": ["analyst"]}
INVITE = {"email": "new@coast.example", "name": "", "roles": ["counter"], "language": "en"}
AGENCY = {"code": "new", "name": "New", "country": "", "kind": "national", "contact": ""}
POLICY = {"retention_months": "12", "protection_months": "12", "contact": ""}


@pytest.mark.parametrize(
    ("who", "page", "form", "status"),
    [
        ("Bao", "{Eve}/roles/", ROLES, 302),
        ("Eve", "{Eve}/roles/", ROLES, 403),
        ("Eve", "{Ada}/roles/", ROLES, 403),
        ("Sam", "{Eve}/roles/", ROLES, 404),
        ("Odile", "{Eve}/roles/", ROLES, 404),
        ("Bao", "{Bao}/roles/", {"roles": ["administrator", "analyst"]}, 403),
        ("Bao", "{Eve}/deactivate/", {}, 302),
        ("Eve", "{Ada}/deactivate/", {}, 403),
        ("Odile", "{Eve}/deactivate/", {}, 404),
        ("Odile", "{Odile}/deactivate/", {}, 403),
        ("Eve", "{Ada}/reset/", {}, 403),
        ("Bao", "{Bao}/reset/", {}, 403),
        ("Odile", "{Ada}/reset/", {}, 404),
        ("Bao", "invite/", INVITE, 200),
        ("Eve", "invite/", INVITE, 403),
        ("Eve", "invitations/{invitation}/withdraw/", {}, 403),
        ("Sam", "invitations/{invitation}/withdraw/", {}, 404),
        ("Bao", "agency/", POLICY, 302),
        ("Eve", "agency/", POLICY, 403),
        ("Odile", "agencies/new/", AGENCY, 302),
        ("Sam", "agencies/new/", AGENCY, 403),
        ("Ada", "agencies/new/", AGENCY, 403),
        ("Odile", "agencies/coast/deactivate/", {}, 302),
        ("Ada", "agencies/coast/deactivate/", {}, 403),
        ("Odile", "agencies/operator/deactivate/", {}, 403),
        ("Odile", "agencies/coast/administrator/", {"email": "x@coast.example"}, 403),
        ("Ada", "agencies/coast/administrator/", {"email": "x@coast.example"}, 403),
    ],
)
def test_who_may(people, enter, *, who, page, form, status):
    """The same page changes something for whoever may, and nothing for whoever may not."""
    invitation, _ = actions.invite(KEEPER, people["Ada"].agency, email="old@coast.example", roles=["counter"])
    numbers = {name: officer.pk for name, officer in people.items()}
    before = state()
    response = enter(people[who]).post("/people/" + page.format(**numbers, invitation=invitation.pk), form)
    assert response.status_code == status
    assert (state() == before) is (status >= 400)


def test_a_refusal_is_told_in_a_sentence(people, enter):
    """A person reads why; a part of the page becomes a toast."""
    client, page = enter(people["Odile"]), f"/people/{people['Odile'].pk}/deactivate/"
    assert "needs an active administrator" in client.post(page).content.decode()
    assert client.post(page, headers={"HX-Request": "true"})["HX-Retarget"] == "#toasts"


def test_passwords_are_reset_on_the_command_line_alone(people, enter):
    """No officer sets another's password; the keeper does, and the sessions end."""
    password = "nine cranes under the bridge"
    with pytest.raises(Refused):
        actions.reset_password(people["Ada"], people["Eve"], password)
    client = enter(people["Eve"])
    actions.reset_password(KEEPER, people["Eve"], password)
    assert client.get("/people/").status_code == 302
    assert Officer.objects.get(name="Eve").check_password(password)

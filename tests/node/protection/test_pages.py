"""Pages of screening, over HTTP: who gets which, and that nobody else can tell."""

import pytest

from limen.node.plans import acting as planning
from limen.node.protection import wording
from limen.node.protection.models import Mechanism, Referral, Screening
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_begun_from_a_report_and_told_to_who_did(here, there, make, audience, enter):
    """The offer stands on the report's page; afterwards who screened sees their own, and others the offer."""
    report = make.released(here["counter"], audience(here["agency"], "green"))
    url = f"/reports/{report.reference}/"
    client = enter(here["counter"])
    assert "Screen for indicators of trafficking" in text(client.get(url))
    response = client.post("/protection/new/", {"kind": "reports", "record": report.reference})
    with viewing(here["counter"].pk):
        screening = Screening.objects.get()
    assert response.url == f"/protection/{screening.reference}/"
    assert screening.reference in text(client.get(url))
    for officer in (here["coordinator"], here["protection"], here["examiner"]):
        page = text(enter(officer).get(url))
        assert screening.reference not in page
        assert "Screen for indicators of trafficking" in page
    assert "trafficking" not in text(enter(there["counter"]).get(url))


def test_absent_and_forbidden_are_alike(here, there, screened, enter):
    """Who may not see a screening gets for every address of it exactly what a number that does not exist gets."""
    screening = screened(here["counter"])
    for officer in (here["coordinator"], here["examiner"], here["protection"], there["protection"]):
        client = enter(officer)
        for tail in ("", "refer/"):
            real = client.get(f"/protection/{screening.reference}/{tail}")
            none = client.get(f"/protection/S26-2222-2222/{tail}")
            assert (real.status_code, none.status_code) == (404, 404)
            told = [text(each).partition("<main")[2] for each in (real, none)]
            assert told[0].replace(screening.reference, "") == told[1].replace("S26-2222-2222", "")
        assert client.post(f"/protection/{screening.reference}/hand-over/").status_code == 404
        assert client.post(f"/protection/{screening.reference}/delete/").status_code == 404


def test_the_whole_way(here, there, enter, contact):
    """Asked, referred, handed over, accepted: each page says what it should, and the token goes where it may."""
    contact(here["coordinator"], there["agency"])
    client = enter(here["counter"])
    address = client.post("/protection/new/", {"language": "id"}).url
    page = text(client.get(address))
    assert "No native speaker has confirmed" in page
    assert 'lang="id"' in page
    answers = {"said-work.hours": "yes", "said-work.pay": "yes", "seen-seen.fear": "on", "observations": "token-seen"}
    values = {"language": "id", "age": "adult", "interpreter": "none", "danger": "no", "agreed": "yes", "alone": "yes"}
    assert client.post(address, answers | values).status_code == 302
    assert "Indicators that call for a referral" in text(client.get(address))
    with viewing(here["counter"].pk):
        number = Mechanism.objects.get().pk
    form = {
        "contact_of": number,
        "basis": "person",
        "how": "spoken",
        "items": ["answers", "name"],
        "name": "token-name",
    }
    assert client.post(f"{address}refer/", form | {"name": ""}).status_code == 422
    sent = client.post(f"{address}refer/", form).url
    assert "token-name" in text(client.get(sent))
    assert client.post(f"{address}hand-over/").status_code == 302
    assert (client.get(address).status_code, client.get(sent).status_code) == (404, 404)
    receiver = enter(there["protection"])
    assert sent.split("/")[-2] in text(receiver.get("/protection/"))
    page = text(receiver.get(sent))
    assert "token-name" in page
    assert "token-seen" not in page
    assert address not in page
    assert receiver.get(f"{sent}sheet/").content.startswith(b"%PDF")
    assert receiver.post(f"{sent}answer/", {"step": "accepted", "feedback": "token-place"}).status_code == 302
    keeper = enter(here["protection"])
    assert "token-place" in text(keeper.get(sent))
    assert "token-seen" in text(keeper.get(address))
    assert keeper.post(f"{sent}withdraw/").status_code == 302
    assert "token-name" not in text(receiver.get(sent))
    assert receiver.get(f"{sent}sheet/").status_code == 422


def test_nothing_of_it_in_other_pages(here, make, screened, enter):
    """Neither pages, lists nor the log hold a screening's words, nor a report's reference beside its own."""
    report = make.report(here["counter"])
    screening = screened(here["counter"], kind="reports", reference=report.reference, hand_over=True)
    client = enter(here["coordinator"])
    for address in (f"/reports/{report.reference}/", "/reports/?state=any", "/", "/releases/"):
        page = text(client.get(address))
        assert "token-seen" not in page
        assert screening.reference not in page
    log = text(client.get("/audit/"))
    line = next(row for row in log.split("<tr") if screening.reference in row)
    assert report.reference not in line


def test_pages_are_those_of_their_roles(here, enter):
    """Contacts, figures and texts are for coordinators and protection officers; analysts have no place here."""
    pages = ("/protection/contacts/", "/protection/contacts/new/", "/protection/figures/", "/protection/texts/ta/")
    for role in ("coordinator", "protection"):
        assert [enter(here[role]).get(page).status_code for page in pages] == [200] * 4
    assert [enter(here["counter"]).get(page).status_code for page in pages] == [403] * 4
    assert enter(here["counter"]).get("/protection/").status_code == 200
    for role in ("analyst", "administrator"):
        assert enter(here[role]).get("/protection/").status_code == 403


def test_a_contact_is_entered_and_changed(here, there, enter):
    """A coordinator enters one and takes it out of use; another agency's is absent."""
    client = enter(here["coordinator"])
    form = {"country": "THA", "name": "Invented Line", "phone": "+00 1", "is_active": "1"}
    assert client.post("/protection/contacts/new/", form | {"phone": "call us"}).status_code == 422
    assert client.post("/protection/contacts/new/", form).status_code == 302
    with viewing(here["coordinator"].pk):
        stored = Mechanism.objects.get()
    address = f"/protection/contacts/{stored.pk}/"
    assert enter(there["coordinator"]).get(address).status_code == 404
    assert client.post(address, form | {"is_active": ""}).status_code == 302
    assert "Invented Line" not in text(enter(here["counter"]).get("/protection/"))


def test_a_text_is_confirmed_replaced_and_taken_back(here, there, enter):
    """What a coordinator confirms holds for the own agency alone; marked and empty, ours is shown again."""
    client = enter(here["coordinator"])
    language = wording.language_of("ta")
    with viewing(here["coordinator"].pk):
        ours = wording.texts(language)["work.hours"]
    assert not ours.confirmed
    client.post("/protection/texts/ta/", {"confirm": "work.hours", "text-work.hours": "token-text"})
    with viewing(here["counter"].pk):
        assert wording.texts(language)["work.hours"].text == "token-text"
        assert wording.texts(language)["work.hours"].confirmed
    with viewing(there["counter"].pk):
        assert wording.texts(language)["work.hours"] == ours
    client.post("/protection/texts/ta/", {"confirm": "work.hours", "text-work.hours": ""})
    with viewing(here["counter"].pk):
        assert wording.texts(language)["work.hours"] == ours


def test_languages_are_whole(here, enter):
    """Every language beyond the site's has every text, and its page shows it in its own direction."""
    for language in wording.languages():
        assert all(wording.built_in(language).values()), language.code
        page = text(enter(here["counter"]).get(f"/protection/questions/{language.code}/"))
        assert f'lang="{language.code}" dir="{language.direction}"' in page
    assert enter(here["counter"]).get("/protection/questions/xx/").status_code == 404


def test_cards_are_printed_where_a_font_is(here, enter):
    """Latin and Thai always; of other scripts the answer is cards, or one sentence that says there is no font."""
    client = enter(here["counter"])
    for code in ("en", "th", "vi", "id"):
        assert client.get(f"/protection/questions/{code}/cards/").content.startswith(b"%PDF")
    for code in ("ta", "si", "ar"):
        assert client.get(f"/protection/questions/{code}/cards/").status_code in (200, 422)


def test_no_referral_without_consent(here, contact, screened, enter):
    """A form without agreement, or without anything marked, refers nothing."""
    number = contact(here["coordinator"]).pk
    screening = screened(here["counter"])
    client = enter(here["counter"])
    for form in ({}, {"contact_of": number}, {"contact_of": number, "basis": "person", "how": "spoken"}):
        assert client.post(f"/protection/{screening.reference}/refer/", form).status_code == 422
    with viewing(here["counter"].pk):
        assert not Referral.objects.exists()


def test_begun_from_a_plan(here, there, make, enter):
    """The offer stands on a plan's page for who meets persons; a plan that one does not see begins none."""
    coordinator = here["coordinator"]
    with viewing(coordinator.pk):
        plan = planning.begin(coordinator, {"title": "Joint operation"}, (there["agency"].code,))
    client = enter(coordinator)
    assert "Screen for indicators of trafficking" in text(client.get(f"/plans/{plan.reference}/"))
    form = {"kind": "plans", "record": plan.reference}
    assert enter(there["counter"]).post("/protection/new/", form).status_code == 404
    assert client.post("/protection/new/", form).status_code == 302
    with viewing(coordinator.pk):
        assert Screening.objects.get().origin == plan.reference
        assert Screening.objects.get().reference in text(client.get(f"/plans/{plan.reference}/"))
    assert Screening.objects.filter(origin=plan.reference).count() == 0

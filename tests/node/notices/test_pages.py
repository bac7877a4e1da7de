"""The bell, the list, and how one is told, through HTTP."""

from __future__ import annotations

import datetime
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from limen.node.audit.models import Entry
from limen.node.notices.keys import as_text, uncompressed
from limen.node.notices.models import ByEmail, Device, Notice, Ways
from limen.node.people.models import Officer
from limen.node.sharing.releasing import recall
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

CHOSEN = {"email": "daily", "digest_at": "07:30", "quiet_from": "22:00", "quiet_until": "06:00", "zone": "Asia/Bangkok"}


def subscription(endpoint="https://fcm.googleapis.com/fcm/send/abc", **keys):
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return {"endpoint": endpoint, "keys": {"p256dh": as_text(uncompressed(key)), "auth": as_text(b"a" * 16)} | keys}


def add(client, given, **more):
    body = {"subscription": given} | more
    return client.post(reverse("notices:add_device"), json.dumps(body), content_type="application/json")


@pytest.fixture
def officer(make, client):
    """Signed in."""
    officer = make.officer()
    client.force_login(officer)
    return officer


def test_the_bell_counts(client, officer, green, told):
    """On every page, and alone for the script that asks again."""
    assert "Notices: nothing new" in client.get("/people/me/").content.decode()
    told(green, officer)
    assert "Notices: 1 not seen" in client.get("/people/me/").content.decode()
    part = client.get("/notices/bell/")
    assert "Notices: 1 not seen" in part.content.decode()
    assert part["Cache-Control"] == "no-store"
    assert "<html" not in part.content.decode()


def test_a_notice_leads_to_its_record(client, officer, green, told):
    """And is seen then, with all others of the same."""
    first, second = told(green, officer), told(green, officer)[-1]
    page = client.get("/notices/").content.decode()
    assert f"A report is on Limen: {green.reference}." in page
    answer = client.get(f"/notices/{second.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/reports/{green.reference}/", 302)]
    assert answer.status_code == 200
    with viewing(officer.pk):
        assert all(Notice.objects.get(pk=each.pk).seen_at for each in (*first, second))


def test_anothers_notice_is_not_there(client, officer, make, green, told):
    """Not in the list, not at the bell, and not by its number; nor does following it mark it."""
    other = make.officer()
    (notice,) = told(green, other)
    assert green.reference not in client.get("/notices/").content.decode()
    assert "nothing new" in client.get("/notices/bell/").content.decode()
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    client.post("/notices/seen/")
    with viewing(other.pk):
        assert Notice.objects.get().seen_at is None


def test_after_a_recall_it_leads_to_nothing(client, officer, green, told):
    """The record answers 404, as to anybody who may not see it."""
    (notice,) = told(green, officer)
    with viewing(green.author_id):
        recall(green, Officer.objects.get(pk=green.author_id), "wrong")
    assert client.get(f"/notices/{notice.pk}/", follow=True).status_code == 404


def test_all_are_seen(client, officer, green, told):
    """By one button."""
    told(green, officer)
    assert client.post("/notices/seen/", follow=True).status_code == 200
    assert "nothing new" in client.get("/notices/bell/").content.decode()


def test_nobody_sees_a_bell(client):
    """Who is not signed in is sent to sign in, and the sign-in page has no bell."""
    assert client.get("/notices/").status_code == 302
    assert "data-bell" not in client.get("/account/login/").content.decode()


def test_ways_are_chosen(client, officer):
    """The page keeps what was chosen, and the log says that it changed."""
    assert client.post("/notices/settings/", CHOSEN).status_code == 302
    with viewing(officer.pk):
        ways = Ways.objects.get()
    assert (ways.email, ways.digest_at, ways.zone) == (ByEmail.DAILY, datetime.time(7, 30), "Asia/Bangkok")
    page = client.get("/notices/settings/").content.decode()
    assert 'value="07:30"' in page
    assert '<option value="Asia/Bangkok" selected' in page


@pytest.mark.parametrize(
    "wrong",
    [{"email": "often"}, {"zone": "Nowhere/Atlantis"}, {"quiet_until": ""}, {"quiet_from": "25:00"}, {"digest_at": ""}],
)
def test_wrong_ways_are_told(client, officer, wrong):
    """Beside the field; nothing is kept."""
    answer = client.post("/notices/settings/", CHOSEN | wrong)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode() or "error" in answer.content.decode()
    with viewing(officer.pk):
        assert not Ways.objects.exists()


def test_a_browser_is_entered_and_removed(client, officer, make, keeping):
    """With what browser and system call themselves, and a line in the log each time."""
    given = subscription()
    agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/140"
    client.defaults["HTTP_USER_AGENT"] = agent
    assert add(client, given).status_code == 200
    page = client.get("/notices/settings/").content.decode()
    assert "Chrome on Windows" in page
    assert given["endpoint"] not in page
    with viewing(officer.pk):
        device = Device.objects.get()
    assert client.post(f"/notices/devices/{device.pk}/remove/", follow=True).status_code == 200
    assert client.post(f"/notices/devices/{device.pk}/remove/").status_code == 404
    with keeping():
        actions = list(Entry.objects.filter(action__startswith="notices.").values_list("action", flat=True))
    assert sorted(actions) == ["notices.device_added", "notices.device_removed"]


def test_the_same_browser_is_entered_once(client, officer):
    """Switching on again changes its keys."""
    given = subscription()
    add(client, given)
    add(client, subscription())
    with viewing(officer.pk):
        assert Device.objects.count() == 1
        assert Device.objects.get().p256dh != given["keys"]["p256dh"]


def test_a_browser_is_one_officers(client, officer, make):
    """Who switches notices on in a shared browser takes it over: nobody reads another's notices there."""
    given = subscription()
    add(client, given)
    other = make.officer()
    client.force_login(other)
    add(client, given)
    with viewing(officer.pk):
        assert not Device.objects.exists()
    with viewing(other.pk):
        assert Device.objects.count() == 1


def test_a_changed_address_replaces_the_old(client, officer):
    """What the push service renews does not stay beside it."""
    add(client, subscription())
    new = subscription("https://fcm.googleapis.com/fcm/send/new")
    add(client, new, instead_of="https://fcm.googleapis.com/fcm/send/abc")
    with viewing(officer.pk):
        assert [device.endpoint for device in Device.objects.all()] == [new["endpoint"]]


@pytest.mark.parametrize(
    "given",
    [
        None,
        {},
        {"endpoint": "https://fcm.googleapis.com/x"},
        subscription(p256dh="AAAA"),
        subscription(p256dh=as_text(b"\x04" + b"\x01" * 64)),
        subscription(auth="AAAA"),
        subscription(auth=7),
        subscription(endpoint=7),
        subscription("https://elsewhere.example/push"),
        subscription("http://fcm.googleapis.com/push"),
    ],
)
def test_what_no_browser_gives_is_refused(client, officer, given):
    """A key that is no point, a secret of another length, an address elsewhere: one sentence, and nothing is kept."""
    answer = add(client, given)
    assert answer.status_code == 422
    with viewing(officer.pk):
        assert not Device.objects.exists()


def test_devices_have_an_end(client, officer):
    """Ten of one officer; the eleventh is refused with a sentence."""
    for number in range(10):
        assert add(client, subscription(f"https://fcm.googleapis.com/{number}")).status_code == 200
    assert add(client, subscription("https://fcm.googleapis.com/10")).status_code == 422
    assert add(client, subscription("https://fcm.googleapis.com/9")).status_code == 200


def test_push_can_be_switched_off(client, officer, settings):
    """A node without the internet says so, and takes no browser."""
    settings.LIMEN_PUSH = False
    page = client.get("/notices/settings/").content.decode()
    assert "This node does not send push messages." in page
    assert "data-push-on" not in page
    assert add(client, subscription()).status_code == 403


def test_the_service_worker_is_at_the_root(client):
    """For who is not signed in too, never from a cache, for the whole site, and under the site's policy."""
    answer = client.get("/service-worker.js")
    if answer.status_code == 404:
        pytest.skip("the site's files are not built (make web)")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert b"caches" not in answer.content
    assert b'"fetch"' not in answer.content


def test_the_worker_gets_a_token(client, officer):
    """It posts from no page; without a session there is none."""
    assert client.get("/notices/devices/token/").json()["token"]
    client.logout()
    assert client.get("/notices/devices/token/").status_code == 302

"""Being told on a device, in Chromium: the page, the service worker under the site's policy, and what it shows.

The browser maker's push service is not reached from here, so its part is played: `PushManager.subscribe` is replaced by
one that gives a subscription, and a message is delivered by the browser's own tools as if it had come from there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from limen.node.notices.keys import as_text, public_key, uncompressed
from limen.node.notices.models import Device, Notice
from limen.node.notices.views import _WORKER
from limen.node.sharing.viewer import viewing

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not _WORKER.exists(), reason="the site's files are not built (make web)"),
    pytest.mark.django_db(transaction=True),
]

PLAYED = """(() => {
  const given = %s;
  const subscription = { endpoint: given.endpoint, toJSON: () => given, unsubscribe: async () => true };
  PushManager.prototype.subscribe = async function (options) {
    window.asked = options;
    sessionStorage.setItem("played", "1");
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("played") ? subscription : null);
})()"""


def subscription(name):
    point = uncompressed(ec.generate_private_key(ec.SECP256R1()).public_key())
    return {"endpoint": f"https://fcm.googleapis.com/fcm/send/{name}",
            "keys": {"p256dh": as_text(point), "auth": as_text(b"a" * 16)}}  # fmt: skip


@pytest.fixture
def officer(make):
    return make.officer()


@pytest.fixture
def page(monkeypatch, live_server, officer) -> Iterator:
    """A page of the officer, who lets the site show notices; errors on the console fail the test."""
    from django.db import connection
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    client = Client()
    client.force_login(officer)
    cookies = [{"name": key, "value": one.value, "url": live_server.url} for key, one in client.cookies.items()]
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        context.add_cookies(cookies)
        context.grant_permissions(["notifications"], origin=live_server.url)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.add_init_script(PLAYED % json.dumps(subscription("one")))
        yield page
        browser.close()
        connection.close()  # within Playwright's loop it is one of its own
    assert complaints == []


def devices_of(officer):
    with viewing(officer.pk):
        return [device.endpoint.rpartition("/")[2] for device in Device.objects.filter(officer=officer)]


def worker_of(page):
    """The service worker, once it is in charge."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    (worker,) = page.context.service_workers
    return worker


def switched_on(page, live_server):
    page.goto(f"{live_server.url}/notices/settings/")
    page.click("[data-push-on]")
    page.wait_for_selector('[data-when="on"]:not([hidden])')


def deliver(page, live_server, text, count):
    """Let the browser receive a message as from its push service; all that is shown then, `count` or more.

    A browser under load drops some, as on the way from a push service: it is sent again, as the node would.
    """
    for _ in range(6):
        session = page.context.new_cdp_session(page)
        known: list[str] = []
        session.on("ServiceWorker.workerRegistrationUpdated", partial(_learn, known))
        session.send("ServiceWorker.enable")
        page.wait_for_timeout(300)
        if known:
            message = {"origin": live_server.url, "registrationId": known[-1], "data": text}
            session.send("ServiceWorker.deliverPushMessage", message)
        if shown := page.evaluate(SHOWN, count):
            return shown
    raise AssertionError("nothing was shown")


def _learn(known, event):
    known.extend(each["registrationId"] for each in event["registrations"] if not each["isDeleted"])


SHOWN = """async (count) => {
  const registration = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries += 1) {
    const shown = await registration.getNotifications();
    if (shown.length >= count) {
      return shown.map(({ title, body, tag, lang, data }) => ({ title, body, tag, lang, data }));
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return [];
}"""

CLICK = """async (url) => {
  const opened = [];
  self.clients.openWindow = async (address) => { opened.push(address); };
  self.clients.matchAll = async () => [];
  const event = new ExtendableEvent("notificationclick");
  const waited = [];
  Object.defineProperty(event, "notification", { value: { close() {}, data: { url } } });
  event.waitUntil = (promise) => waited.push(promise);
  self.dispatchEvent(event);
  await Promise.all(waited);
  return opened;
}"""

CHANGED = """async ({ old, fresh }) => {
  const event = new ExtendableEvent("pushsubscriptionchange");
  const waited = [];
  Object.defineProperty(event, "oldSubscription", { value: { endpoint: old, options: {} } });
  Object.defineProperty(event, "newSubscription", { value: { toJSON: () => fresh } });
  event.waitUntil = (promise) => waited.push(promise);
  self.dispatchEvent(event);
  await Promise.all(waited);
}"""


def test_being_told_on_this_device(page, live_server, officer, green, told):
    """Switched on, a message shown and the bell rung, clicked, the subscription renewed, switched off."""
    page.goto(f"{live_server.url}/notices/settings/")
    page.wait_for_selector('[data-when="off"]:not([hidden])')
    assert page.get_attribute("[data-push]", "data-push") == public_key()
    switched_on(page, live_server)
    assert devices_of(officer) == ["one"]
    assert page.locator("[data-push-here]:not([hidden])").count() == 1
    worker = worker_of(page)

    # A message: what was said is shown, and the bell of the open page counts anew.
    assert "nothing new" in page.text_content("[data-bell]")
    (notice,) = told(green, officer)
    said = {
        "text": "A report is on Limen: R26.",
        "lang": "en",
        "dir": "ltr",
        "url": f"/notices/{notice.pk}/",
        "tag": "t",
    }
    (shown,) = deliver(page, live_server, json.dumps(said) + " " * 40, 1)
    address = f"{live_server.url}/notices/{notice.pk}/"
    assert shown == {"title": "Limen", "body": said["text"], "tag": "t", "lang": "en", "data": {"url": address}}
    page.wait_for_selector("[data-bell]:has-text('1 not seen')", state="attached")

    # What is no message is shown without words: a browser demands that something is.
    wordless = next(one for one in deliver(page, live_server, "{no json", 2) if not one["body"])
    assert wordless["data"] == {"url": f"{live_server.url}/notices/"}

    # Nothing is kept, and no request is answered from the browser.
    assert worker.evaluate("self.caches.keys()") == []
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{live_server.url}/notices/")
    page.context.set_offline(False)

    # A renewed subscription reaches the node without a page; the old one is gone.
    fresh, old = subscription("two"), subscription("one")["endpoint"]
    worker.evaluate(CHANGED, {"old": old, "fresh": fresh})
    assert devices_of(officer) == ["two"]

    # Where the officer was signed out as it changed, the next page tells the node.
    page.add_init_script(PLAYED % json.dumps(subscription("three")))
    with page.expect_response(lambda response: response.url.endswith("/notices/devices/")):
        page.goto(f"{live_server.url}/notices/")
    assert sorted(devices_of(officer)) == ["three", "two"]

    # A click opens the notice; an address elsewhere leads to the list.
    for url in ("/notices/7/", "https://elsewhere.example/x", "//elsewhere.example/", None):
        expected = live_server.url + (url if url == "/notices/7/" else "/notices/")
        assert worker.evaluate(CLICK, url) == [expected]

    page.goto(f"{live_server.url}/notices/settings/")
    while (buttons := page.locator("text=Remove")).count():
        buttons.first.click()
        page.wait_for_load_state()
    assert devices_of(officer) == []


def test_where_it_is_not_possible(page, live_server, officer):
    """The page says so: no push in this browser, or a push service that is not reached. The time zone is offered."""
    address = f"{live_server.url}/notices/settings/"
    page.goto(address)
    own = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    assert page.input_value("select[name=zone]") == (own if own != "Etc/UTC" else "UTC")
    page.add_init_script("PushManager.prototype.subscribe = async () => { throw new Error('AbortError') }")
    page.goto(address)
    page.click("[data-push-on]")
    page.wait_for_selector("[data-push-failed]:not([hidden])")
    assert devices_of(officer) == []
    page.add_init_script("delete window.PushManager")
    page.goto(address)
    page.wait_for_selector('[data-when="unsupported"]:not([hidden])')
    assert not page.is_visible("[data-push-on]")


def test_a_notice_of_the_list_is_followed(page, live_server, officer, green, told):
    """By keyboard: g n to the list, Enter on the notice, and the record opens."""
    told(green, officer)
    page.goto(f"{live_server.url}/people/me/")
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/notices/")
    page.focus(f"text={green.reference}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/reports/{green.reference}/")
    assert "nothing new" in page.text_content("[data-bell]")
    with viewing(officer.pk):
        assert Notice.objects.get().seen_at

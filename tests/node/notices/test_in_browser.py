"""Being told on a device, in Chromium: the page, the service worker under the site's policy, and what it shows.

The browser maker's push service is not reached from here, so its part is played: `PushManager.subscribe` is replaced by
one that gives a subscription, and a message is delivered by the browser's own tools as if it had come from there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator

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


def deliver(page, live_server, text):
    """Let the browser receive a message as from its push service."""
    session = page.context.new_cdp_session(page)
    registrations: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated",
               lambda event: registrations.extend(each["registrationId"] for each in event["registrations"]))  # fmt: skip
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    session.send("ServiceWorker.deliverPushMessage",
                 {"origin": live_server.url, "registrationId": registrations[-1], "data": text})  # fmt: skip


SHOWN = """async (count) => {
  const registration = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries += 1) {
    const shown = await registration.getNotifications();
    if (shown.length >= count) return shown.map(({ title, body, tag, lang, data }) => ({ title, body, tag, lang, data }));
    await new Promise((done) => setTimeout(done, 50));
  }
  return [];
}"""


def test_switched_on_and_off(page, live_server, officer):
    """One button: the browser subscribes with the node's key, the node knows the device, the page says so."""
    page.goto(f"{live_server.url}/notices/settings/")
    page.wait_for_selector('[data-when="off"]:not([hidden])')
    with page.expect_navigation():
        page.click("[data-push-on]")
    page.wait_for_selector('[data-when="on"]:not([hidden])')
    assert devices_of(officer) == ["one"]
    assert page.locator("[data-push-here]:not([hidden])").count() == 1
    assert page.evaluate("document.querySelector('[data-push]').dataset.push") == public_key()
    page.click("text=Remove")
    page.wait_for_selector('[data-when="off"]:not([hidden])')
    assert devices_of(officer) == []


def test_a_message_is_shown_and_rings_the_bell(page, live_server, officer, green, told):
    """The service worker shows the sentence; the bell of the open page counts anew."""
    switched_on(page, live_server)
    worker_of(page)
    assert "nothing new" in page.text_content("[data-bell]")
    (notice,) = told(green, officer)
    said = {"text": "A report is on Limen: R26.", "lang": "en", "dir": "ltr", "url": f"/notices/{notice.pk}/",
            "tag": "t", "urgent": False}  # fmt: skip
    deliver(page, live_server, json.dumps(said) + " " * 40)
    (shown,) = page.evaluate(SHOWN, 1)
    assert shown == {"title": "Limen", "body": said["text"], "tag": "t", "lang": "en",
                     "data": {"url": f"{live_server.url}/notices/{notice.pk}/"}}  # fmt: skip
    page.wait_for_selector("[data-bell]:has-text('1 not seen')", state="attached")


def test_what_is_no_message_is_shown_without_words(page, live_server):
    """A browser demands that something is shown: the name of the site, and the list of notices behind it."""
    switched_on(page, live_server)
    worker_of(page)
    deliver(page, live_server, "{no json")
    (shown,) = page.evaluate(SHOWN, 1)
    assert (shown["title"], shown["body"]) == ("Limen", "")
    assert shown["data"] == {"url": f"{live_server.url}/notices/"}


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


@pytest.mark.parametrize("url", ["/notices/7/", "https://elsewhere.example/x", "//elsewhere.example/", None])
def test_a_click_stays_on_this_site(page, live_server, url):
    """It opens the notice; an address elsewhere leads to the list."""
    switched_on(page, live_server)
    (opened,) = worker_of(page).evaluate(CLICK, url)
    assert opened == live_server.url + (url if url == "/notices/7/" else "/notices/")


CHANGED = """async ({ old, fresh }) => {
  const event = new ExtendableEvent("pushsubscriptionchange");
  const waited = [];
  Object.defineProperty(event, "oldSubscription", { value: { endpoint: old, options: {} } });
  Object.defineProperty(event, "newSubscription", { value: { toJSON: () => fresh } });
  event.waitUntil = (promise) => waited.push(promise);
  self.dispatchEvent(event);
  await Promise.all(waited);
}"""


def test_a_renewed_subscription_reaches_the_node(page, live_server, officer):
    """Where the push service gives another address, the node learns it without a page; the old one is gone."""
    switched_on(page, live_server)
    fresh = subscription("two")
    old = subscription("one")["endpoint"]
    worker_of(page).evaluate(CHANGED, {"old": old, "fresh": fresh})
    assert devices_of(officer) == ["two"]


def test_the_next_page_finds_out(page, live_server, officer):
    """Where the officer was signed out when it changed, the next page tells the node."""
    switched_on(page, live_server)
    page.add_init_script(PLAYED % json.dumps(subscription("three")))
    with page.expect_response(lambda response: response.url.endswith("/notices/devices/")):
        page.goto(f"{live_server.url}/notices/")
    assert devices_of(officer) == ["three"]


def test_nothing_is_kept_in_the_browser(page, live_server, officer, green, told):
    """The service worker answers no request and keeps no page: signed out, nothing of the site is left to read."""
    switched_on(page, live_server)
    worker = worker_of(page)
    page.goto(f"{live_server.url}/notices/")
    assert worker.evaluate("self.caches.keys()") == []
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{live_server.url}/notices/")
    page.context.set_offline(False)


def test_a_browser_that_cannot(page, live_server):
    """Where the browser knows no push, the page says so and offers no button."""
    page.add_init_script("delete window.PushManager")
    page.goto(f"{live_server.url}/notices/settings/")
    page.wait_for_selector('[data-when="unsupported"]:not([hidden])')
    assert not page.is_visible("[data-push-on]")


def test_a_push_service_that_is_not_reached(page, live_server, officer):
    """The page says so beside the button."""
    page.add_init_script("PushManager.prototype.subscribe = async () => { throw new Error('AbortError') }")
    page.goto(f"{live_server.url}/notices/settings/")
    page.click("[data-push-on]")
    page.wait_for_selector("[data-push-failed]:not([hidden])")
    assert devices_of(officer) == []


def test_the_time_zone_of_the_machine_is_offered(page, live_server, officer):
    """Until the officer has chosen one."""
    page.goto(f"{live_server.url}/notices/settings/")
    own = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    assert page.input_value("select[name=zone]") == (own if own != "Etc/UTC" else "UTC")


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

"""Web push against a push service on this machine: what it sees, what the browser sees, what becomes of failures."""

from __future__ import annotations

import datetime
import json
import socket

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from limen.node.notices import devices, hosts, pushing, sending
from limen.node.notices.keys import public_key
from limen.node.notices.models import ByEmail, Delivery, Device, Ways
from limen.node.people.models import Officer
from limen.node.sharing.releasing import recall
from limen.node.sharing.viewer import viewing

from .push_service import Browser, PushService

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    service = PushService(tmp_path_factory.mktemp("push"))
    yield service
    service.close()


@pytest.fixture
def service(running, settings, monkeypatch):
    """The push service, which the node may talk to and whose certificate it believes."""
    running.answers.clear()
    running.taken.clear()
    settings.LIMEN_PUSH_HOSTS = [running.host]
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(running.certificate))
    return running


@pytest.fixture
def officer(make, keeping):
    """Told by push alone."""
    officer = make.officer()
    with keeping():
        Ways.objects.create(officer=officer, email=ByEmail.NEVER)
    return officer


@pytest.fixture
def entered(service):
    """Enter a browser of an officer."""

    def enter(officer, name="one"):
        browser = Browser(service, name)
        with viewing(officer.pk):
            devices.add(officer, "Chrome on Linux", browser.subscription)
        return browser

    return enter


@pytest.fixture
def left(keeping):
    """What is still to be sent."""

    def left():
        with keeping():
            return list(Delivery.objects.order_by("pk"))

    return left


def test_the_browser_shows_the_sentence(green, officer, entered, told, work, service, left):
    """Number and urgency in the officer's language, and where it leads; the push service checks who sends."""
    browser = entered(officer)
    (notice,) = told(green, officer, urgent=True)
    work()
    ((path, headers, _body),) = service.taken
    assert path == browser.path
    (shown,) = service.shown(browser)
    assert shown == {
        "text": f"A report is on Limen: {green.reference} (urgent). Sign in to read it.",
        "lang": "en",
        "dir": "ltr",
        "url": f"/notices/{notice.pk}/",
        "tag": headers["Topic"],
        "urgent": True,
    }
    claims = service.check_sender(headers, public_key())
    assert claims["sub"].startswith(("mailto:", "https:"))
    assert 0 < claims["exp"] - datetime.datetime.now(datetime.UTC).timestamp() <= 24 * 3600
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["Urgency"], headers["TTL"]) == ("high", "86400")
    assert not left()


def test_the_push_service_learns_nothing(green, officer, entered, told, work, service):
    """In header and body no number, sentence, address of a page, or officer; bodies of all notices are equally long."""
    other = entered(officer)
    told(green, officer)
    told(green, officer, urgent=True)
    work()
    (_path, headers, body), (_path, _headers, second) = service.taken
    told_openly = json.dumps({name: value for name, value in headers.items() if name != "Authorization"})
    for secret in (green.reference, "notices", "Limen", officer.email, officer.name):
        assert secret not in told_openly
        assert secret.encode() not in body
    assert len(body) == len(second)
    assert len(headers["Topic"]) <= 32
    assert green.reference.encode() in other.open(body)


def test_nothing_protected_even_inside(green, officer, entered, told, work, service):
    """What the browser decrypts holds nothing of the record but its number."""
    browser = entered(officer)
    told(green, officer)
    work()
    text = json.dumps(service.shown(browser), ensure_ascii=False)
    for secret in ("THA", "Thailand", "THBKK", "Bangkok", "zinnober", green.owner.name, "TLP"):
        assert secret not in text


def test_the_language_is_the_officers(make, green, entered, told, work, service, keeping):
    """Each device is told in the language of its officer."""
    officer = make.officer(language="vi")
    browser = entered(officer)
    told(green, officer)
    work()
    (shown,) = service.shown(browser)
    assert "đăng nhập" in shown["text"]
    assert shown["lang"] == "vi"


def test_every_device_is_told(green, officer, entered, told, work, service):
    """And a later notice of the same replaces one not yet shown."""
    one, two = entered(officer, "one"), entered(officer, "two")
    told(green, officer)
    told(green, officer, urgent=True)
    work()
    assert [len(service.shown(browser)) for browser in (one, two)] == [2, 2]
    assert len({headers["Topic"] for _, headers, _ in service.taken}) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_removed(green, officer, entered, told, work, service, status, left, keeping):
    """The push service says so, and it is not asked again; the officer's other devices stay."""
    gone = entered(officer, "gone")
    entered(officer, "stays")
    service.answers[gone.path] = (status, {})
    told(green, officer)
    work()
    with keeping():
        assert [device.endpoint.rpartition("/")[2] for device in Device.objects.all()] == ["stays"]
    assert not left()


@pytest.mark.parametrize(
    ("status", "headers", "minutes"),
    [(500, {}, 1), (503, {"Retry-After": "600"}, 10), (429, {"Retry-After": "120"}, 2), (429, {"Retry-After": "x"}, 1),
     (503, {"Retry-After": "999999"}, 360)],
)  # fmt: skip
def test_what_is_put_off_is_tried_again(green, officer, entered, told, work, service, status, headers, minutes, left):
    """After as long as the service asks, six hours at most."""
    browser = entered(officer)
    service.answers[browser.path] = (status, headers)
    told(green, officer)
    before = timezone.now()
    work()
    (row,) = left()
    waits = (row.due_at - before).total_seconds()
    assert minutes * 60 <= waits < minutes * 60 + 30


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_what_is_refused_is_given_up(green, officer, entered, told, work, service, status, left, caplog):
    """A request that the service will never take is logged, without the address, and not repeated."""
    browser = entered(officer)
    service.answers[browser.path] = (status, {})
    told(green, officer)
    work()
    assert not left()
    assert f"answer {status}" in caplog.text
    assert browser.path not in caplog.text


def test_a_redirect_is_not_followed(green, officer, entered, told, work, service, left):
    """A push service that leads elsewhere would lead into the node's own network."""
    browser = entered(officer)
    for status in (301, 302, 307, 308):
        service.answers[browser.path] = (status, {"Location": f"https://{service.host}/inside"})
        told(green, officer)
        work()
    assert {path for path, _, _ in service.taken} == {browser.path}
    assert len(service.taken) == 4


def test_a_service_that_is_not_reached(green, officer, entered, told, work, service, left, settings):
    """Nobody listens: tried again later."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.LIMEN_PUSH_HOSTS = [f"localhost:{port}"]
    service.host, host = f"localhost:{port}", service.host
    try:
        entered(officer)
    finally:
        service.host = host
    told(green, officer)
    work()
    assert [row.tries for row in left()] == [1]


def test_a_service_no_longer_allowed_is_not_asked(green, officer, entered, told, work, service, settings, left):
    """Hosts are asked again at sending, not only when the browser was entered."""
    entered(officer)
    settings.LIMEN_PUSH_HOSTS = []
    told(green, officer)
    work()
    assert not service.taken
    assert not left()


def test_a_node_that_pushes_no_longer(green, officer, entered, told, work, service, settings, left):
    """Switched off, it says nothing to devices that were entered before."""
    entered(officer)
    settings.LIMEN_PUSH = False
    told(green, officer)
    work()
    assert not service.taken
    assert not left()


def test_after_a_recall_nothing_is_pushed(green, officer, entered, told, work, service):
    """Nor to who was deactivated."""
    entered(officer)
    told(green, officer)
    with viewing(green.author_id):
        recall(green, Officer.objects.get(pk=green.author_id), "wrong")
    work()
    assert not service.taken


def test_a_removed_device_is_not_told(green, officer, entered, told, work, service, keeping, left):
    """Between the planning and the sending."""
    entered(officer)
    told(green, officer)
    with keeping():
        sending.plan(timezone.now())
        Device.objects.all().delete()
    work()
    assert not service.taken
    assert not left()


def test_a_lost_key_stops_no_email(make, green, entered, told, work, service, keeping, monkeypatch, left):
    """Where the node's key cannot be opened, pushes wait and e-mails go."""
    from django.core import mail

    from limen.node.errors import FilesError

    def lost():
        raise FilesError("the key is gone")

    officer = make.officer()
    entered(officer)
    monkeypatch.setattr(pushing, "private_key", lost)
    told(green, officer)
    work()
    assert len(mail.outbox) == 1
    assert [row.way for row in left()] == ["push"]


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://fcm.googleapis.com:443/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://eu.push.services.mozilla.com/x", True),
        ("https://wns2-db5p.notify.windows.com/w/?token=x", True),
        ("https://web.push.apple.com/x", True),
        ("https://FCM.googleapis.com/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com@10.0.0.1/x", False),
        ("https://fcm.googleapis.com\\@10.0.0.1/x", False),
        ("https://10.0.0.1/fcm.googleapis.com", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://localhost/", False),
        ("https://evilnotify.windows.com.example/", False),
        ("https://notify.windows.com/", False),
        ("https://xpush.services.mozilla.com/", False),
        ("https://fcm.googleapis.com.example/", False),
        ("https://fcm.googleapis.com#@example/", False),
        ("https://fcm.googleapis.com/\nHost: x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_known_push_services(endpoint, allowed):
    """An endpoint comes from outside: only https, only hosts that are known, only the usual port, no user."""
    assert hosts.is_allowed(endpoint) == allowed


@untimed
@given(st.text(max_size=60), st.sampled_from(hosts.KNOWN))
@example("@", "fcm.googleapis.com")
def test_whatever_is_let_through_goes_there(text, known):
    """What the rule lets through, the library that posts it sends to the host that the rule saw."""
    from requests import Request
    from requests.exceptions import RequestException
    from urllib3.util import parse_url

    for endpoint in (f"https://{text}{known}", f"https://{known}{text}", f"https://{known}/{text}"):
        if hosts.is_allowed(endpoint):
            try:
                sent = parse_url(Request("POST", endpoint).prepare().url)
            except (RequestException, ValueError):
                continue
            assert sent.scheme == "https"
            assert sent.auth is None
            assert sent.port in (None, 443)
            assert hosts.is_allowed(f"https://{sent.host}/")

"""Every page speaks the language of who looks, and holds no sentence that cannot be translated."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

SAID = {"alt", "aria-label", "aria-description", "placeholder", "title", "data-label", "data-confirm", "data-say"}
"""Attributes that people read or hear."""

SILENT = {"script", "style", "template", "code", "kbd", "pre", "svg"}

DATA = re.compile(
    r"TLP:[A-Z+]+|R\d\d-[0-9A-Z-]{6,9}|[\w.+-]+@[\w.-]+|https?://\S+|/[\w./-]+|\b[A-Z0-9]{1,5}\b|[A-Z0-9<]{30,}"
    r"|Limen|English|Tiếng Việt|Bahasa Indonesia|Natural Earth|limen node check|Agency \d+|Officer \d+"
    r"|(?:count|fields|changed|days): [a-z0-9_, ]+|(?:count|fields): |Gate 7|Utopia|Bangkok Suvarnabhumi|zero"
)
"""What is the same in every language: names, codes, addresses."""


class Words(HTMLParser):
    """Collects what a page says."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent: list[str] = []
        self.language = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang", "") + "/" + given.get("dir", "")
        if tag in SILENT or (tag == "option" and given.get("lang")):
            self._silent.append(tag)
        self.said += [given[name] or "" for name in SAID & given.keys()]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.said.append(given.get("value") or "")

    def handle_endtag(self, tag):
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data):
        if not self._silent:
            self.said.append(data)


def english_of(html: str) -> list[str]:
    """What on a page has two Latin letters in a row and is no name or code."""
    words = Words()
    words.feed(html)
    cleaned = (DATA.sub("", text) for text in words.said)
    return sorted({" ".join(text.split()) for text in cleaned if re.search(r"[A-Za-z]{2}", text)})


def addresses() -> Iterator[str]:
    """Every address of the site that takes no argument."""
    yield from _named(get_resolver(), "")


def _named(resolver: URLResolver, space: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            try:
                yield reverse(space + entry.name)
            except NoReverseMatch:
                continue
        elif isinstance(entry, URLResolver) and "/api/" not in str(entry.pattern):
            yield from _named(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


NOT_PAGES = ("/api/", "/language/", "/theme/", "/account/logout/")


def _pages(client) -> dict[str, str]:
    """The pages that answer to a plain request, by address."""
    found = {}
    for address in sorted({one for one in addresses() if not one.startswith(NOT_PAGES)}):
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[address] = answer.content.decode()
    return found


@pytest.fixture
def report(make, everything):
    """A report with nothing in it that is not from the taxonomy."""
    return make.report(everything, summary="", place="THBKK")


def _of(report, officer) -> list[str]:
    """Addresses of the pages about a report, its picture, and an officer."""
    pages = [reverse(f"reports:{name}", args=[report.reference]) for name in ("show", "edit", "beside", "release")]
    with viewing(report.author_id):
        uid = report.images.get().uid
    pages += [reverse(f"reports:{name}", args=[uid]) for name in ("masks", "regions")]
    pages += [reverse("people:roles", args=[officer.pk])]
    return pages + [reverse("people:officer_doing", args=[officer.pk, doing]) for doing in ("deactivate", "reset")]


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A photograph of an invented passport, whose date of birth is none."""
    from PIL import Image

    from limen.specimen import Light, capture, make
    from limen.specimen.frauds import apply_fraud

    forged = apply_fraud(make("TD3", 62, lights=(Light.WHITE,), ppi=300), "changed-digit", 62)
    file = io.BytesIO()
    Image.fromarray(capture(forged, 2, "reader", ppi=170).image).save(file, "JPEG", quality=90)
    return file.getvalue()


def test_everything_on_pages_can_be_translated(client, everything, make, pseudo, report, picture):
    """In a language that has a word for everything, no page of a signed-in officer says anything in English."""
    everything.language = pseudo
    everything.save()
    client.force_login(everything)
    uploaded = SimpleUploadedFile("x.jpg", picture, "image/jpeg")
    attached = client.post(reverse("reports:attach", args=[report.reference]), {"image": uploaded}, follow=True)
    pages = _pages(client) | {"attached": attached.content.decode()}
    for address in _of(report, make.officer(everything.agency, "counter", name="1", email="a@b.example")):
        answer = client.get(address)
        assert answer.status_code == 200, address
        pages[address] = answer.content.decode()
    assert {"/", "/reports/new/", "/releases/", "/people/", "/people/tokens/", "/account/2fa/"} <= pages.keys()
    left = {address: words for address, html in pages.items() if (words := english_of(html))}
    assert left == {}


def test_sign_in_pages_can_be_translated(client, pseudo):
    """Neither does any page that is open to everybody."""
    client.cookies["django_language"] = pseudo
    pages = _pages(client)
    assert {"/account/login/", "/account/password/reset/"} <= pages.keys()
    assert {address: words for address, html in pages.items() if (words := english_of(html))} == {}


def test_pages_of_the_pseudo_language_run_from_the_right(client, everything, pseudo):
    """The document says its language and its direction."""
    everything.language = pseudo
    everything.save()
    client.force_login(everything)
    assert '<html lang="ar-xb" dir="rtl"' in client.get("/").content.decode()


def test_officers_language_goes_before_cookie_and_browser(client, make):
    """An officer reads their own language in any browser; others what they chose, or what the browser asks for."""
    wants = {"HTTP_ACCEPT_LANGUAGE": "vi,en;q=0.5"}
    assert '<html lang="vi"' in client.get("/account/login/", **wants).content.decode()
    client.cookies["django_language"] = "en"
    assert '<html lang="en"' in client.get("/account/login/", **wants).content.decode()
    client.force_login(make.officer(None, "examiner", language="th"))
    answer = client.get("/", **wants)
    assert '<html lang="th" dir="ltr"' in answer.content.decode()
    assert answer["Content-Language"] == "th"


def test_reset_of_a_password_is_written_in_the_officers_language(client, make, monkeypatch):
    """A message is in the language of who receives it, whoever asked for it in whatever language."""
    from limen.node.people.mail import send_or_log

    monkeypatch.setattr("limen.node.people.adapters.send_in_background", send_or_log)
    officer = make.officer(None, "examiner", language="vi", password="seven herons over the delta")
    client.post("/account/password/reset/", {"email": officer.email}, headers={"accept-language": "th"})
    assert mail.outbox[0].subject == "Thư đặt lại mật khẩu"
    assert "Bạn nhận được thư này" in mail.outbox[0].body

"""Pages in a real browser: from right to left, in Thai, in Vietnamese, on a desk and on a phone, nothing runs out.

With `SCREENSHOTS` naming a folder, each page is kept there as a picture, to be looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

STATIC = Path(__file__).parents[3] / "src/limen/node/web/static/limen/app.css"
CHROMIUM = shutil.which("chromium")
SCREENS = {"desk": (1280, 720), "phone": (390, 844)}

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not STATIC.exists(), reason="the site's files are not built (make web)"),
    pytest.mark.django_db(transaction=True),
]

OUTSIDE = """() => {
  const scrolls = (one) => {
    for (let up = one.parentElement; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (/(auto|scroll|hidden|clip)/.test(style.overflowX) && up !== document.body && up !== document.documentElement)
        return true;
    }
    return false;
  };
  const found = [];
  for (const one of document.querySelectorAll("main *, header *, footer *")) {
    const box = one.getBoundingClientRect();
    if (!box.width || !one.checkVisibility() || one.closest(".visually-hidden, svg, dialog, [hidden]")) continue;
    if ((box.left < -1 || box.right > innerWidth + 1) && !scrolls(one))
      found.push(one.tagName + "." + one.className + ": " + one.textContent.trim().slice(0, 40));
    if (one.matches("button, .button, .badge, .tab") && one.scrollWidth > one.clientWidth + 2)
      found.push("cut: " + one.className + ": " + one.textContent.trim().slice(0, 40));
  }
  return found;
}"""
"""What stands beyond the screen's edge and cannot be scrolled to, and buttons whose words do not fit."""


@pytest.fixture
def browser(monkeypatch) -> Iterator:
    """A Chromium whose pages may ask the database while Playwright's loop runs."""
    from django.db import connection
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
        connection.close()


@pytest.fixture
def pages(make, everything) -> dict[str, str]:
    """What officers see most, by a name for the picture."""
    drafted = make.report(everything, method="data_page_counterfeit", summary="The data page is printed by inkjet.")
    about = {name: reverse(f"reports:{name}", args=[drafted.reference]) for name in ("show", "edit", "release")}
    plain = (
        "reports:list", "reports:map", "verify", "people:list", "people:profile", "tokens:list", "audit:list",
        "trends:dashboard", "trends:surges", "trends:brief", "alerts:list", "alerts:subscriptions", "casebook:list",
        "casebook:practice", "casebook:progress", "notices:list", "notices:settings", "queue",
    )  # fmt: skip
    return {"home": "/", **about, **{name.replace(":", "-"): reverse(name) for name in plain}}


@pytest.fixture
def spoken(request) -> str:
    """The language of the test; the pseudo language where it runs from the right."""
    return request.getfixturevalue("pseudo") if request.param == "rtl" else request.param


def _look(page, name: str) -> list[str]:
    page.wait_for_load_state("networkidle")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*([f"{wide} pixels too wide"] if wide > 0 else []), *page.evaluate(OUTSIDE)]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("spoken", ["rtl", "th", "vi"], indirect=True)
def test_pages_fit_in_every_language(browser, client, live_server, everything, pages, spoken, screen, keeping):
    """Whatever the language, its direction and the screen, no page scrolls sideways and no word runs out."""
    with keeping():
        everything.language = spoken
        everything.save()
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        extra_http_headers={"Accept-Language": spoken},
    )
    page = context.new_page()
    wrong = {}
    page.goto(f"{live_server.url}/account/login/")
    assert _look(page, f"{spoken}-{screen}-login") == []
    client.force_login(everything)
    context.add_cookies(
        [{"name": key, "value": one.value, "url": live_server.url} for key, one in client.cookies.items()]
    )
    for name, address in pages.items():
        page.goto(live_server.url + address)
        assert page.get_attribute("html", "lang") == spoken
        assert page.get_attribute("html", "dir") == ("rtl" if spoken == "ar-xb" else "ltr")
        if found := _look(page, f"{spoken}-{screen}-{name}"):
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("spoken", ["rtl"], indirect=True)
def test_layout_begins_at_the_right(browser, client, live_server, everything, spoken, keeping):
    """Headings, navigation and tables of a right-to-left language begin where it is read from."""
    with keeping():
        everything.language = spoken
        everything.save()
    client.force_login(everything)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_cookies(
        [{"name": key, "value": one.value, "url": live_server.url} for key, one in client.cookies.items()]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/people/")
    for begun in ("h1", "table th:first-child", ".topnav a"):
        box = page.locator(begun).first.bounding_box()
        assert box["x"] + box["width"] / 2 > 640, begun

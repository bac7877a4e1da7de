"""The pages about tokens in a real browser: on a phone and in the dark, axe-core finds nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

AXE = Path(__file__).parents[3] / "src/limen/node/web/frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="the site's files are not built (make web)"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def browser(monkeypatch):
    from django.db import connection
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
        connection.close()


def check(page):
    """Let axe-core look at the page; evaluated by the browser itself, which the site's policy does not bind."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 720, "light"), (390, 844, "dark")])
def test_a_token_from_its_making_to_its_end(browser, live_server, person, tmp_path, width, height, scheme):
    """Made, shown once, listed, renewed, revoked, each page found well, by the site's own style and scripts."""
    administrator = person(None, "administrator")
    complaints = []
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    cookies = administrator.client.cookies.items()
    context.add_cookies([{"name": key, "value": one.value, "url": live_server.url} for key, one in cookies])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/people/")
    page.click("a[href='/people/tokens/']")
    check(page)
    page.click("a[href='/people/tokens/new/']")
    page.fill("input[name=name]", "Gate 7")
    check(page)
    page.click("main form .button-primary")
    page.wait_for_selector("#secret")
    assert page.input_value("#secret").startswith("limen_")
    check(page)
    page.screenshot(path=tmp_path / "made.png")
    page.click("main a[href='/people/tokens/']")
    page.wait_for_selector("th[scope=row]")
    check(page)
    page.screenshot(path=tmp_path / "list.png")
    page.click("a[href$='/renew/']")
    check(page)
    page.goto(f"{live_server.url}/people/tokens/")
    page.click("a[href$='/revoke/']")
    check(page)
    page.click("main .button-danger")
    page.wait_for_selector("th[scope=row]")
    assert "revoked" in page.inner_text("table")
    assert complaints == []

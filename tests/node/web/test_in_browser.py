"""The components in a real browser, under the site's content security policy: what they do, and that axe-core finds
nothing on the style guide in any look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import include, path

WEB = Path(__file__).parents[3] / "src" / "limen" / "node" / "web"
AXE = WEB / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="the site's files are not built (make web)"),
    pytest.mark.django_db(transaction=True),
]


class Urls:
    """The site with its style guide."""

    handler404 = "limen.node.web.views.not_found"
    urlpatterns = (path("", include("limen.node.web.styleguide.views")), path("", include("limen.node.urls")))


@pytest.fixture
def browser(monkeypatch, settings) -> Iterator:
    """A Chromium whose pages may ask the database while Playwright's loop runs."""
    from django.db import connection
    from playwright.sync_api import sync_playwright

    settings.ROOT_URLCONF = Urls
    settings.LIMEN_REQUIRE_SECOND_FACTOR = False
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
        connection.close()


def _open(browser, live_server, client, officer, query: str = "", **looks):
    """The style guide as this officer sees it; what the console complains of is kept at the page."""
    client.force_login(officer)
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"} | looks)
    context.add_cookies(
        [{"name": key, "value": one.value, "url": live_server.url} for key, one in client.cookies.items()]
    )
    page = context.new_page()
    page.complaints = []
    page.asked = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{live_server.url}/styleguide/{query}")
    return page


@pytest.fixture
def guide(browser, live_server, client, make):
    """Open the style guide in some look: `guide(color_scheme="dark")`."""
    officer = make.officer(None, "coordinator")
    return lambda query="", **looks: _open(browser, live_server, client, officer, query, **looks)


def _draw_charts(page) -> None:
    for chart in page.query_selector_all("[data-chart]"):
        chart.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
    page.wait_for_selector("[data-chart=bar][data-drawn]")


LOOKS = {
    "light": ("", {}),
    "dark": ("", {"color_scheme": "dark"}),
    "phone": ("", {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}),
    "right to left": ("?rtl&say=1", {}),
}


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_for_axe_nothing_from_outside_nothing_refused(guide, live_server, look):
    """Charts, pictures and forms are drawn without a violation of WCAG, of the policy, or of the page's width."""
    query, looks = LOOKS[look]
    page = guide(query, **looks)
    _draw_charts(page)
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith((live_server.url, "data:", "blob:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_combobox_by_keyboard(guide):
    """Type, move, choose: the form carries the code, the screen the name."""
    page = guide()
    page.focus("#id_place")
    page.keyboard.press("Escape")
    page.keyboard.type("hanoi")
    page.wait_for_selector("#id_place[aria-activedescendant]")
    assert page.get_attribute("#id_place", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert page.input_value("#id_place") == "Hanoi Noi Bai"
    assert page.evaluate("new FormData(document.getElementById('sample')).getAll('place')") == ["VNHAN"]
    page.focus("#id_others")
    page.keyboard.type("syd")
    page.wait_for_selector("#id_others[aria-activedescendant]")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    assert page.evaluate("new FormData(document.getElementById('sample')).getAll('others')") == ["MYKUL"]


def test_combobox_says_when_offline(guide):
    """Without a network the officer is told to type the code."""
    page = guide()
    page.context.set_offline(True)
    page.focus("#id_others")
    page.keyboard.type("syd")
    page.wait_for_selector(".combobox-note")
    assert "type the code" in page.text_content(".combobox-note")


def test_autosave_sends_keeps_and_catches_up(guide):
    """What is typed is saved; what is typed offline survives a reload and is saved when the network is back."""
    page = guide()
    page.fill("#id_number", "UT12345")
    page.wait_for_selector('[data-autosave-status][data-state="saved"]')
    page.context.set_offline(True)
    page.fill("#id_number", "UT99999")
    page.wait_for_selector('[data-autosave-status][data-state="offline"]')
    page.context.set_offline(False)
    page.wait_for_selector('[data-autosave-status][data-state="saved"]')
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('limen.')).length") == 0
    page.route("**/styleguide/save/", lambda route: route.abort())
    page.fill("#id_number", "UT77777")
    page.wait_for_selector('[data-autosave-status][data-state="offline"]')
    page.unroute("**/styleguide/save/")
    page.route("**/styleguide/save/", lambda route: route.abort())
    page.reload()
    assert page.input_value("#id_number") == "UT77777"


def test_autosave_shows_what_is_not_accepted(guide):
    """An unacceptable value is said beside its field."""
    page = guide()
    page.fill("#id_number", "bad")
    page.wait_for_selector("#id_number[aria-invalid=true]")
    assert "5 to 20 characters" in page.text_content("[data-autosave-error]")


def test_signing_out_forgets_what_was_kept(guide):
    """Nothing that an officer typed stays in the browser after signing out."""
    page = guide()
    page.route("**/styleguide/save/", lambda route: route.abort())
    page.fill("#id_number", "UT77777")
    page.wait_for_selector('[data-autosave-status][data-state="offline"]')
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('limen.')).length"
    assert page.evaluate(kept) == 1
    page.evaluate("document.querySelector('[data-sign-out]').dispatchEvent(new Event('submit', {bubbles: true}))")
    assert page.evaluate(kept) == 0


def test_dropzone_uploads_and_refuses(guide):
    """A chosen file is posted and its thumbnail appears; one that is too large is said to be."""
    page = guide()
    before = page.locator("#thumbs li").count()
    chooser = "[data-dropzone] input[type=file] >> nth=1"
    page.set_input_files(chooser, {"name": "page.png", "mimeType": "image/png", "buffer": b"x"})
    page.wait_for_selector(f"#thumbs li:nth-child({before + 1})")
    page.set_input_files(chooser, {"name": "large.png", "mimeType": "image/png", "buffer": bytes(25_000_001)})
    page.wait_for_selector(".dropzone-files .is-failed >> text=Larger than 25 MB")
    assert page.complaints == []


def test_htmx_refusal_becomes_a_message(guide):
    """A refused action leaves the page as it is and says why."""
    page = guide()
    page.click("text=htmx: refused")
    page.wait_for_selector("#toasts [data-toast=error]")
    assert "Only an examiner" in page.text_content("#toasts")
    assert page.inner_html("#nowhere") == ""
    page.click("#toasts .toast-close")
    assert page.locator("#toasts [data-toast]").count() == 0


def test_destructive_forms_ask_first(guide):
    """No is no; the question is a dialog of ours."""
    page = guide()
    page.click("text=Recall …")
    page.wait_for_selector("dialog[open]")
    page.click("dialog[open] >> text=Cancel")
    page.wait_for_selector("dialog[open]", state="detached")
    assert page.url.endswith("/styleguide/")


def test_viewer_by_keys(guide):
    """Number keys change the light, plus zooms, zero fits, r hides the marked areas."""
    page = guide()
    page.focus("limen-viewer .viewer-stage")
    page.keyboard.press("2")
    assert page.get_attribute("limen-viewer img", "data-light") == "uv"
    fitted = page.text_content("limen-viewer .viewer-zoom")
    page.keyboard.press("+")
    assert page.text_content("limen-viewer .viewer-zoom") != fitted
    page.keyboard.press("0")
    assert page.text_content("limen-viewer .viewer-zoom") == fitted
    page.keyboard.press("1")
    assert page.locator("limen-viewer .region").count() == 2
    page.keyboard.press("r")
    assert page.locator("limen-viewer .region >> visible=true").count() == 0
    page.keyboard.press("c")
    assert page.is_visible("limen-viewer .viewer-slider")


def test_marker_draws_and_saves(guide):
    """A rectangle drawn by mouse is in the list and sent; Delete removes it; numbers move one too."""
    page = guide()
    marker = page.locator("limen-marker[data-save]")
    stage = marker.locator(".viewer-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    with page.expect_request("**/styleguide/save/") as sent:
        page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.7, steps=4)
        page.mouse.up()
    regions = sent.value.post_data_json["regions"]
    assert len(regions) == 3
    assert 0.05 < regions[2]["w"] < 0.5
    assert marker.locator(".marker-row").count() == 3
    stage.focus()
    page.keyboard.press("Delete")
    assert marker.locator(".marker-row").count() == 2
    with page.expect_request("**/styleguide/save/") as sent:
        marker.locator("[data-side=x]").first.fill("10")
    assert sent.value.post_data_json["regions"][0]["x"] == 0.1


def test_chart_has_its_table(guide):
    """The figures of a chart are reachable by keyboard, each leading where its mark leads."""
    page = guide()
    _draw_charts(page)
    page.click("[data-chart=bar] >> text=Table")
    row = page.locator("[data-chart=bar] tbody tr").first
    assert row.locator("a").get_attribute("href") == "?place=THBKK"
    assert "214" in row.text_content()


def test_theme_and_keys(guide):
    """The theme changes at once and stays; ? shows the keys, / goes to the search."""
    page = guide()
    page.click(".topbar-end .menu > summary")
    page.click("button[name=theme][value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    assert "New report" in page.text_content("dialog[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_page_works_without_scripts(guide):
    """Forms, pictures and the menu are there without scripts; the type-ahead is a field for the code."""
    page = guide(java_script_enabled=False)
    assert page.get_attribute("#id_place", "name") == "place"
    assert page.input_value("#id_place") == "THBKK"
    assert page.is_visible("[data-dropzone] form")
    assert page.locator("limen-viewer img >> visible=true").count() == 3
    page.click(".topbar-end .menu > summary")
    assert page.is_visible("[data-sign-out]")

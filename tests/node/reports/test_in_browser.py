"""A report's whole way in a real browser, by keyboard where an officer would use it; axe-core finds nothing."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
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
def open_as(monkeypatch, live_server, people) -> Iterator[Callable]:
    """Open a browser as an officer: `open_as(people.counter)` is a page; what its console complains of is kept."""
    from django.db import connection
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    complaints: list[str] = []

    def complain(message) -> None:
        if message.type == "error" and "404" not in message.text:
            complaints.append(message.text)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])

        def open_as(officer, **looks):
            context = browser.new_context(
                **{"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"} | looks
            )
            cookies = people.sign_in(officer).cookies
            context.add_cookies(
                [{"name": key, "value": one.value, "url": live_server.url} for key, one in cookies.items()]
            )
            page = context.new_page()
            page.on("console", complain)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        yield open_as
        browser.close()
        connection.close()  # within Playwright's loop it is one of its own
    assert complaints == []


def check(page) -> None:
    """Let axe-core look at the page."""
    session = page.context.new_cdp_session(page)  # evaluated by the browser itself, which its policy does not bind
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"], rule["nodes"][0]["html"][:120]) for rule in found] == []


def choose(page, field: str, typed: str) -> None:
    """Type into a field with suggestions and take the first."""
    page.focus(f"#{field}")
    page.keyboard.type(typed)
    page.wait_for_selector(f"#{field}[aria-activedescendant]")
    page.keyboard.press("Enter")


def test_a_report_from_the_picture_to_its_recall(open_as, people, live_server, page_jpeg, tmp_path):
    """Dropped, filled in, released by two people, read where it was granted and nowhere else, recalled."""
    from playwright.sync_api import expect

    file = tmp_path / "page.jpg"
    file.write_bytes(page_jpeg)
    began = time.monotonic()
    page = open_as(people.counter)
    page.goto(f"{live_server.url}/reports/new/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    page.set_input_files("[data-dropzone] input[type=file]:not([name])", str(file))
    expect(page.locator("#id_issuer")).to_have_value("Utopia")
    choose(page, "id_method", "photo")
    page.wait_for_selector("input[name=fraud_class][value=forgery]:checked", state="attached")
    choose(page, "id_place", "bkk")
    page.fill("#id_summary", "The laminate was lifted at the portrait.")
    page.click("text=These masks are right")
    page.wait_for_selector("#beside h2:text('Nothing is missing')")
    check(page)
    page.click("#beside >> text=Go on to release")
    page.wait_for_url("**/release/")
    page.check("input[value=amber]")
    page.uncheck("input[name=community]")
    choose(page, "id_agencies", "viet")
    page.check("input[name=classes][value='1']")
    page.fill("#id_basis", "Memorandum of 2024, article 3")
    page.wait_for_selector("#preview >> text=2 agencies will see it")
    check(page)
    page.click("text=Release, or propose it")
    page.wait_for_selector("text=Look at the proposal")
    assert time.monotonic() - began < 60  # a person types more slowly, and has two minutes
    address = page.url

    decider = open_as(people.coordinator)
    decider.goto(f"{live_server.url}/releases/")
    check(decider)
    decider.click("table a")
    check(decider)
    decider.click("text=Approve the release")
    decider.wait_for_selector("text=Recall")

    friend, stranger = open_as(people.friendly), open_as(people.stranger)
    friend.goto(address)
    assert "D90610681" in friend.inner_text("main")
    assert friend.locator("text=Show the bearer").count() == 0
    friend.wait_for_selector("limen-viewer .viewer-stage img")
    check(friend)
    assert stranger.goto(address).status == 404

    decider.goto(f"{address}recall/")
    check(decider)
    decider.fill("#id_reason", "It was of another case.")
    decider.click("text=Recall it")
    decider.wait_for_selector("text=From then on", state="detached")
    assert friend.goto(address).status == 404


@pytest.mark.parametrize(
    "looks", [{"viewport": {"width": 390, "height": 844}}, {"color_scheme": "dark"}], ids=["phone", "dark"]
)
def test_the_form_in_other_looks(open_as, people, live_server, draft, looks):
    """With every block open: nothing wider than the screen, nothing that axe-core finds."""
    page = open_as(people.counter, **looks)
    page.goto(f"{live_server.url}/reports/{draft.reference}/edit/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.wait_for_selector("#beside")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    check(page)


def test_masks_and_marked_places_are_drawn(open_as, people, live_server, draft, seen_by, picture):
    """By pointer; what was drawn is stored."""
    from limen.node.reports import picturing
    from limen.node.reports.models import Image

    with seen_by(people.counter):
        (image,) = picturing.attach(draft, people.counter, picture(640, 480))
    page = open_as(people.counter)
    for kind, button in (("masks", "text=Hide this, and confirm"), ("regions", "text=Done")):
        page.goto(f"{live_server.url}/reports/images/{image.uid}/{kind}/")
        page.wait_for_selector(".viewer-stage img")
        page.wait_for_timeout(300)
        box = page.locator(".viewer-stage").bounding_box()
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.move(middle[0] - 60, middle[1] - 60)
        page.mouse.down()
        page.mouse.move(middle[0] + 60, middle[1] + 40)
        page.mouse.up()
        check(page)
        if kind == "regions":
            page.select_option(".marker-row select", "laminate")
            page.wait_for_selector(".viewer-bar >> text=Saved")
        page.click(button)
        page.wait_for_url("**/edit/*" if kind == "masks" else "**/edit/")
    with seen_by(people.counter):
        stored = Image.objects.get()
    assert stored.masks_confirmed
    assert len(stored.masks) == len(stored.regions) == 1
    assert stored.regions[0]["label"] == "laminate"


def test_reports_are_found_again(open_as, make, audience, people, live_server):
    """Type-ahead narrows the list without a new page, the address holds the search, which is kept and opened again; the
    map shows the same number; axe-core finds nothing on any of these pages, on a phone and in the dark."""
    from playwright.sync_api import expect

    for issuer in ("UTO", "UTO", "D"):
        make.released(people.counter, audience(people.mine, "green"), issuer=issuer, place="THBKK")
    page = open_as(people.counter)
    page.goto(f"{live_server.url}/reports/")
    expect(page.locator("[data-count]")).to_have_text("3 reports")
    check(page)
    choose(page, "filter-issuer", "utopia")
    expect(page.locator("[data-count]")).to_have_text("2 reports")
    assert page.url.endswith("/reports/?issuer=UTO")
    page.click("text=Keep this search")
    page.fill("#filter-name-new", "Utopian passports")
    page.click("#keep-search button[type=submit]")
    page.wait_for_selector(".toast")
    page.click(".chip-remove")
    expect(page.locator("[data-count]")).to_have_text("3 reports")
    page.click("text=Kept searches")
    check(page)
    page.click("#saved-searches >> text=Utopian passports")
    expect(page.locator("[data-count]")).to_have_text("2 reports")
    page.click("#results >> text=Map")
    expect(page.locator("[data-count]")).to_have_text("2 reports")
    page.wait_for_selector(".chart svg.map a")
    check(page)
    for looks in ({"viewport": {"width": 390, "height": 844}}, {"color_scheme": "dark"}):
        small = open_as(people.counter, **looks)
        for address in ("/", "/reports/", "/reports/map/", "/reports/export/", "/verify/"):
            small.goto(f"{live_server.url}{address}")
            small.wait_for_load_state("networkidle")
            assert small.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
            check(small)


def test_a_picture_is_verified_and_reported(open_as, people, live_server, page_jpeg, tmp_path):
    """A dropped picture is answered in place, with what was read; a report begun of it has the picture."""
    file = tmp_path / "page.jpg"
    file.write_bytes(page_jpeg)
    page = open_as(people.counter)
    page.goto(f"{live_server.url}/verify/")
    page.set_input_files("[data-dropzone] input[type=file]:not([name])", str(file))
    page.wait_for_selector(".verdict")
    page.wait_for_selector("limen-viewer .viewer-stage img")
    check(page)
    page.click("text=Begin a report")
    page.wait_for_url("**/edit/")
    assert page.locator("#id_issuer").input_value() == "Utopia"


def test_the_log_is_read_and_checked(open_as, people, live_server):
    """A coordinator reads what was done, and has the chain recomputed in place."""
    page = open_as(people.coordinator)
    page.goto(f"{live_server.url}/audit/")
    check(page)
    page.click("text=Check the chain now")
    page.wait_for_selector("#check .alert-good")
    check(page)

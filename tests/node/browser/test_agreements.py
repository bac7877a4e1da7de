"""An agreement of three agencies in a browser: drawn up, consented to by two of each, told under, halted."""

import re

from playwright.sync_api import expect

from .conftest import Seat

TITLE = "Memorandum on joint checks"


def _add_party(page, typed: str) -> None:
    page.focus("#code-0")
    page.keyboard.type(typed)
    page.wait_for_selector("#code-0[aria-activedescendant]")
    page.keyboard.press("Enter")
    page.click("text=Save the parties")
    page.wait_for_load_state()


def _draw_up(seat: Seat) -> str:
    """Write the draft by its forms, and say its reference."""
    page = seat.see("/agreements/new/")
    page.fill("#id_title", TITLE)
    page.click("text=Begin the draft")
    page.wait_for_url("**/edit/")
    page.fill("#id_begins_on", "2026-01-01")
    page.check("input[name=purposes][value=border]")
    page.check("input[name=onward][value=within]")
    page.click("form:has(#id_begins_on) button")
    page.wait_for_load_state()
    for typed in ("viet", "mala"):
        _add_party(page, typed)
    for box in page.query_selector_all("input[name^=kinds-][value=reports], input[name^=classes-][value='1']"):
        box.check()
    page.click("text=Save who tells whom")
    page.wait_for_load_state()
    return re.search(r"M\d\d-[A-Z0-9-]+", page.url).group()


def test_from_draft_to_halt(sit, node):
    """In force with the sixth consent; what is released under it is seen by its parties, and no more once halted."""
    thailand = sit(node).sign_in("coordinator@thailand.example")
    reference = _draw_up(thailand)
    stranger = sit(node).sign_in("coordinator@laos.example")
    stranger.see(f"/agreements/{reference}/", 404)
    page = thailand.see(f"/agreements/{reference}/propose/")
    page.click("main form button.button-primary")
    seats = {}
    for who in ("coordinator@thailand", "examiner@thailand", "coordinator@vietnam", "examiner@vietnam",
                "coordinator@malaysia", "examiner@malaysia"):  # fmt: skip
        seats[who] = sit(node).sign_in(f"{who}.example")
        page = seats[who].see(f"/agreements/{reference}/consent/")
        page.click("text=Consent for my agency")
        page.wait_for_url(f"**/agreements/{reference}/")
    assert "in force" in page.inner_text("h1")
    seats["examiner@malaysia"].check()

    report = _released_under(sit(node), reference)
    page = seats["coordinator@vietnam"].see(f"/agreements/access/reports/{report}/")
    assert "document numbers" in page.inner_text("main")
    stranger.see(f"/reports/{report}/", 404)
    page = thailand.see(f"/agreements/{reference}/halt/")
    assert "1 record (Report) stops being visible to Border Service Viet Nam (demo)." in page.inner_text("main")
    page.fill("#id_reason", "A leak is being looked into.")
    page.click("text=Halt it now")
    page.wait_for_url(f"**/agreements/{reference}/")
    thailand.check()
    seats["coordinator@vietnam"].see(f"/reports/{report}/", 404)
    stranger.see(f"/agreements/{reference}/", 404)


def _released_under(seat: Seat, agreement: str) -> str:
    """Write a report with its number, and release it under an agreement by two people."""
    seat.sign_in("examiner2@thailand.example")
    page = seat.see("/reports/new/")
    page.click("main button[type=submit]")
    page.wait_for_url("**/edit/")
    address = page.url.removesuffix("edit/")
    for field, typed in (("issuer", "UTO"), ("method", "photo"), ("place", "bkk")):
        page.focus(f"#id_{field}")
        page.keyboard.type(typed)
        page.wait_for_selector(f"#id_{field}[aria-activedescendant]")
        page.keyboard.press("Enter")
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    page.select_option("#id_category", "passport")
    page.fill("#id_number", "X1234567")
    page.press("#id_number", "Tab")
    expect(page.locator("#beside h2", has_text="Nothing is missing")).to_be_visible()
    page.goto(f"{address}release/")
    page.check("input[name=marking][value=amber]")
    page.uncheck("input[name=community]")
    page.check(f"input[name=agreements][value={agreement}]")
    page.check("input[name=classes][value='1']")
    page.wait_for_selector("#preview >> text=3 agencies will see it")
    page.click("text=Release, or propose it")
    page.wait_for_load_state()
    second = seat.context.browser.new_context()
    other = second.new_page()
    other.goto(f"{seat.address}/account/login/")
    other.fill("input[name=login]", "coordinator@thailand.example")
    other.fill("input[name=password]", "nothing here is real")
    other.press("input[name=password]", "Enter")
    other.wait_for_url(lambda url: "/login/" not in url)
    other.goto(f"{address}release/")
    other.click("text=Approve the release")
    other.wait_for_load_state()
    second.close()
    return address.rstrip("/").rsplit("/", 1)[1]

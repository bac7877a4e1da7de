"""A report is linked to a plan and looked at in the link chart, by pointer and by keys."""

from __future__ import annotations

import re

from playwright.sync_api import expect

COORDINATOR = "coordinator@thailand.example"


def test_linked_and_looked_at(sit, node):
    """Linked by reference, drawn, chosen by pointer, gone on from by arrow keys, and told of beside the chart."""
    desk = sit(node).sign_in(COORDINATOR)
    plan, report = node.known["plan"], node.known["released"]
    page = desk.see(f"/plans/{plan}/")
    if not page.locator("#links").get_by_role("link", name=report).count():
        page.fill("#link-reference", report)
        page.locator("#links form").last.get_by_role("button").click()
    expect(page.locator("#links").get_by_role("link", name=report)).to_be_visible()
    page = desk.see(f"/plans/{plan}/chart/")
    country = page.locator("a.node-country").first
    expect(page.locator(".linkchart-frame .viewer-stage")).to_be_visible()
    country.click()
    expect(page.locator("#about h2")).to_contain_text(country.locator("text").text_content().split(" (")[0][:8])
    expect(country).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("at="))
    page.mouse.move(0, 0)  # what is pointed at is told beside the pointer
    expect(page.locator(".chart-tip")).to_be_hidden()
    desk.check()
    page.locator("a.node[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    focused = page.locator("a.node:focus")
    expect(focused).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("a.node[aria-current='true']:focus")).to_have_count(1)
    page.get_by_label("Zoom in").first.click()
    page = desk.see(f"/plans/{plan}/timeline/")
    expect(page.locator(".entity-days .moment").first).to_be_attached()
    desk.check()

"""Counting at a post in a browser: no press is lost without the network, and whoever looks sees the figures move."""

from __future__ import annotations

from playwright.sync_api import expect


def test_presses_over_a_weak_link(sit, node):
    """Presses are shown at once, kept while the network is away, sent when it is back, and counted once each."""
    known = node.known
    desk = sit(node).sign_in("counter@thailand.example")
    chief = sit(node).sign_in("coordinator@thailand.example")
    day = f"/plans/{known['joint_plan']}/days/1/"
    chief.see(day)
    page = desk.see(f"{day}posts/{known['post']}/")
    figure = page.locator("[data-figure=refused]")
    plus = page.get_by_role("button", name="One more: refused")
    expect(figure).to_have_text("0")
    plus.click()
    plus.click()
    page.get_by_role("button", name="10 more: refused").click()
    expect(figure).to_have_text("12")
    together = chief.page.locator("#figures tr", has=chief.page.get_by_role("rowheader", name="refused", exact=True))
    expect(together.locator("td").last).to_have_text("12")
    desk.context.set_offline(True)
    plus.click()
    expect(figure).to_have_text("13")
    expect(page.locator("[data-unsent]")).to_contain_text("1 not sent yet")
    desk.context.set_offline(False)
    expect(page.locator("[data-unsent]")).to_be_empty()
    expect(together.locator("td").last).to_have_text("13")
    expect(desk.see(f"{day}posts/{known['post']}/").locator("[data-figure=refused]")).to_have_text("13")
    desk.complaints[:] = [each for each in desk.complaints if "ERR_INTERNET_DISCONNECTED" not in each]

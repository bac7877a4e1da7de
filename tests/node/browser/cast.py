"""Officers of several agencies, a window each, and the steps that they take one after another."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import expect

from .conftest import Seat


def day(days: int) -> str:
    """A day from today, as a date field holds it."""
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Cast:
    """Who takes part. Windows are opened as they are needed: `cast.at("coordinator@thailand")`."""

    def __init__(self, sit: Any, node: Any) -> None:
        self._sit, self._node = sit, node
        self.address = node.address
        self._seats: dict[str, Seat] = {}

    def at(self, officer: str) -> Seat:
        """The window of an officer."""
        if officer not in self._seats:
            self._seats[officer] = self._sit(self._node).sign_in(f"{officer}.example")
        return self._seats[officer]

    def agree(self, sites: tuple[str, ...], title: str, kinds: Iterable[str], classes: Iterable[int]) -> str:
        """Draw an agreement up at the first site, and let two officers of each consent; say its reference."""
        page = self.at(f"coordinator@{sites[0]}").see("/agreements/new/")
        page.fill("#id_title", title)
        submit(page, "main form")
        page.wait_for_url("**/edit/")
        reference = re.search(r"M\d\d-[A-Z0-9-]+", page.url).group()
        page.fill("#id_begins_on", day(-2))
        page.fill("#id_ends_on", day(400))
        page.check("input[name=purposes][value=investigation]")
        page.check("input[name=onward][value=within]")
        submit(page, "form:has(#id_begins_on)")
        for site in sites[1:]:
            choose(page, "#code-0", site)
            submit(page, "form:has(#code-0)")
        for box in page.query_selector_all("input[name^=kinds-], input[name^=classes-]"):
            if box.get_attribute("value") in {*kinds, *map(str, classes)}:
                box.check()
        submit(page, "form:has(input[name^=kinds-])")
        page.goto(f"{self.address}/agreements/{reference}/propose/")
        submit(page, "main form")
        for site in sites:
            for role in ("coordinator", "examiner"):
                page = self.at(f"{role}@{site}").see(f"/agreements/{reference}/consent/")
                submit(page, "main form")
        assert "in force" in page.inner_text("h1")
        return reference

    def plan(self, sites: tuple[str, ...], agreement: str, said: dict[str, str], offences: Iterable[str]) -> str:
        """Write a plan at the first site and put it to the others, by two people; say its reference."""
        page = self.at(f"analyst@{sites[0]}").see("/plans/new/")
        page.fill("#id_title", said["title"])
        submit(page, "main form")
        page.wait_for_url("**/edit/")
        reference = re.search(r"P\d\d-[A-Z0-9-]+", page.url).group()
        for name, value in said.items():
            page.fill(f"#id_{name}", value)
        for each in offences:
            page.check(f"input[name=offences][value={each}]")
        page.select_option("#id_agreement", agreement)
        for site in sites[1:]:
            choose(page, "#id_partners", site)
        submit(page, "form:has(#id_objective)")
        page = self.at(f"coordinator@{sites[0]}").see(f"/plans/{reference}/edit/")
        for number, name in enumerate(("Preparation", "Joint operation", "Evaluation")):
            page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
            page.fill("#phase-name", name)
            page.fill("#phase-first", day(5 * number - 5))
            page.fill("#phase-last", day(5 * number - 1))
            submit(page, "form:has(#phase-name)")
        first, second = f"coordinator@{sites[0]}", f"examiner@{sites[0]}"
        self.release(f"plans/{reference}", first, second, "text=Put it to the partners")
        return reference

    def release(self, record: str, first: str, second: str, way: str = "") -> None:
        """Propose a record in one window and approve it in another; `way` is what leads to the form, already filled."""
        if way:
            self.at(first).see(f"/{record}/").click(way)
            self.at(first).page.wait_for_url("**/release/**")
        page = self.at(first).page
        submit(page, "#release-form")
        page = self.at(second).see(f"/{record}/release/")
        page.click("text=Approve the release")
        page.wait_for_load_state()

    def report(self, site: str, agreement: str, typed: dict[str, str]) -> str:
        """Write a report at a counter and release it under an agreement, with numbers and names; say its reference."""
        page = self.at(f"counter@{site}").see("/reports/new/")
        page.click("main button[type=submit]")
        page.wait_for_url("**/edit/")
        reference = page.url.rstrip("/").rsplit("/", 2)[1]
        for field in ("issuer", "method", "place"):
            choose(page, f"#id_{field}", typed[field])
        page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        page.select_option("#id_category", "visa_label")
        for field in ("number", "surname", "given_names"):
            page.fill(f"#id_{field}", typed[field])
            page.press(f"#id_{field}", "Tab")
        expect(page.locator("#beside h2", has_text="Nothing is missing")).to_be_visible()
        page.goto(f"{self.address}/reports/{reference}/release/")
        page.check("input[name=marking][value=amber]")
        page.uncheck("input[name=community]")
        page.check(f"input[name=agreements][value={agreement}]")
        page.check("input[name=classes][value='1']")
        page.check("input[name=classes][value='2']")
        expect(page.locator("#preview")).to_contain_text("agencies will see it")
        self.release(f"reports/{reference}", f"counter@{site}", f"coordinator@{site}")
        return reference

    def join(self, plan: str, site: str) -> None:
        """Join a plan by an examiner who records the approval and a coordinator who confirms it."""
        page = self.at(f"examiner@{site}").see(f"/plans/{plan}/")
        page.click("a:text-is('Join')")
        approve(page)
        page = self.at(f"coordinator@{site}").see(f"/plans/{plan}/")
        page.click("button:has-text('Confirm')")
        page.wait_for_load_state()


def approve(page: Any) -> None:
    """Fill the form of an approval in."""
    page.fill("#id_authority", "Directorate of operations")
    page.fill("#id_number", "12/26")
    page.fill("#id_decided_on", day(-1))
    submit(page, "form:has(#id_authority)")


def choose(page: Any, field: str, typed: str) -> None:
    """Type the beginning of a word into a field that suggests, and take the first suggestion."""
    page.focus(field)
    page.keyboard.type(typed[:4])
    page.wait_for_selector(f"{field}[aria-activedescendant]")
    page.keyboard.press("Enter")


def press(page: Any, words: str) -> None:
    """Press the button, or follow the link, with these words, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(f"main :is(button, a):has-text('{words}')").first.click()
    _answered(page)


def submit(page: Any, form: str) -> None:
    """Press the first button of a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(f"{form} .form-actions button").first.click()
    _answered(page)


def _answered(page: Any) -> None:
    page.wait_for_load_state()
    wrong = page.locator(".error-summary")
    assert wrong.count() == 0, wrong.inner_text()

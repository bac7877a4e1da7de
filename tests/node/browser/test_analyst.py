"""An analyst's way: from the dashboard to one issuer, a figure, the list of exactly these reports; and to files."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

ANALYST = "analyst@laos.example"  # that of Thailand gets a second factor (test_steps)
TOLD = "(each) => each.dataset.told ?? each.querySelector(':scope > title').textContent"
DRAWN = f"""(name) => [...document.querySelectorAll(`.trends-${{name}} .plot-area a`)].map((each) => [
  each.getAttribute('href'), ({TOLD})(each).split(': ').at(-1)])"""
TABLE = """(name) => [...document.querySelectorAll(`#${name}-table td a`)].map((each) => [
  each.getAttribute('href'), each.textContent])"""


@pytest.fixture
def desk(sit, node):
    """An analyst before the dashboard."""
    desk = sit(node).sign_in(ANALYST)
    desk.see("/trends/")
    return desk


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_from_the_dashboard_to_the_reports(desk):
    """The most named issuer is chosen; a figure of its table leads to a list that counts as many."""
    page = desk.page
    issuer = page.locator("#issuers-table tbody th").first.inner_text().rsplit(maxsplit=1)[0]
    said = _number(page.locator("#issuers-table tbody td a").first.inner_text())
    page.fill("#filter-issuer", issuer)
    page.wait_for_selector("#filter-issuer[aria-activedescendant]")
    page.keyboard.press("Enter")
    expect(page.locator("#results .chip")).to_contain_text(issuer)
    expect(page.locator("#results [data-count]")).to_have_attribute("data-count", str(said))
    assert "issuer=" in page.url
    page.locator("#series-figures > summary").click()
    figure = page.locator("#series-table td a").last
    said = _number(figure.inner_text())
    figure.click()
    page.wait_for_url("**/reports/?**")
    expect(page.locator("[data-count]")).to_have_attribute("data-count", str(said))
    assert page.locator("tbody tr").count() == min(said, 50)
    page.go_back()
    expect(page.locator("#results .chip")).to_contain_text(issuer)


def test_the_charts_are_their_tables(desk):
    """Each mark that is drawn leads where a figure of the table leads, and says the same figure."""
    for name in ("series", "routes"):
        drawn = {tuple(pair) for pair in desk.page.evaluate(DRAWN, name)}
        assert drawn
        assert drawn <= {tuple(pair) for pair in desk.page.evaluate(TABLE, name)}
    page = desk.see("/trends/map/")
    page.wait_for_selector("#map-chart[data-drawn] .map-bubbles > *")
    rows = page.evaluate(TABLE, "map")
    bubbles = page.evaluate(
        "[...document.querySelectorAll('.map-bubbles > *')].map((e) => e.querySelector('title').textContent)"
    )
    assert sum(_number(told.split("\n")[0].rsplit(": ", 1)[1]) for told in bubbles) == sum(_number(n) for _, n in rows)


def test_a_click_on_a_mark_leads_to_its_reports(desk):
    """A bubble that stands alone, a symbol on a line and a ribbon lead where their tables lead."""
    page = desk.page
    for mark in (".trends-series .plot-area a .near", ".trends-routes .ribbon path"):
        desk.see("/trends/")
        one = page.locator(mark).first
        address = one.evaluate("(each) => each.closest('a').getAttribute('href')")
        one.scroll_into_view_if_needed()
        one.dispatch_event("click")
        page.wait_for_url(f"{desk.address}{address}")
    desk.see("/trends/map/")
    page.wait_for_selector("#map-chart[data-drawn] .map-bubbles > *")
    for _ in range(8):
        if page.locator(".map-bubbles > a").count():
            break
        page.locator(".map-several").first.click()
    bubble = page.locator(".map-bubbles > a").first
    address = bubble.get_attribute("href")
    bubble.dispatch_event("click")
    page.wait_for_url(f"{desk.address}{address}")


def test_a_chart_is_taken_along(desk):
    """CSV and SVG come from the node, PNG is painted here, the map's by the browser alone."""
    page = desk.page
    page.locator("#map-chart").scroll_into_view_if_needed()
    page.wait_for_selector("#map-chart[data-drawn] svg.map path")
    for what, starts in (
        (".trends-series [download] >> nth=0", b"\xef\xbb\xbf"),
        (".trends-series [download] >> nth=1", b"<svg"),
        (".trends-series [data-picture=png]", b"\x89PNG"),
        (".trends-map [data-picture=png]", b"\x89PNG"),
        (".trends-map [data-picture=svg]", b"<svg"),
    ):
        with page.expect_download() as waiting:
            page.click(what)
        found = waiting.value.path().read_bytes()
        assert found.startswith(starts)
        if starts != b"\xef\xbb\xbf":
            assert b"/reports/" not in found


def test_without_scripts(sit, node):
    """Form, charts and tables are there without scripts; the map's table stands for the map."""
    desk = sit(node)
    desk.sign_in(ANALYST)
    state = desk.context.storage_state()
    plain = sit(node, java_script_enabled=False, storage_state=state)
    page = plain.see("/trends/")
    assert page.locator(".plot-area .line").count() > 1
    page.select_option("#trends-grain", "week")
    page.click("#filter button[type=submit]")
    assert "grain=week" in page.url
    page.locator("#map-figures > summary").click()
    assert page.locator("#map-table td a").first.is_visible()

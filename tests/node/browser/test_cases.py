"""A case study is written, released and practised, by keyboard alone; and marked by pointer, on a desk and a phone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from .conftest import STILL

EXAMINER, FRIEND = "examiner@thailand.example", "examiner@vietnam.example"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True}


def tab_to(page: Any, selector: str, most: int = 90) -> None:
    """Press Tab until something is focused, as somebody without a pointer does."""
    for _ in range(most):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def saved(page: Any) -> None:
    """Wait until what was typed is at the server."""
    page.wait_for_selector(".autosave[data-state=saved]")
    page.wait_for_selector(".autosave[data-state=saving]", state="detached")


def test_written_by_keyboard(sit, node):
    """From the library to a release by keys alone: begun, filled in, a step added, proposed to the community."""
    desk = sit(node).sign_in(EXAMINER)
    page = desk.see("/cases/")
    page.keyboard.press("n")
    page.wait_for_url("**/cases/new/")
    # A browser gives the focus when it draws, which can be after the page is loaded.
    expect(page.locator("button[autofocus]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    desk.check()
    for selector, text in (("#id_title", "Edges cut by hand"), ("#id_issuer", "UTO")):
        tab_to(page, selector)
        page.keyboard.type(text)
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Enter")
    tab_to(page, "#id_category")
    page.keyboard.type("P")
    tab_to(page, "input[name=fraud_class]")
    page.keyboard.press("ArrowRight")  # from "not stated" to the first
    tab_to(page, "input[name=difficulty]")
    page.keyboard.press("ArrowRight")  # from "not stated" to the first
    tab_to(page, "form[action$='/steps/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#steps textarea")
    tab_to(page, "#steps textarea")
    page.keyboard.type("Felt the edges before reading the page.")
    for selector, text in (("#id_features", "Edges cut by hand"), ("#id_lesson", "Feel the edges first.")):
        tab_to(page, selector)
        page.keyboard.type(text)
    saved(page)
    page.wait_for_selector("#missing-title:has-text('Nothing is missing')")
    tab_to(page, "#beside a.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/release/")
    tab_to(page, "#release-form button.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("/") and "/release" not in url)
    assert "Felt the edges before reading the page." in page.inner_text("main")
    desk.check()


def test_practised_by_keyboard(sit, node):
    """A question is answered with a field of the grid, and solved, without a pointer; axe-core finds nothing."""
    desk = sit(node).sign_in(FRIEND)
    page = desk.see("/cases/practice/")
    page.wait_for_selector("button[autofocus]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/q/**")
    page.wait_for_selector("limen-practice .viewer")
    desk.check()
    tab_to(page, ".viewer-stage")
    page.keyboard.press("g")
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") == "0:E3"
    assert "E3" in page.inner_text("[data-practice-status]")
    desk.check()
    tab_to(page, "#practice-form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Solution')")
    desk.check()
    desk.see("/cases/practice/progress/")
    assert page.inner_text("#progress-months tbody td >> nth=0") == "1"
    desk.check()


def test_marked_by_pointer(sit, node):
    """A click marks a point, a drag a rectangle, and either says where; on a phone nothing is wider than the screen."""
    for looks in ({}, PHONE):
        desk = sit(node, **looks).sign_in(FRIEND)
        page = desk.see("/cases/practice/")
        page.click("button[autofocus]")
        page.wait_for_selector("limen-practice .viewer")
        page.wait_for_selector("limen-practice .viewer-layer[style*=width]")
        box = page.locator(".viewer-stage").bounding_box()
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.click(*middle)
        expect(page.locator("[data-practice-status]")).to_contain_text("50 %")
        assert page.is_checked("input[name=objects][value=yes]")
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(middle[0] + 40, middle[1] + 30, steps=4)
        page.mouse.up()
        page.evaluate(STILL)
        assert page.locator(".practice-spot").bounding_box()["width"] > 38
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.check("input[name=objects][value=no]")
        page.click("#practice-form button[type=submit]")
        page.wait_for_selector("h1:has-text('Solution')")


def test_a_step_shows_its_place(sit, node):
    """On the page of a case study a step leads the viewer to its picture, and is marked as the one in sight."""
    desk = sit(node).sign_in(FRIEND)
    page = desk.see(f"/cases/{node.known['case']}/")
    page.wait_for_selector("limen-viewer .viewer")
    page.click("a[data-exhibit]")
    page.wait_for_selector(".case-step[aria-current=step]")
    shown = page.get_attribute("limen-viewer .viewer-layer img", "data-id")
    assert shown == page.get_attribute("a[data-exhibit]", "data-exhibit")
    assert page.url.endswith(f"/cases/{node.known['case']}/")

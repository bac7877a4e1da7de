"""An alert's way as people go it: drafted from a report, released by two, acknowledged abroad, its card read."""

from __future__ import annotations

import io

import pytest

from .test_every_page import COORDINATOR, FRIEND

ANALYST = "analyst@thailand.example"


@pytest.fixture
def drafted(sit, node):
    """The analyst's window, in which an alert was written from a released report; and its reference."""
    seat = sit(node).sign_in(ANALYST)
    page = seat.see(f"/reports/{node.known['released']}/")
    page.click("text=Draft an alert")
    page.click("text=Begin an alert")
    page.wait_for_url("**/edit/")
    reference = page.url.rstrip("/").split("/")[-2]
    page.click("#add form[action*='/take/'] button >> nth=0")
    page.wait_for_selector("#exhibits img")
    page.wait_for_selector("#id_point-0-picture option >> nth=1", state="attached")
    page.fill("#id_title", "Counterfeits with a flat watermark")
    page.check("input[name=urgency][value='3']", force=True)
    page.fill("#id_summary", "Printed by ink jet, seen at one airport.")
    page.fill("#id_point-0-look", "Watermark against the light")
    page.fill("#id_point-0-right", "soft shades")
    page.fill("#id_point-0-wrong", "sharp edges")
    page.select_option("#id_point-0-light", "transmitted")
    page.wait_for_selector("#beside h2:text('Nothing is missing')")
    seat.check()
    return seat, reference


def test_from_draft_to_card(drafted, sit, node):
    """What one writes another releases and a third acknowledges, answers and prints; the writer learns how many."""
    seat, reference = drafted
    way = f"/alerts/{reference}/"
    page = seat.page
    page.click("#beside button[name=release]")
    page.wait_for_url("**/release/")
    page.click("#release-form button[type=submit]:not([name])")
    page.wait_for_selector("text=Proposed; a second person")
    abroad = sit(node).sign_in(FRIEND)
    abroad.see(way, 404)

    home = sit(node).sign_in(COORDINATOR)
    page = home.see("/releases/")
    page.click(f"main >> text={reference}")
    home.check()
    page.click("text=Approve the release")
    page.wait_for_selector("main >> text=In force")

    page = abroad.see("/alerts/")
    row = page.locator("tr", has_text=reference)
    assert "not yet" in row.inner_text()
    row.locator("a").first.click()
    page.wait_for_selector("text=Read and understood")
    abroad.check()
    page.click("text=Read and understood")
    page.wait_for_selector("main >> text=You have acknowledged this alert.")
    page.check("input[name=verdict][value=seen]", force=True)
    page.click("summary:text('Where it was seen')")
    page.fill("#id_count", "2")
    page.fill("#id_comment", "Both on one flight.")
    page.click("text=Tell the owner")
    page.wait_for_selector("main >> text=Both on one flight.")
    assert "acknowledged" in abroad.see("/alerts/").locator("tr", has_text=reference).inner_text()

    card(abroad, way)
    page = seat.see(way)
    assert "1 of" in page.locator("section", has=page.locator("#title-shares")).inner_text()
    assert "Both on one flight." in page.inner_text("#answers")


def card(seat, way: str) -> None:
    """The card fits a counter's screen, says what to look at, and is one page as a file."""
    import pypdfium2

    page = seat.see(f"{way}card/")
    seat.check()
    box = page.locator(".quick-points").bounding_box()
    assert box["y"] + box["height"] < 720
    assert "Watermark against the light" in page.inner_text("article")
    answer = seat.context.request.get(page.url + "pdf/")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.body()))
    assert len(document) == 1
    assert reference_of(way) in document[0].get_textpage().get_text_bounded()


def reference_of(way: str) -> str:
    """The reference in an address."""
    return way.rstrip("/").rpartition("/")[2]

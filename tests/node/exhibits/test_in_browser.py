"""The viewer and the editor of exhibits in a real browser: keys, pointers and touch, and nothing for axe-core."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from PIL import Image as Pillow

from limen.node.exhibits import adding, changing, holders
from limen.node.exhibits.models import Exhibit
from limen.node.reports.models import Image, Report
from limen.node.sharing.viewer import viewing

AXE = Path(__file__).parents[3] / "src/limen/node/web/frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium")
SHOTS = os.environ.get("VIEWER_SHOTS", "")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="the site's files are not built (make web)"),
    pytest.mark.django_db(transaction=True),
]

REGIONS = [
    {"x": 0.05, "y": 0.2, "w": 0.28, "h": 0.5, "label": "", "text": "The laminate was lifted at the portrait"},
    {"x": 0.6, "y": 0.5, "w": 0.2, "h": 0.1, "label": "", "text": "No relief can be felt"},
]


@pytest.fixture(scope="session")
def pages() -> dict[str, tuple[bytes, int, int]]:
    """Generated pages as files: one that is looked at in two lights, and two of another size to hold it against."""
    from limen.specimen import Light, make

    found, other = (make("TD3", seed, lights=(Light.WHITE, Light.UV), ppi=ppi) for seed, ppi in ((62, 170), (63, 120)))
    return {
        "white": _file(found.images[Light.WHITE]),
        "uv": _file(found.images[Light.UV]),
        "reference": _file(other.images[Light.WHITE]),
        "reference uv": _file(other.images[Light.UV]),
    }


def _file(pixels) -> tuple[bytes, int, int]:
    file = io.BytesIO()
    Pillow.fromarray(pixels).save(file, "WEBP")
    return file.getvalue(), pixels.shape[1], pixels.shape[0]


@pytest.fixture
def record(make, keeping, monkeypatch, pages):
    """A draft with two pictures and their references."""
    with keeping(), connection.cursor() as cursor:
        cursor.execute("SELECT exhibits_attach('reports', 'reports_report')")
    monkeypatch.setattr(holders, "_HOLDERS", dict(holders._HOLDERS))
    holders.register(holders.Holder(Report))
    officer = make.officer(None, "examiner")
    record, source = make.report(officer), make.report(officer)
    record.officer = officer
    with viewing(officer.pk):
        for name, (data, width, height) in pages.items():
            light = "uv" if "uv" in name else "white"
            image = Image(report=source, width=width, height=height, masks_confirmed=True, light=light)
            image.regions = REGIONS if name == "white" else []
            image.masked.save("x", ContentFile(data), save=False)
            image.thumbnail.save("x", ContentFile(data), save=False)
            image.save()
            exhibit = adding.take(record, officer, image)
            if "reference" in name:
                changing.describe(exhibit, officer, {"role": "reference"})
    return record


@pytest.fixture
def browser(monkeypatch, settings) -> Iterator:
    from playwright.sync_api import sync_playwright

    settings.LIMEN_REQUIRE_SECOND_FACTOR = False
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
        connection.close()


@pytest.fixture
def sit(browser, live_server, client, record):
    """Open the record's page of pictures: `sit(has_touch=True)`."""

    def opened(**looks):
        client.force_login(record.officer)
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"} | looks
        )
        cookies = [{"name": key, "value": one.value, "url": live_server.url} for key, one in client.cookies.items()]
        context.add_cookies(cookies)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type in {"error", "warning"} else 0)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}/exhibits/reports/{record.pk}/")
        page.locator(".viewer-stage").first.scroll_into_view_if_needed()
        until(page, "document.querySelector('limen-viewer img').naturalWidth > 0")
        # The stage takes the picture's size after the picture is there, and what stands around it moves.
        page.wait_for_load_state("networkidle")
        until(page, "document.querySelector('.viewer-zoom').textContent !== ''")
        page.wait_for_timeout(150)
        page.locator(".viewer-stage").first.scroll_into_view_if_needed()
        return page

    return opened


def until(page, expression: str) -> None:
    """Wait until something is so: the policy lets no string be waited for by the page itself."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(expression)


def drawn(page) -> None:
    """Wait until what was asked for has been drawn: the stage is moved when the browser draws next."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")
    page.wait_for_timeout(120)


def shot(page, name: str) -> None:
    """Keep a picture of the viewer, where somebody wants to look at it."""
    if SHOTS:
        page.wait_for_timeout(300)
        page.locator("limen-viewer").screenshot(path=f"{SHOTS}/{name}.png")


def axe(page) -> list:
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(rule["id"], rule["nodes"][0]["target"]) for rule in found]


def box(page, selector: str) -> dict:
    return page.locator(selector).first.bounding_box()


def close(one: float, two: float) -> bool:
    return abs(one - two) < 1.5


@pytest.mark.parametrize("look", ["desk", "phone", "right to left"])
def test_nothing_for_axe_in_any_mode(sit, look):
    """On a desk, on a phone, from right to left; nothing is refused, nothing is too wide."""
    page = sit(**({"viewport": {"width": 360, "height": 740}, "has_touch": True} if look == "phone" else {}))
    if look == "right to left":
        page.evaluate("document.documentElement.dir = 'rtl'")
    page.focus(".viewer-stage")
    shot(page, f"{look}")
    assert axe(page) == []
    for key, name in (("c", "slider"), ("b", "blink"), ("s", "side")):
        page.keyboard.press(key)
        shot(page, f"{look}-{name}")
        assert axe(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{look}-page.png", full_page=True)
    assert page.complaints == []


def test_areas_are_stepped_through_and_read_out(sit):
    """n and ] go on, p and [ back, around the end; each is brought near, and said where it is heard."""
    page = sit()
    page.focus(".viewer-stage")
    fitted = page.text_content(".viewer-zoom")
    said = page.locator(".viewer-caption[aria-live=polite]")
    page.keyboard.press("n")
    assert said.text_content() == "Area 1 of 2: The laminate was lifted at the portrait"
    assert page.text_content(".viewer-zoom") != fitted
    stage, area = box(page, ".viewer-stage"), box(page, ".region.is-current")
    assert stage["x"] <= area["x"] < area["x"] + area["width"] <= stage["x"] + stage["width"]
    assert stage["y"] <= area["y"] < area["y"] + area["height"] <= stage["y"] + stage["height"]
    shot(page, "area")
    page.keyboard.press("]")
    assert said.text_content() == "Area 2 of 2: No relief can be felt"
    page.keyboard.press("n")
    assert said.text_content().startswith("Area 1 of 2")
    page.keyboard.press("[")
    assert said.text_content().startswith("Area 2 of 2")
    page.keyboard.press("2")
    page.keyboard.press("p")  # from another picture, back to the one that has areas
    assert page.get_attribute("limen-viewer img", "data-light") == "white"


def test_a_reference_of_another_size_lies_on_the_same_page(sit):
    """What is cut by the slider is at the same place in both; the reference of the same light is chosen."""
    page = sit()
    page.focus(".viewer-stage")
    page.keyboard.press("c")
    page.wait_for_selector(".viewer-after img")
    assert "reference" in page.locator(".viewer-after img").get_attribute("data-label").lower()
    mine, other = box(page, ".viewer-layer > span img"), box(page, ".viewer-after img")
    assert all(close(mine[side], other[side]) for side in mine)
    page.keyboard.press("2")
    until(page, "document.querySelector('.viewer-after img').dataset.light === 'uv'")


def test_the_slider_cuts_where_it_stands(sit):
    """Fitted and zoomed, dragged and by keys: the split on the stage is the cut in the picture."""
    page = sit()
    page.focus(".viewer-stage")
    page.keyboard.press("c")
    page.wait_for_selector(".viewer-after img")
    cut = """() => {
      const over = document.querySelector('.viewer-after'), box = over.getBoundingClientRect();
      return box.left + box.width * parseFloat(over.style.clipPath.match(/([\\d.]+)%\\)$/)[1]) / 100;
    }"""
    line = "document.querySelector('.viewer-split').getBoundingClientRect()"
    for keys in ("", "+++"):
        for key in keys:
            page.keyboard.press(key)
        drawn(page)
        split = page.evaluate(f"{line}.left + {line}.width / 2")
        assert close(page.evaluate(cut), split)
        stage = box(page, ".viewer-stage")
        page.mouse.move(split, stage["y"] + 60)
        page.mouse.down()
        page.mouse.move(stage["x"] + stage["width"] * 0.4, stage["y"] + 80, steps=3)
        page.mouse.up()
        drawn(page)
        assert close(page.evaluate(cut), stage["x"] + stage["width"] * 0.4)
        page.locator(".viewer-slider").fill("50")
        page.focus(".viewer-stage")


def test_side_by_side_has_one_zoom(sit):
    """Zooming or moving either moves both, whatever their sizes in pixels."""
    page = sit()
    page.focus(".viewer-stage")
    page.keyboard.press("s")
    page.wait_for_selector(".viewer-stage >> nth=1")
    until(page, "document.querySelectorAll('.viewer-layer')[1].style.width !== ''")
    views = """[...document.querySelectorAll('.viewer-stage')].map((stage) => {
      const at = stage.getBoundingClientRect(), img = stage.querySelector('img').getBoundingClientRect();
      return [(at.left + at.width / 2 - img.left) / img.width, (at.top + at.height / 2 - img.top) / img.height,
              img.width / at.width];
    })"""
    alike = f"((one) => one[0].every((each, at) => Math.abs(each - one[1][at]) < 0.02))({views})"
    until(page, alike)
    wide = page.evaluate(views)[0][2]
    for seat, keys in ((0, ("+", "+", "ArrowRight")), (1, ("+", "ArrowDown"))):
        page.locator(".viewer-stage").nth(seat).focus()
        for key in keys:
            page.keyboard.press(key)
        until(page, f"{views}[0][2] > {1.2 * wide}")
        until(page, alike)
        wide = page.evaluate(views)[0][2]
    shot(page, "side-zoomed")


def test_blinking_without_motion_turns_at_each_press(sit):
    """Who wants less motion turns the picture; with motion it turns by itself, and stops."""
    page = sit()
    page.focus(".viewer-stage")
    hidden = "document.querySelector('.viewer-after').hidden"
    page.keyboard.press("b")
    assert page.evaluate(hidden) is False
    page.keyboard.press("b")
    assert page.evaluate(hidden) is True
    page.keyboard.press("b")
    assert page.evaluate(hidden) is False
    moving = sit(reduced_motion="no-preference")
    moving.focus(".viewer-stage")
    moving.keyboard.press("b")
    until(moving, f"{hidden} === true")
    until(moving, f"{hidden} === false")
    moving.keyboard.press("b")
    assert moving.evaluate(hidden) is True
    assert moving.get_attribute("[aria-label=Blink]", "aria-pressed") == "false"


def test_a_link_shows_its_place_in_the_viewer(sit):
    """A step or a point that names a picture, or a place on it, leads there without leaving the page."""
    page = sit()
    uid = page.get_attribute("limen-viewer img", "data-id")
    page.focus(".viewer-stage")
    page.keyboard.press("2")
    page.evaluate(
        """(uid) => {
        document.querySelector('main').insertAdjacentHTML('beforeend', `
          <a href="/absent/" id="place" data-exhibit="${uid}" data-region="1">place</a>
          <a href="/absent/" id="whole" data-exhibit="${uid}">whole</a>`);
        }""",
        uid,
    )
    page.click("#place")
    until(page, "document.querySelectorAll('.region')[1]?.classList.contains('is-current')")
    assert page.locator(".viewer-caption").text_content() == "Area 2 of 2: No relief can be felt"
    page.keyboard.press("2")
    page.click("#whole")
    until(page, f"document.querySelector('limen-viewer img').dataset.id === '{uid}'")
    assert page.url.endswith("/exhibits/reports/1/")


def test_keys_are_listed(sit):
    """h opens them, with those that this viewer has."""
    page = sit()
    page.focus(".viewer-stage")
    page.keyboard.press("h")
    told = page.text_content("dialog[open]")
    assert "Side by side" in told
    assert "Next marked area" in told
    assert axe(page) == []


def test_the_place_stays_when_the_light_changes(sit):
    """A picture of another size shows the same place of the page at the same enlargement."""
    page = sit()
    page.focus(".viewer-stage")
    for key in ("+", "+", "+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    drawn(page)
    before = box(page, ".viewer-layer")
    page.keyboard.press("3")  # the reference, in fewer pixels
    until(page, "document.querySelector('limen-viewer img').dataset.reference !== undefined")
    page.wait_for_timeout(100)
    after = box(page, ".viewer-layer")
    assert all(abs(before[side] - after[side]) < 6 for side in before)


def test_masks_and_marked_places_have_their_pages(sit, record, pages, live_server):
    """Over the original while there is one, over the masked picture afterwards; a place has a label and words."""
    with viewing(record.officer.pk):
        (loose,) = adding.upload(record, record.officer, pages["white"][0])
        taken = Exhibit.objects.filter(record=record.pk).first()
    page = sit()
    for name, way in (("masks", loose.uid), ("more", taken.uid)):
        page.goto(f"{live_server.url}/exhibits/{way}/masks/")
        page.wait_for_selector("limen-marker .viewer-stage")
        assert ("/original/" in page.get_attribute("limen-marker img", "src")) == (name == "masks")
        assert axe(page) == []
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    page.goto(f"{live_server.url}/exhibits/{taken.uid}/regions/")
    words = page.locator(".marker-words input").first
    with page.expect_response("**/regions/"):
        words.fill("Lifted, and glued down again")
    assert axe(page) == []
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/regions.png", full_page=True)
    with viewing(record.officer.pk):
        taken.refresh_from_db()
    assert taken.regions[0]["text"] == "Lifted, and glued down again"
    assert page.complaints == []


def test_by_touch(sit):
    """Two fingers zoom; one finger scrolls the page until the picture is near, and moves it then."""
    page = sit(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    stage = box(page, ".viewer-stage")
    session = page.context.new_cdp_session(page)
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
    assert page.evaluate("getComputedStyle(document.querySelector('.viewer-stage')).touchAction") == "pan-y"
    for kind, apart in (("touchStart", 30), ("touchMove", 60), ("touchMove", 110)):
        points = [{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert box(page, ".viewer-layer > span img")["width"] > 1.8 * stage["width"]
    assert page.evaluate("getComputedStyle(document.querySelector('.viewer-stage')).touchAction") == "none"


def test_the_editor_takes_and_describes(sit, record, make, pages):
    """Taken, moved and described without leaving the page, and the next look shows it."""
    source = make.report(record.officer)
    data, width, height = pages["uv"]
    with viewing(record.officer.pk):
        image = Image(report=source, width=width, height=height, masks_confirmed=True, light="uv")
        image.masked.save("x", ContentFile(data), save=False)
        image.save()
    page = sit()
    caption = page.locator("[name=caption]").first
    with page.expect_response("**/change/"):
        caption.fill("The portrait's laminate")
        caption.press("Tab")
    with page.expect_response("**/offers/**"):
        page.fill("#exhibit-source", "R26-AAAA-AAAA")
        page.click("text=Show its pictures")
    assert "There is no report of this reference" in page.text_content("#offers")
    page.fill("#exhibit-source", source.reference)
    page.click("text=Show its pictures")
    page.click("#offers >> text=Take")
    page.wait_for_selector("#exhibits article >> nth=4")
    with page.expect_response("**/move/"):
        page.locator("#exhibits article").nth(4).locator("text=Earlier").click()
    page.reload()
    assert page.locator("#exhibits article").count() == 5
    assert source.reference in page.locator("#exhibits article").nth(3).text_content()
    assert page.input_value("[name=caption] >> nth=0") == "The portrait's laminate"
    assert page.complaints == []

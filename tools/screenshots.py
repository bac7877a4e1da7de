"""Take pictures of the main pages of a demonstration, as they look on a desk, on a phone and in the dark.

    limen serve --demo --home demo --port 8000 &
    python tools/screenshots.py http://127.0.0.1:8000 screens          every page in every look, to look at
    python tools/screenshots.py http://127.0.0.1:8000 docs/screens --docs    the few that the documentation shows

One draft is begun for the pages of the form, with a picture of `limen.specimen`, and discarded at the end.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from limen.specimen import Light, capture, make

PASSWORD = "nothing here is real"
"""What `limen serve --demo` prints."""

LOOKS = {
    "desk": {"viewport": {"width": 1280, "height": 720}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "dark": {"viewport": {"width": 1280, "height": 720}, "color_scheme": "dark"},
}
DOCS = (
    ("home", "desk"),
    ("list", "desk"),
    ("map", "dark"),
    ("trends", "desk"),
    ("methods", "desk"),
    ("report", "desk"),
    ("edit", "desk"),
    ("release", "desk"),
    ("report", "phone"),
    ("verify", "dark"),
)
"""What docs/screens/ holds; each picture below 150 kB."""


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("out", type=Path)
    parser.add_argument("--docs", action="store_true", help="only those that the documentation shows, as WebP")
    parser.add_argument("--only", action="append", help="only pages of these names")
    parser.add_argument("--whole", action="store_true", help="the whole length of each page")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        Tour(browser, asked.address.rstrip("/"), asked).go()


class Tour:
    """Officers of the demonstration, and the way to each page."""

    def __init__(self, browser: Browser, address: str, asked: argparse.Namespace) -> None:
        self.browser, self.address, self.asked = browser, address, asked
        self.signed_in: dict[str, dict] = {}

    def go(self) -> None:
        """Take each page in each look that is asked for."""
        with self._draft() as draft:
            pages = self._pages(draft)
            for name, look in self._wanted(pages):
                officer, way, then = pages[name]
                page = self._open(officer, look)
                page.goto(self.address + way)
                then(page)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(300)
                self._save(page, f"{name}-{look}")
                page.context.close()

    def _wanted(self, pages: dict) -> Iterator[tuple[str, str]]:
        every = DOCS if self.asked.docs else [(name, look) for name in pages for look in LOOKS]
        return iter([one for one in every if not self.asked.only or one[0] in self.asked.only])

    def _pages(self, draft: str) -> dict[str, tuple[str, str, Callable[[Page], None]]]:
        coordinator, administrator = "coordinator@thailand.example", "administrator@thailand.example"
        return {
            "sign-in": ("", "/account/login/", _nothing),
            "home": (coordinator, "/", _nothing),
            "list": (coordinator, "/reports/", _nothing),
            "search": (coordinator, "/reports/?fraud_class=counterfeit&since=2026-01-01", _open_conditions),
            "map": (coordinator, "/reports/map/", _drawn),
            "trends": (coordinator, "/trends/", _nothing),
            "series": (coordinator, "/trends/series/?by=issuer", _nothing),
            "routes": (coordinator, "/trends/routes/", _nothing),
            "methods": (coordinator, "/trends/methods/", _nothing),
            "compare": (coordinator, "/trends/compare/?against=year", _nothing),
            "report": (coordinator, "/reports/", _first_pictured),
            "edit": ("counter@thailand.example", f"{draft}edit/", _besides),
            "release": ("counter@thailand.example", f"{draft}release/", _amber),
            "queue": (coordinator, "/releases/", _nothing),
            "verify": (coordinator, "/verify/", _verified),
            "people": (administrator, "/people/", _nothing),
            "invite": (administrator, "/people/invite/", _nothing),
            "agencies": ("administrator@centre.example", "/people/agencies/", _nothing),
            "tokens": (administrator, "/people/tokens/", _nothing),
            "audit": (coordinator, "/audit/", _nothing),
            "me": (coordinator, "/people/me/", _nothing),
            "sessions": (coordinator, "/people/sessions/", _nothing),
            "factors": (coordinator, "/account/2fa/", _nothing),
            "absent": (coordinator, "/reports/R26-AAAA-AAAA/", _nothing),
        }

    def _open(self, officer: str, look: str) -> Page:
        if officer and officer not in self.signed_in:
            context = self.browser.new_context()
            page = context.new_page()
            page.goto(f"{self.address}/account/login/")
            page.fill("input[name=login]", officer)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(f"{self.address}/")
            self.signed_in[officer] = context.storage_state()
            context.close()
        context = self.browser.new_context(
            **LOOKS[look], storage_state=self.signed_in.get(officer), reduced_motion="reduce"
        )
        return context.new_page()

    @contextmanager
    def _draft(self) -> Iterator[str]:
        """Begin a draft with a picture, and take it away again."""
        page = self._open("counter@thailand.example", "desk")
        page.goto(f"{self.address}/reports/new/")
        page.click("main button[type=submit]")
        page.wait_for_url("**/edit/")
        way = page.url.removeprefix(self.address).removesuffix("edit/")
        _attach(page, "[data-dropzone] input[type=file]:not([name])")
        page.wait_for_selector("[id^=image-] img")
        _choose(page, "id_method", "photo")
        _choose(page, "id_place", "bkk")
        page.fill("#id_summary", "The laminate was lifted at the portrait and glued down again.")
        page.click("text=These masks are right")
        page.wait_for_selector("#beside h2:text('Nothing is missing')")
        try:
            yield way
        finally:
            page.goto(f"{self.address}{way}edit/")
            page.click("text=Discard")
            page.click("dialog[open] .button-danger, dialog[open] .button-primary")
            page.wait_for_url(f"{self.address}/")

    def _save(self, page: Page, name: str) -> None:
        taken = page.screenshot(full_page=self.asked.whole)
        if not self.asked.docs:
            (self.asked.out / f"{name}.png").write_bytes(taken)
            return
        file = self.asked.out / f"{name}.webp"
        Image.open(io.BytesIO(taken)).convert("RGB").save(file, "WEBP", quality=82, method=6)
        print(f"{file}  {file.stat().st_size / 1000:.0f} kB")


def _nothing(_: Page) -> None:
    """The page is as it comes."""


def _drawn(page: Page) -> None:
    page.wait_for_selector("[data-chart][data-drawn]")


def _open_conditions(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main form details').forEach((each) => { each.open = true; })")


def _first_pictured(page: Page) -> None:
    page.goto(re.sub(r"/reports/$", "/reports/?issuer=UTO&agency=demo-thailand", page.url))
    page.locator("tr:has(img) th a").first.click()
    page.wait_for_selector("limen-viewer .viewer-stage img")


def _besides(page: Page) -> None:
    page.wait_for_selector("#beside h2:text('Nothing is missing')")


def _amber(page: Page) -> None:
    page.check("input[value=amber]")
    page.uncheck("input[name=community]")
    _choose(page, "id_agencies", "viet")
    page.check("input[name=classes][value='1']")
    page.fill("#id_basis", "Memorandum of 2024, article 3")
    page.wait_for_selector("#preview >> text=2 agencies will see it")


def _verified(page: Page) -> None:
    _attach(page, "[data-dropzone] input[type=file]:not([name])")
    page.wait_for_selector("#verify-result limen-viewer .viewer-stage img", timeout=60_000)


def _attach(page: Page, field: str) -> None:
    seen = capture(make("TD3", 62, lights=(Light.WHITE,), ppi=300), 2, "reader", ppi=170)
    file = io.BytesIO()
    Image.fromarray(seen.image).save(file, "JPEG", quality=90)
    page.set_input_files(field, {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()})


def _choose(page: Page, field: str, typed: str) -> None:
    page.focus(f"#{field}")
    page.keyboard.type(typed)
    page.wait_for_selector(f"#{field}[aria-activedescendant]")
    page.keyboard.press("Enter")


if __name__ == "__main__":
    main()

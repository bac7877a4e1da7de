"""Weigh the pages of a demonstration as they come over the wire, and print the table of docs/web.md.

limen serve --demo --home demo --port 8000 &
python tools/page_weights.py http://127.0.0.1:8000
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter

from playwright.sync_api import BrowserContext, sync_playwright

PASSWORD = "nothing here is real"
OFFICER = "coordinator@thailand.example"
PAGES = {"sign-in": "/account/login/", "home": "/", "list": "/reports/", "map": "/reports/map/", "verify": "/verify/"}
SECOND = 256_000 / 8
"""Bytes a second on the link that the design names."""


def main(address: str) -> None:
    """Weigh each page with an empty cache, and again when all else has been seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/account/login/")
        page.fill("input[name=login]", OFFICER)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{address}/")
        state = context.storage_state()
        print("| page | its HTML | first load | at 256 kbit/s | following loads | at 256 kbit/s |")
        print("|---|---|---|---|---|---|")
        for name, way in PAGES.items():
            context = browser.new_context(storage_state=None if name == "sign-in" else state)
            first, html = weigh(context, address + way)
            again, _ = weigh(context, address + way)
            cells = (_kb(html), _kb(first), f"{first / SECOND:.1f} s", _kb(again), f"{again / SECOND:.1f} s")
            print(f"| {name} | {' | '.join(cells)} |")
            context.close()


def weigh(context: BrowserContext, url: str) -> tuple[int, int]:
    """Open a page; give the bytes of all that came, and of the page itself."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    weights: Counter[str] = Counter()
    urls: dict[str, str] = {}
    session.on("Network.responseReceived", lambda each: urls.update({each["requestId"]: each["response"]["url"]}))
    session.on("Network.loadingFinished", lambda each: weights.update({each["requestId"]: each["encodedDataLength"]}))
    session.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(500)
    page.close()
    return sum(weights.values()), sum(weight for key, weight in weights.items() if urls.get(key) == url)


def _kb(weight: int) -> str:
    return f"{weight / 1000:.0f} kB"


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))

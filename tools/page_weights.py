"""Weigh the pages of a demonstration as they come over the wire, and print the tables of docs/web.md.

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
PAGES = {
    "sign-in": "/account/login/",
    "home": "/",
    "list": "/reports/",
    "map": "/reports/map/",
    "verify": "/verify/",
    "trends": "/trends/",
    "over time": "/trends/series/",
    "ranking": "/trends/issuers/",
    "trends: map": "/trends/map/",
    "routes": "/trends/routes/",
    "methods": "/trends/methods/",
    "comparison": "/trends/compare/",
}
SECOND = 256_000 / 8
"""Bytes a second on the link that the design names."""
LINK = {"offline": False, "latency": 150, "downloadThroughput": SECOND, "uploadThroughput": SECOND}
"""That link as the browser plays it, with the delay of a far one."""


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
        print("\n| page over that link | first paint | all is there |")
        print("|---|---|---|")
        for name in ("list", "map", "trends", "over time", "trends: map"):
            context = browser.new_context(storage_state=state)
            print(f"| {name} | {' | '.join(f'{each:.1f} s' for each in wait(context, address + PAGES[name]))} |")
            context.close()


def wait(context: BrowserContext, url: str) -> tuple[float, float]:
    """Open a page over the slow link with an empty cache: when it is painted first, and when nothing more comes."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINK)
    page.goto(url, wait_until="networkidle", timeout=120_000)
    painted, ended = page.evaluate("""() => [
      performance.getEntriesByName("first-contentful-paint")[0].startTime,
      Math.max(...performance.getEntriesByType("resource").map((each) => each.responseEnd)),
    ]""")
    page.close()
    return painted / 1000, ended / 1000


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
    for chart in page.query_selector_all("[data-chart]"):
        chart.scroll_into_view_if_needed()  # what comes only when it is in sight counts as well
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.close()
    return sum(weights.values()), sum(weight for key, weight in weights.items() if urls.get(key) == url)


def _kb(weight: int) -> str:
    return f"{weight / 1000:.0f} kB"


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))

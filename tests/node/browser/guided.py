"""The scenes that the guides show: who sits there, and how they come to it.

Each way works on the small node of the tests and on a demonstration alike, so it finds things as people do: by lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

THAILAND = "{}@thailand.example"
Known = dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of a guide."""

    role: str
    name: str
    officer: str
    go: Callable[[Any, Known], None]
    also: tuple[str, ...] = ()
    """Pages on the way, whose words count too."""


def _page(way: str) -> Callable[[Any, Known], None]:
    return lambda seat, _known: seat.see(way)


def _first(listed: str, link: str) -> Callable[[Any, Known], None]:
    """Open the first of a list."""

    def go(seat: Any, _known: Known) -> None:
        seat.see(listed)
        seat.page.locator(link).first.click()
        seat.page.wait_for_load_state()

    return go


def _alert(seat: Any, _known: Known) -> None:
    _first("/alerts/", "main a[href*='/alerts/A']")(seat, None)


def _pictured_report(seat: Any, _known: Known) -> None:
    seat.see("/reports/?issuer=UTO&agency=demo-thailand")
    seat.page.locator("tr:has(img) th a").first.click()
    seat.page.wait_for_selector("limen-viewer .viewer-stage img")


def _begun_report(seat: Any, _known: Known) -> None:
    """The form of a draft: the officer's own, begun here where there is none."""
    seat.see("/")
    drafts = seat.page.locator("a[href$='/edit/']")
    if drafts.count():
        drafts.first.click()
    else:
        seat.see("/reports/new/")
        seat.page.click("main button[type=submit]")
    seat.page.wait_for_url("**/edit/")


def _recalled(seat: Any, _known: Known) -> None:
    _first("/reports/?agency=demo-thailand", "th a[href*='/reports/R']")(seat, None)
    seat.page.locator("main a[href$='/recall/']").first.click()
    seat.page.wait_for_url("**/recall/")


def _practice(seat: Any, _known: Known) -> None:
    seat.see("/cases/practice/")
    seat.page.locator("main form button.button-primary").first.click()
    seat.page.wait_for_load_state()


def _verified(seat: Any, _known: Known) -> None:
    import io

    from PIL import Image

    from limen.specimen import Light, capture, make

    seat.see("/verify/")
    seen = capture(make("TD3", 62, lights=(Light.WHITE,), ppi=300), 2, "reader", ppi=170)
    file = io.BytesIO()
    Image.fromarray(seen.image).save(file, "JPEG", quality=90)
    picture = {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
    seat.page.set_input_files("[data-dropzone] input[type=file]:not([name])", picture)
    seat.page.wait_for_selector("#verify-result limen-viewer .viewer-stage img", timeout=60_000)


def _edited(kind: str, begin: str) -> Callable[[Any, Known], None]:
    """A new draft of an alert or case study."""

    def go(seat: Any, _known: Known) -> None:
        seat.see(f"/{kind}/new/")
        seat.page.click(f"main button:has-text('{begin}')")
        seat.page.wait_for_url("**/edit/")

    return go


COUNTER, EXAMINER, ANALYST = (THAILAND.format(role) for role in ("counter", "examiner", "analyst"))
COORDINATOR, ADMINISTRATOR = (THAILAND.format(role) for role in ("coordinator", "administrator"))

SCENES = (
    Scene("counter", "home", COUNTER, _page("/")),
    Scene("counter", "alert", COUNTER, _alert, ("/alerts/", "/cases/")),
    Scene("counter", "verify", COUNTER, _verified),
    Scene("counter", "report", COUNTER, _begun_report),
    Scene("counter", "practice", COUNTER, _practice),
    Scene("examiner", "releases", EXAMINER, _page("/releases/")),
    Scene("examiner", "report", EXAMINER, _pictured_report),
    Scene("examiner", "alert", EXAMINER, _edited("alerts", "Begin an alert"), ("/alerts/", "/cases/")),
    Scene("examiner", "case", EXAMINER, _first("/cases/", "main a[href*='/cases/C']")),
    Scene("analyst", "trends", ANALYST, _page("/trends/")),
    Scene("analyst", "surges", ANALYST, _page("/trends/surges/")),
    Scene("analyst", "brief", ANALYST, _page("/trends/brief/")),
    Scene("coordinator", "release", COORDINATOR, _first("/releases/", "main a[href$='/release/']")),
    Scene("coordinator", "recall", COORDINATOR, _recalled),
    Scene("coordinator", "audit", COORDINATOR, _page("/audit/"), also=("/contribution/",)),
    Scene("administrator", "people", ADMINISTRATOR, _page("/people/")),
    Scene("administrator", "agency", ADMINISTRATOR, _page("/people/agency/"), also=("/contribution/asked/",)),
    Scene("administrator", "tokens", ADMINISTRATOR, _page("/people/tokens/")),
)

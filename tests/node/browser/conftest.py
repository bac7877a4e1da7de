"""Real nodes, run by the command, and one Chromium that people sit at.

Nothing here speaks to the database of the process that tests: what a test knows of a node, its pages have told.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).parent
AXE = HERE.parents[2] / "src/limen/node/web/frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium")
DESK = {"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"}
DEMO_PASSWORD = "nothing here is real"

_spec = importlib.util.spec_from_file_location("limen_test_nodes", HERE.parent / "serving" / "nodes.py")
nodes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(nodes)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """The browser of the whole folder."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    if not AXE.exists():
        pytest.skip("the site's files are not built (make web)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def new_node(chromium) -> Iterator[SimpleNamespace]:
    """A node that nobody has set up."""
    yield from _serving()


@pytest.fixture(scope="package")
def node(chromium) -> Iterator[SimpleNamespace]:
    """A node with agencies, officers and reports; `node.known` says where what stands (`furnishing.py`)."""
    for serving in _serving(LIMEN_REQUIRE_SECOND_FACTOR="no", LIMEN_DEMO="yes"):
        done = subprocess.run(
            [sys.executable, str(HERE / "furnishing.py")],
            check=False,
            env=nodes.environment(LIMEN_HOME=str(serving.node.home), LIMEN_DEMO="yes"),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        serving.known = json.loads(done.stdout)
        yield serving


def _serving(**settings: str) -> Iterator[SimpleNamespace]:
    folder = nodes.new_folder()
    node = nodes.Node(folder / "home", **settings)
    try:
        node.start()
        # A passkey belongs to a name, never to a number.
        yield SimpleNamespace(node=node, address=f"http://localhost:{node.port}")
    finally:
        node.stop()
        nodes.remove(folder)


STILL = """async () => {
  for (let quiet = 0, frame = 0; quiet < 3 && frame < 60; frame += 1) {
    await new Promise((done) => requestAnimationFrame(done));
    quiet = document.getAnimations().length ? 0 : quiet + 1;
  }
}"""


class Seat:
    """Somebody's window. What its console and the policy complain of, and whom it asks, is kept."""

    def __init__(self, browser: Any, address: str, **looks: Any) -> None:
        self.address = address
        self.context = browser.new_context(**DESK | looks)
        self.context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (event) =>"
            " console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        # One for all: when a session ends, the browser takes every authenticator of the page away.
        self.session = self.context.new_cdp_session(self.page)
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self._absent: set[str] = set()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"} and message.location.get("url") not in self._absent:
            self.complaints.append(f"{urlsplit(self.page.url).path}: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def see(self, way: str, status: int = 200) -> Any:
        """Open an address of the site, which answers so."""
        url = way if way.startswith("http") else self.address + way
        if status >= 400:
            self._absent.add(url)
        response = self.page.goto(url)
        assert response is None or response.status == status, (way, response.status)
        return self.page

    def sign_in(self, email: str, password: str = DEMO_PASSWORD) -> Seat:
        """Sign in by password."""
        self.see("/account/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/login/" not in url)
        return self

    def hold_a_key(self) -> None:
        """Have an authenticator in this device, which knows its officer."""
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def axe(self, *rules: str) -> list[tuple[str, Any, str]]:
        """What axe-core finds on the page as it is now; only these rules where some are named."""
        if not self.page.evaluate("'axe' in window"):  # the browser evaluates it: no policy of the page binds it
            self.session.send("Runtime.evaluate", {"expression": AXE.read_text()})
        only = f", runOnly: {list(rules)}" if rules else ""
        found = self.page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{only}}})")["violations"]
        return [(rule["id"], one["target"], one["html"][:160]) for rule in found for one in rule["nodes"]]

    def still(self) -> None:
        """Wait until styles are at rest: even without motion each takes a moment, one after another down the tree."""
        self.page.evaluate(STILL)

    def check(self) -> None:
        """Nothing for axe-core on this page."""
        assert self.axe() == [], self.page.url

    def is_clean(self) -> None:
        """No complaint, and nobody asked but the node."""
        assert self.complaints == []
        assert self.foreign == []


@pytest.fixture
def sit(chromium) -> Iterator[Callable[..., Seat]]:
    """Open a window: `sit(node)`, `sit(node, color_scheme="dark")`. At the end, none may have complained."""
    seats: list[Seat] = []

    def sit(serving: SimpleNamespace, **looks: Any) -> Seat:
        seats.append(Seat(chromium, serving.address, **looks))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.context.close()
    for seat in seats:
        seat.is_clean()


@pytest.fixture(scope="session")
def page_jpeg() -> bytes:
    """A generated passport page as a file; its number is D90610681."""
    import io

    from PIL import Image

    from limen.specimen import Light, capture, make

    made = capture(make("TD3", 62, lights=(Light.WHITE,), ppi=300), 2, "reader", ppi=170)
    file = io.BytesIO()
    Image.fromarray(made.image).save(file, "JPEG", quality=90)
    return file.getvalue()

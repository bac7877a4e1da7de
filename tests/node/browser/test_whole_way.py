"""A report's whole way as people go it: a new node, passkeys, invitations, a report by keyboard, two people, recall.

What is shared with whom is asserted through pages alone.
"""

from __future__ import annotations

import base64
import time
from types import SimpleNamespace

import pytest

PASSWORD = "seven herons over the delta"
NUMBER = "D90610681"
SECONDS_A_KEY = 0.5
"""Of an officer who is no typist (Card, Moran and Newell's keystroke model: 0.28 s for an average one)."""


SEEN = """() => [document.activeElement].flatMap((at) => [at, at.parentElement, at.nextElementSibling])
  .filter(Boolean).map((each) => getComputedStyle(each))
  .some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none')"""
"""Whether a ring is around what has the focus, or around what stands for it."""


def enrol(seat) -> None:
    """Add a passkey on the page where a new officer arrives."""
    page = seat.page
    page.wait_for_url("**/account/2fa/")
    seat.check()
    page.click("a:text('Add a passkey')")
    seat.check()
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/2fa/recovery-codes/")


def invite(seat, way: str, email: str, role: str = "") -> str:
    """Invite somebody, and give the link that the page shows once."""
    page = seat.see(way)
    page.fill("input[name=email]", email)
    if role:
        page.check(f"input[name=roles][value={role}]")
    page.click("main form button:not([name])")
    return page.input_value("#link")


def join(sit, node, link: str, name: str):
    """Be the person invited: open the link, say who one is, and enrol a passkey."""
    seat = sit(node)
    seat.hold_a_key()
    page = seat.see(link.replace("127.0.0.1", "localhost"))
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    enrol(seat)
    return seat


@pytest.fixture
def people(sit, new_node) -> SimpleNamespace:
    """Three agencies, made from the first-run page on, and those who work there."""
    ada = sit(new_node)
    ada.hold_a_key()
    page = ada.see(f"/setup/{new_node.node.token}/")
    ada.check()
    page.fill("[name=agency-code]", "thai")
    page.fill("[name=agency-name]", "Border Service of Thailand")
    page.fill("[name=agency-country]", "THA")
    page.fill("[name=officer-name]", "Ada")
    page.fill("[name=officer-email]", "ada@thai.example")
    page.fill("[name=officer-password]", PASSWORD)
    page.click("text=Set up >> nth=-1")
    enrol(ada)
    assert ada.see(f"/setup/{new_node.node.token}/", 404)
    abroad = {}
    for code, name, country in (("viet", "Immigration of Vietnam", "VNM"), ("utopia", "Guard of Utopia", "UTO")):
        page = ada.see("/people/agencies/new/")
        page.fill("[name=code]", code)
        page.fill("[name=name]", name)
        page.fill("[name=country]", country)
        page.click("main form button:not([name])")
        page.wait_for_url(f"**/agencies/{code}/administrator/")
        link = invite(ada, f"/people/agencies/{code}/administrator/", f"admin@{code}.example")
        admin = join(sit, new_node, link, f"Administrator of {name}")
        link = invite(admin, "/people/invite/", f"examiner@{code}.example", "examiner")
        abroad[code] = join(sit, new_node, link, f"Examiner of {name}")
    links = {role: invite(ada, "/people/invite/", f"{role}@thai.example", role) for role in ("counter", "coordinator")}
    at_home = {role: join(sit, new_node, link, f"The {role}") for role, link in links.items()}
    return SimpleNamespace(**at_home, named=abroad["viet"], third=abroad["utopia"])


class Keys:
    """A keyboard that counts."""

    def __init__(self, page) -> None:
        self.page = page
        self.count = 0
        self.began = time.monotonic()

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.count += len(text)
        self.page.keyboard.type(text)

    def go_to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until something of this kind has the focus, which can be seen there."""
        for _ in range(80):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                break
            self.press(key)
        else:
            raise AssertionError(f"{selector} cannot be reached by {key}")
        assert self.page.evaluate(SEEN), f"nothing shows that {selector} has the focus"

    def choose(self, selector: str, text: str) -> None:
        """Take the first suggestion."""
        self.go_to(selector)
        self.type(text)
        self.page.wait_for_selector(f"{selector}[aria-activedescendant]")
        self.press("Enter")


def drop(page, data: bytes) -> None:
    """Drop a file as a mouse would."""
    make = """(text) => {
      const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
      const moved = new DataTransfer();
      moved.items.add(new File([bytes], 'page.jpg', { type: 'image/jpeg' }));
      return moved;
    }"""
    moved = page.evaluate_handle(make, base64.b64encode(data).decode())
    page.dispatch_event("[data-dropzone]", "drop", {"dataTransfer": moved})


def report_by_keyboard(seat, picture: bytes) -> tuple[str, int, float]:
    """Begin, drop, confirm, fill in and propose; give the report's address, how many keys, how many seconds."""
    from playwright.sync_api import expect

    page = seat.page
    keys = Keys(page)
    keys.press("n")
    page.wait_for_url("**/reports/new/")
    # A browser gives the focus when it draws, which can be after the page is loaded.
    expect(page.locator("button[autofocus]")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url("**/edit/")
    address = page.url.removesuffix("edit/")
    drop(page, picture)
    expect(page.locator("#id_issuer")).to_have_value("Utopia")
    expect(page.locator("#id_category")).to_have_value("passport")
    assert page.input_value("#id_number") == NUMBER
    keys.go_to("form[action$='/masks/'] button")
    keys.press("Enter")
    page.wait_for_selector("text=Masks confirmed")
    keys.choose("#id_method", "photo")
    page.wait_for_selector("input[name=fraud_class][value=forgery]:checked", state="attached")
    keys.choose("#id_place", "bkk")
    keys.go_to("#id_summary")
    keys.type("The laminate was lifted at the portrait.")
    page.wait_for_selector("#beside h2:text('Nothing is missing')")
    keys.go_to("button[name=release]")
    keys.press("Enter")
    page.wait_for_url("**/release/")
    keys.go_to("input[name=marking]")
    while page.evaluate("document.activeElement.value") != "amber":
        keys.press("ArrowDown")
    keys.go_to("input[name=community]")
    keys.press("Space")
    keys.choose("#id_agencies", "viet")
    keys.go_to("input[name=classes][value='1']")
    keys.press("Space")
    keys.go_to("#id_basis")
    keys.type("MoU 2024, art. 3")
    page.wait_for_selector("#preview >> text=2 agencies will see it")
    keys.go_to("#release-form button[type=submit]")
    keys.press("Enter")
    page.wait_for_selector("text=Look at the proposal")
    return address, keys.count, time.monotonic() - keys.began


def rows(seat, way: str) -> str:
    """What a page with results says in its table; nothing where it has none."""
    page = seat.see(way)
    table = page.locator("#results table")
    return table.inner_text() if table.count() else ""


def test_whole_way(people, page_jpeg, capsys):
    """From nothing to a report that one other agency reads and a third knows nothing of, and to its recall."""
    counter, named, third = people.counter, people.named, people.third
    page = counter.see("/account/logout/")
    page.click("main form[action='/account/logout/'] button")
    page.wait_for_url("**/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{counter.address}/")
    address, count, seconds = report_by_keyboard(counter, page_jpeg)
    by_hand = seconds + count * SECONDS_A_KEY
    with capsys.disabled():
        print(f"\nA report by keyboard: {count} keys, {seconds:.1f} s; {by_hand:.0f} s at {SECONDS_A_KEY} s a key")  # noqa: T201
    assert by_hand < 120
    reference = address.rstrip("/").rpartition("/")[2]
    assert reference not in rows(named, "/reports/")  # not before a second person agrees

    page = people.coordinator.see("/releases/")
    page.click(f"main >> text={reference}")
    page.click("text=Approve the release")
    page.wait_for_selector("main >> text=Recall")

    assert reference in rows(named, "/reports/")
    assert reference in rows(named, f"/reports/?q={NUMBER}")
    assert "Suvarnabhumi" in rows(named, "/reports/map/")
    assert reference in named.see("/").inner_text("main")
    page = named.see(address)
    assert NUMBER in page.inner_text("main")
    assert page.locator("text=Show the bearer").count() == 0
    pictures = page.eval_on_selector_all("limen-viewer img[src]", "(all) => all.map((each) => each.src)")
    assert pictures
    for picture in pictures:
        assert status(named, picture) == 200
        assert (
            status(third, picture) == status(third, f"{picture}thumb/") == status(third, f"{picture}original/") == 404
        )
    nothing_for(third, reference, address)

    page = people.coordinator.see(f"{address}recall/")
    page.fill("#id_reason", "It was of another case.")
    page.click("text=Recall it")
    page.wait_for_selector("text=From then on", state="detached")
    nothing_for(named, reference, address)
    assert status(named, pictures[0]) == 404


def status(seat, address: str) -> int:
    """How the node answers somebody who asks for a file."""
    return seat.context.request.get(address).status


def nothing_for(seat, reference: str, address: str) -> None:
    """In no list, on no map, in no search, in no figure, under no address."""
    searches = (f"?q={reference}", f"?q={NUMBER}", "?issuer=UTO", "?country=THA", "?state=released")
    for way in ("/reports/map/", "/reports/", *(f"/reports/{search}" for search in searches)):
        assert rows(seat, way) == "", way
        assert "No report found" in seat.page.inner_text("#results")
    home = seat.see("/").inner_text("main")
    assert reference not in home
    assert "Utopia" not in home.replace("Guard of Utopia", "")
    for way in ("", "pdf/", "bearer/", "edit/", "release/", "recall/"):
        seat.see(f"{address}{way}", 404)

"""Pages that are reached by steps alone, and what the keyboard does on all: skip, stay in a dialog, come back."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time

PASSWORD = "nothing here is real"  # of every officer of the demonstration
ANALYST = "analyst@thailand.example"


def totp(secret: str) -> str:
    """The six figures that an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def enter_password(desk) -> None:
    """Say once more who one is, where the page asks for it."""
    if "/reauthenticate/" in desk.page.url:
        desk.check()
        desk.page.fill("input[name=password]", PASSWORD)
        desk.page.press("input[name=password]", "Enter")
        desk.page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def test_pages_of_passkeys_and_codes(sit, node):
    """Each page of a second factor, from its first to the sign-in that asks for it, has nothing for axe-core."""
    desk = sit(node)
    desk.hold_a_key()
    desk.sign_in(ANALYST)
    page = desk.page
    desk.see("/account/2fa/totp/activate/")
    enter_password(desk)
    desk.check()
    page.fill("input[name=code]", totp(page.input_value("#authenticator_secret")))
    page.press("input[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    desk.check()
    desk.see("/account/2fa/webauthn/add/")
    enter_password(desk)
    desk.check()
    page.set_checked("input[name=passwordless]", False)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/2fa/")
    desk.check()
    desk.see("/account/2fa/webauthn/")
    desk.check()
    key = re.search(r"/keys/(\d+)/", page.inner_html("main"))[1]
    for way in (f"webauthn/keys/{key}/edit/", f"webauthn/keys/{key}/remove/", "recovery-codes/generate/"):
        desk.see(f"/account/2fa/{way}")
        desk.check()
    desk.see("/account/2fa/totp/deactivate/")
    desk.check()
    desk.see("/account/2fa/reauthenticate/")
    desk.check()
    desk.see("/account/logout/")
    page.click("main form[action='/account/logout/'] button")
    page.wait_for_url("**/account/login/")
    page.fill("input[name=login]", ANALYST)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/2fa/authenticate/**")
    desk.check()
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(f"{desk.address}/")


ACTIVE = "document.activeElement.matches"


def test_the_first_tab_skips_to_the_content(sit, node):
    """On every page with a bar, Tab shows the link that leads past it, and Enter goes there."""
    desk = sit(node).sign_in("counter@thailand.example")
    for way in ("/", "/reports/", "/reports/map/", "/releases/", "/verify/", "/people/me/"):
        page = desk.see(way)
        page.keyboard.press("Tab")
        assert page.evaluate(f"{ACTIVE}('.skip-link')"), way
        desk.still()
        assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0"), way
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), way


def test_a_dialog_keeps_the_focus_and_gives_it_back(sit, node):
    """Tab stays within it or goes to the browser's own bar; Escape closes it, and the button has the focus again."""
    desk = sit(node).sign_in("counter@thailand.example")
    page = desk.see("/reports/")
    for name in ("saved-searches", "search-picture"):
        page.focus(f"[data-dialog={name}]")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"dialog#{name}[open]")
        desk.check()
        for _ in range(6):
            page.keyboard.press("Tab")
            within = "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
            assert page.evaluate(within), page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Escape")
        page.wait_for_selector(f"dialog#{name}[open]", state="detached")
        assert page.evaluate(f"{ACTIVE}('[data-dialog={name}]')")


def test_every_stop_of_the_keyboard_is_seen(sit, node):
    """Along the list and the form, whatever Tab comes to has a ring around it, or around what stands for it."""
    desk = sit(node).sign_in("counter@thailand.example")
    for way in ("/reports/", f"/reports/{node.known['draft']}/edit/"):
        page = desk.see(way)
        for _ in range(45):
            page.keyboard.press("Tab")
            unseen = page.evaluate(UNSEEN)
            assert unseen is None, (way, unseen)


UNSEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const around = [at, at.parentElement, at.closest('label, .combobox, .dropzone, form'), at.nextElementSibling];
  const ring = (each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  };
  return around.filter(Boolean).some(ring) ? null : at.outerHTML.slice(0, 160);
}"""


def test_the_places_by_keys(sit, node):
    """g and a letter lead to each place of the bar, / to the search, n to a new report."""
    desk = sit(node).sign_in("coordinator@thailand.example")
    page = desk.see("/")
    for letter, way in (("r", "/reports/"), ("m", "/reports/map/"), ("e", "/releases/"), ("h", "/")):
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.wait_for_url(f"{desk.address}{way}")
    page.keyboard.press("/")
    assert page.evaluate(f"{ACTIVE}('[name=q]')")

"""Passkeys in a real browser with a virtual authenticator, under the site's content security policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

PASSWORD = "seven herons over the delta"
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def browser(monkeypatch) -> Iterator:
    """A Chromium whose pages may ask the database while Playwright's loop runs."""
    from django.db import connection
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
        connection.close()  # within Playwright's loop it is one of its own


@pytest.fixture
def page(browser) -> Iterator:
    """A page with a platform authenticator, whose errors on the console fail the test."""
    page = browser.new_context().new_page()
    page.set_default_timeout(15_000)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert [error for error in errors if "404" not in error] == []


def sign_in_by_password(page, live_server, officer) -> None:
    page.goto(f"{live_server.url}/account/login/?next=/people/me/")
    page.fill("input[name=login]", officer.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) button")


def enrol_passkey(page, live_server, *, passwordless: bool) -> None:
    page.goto(f"{live_server.url}/account/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) button")
    page.set_checked("input[name=passwordless]", passwordless)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/2fa/recovery-codes/")


def sign_out(page, live_server) -> None:
    page.goto(f"{live_server.url}/account/logout/")
    page.click("main form[action='/account/logout/'] button")
    page.wait_for_url("**/account/login/")


def test_passkey_is_enrolled_and_signs_in_without_password(page, live_server, admin):
    """Password, enrolment of a passkey, all pages; then sign-in by the passkey alone."""
    sign_in_by_password(page, live_server, admin)
    page.wait_for_url("**/account/2fa/")
    enrol_passkey(page, live_server, passwordless=True)
    page.goto(f"{live_server.url}/people/me/")
    assert page.text_content("h1").strip() == "Ada"
    sign_out(page, live_server)
    page.click("#passkey_login")
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/people/me/")
    assert page.text_content("h1").strip() == "Ada"


def test_passkey_is_the_second_factor(page, live_server, admin):
    """After the password, the key is asked for, and opens."""
    sign_in_by_password(page, live_server, admin)
    enrol_passkey(page, live_server, passwordless=False)
    sign_out(page, live_server)
    sign_in_by_password(page, live_server, admin)
    page.wait_for_url("**/account/2fa/authenticate/**")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/people/me/")
    assert page.text_content("h1").strip() == "Ada"


def test_a_deactivated_officers_passkey_opens_nothing(page, live_server, admin):
    """A passkey of an officer who is gone leads back to the sign-in page."""
    sign_in_by_password(page, live_server, admin)
    enrol_passkey(page, live_server, passwordless=True)
    sign_out(page, live_server)
    type(admin).objects.filter(pk=admin.pk).update(is_active=False)
    page.click("#passkey_login")
    page.wait_for_selector("text=You cannot sign in this way")
    assert page.url == f"{live_server.url}/account/login/"

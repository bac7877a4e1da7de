"""Language, theme, and the frame around every page."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings):
    """A password is enough here."""
    settings.LIMEN_REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def officer(make):
    return make.officer(None, "coordinator")


def test_language_stays_in_the_browser(client):
    """Who is not signed in chooses a language for this browser."""
    answer = client.post("/language/", {"language": "th", "next": "/account/login/"})
    assert answer["Location"] == "/account/login/"
    assert answer.cookies["django_language"].value == "th"
    assert '<html lang="th"' in client.get("/account/login/").content.decode()


def test_language_goes_with_the_officer(client, officer):
    """An officer's choice is theirs on every machine."""
    client.force_login(officer)
    client.post("/language/", {"language": "vi"})
    officer.refresh_from_db()
    assert officer.language == "vi"


def test_unknown_language_changes_nothing(client):
    """A language that the site does not speak is refused."""
    answer = client.post("/language/", {"language": "tlh"})
    assert answer.status_code == 400
    assert "django_language" not in answer.cookies


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_no_way_out_of_the_site(client, target):
    """The form leads back to this site only."""
    assert client.post("/theme/", {"theme": "dark", "next": target})["Location"] == "/"


def test_theme_is_there_before_the_page_is_drawn(client):
    """The page comes in the chosen theme, without a script's help; an unknown one is refused."""
    assert client.post("/theme/", {"theme": "dark"}, headers={"X-Requested-With": "fetch"}).status_code == 204
    assert 'data-theme="dark"' in client.get("/account/login/").content.decode()
    assert client.post("/theme/", {"theme": "pink"}).status_code == 400
    client.cookies["limen_theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/account/login/").content.decode()


def test_navigation_marks_where_one_is(client, officer):
    """The current place is marked, once in each of the two menus."""
    client.force_login(officer)
    page = client.get("/people/").content.decode()
    assert page.count('href="/people/"') >= 2
    assert page.count('aria-current="page"') == 2


def test_places_are_for_roles(client, make):
    """A counter officer is not offered what coordinators do."""
    client.force_login(make.officer(None, "counter"))
    assert 'href="/people/"' not in client.get("/").content.decode()


def test_nobody_signed_in_sees_no_menu(client):
    """The sign-in page has neither navigation nor names."""
    page = client.get("/account/login/").content.decode()
    assert "topnav" not in page
    assert "data-sign-out" not in page


def test_policy_is_strict(client):
    """Pages allow scripts and styles of this site alone."""
    policy = client.get("/account/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy

"""Whatever goes wrong is told in a form that its sender can show, and never as a traceback."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


def _raising(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    view.login_required = False
    return view


@csrf_protect
def _protected(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


_protected.login_required = False


class Urls:
    """Addresses that fail each in its own way, beside the site's own."""

    handler400 = "limen.node.web.views.bad_request"
    handler403 = "limen.node.web.views.forbidden"
    handler404 = "limen.node.web.views.not_found"
    handler500 = "limen.node.web.views.server_error"
    urlpatterns = (
        path("refused/", _raising(Refused("Only an examiner releases."))),
        path("api/refused/", _raising(Refused("Only an examiner releases."))),
        path("invalid/", _raising(Invalid("A number has five characters.", "number"))),
        path("absent/", _raising(Http404("secret name"))),
        path("forbidden/", _raising(PermissionDenied("secret name"))),
        path("large/", _raising(RequestDataTooBig())),
        path("broken/", _raising(ZeroDivisionError("secret name"))),
        path("protected/", _protected),
        path("", include("limen.node.urls")),
    )


@pytest.fixture(autouse=True)
def addresses(settings):
    """Use these addresses."""
    settings.ROOT_URLCONF = Urls


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_page_says_the_sentence(visitor):
    """A person reads why."""
    answer = visitor.get("/refused/")
    assert answer.status_code == 403
    assert "Only an examiner releases." in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_htmx_gets_a_toast(visitor):
    """Part of a page is left as it is; the sentence goes to the messages."""
    answer = visitor.get("/invalid/", headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#toasts"
    assert answer["HX-Reswap"] == "beforeend"
    assert "<html" not in answer.content.decode()
    assert "A number has five characters." in answer.content.decode()


@pytest.mark.parametrize(("address", "accept"), [("/api/refused/", "*/*"), ("/refused/", "application/json")])
def test_programs_get_a_problem_document(visitor, address, accept):
    """The API, and a script that asks for JSON, get RFC 9457."""
    answer = visitor.get(address, headers={"Accept": accept})
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code == 403
    assert problem["detail"] == "Only an examiner releases."


def test_problem_names_the_field(visitor):
    """A form's script finds the field that the sentence is about."""
    problem = visitor.get("/invalid/", headers={"Accept": "application/json"}).json()
    assert problem["errors"] == {"number": "A number has five characters."}


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}, {"Accept": "application/json"}])
def test_absent_and_forbidden_are_told_alike(visitor, headers):
    """Nobody learns from the answer whether something exists."""
    absent, forbidden = (visitor.get(address, headers=headers) for address in ("/absent/", "/forbidden/"))
    assert absent.status_code == forbidden.status_code == 404
    strip = [_without_tokens(answer.content.decode()) for answer in (absent, forbidden)]
    assert strip[0] == strip[1]
    assert "secret" not in strip[0]


def _without_tokens(text: str) -> str:
    return re.sub(r'/(?:absent|forbidden)/|(?:content|value)="[A-Za-z0-9]{64}"', "", text)


def test_too_large_is_said(visitor):
    """More than the node accepts is 413, with a sentence."""
    answer = visitor.get("/large/")
    assert answer.status_code == 413
    assert "larger" in answer.content.decode()


def test_failure_shows_nothing_of_the_program(visitor):
    """A 500 is a page that stands by itself."""
    answer = visitor.get("/broken/")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "Something failed here" in text
    assert "ZeroDivisionError" not in text
    assert "secret" not in text
    assert visitor.get("/broken/", headers={"HX-Request": "true"})["HX-Retarget"] == "#toasts"


def test_old_form_is_explained():
    """A form whose token is gone says what helps."""
    answer = Client(enforce_csrf_checks=True).post("/protected/")
    assert answer.status_code == 403
    assert "Reload" in answer.content.decode()

"""What the views of this app share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from limen.node.people.models import Officer
from limen.node.web.errors import Invalid


class NotDone(Exception):  # noqa: N818 it is no error, the form says what is wrong
    """The action found the input wrong; the form holds the reason now."""


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was posted, empty or not, to a form; None where the page was only opened."""
    return request.POST if request.method == "POST" else None


def asked(request: HttpRequest) -> str:
    """Read what is searched for; PostgreSQL's texts have no zero character."""
    return request.GET.get("q", "").replace("\0", "").strip()


def page_of(request: HttpRequest, found: QuerySet) -> Page:
    """Give the page that is asked for, of fifty rows."""
    return Paginator(found, 50).get_page(request.GET.get("page"))


@contextmanager
def telling(form: forms.BaseForm) -> Iterator[None]:
    """Put what an action finds wrong into the form, beside its field."""
    try:
        yield
    except Invalid as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, str(error))
        raise NotDone from error


def sign_in_new(request: HttpRequest, officer: Officer, next_page: str) -> HttpResponse:
    """Sign in an officer who was made a moment ago, with a fresh session, and lead on.

    Whoever has just chosen a password need not type it again to enrol a passkey.
    """
    request.session.flush()
    record_authentication(request, officer, method="password", reauthenticated=True)
    return perform_login(request, Login(user=officer, redirect_url=next_page))

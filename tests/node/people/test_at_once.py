"""Two people at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import Http404

from limen.node.people import actions
from limen.node.people.actions.invitations import digest_of
from limen.node.people.models import ADMINISTRATOR, Officer
from limen.node.web.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "nine cranes under the bridge"


def at_once(*acts) -> list[str]:
    """Do all at the same moment, each by a connection of its own; say how each ended."""
    barrier = Barrier(len(acts))

    def run(act) -> str:
        try:
            connection.ensure_connection()
            barrier.wait()
            act()
            return "done"
        except (Refused, Http404) as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_administrators_do_not_remove_each_other(admin, second_admin):
    """Of two administrators who deactivate each other at the same moment, one stays."""
    for _ in range(8):
        ended = at_once(
            lambda: actions.deactivate_officer(admin, second_admin),
            lambda: actions.deactivate_officer(second_admin, admin),
        )
        assert ended == ["Refused", "done"]
        assert Officer.objects.filter(is_active=True, roles__contains=[ADMINISTRATOR]).count() == 1
        Officer.objects.update(is_active=True)


def test_an_invitation_is_accepted_once(admin):
    """Of four who accept the same invitation at the same moment, one becomes an officer."""
    _, token = actions.invite(admin, admin.agency, email="nia@coast.example", roles=["counter"])

    def accept() -> None:
        actions.accept_invitation(digest_of(token), name="Nia", password=PASSWORD, language="en")

    assert at_once(accept, accept, accept, accept) == ["Http404", "Http404", "Http404", "done"]
    assert Officer.objects.filter(email="nia@coast.example").count() == 1

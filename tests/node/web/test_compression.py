"""Pages go out compressed, and nothing of one length betrays another."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(make) -> Client:
    client = Client(headers={"accept-encoding": "gzip, br"})
    client.force_login(make.officer())
    return client


def test_a_page_is_compressed(signed_in):
    """For a browser that accepts it, and said to differ by that."""
    answer = signed_in.get("/reports/")
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert b"</html>" in gzip.decompress(answer.content)
    assert len(answer.content) * 2 < len(gzip.decompress(answer.content))


def test_the_length_of_a_page_is_blurred(signed_in):
    """The same page has many lengths (Heal the BREACH)."""
    assert len({len(signed_in.get("/reports/new/").content) for _ in range(12)}) > 3


def test_who_does_not_accept_it_gets_it_plain(signed_in):
    """No browser is sent what it cannot read."""
    assert "Content-Encoding" not in signed_in.get("/reports/new/", headers={"accept-encoding": "identity"})

"""Three agencies with their officers, a signed-in client for each, and drafts to work on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from django.test import Client
from PIL import Image

from limen.node.people.models import Agency, Officer
from limen.node.reports import drafting
from limen.node.reports.models import Report
from limen.node.sharing.viewer import viewing
from limen.node.terms.editions import forget
from limen.specimen import Light, capture, make

FILLED = {
    "issuer": "UTO",
    "category": "passport",
    "fraud_class": "forgery",
    "method": "photo_substitution",
    "place": "THBKK",
    "detected_on": "2026-10-05",
    "summary": "The laminate was lifted at the portrait and glued down again.",
    "number": "L898902C3",
    "surname": "Eriksson",
    "given_names": "Anna Maria",
    "narrative": "She said that a friend had sold it to her.",
}


@pytest.fixture(autouse=True)
def _house(settings) -> Iterator[None]:
    """Files as a node keeps them, no second factor, and terms read anew in each test."""
    settings.LIMEN_REQUIRE_SECOND_FACTOR = False
    settings.STORAGES = {
        "default": settings.STORAGES["default"],
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    forget()
    yield
    forget()


class People:
    """Officers by name: `people.counter`; their clients: `people.sign_in(people.counter)`."""

    def __init__(self) -> None:
        self.mine = Agency.objects.create(code="mine", name="Border Service of Thailand", country="THA")
        self.friend = Agency.objects.create(code="friend", name="Immigration of Vietnam", country="VNM")
        self.other = Agency.objects.create(code="other", name="Border Guard of Utopia", country="UTO")
        self.counter = self._make(self.mine, "counter")
        self.coordinator = self._make(self.mine, "coordinator")
        self.examiner = self._make(self.mine, "examiner")
        self.analyst = self._make(self.mine, "analyst")
        self.administrator = self._make(self.mine, "administrator")
        self.friendly = self._make(self.friend, "examiner")
        self.stranger = self._make(self.other, "examiner")

    def _make(self, agency: Agency, role: str) -> Officer:
        return Officer.objects.create_user(
            f"{role}@{agency.code}.example", name=f"{role} of {agency.code}", agency=agency, roles=[role]
        )

    def sign_in(self, officer: Officer) -> Client:
        """A browser in which this officer is signed in; an error of the server is an answer in it."""
        client = Client(raise_request_exception=True)
        client.force_login(officer)
        return client


@pytest.fixture
def people(db) -> People:
    return People()


@pytest.fixture
def begin(people) -> Callable[..., Report]:
    """Begin a filled draft in an officer's name: `begin(people.counter, issuer="THA")`."""

    def begin(officer: Officer, **values: str) -> Report:
        with viewing(officer.pk):
            return drafting.begin(officer, FILLED | values)

    return begin


@pytest.fixture
def draft(people, begin) -> Report:
    """A filled draft of the counter officer."""
    return begin(people.counter)


@pytest.fixture(scope="session")
def picture() -> Callable[..., bytes]:
    """Make a picture with something in it, and no machine readable zone: `picture(320, 240)`."""

    def picture(width: int = 320, height: int = 240, kind: str = "JPEG", **options: object) -> bytes:
        pixels = np.random.default_rng(7).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
        file = io.BytesIO()
        Image.fromarray(np.kron(pixels, np.ones((8, 8, 1), np.uint8))).save(file, kind, **options)
        return file.getvalue()

    return picture


@pytest.fixture
def seen_by(people) -> Callable:
    """Be an officer for a block: `with seen_by(people.counter): ...`."""
    return lambda officer: viewing(officer.pk)


@pytest.fixture(scope="session")
def page_jpeg() -> bytes:
    """A generated passport page as a file."""
    made = capture(make("TD3", 62, lights=(Light.WHITE,), ppi=300), 2, "reader", ppi=170)
    file = io.BytesIO()
    Image.fromarray(made.image).save(file, "JPEG", quality=90)
    return file.getvalue()

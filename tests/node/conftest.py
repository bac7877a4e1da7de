"""The node's tests: a real PostgreSQL, and every test as the site, so that row-level security is really on.

`@pytest.mark.django_db` gives a test its database, migrated by the keeper, in which it is `limen_site` inside a
transaction that is rolled back. What the site may not do, set-up does in `with keeping():`.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("limen_test_server", Path(__file__).with_name("server.py"))
_server = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_server)

HOME = _server.home_of_session()
for _name in [name for name in os.environ if name.startswith("LIMEN_") and name != "LIMEN_TRUST"]:
    del os.environ[_name]
os.environ.pop("DATABASE_URL", None)
os.environ["LIMEN_REQUIRE_SECOND_FACTOR"] = "no"  # tests/node/people asks for it again
os.environ["LIMEN_HOME"] = str(HOME.path)
os.environ["LIMEN_REQUIRE_SECOND_FACTOR"] = "0"  # tests/node/people asks for it
os.environ["DJANGO_SETTINGS_MODULE"] = "limen.node.settings"

import django  # noqa: E402 - the settings read what is set above
from django.conf import settings  # noqa: E402

# Nothing is collected for tests: pages name the files as they lie in the apps.
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from django.utils import translation  # noqa: E402

settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True  # nothing is collected for a test
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

TEMPLATE = "limen_tests"
settings.STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns where it is missing
_site_now = False


@contextmanager
def _keeping() -> Iterator[None]:
    """Be the keeper for a while."""
    global _site_now  # noqa: PLW0603
    was, _site_now = _site_now, False
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        _site_now = was
        if was and not connection.needs_rollback:
            _become_site()


def _become_site() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE limen_site")


def _new_connection(connection, **_) -> None:
    """Threads of a live server connect while a test runs: they are the site too."""
    if _site_now:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE limen_site")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_name) -> Iterator[None]:
    """Start the server, migrate one database for the session, and copy it for this worker."""
    name = f"{TEMPLATE}_{worker_name}"
    with django_db_blocker.unblock():
        with _server.alone(HOME):
            _server.ensure_server(HOME)
            if not (HOME.path / "migrated").exists():
                _make_template()
                (HOME.path / "migrated").touch()
            _copy(TEMPLATE, name)
        _use(name)
    connection_created.connect(_new_connection, dispatch_uid="limen.tests")
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Which of the workers this is."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _make_template() -> None:
    _copy("template1", TEMPLATE)
    _use(TEMPLATE)
    call_command("migrate", verbosity=0)
    connection.close()


def _copy(template: str, name: str) -> None:
    _use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.close()


def _renew(_: TransactionTestCase) -> None:
    """Copy the database anew after a test with real transactions: some tables refuse to be emptied."""
    name = connection.settings_dict["NAME"]
    _copy(TEMPLATE, name)
    _use(name)


TransactionTestCase._fixture_teardown = _renew


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Begin in English: a request of an earlier test leaves its language behind."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _as_site(request: pytest.FixtureRequest) -> Iterator[None]:
    """Be the site for the length of a test that has a database."""
    global _site_now  # noqa: PLW0603
    wants = {"db", "transactional_db", "live_server", "django_db_reset_sequences"} & set(request.fixturenames)
    if not wants and request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    _site_now = True
    _become_site()
    yield
    _site_now = False
    if not connection.in_atomic_block:
        connection.close()


@pytest.fixture
def keeping() -> type[AbstractContextManager[None]]:
    """Be the keeper for a block: `with keeping(): ...`."""
    return _keeping


@pytest.fixture
def enter() -> object:
    """Sign an officer in: `enter(officer)` is a client."""
    from django.test import Client

    def entered(officer, **headers):
        client = Client(headers=headers)
        client.force_login(officer)
        return client

    return entered


@pytest.fixture
def audience() -> object:
    """Make an audience: `audience(owner, "amber", other)` names agencies, none of them is the community."""
    from limen.node.sharing import rules
    from limen.node.sharing.classes import FieldClass
    from limen.node.sharing.markings import Marking

    def made(owner, marking, *agencies, classes=FieldClass.STATISTICAL):
        return rules.Audience(
            owner.pk,
            Marking(marking),
            community=not agencies,
            agencies=frozenset(agency.pk for agency in agencies),
            classes=classes,
        )

    return made


@pytest.fixture
def log(keeping) -> object:
    """Read the audit log as the keeper: a list of (subject, details) of an action."""
    from limen.node.audit.models import Entry

    def read(action):
        with keeping():
            return list(Entry.objects.filter(action=action).order_by("id").values_list("subject", "details"))

    return read


@pytest.fixture
def make() -> object:
    """Make agencies, officers and reports that exist nowhere: `make.agency()`, `make.officer(agency, "counter")`."""
    return _Making()


@pytest.fixture
def stored(monkeypatch):
    """Names of the files that the test stores and does not delete: the folder itself is everybody's."""
    from limen.node.files.storage import EncryptedStorage

    names = set()
    save, delete = EncryptedStorage.save, EncryptedStorage.delete

    def saving(self, *values, **named):
        name = save(self, *values, **named)
        names.add(name)
        return name

    def deleting(self, name):
        delete(self, name)
        names.discard(name)

    monkeypatch.setattr(EncryptedStorage, "save", saving)
    monkeypatch.setattr(EncryptedStorage, "delete", deleting)
    return names


class _Making:
    """What tests are about. Agencies and officers are the keeper's to make, reports their author's."""

    def __init__(self) -> None:
        self._count = 0

    def _next(self) -> int:
        self._count += 1
        return self._count

    def agency(self, **values):
        from limen.node.people.models import Agency

        number = self._next()
        with _keeping():
            return Agency.objects.create(
                **{"code": f"agency-{number}", "name": f"Agency {number}", "country": "UTO"} | values
            )

    def officer(self, agency=None, *roles, **values):
        from limen.node.people.models import Officer

        number = self._next()
        agency = agency or self.agency()
        fields = {"email": f"officer{number}@example.org", "name": f"Officer {number}", "agency": agency}
        with _keeping():
            return Officer.objects.create_user(**fields | {"roles": list(roles or ["counter"])} | values)

    def report(self, officer, **values):
        """Begin a report that lacks nothing for its release."""
        from limen.node.reports.drafting import begin
        from limen.node.sharing.viewer import viewing

        known = {
            "issuer": "UTO",
            "category": "passport",
            "fraud_class": "counterfeit",
            "detected_on": "2026-11-01",
            "detection_country": "THA",
        }
        with viewing(officer.pk):
            return begin(officer, known | values)

    def released(self, officer, audience, second=None, **values):
        """Begin a report and release it to an audience, by two people where two are needed."""
        from limen.node.reports.release import propose
        from limen.node.sharing.models import State
        from limen.node.sharing.releasing import approve
        from limen.node.sharing.viewer import viewing

        report = self.report(officer, **values)
        with viewing(officer.pk):
            release = propose(report, officer, audience, "MoU 1")
        if report.state != State.RELEASED:
            second = second or self.officer(officer.agency, "coordinator")
            with viewing(second.pk):
                approve(report, release, second)
                report.refresh_from_db()
        return report

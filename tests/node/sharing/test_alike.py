"""What does not exist and what may not be seen are answered alike, at every address: the same words by the same work.

The work is held as the statements that the database is asked: a request that asks for something more of what is there
takes longer, and whoever measures long enough learns that it is there. Clocks are for docs/sharing.md.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .addresses import filled, naming
from .hidden import build, staff

pytestmark = pytest.mark.django_db

ROLES = ("coordinator", "counter")
WORDS = {"<slug:doing>": ("propose", "consent", "halt", "end", "nothing"), "<slug:name>": ("text",)}
WAYS = {"api/": (("get", {}), ("patch", {}), ("delete", {}), ("post", {}))}
MOVING = ("Date", "Expires", "Content-Length")
PAGES = (("get", {}), ("post", {"reason": "x", "comment": "x", "text": "x", "title": "x"}))


@pytest.fixture
def hidden(make, keeping):
    """What A and B keep to themselves."""
    return build(make, keeping)


@pytest.fixture
def strangers(make):
    """A browser for each role of an agency that is told of nothing."""
    side = staff(make, "c")
    found = {}
    for role in ROLES:
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(getattr(side, role))
        found[role].get("/")
    return found


def plain(text, names):
    """A text without the names that were asked for, and without what is random in it."""
    for name in names:
        for form in (name, name.lower(), name.replace("-", "")):
            text = re.sub(rf"(?<![0-9A-Za-z]){re.escape(form)}(?![0-9A-Za-z])", "X", text)
    text = re.sub(r'(nonce|csrf\w*|data-csrf|content)=?[-"\'{: ]*[A-Za-z0-9+/=_-]{20,}', "", text)
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", text)
    text = re.sub(r"'nonce-[^']+'|SAVEPOINT \"\w+\"", "", text)
    return re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00)?", "T", text)


def asked(client, way, path, data, names):
    """What comes back, and what the database was asked for it."""
    method, more = getattr(client, way), {}
    if path.startswith("/api/"):
        more = {"content_type": "application/json"} if way != "get" else {}
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as work:
        response = method(path, data, **more)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = [f"{key}: {value}" for key, value in sorted(response.headers.items()) if key not in MOVING]
    texts = [body.decode("utf-8", "replace"), *headers, *(query["sql"] for query in work.captured_queries)]
    return response.status_code, [plain(text, names) for text in texts]


@pytest.mark.parametrize("role", ROLES)
def test_absent_and_forbidden_are_one_answer_by_one_work(hidden, strangers, role):
    """At every address, by every method: status, body, headers and statements are those of a name that nothing has."""
    client, tried = strangers[role], set()
    for route, kind in naming().items():
        words = next((given for piece, given in WORDS.items() if piece in route), ("x",))
        ways = next((given for begin, given in WAYS.items() if route.startswith(begin)), PAGES)
        for there, absent in hidden.names[kind]:
            for word in words:
                for way, data in ways:
                    one, other = (filled(route, *names, word=word) for names in (there, absent))
                    forbidden = asked(client, way, one, data, there)
                    nothing = asked(client, way, other, data, absent)
                    assert forbidden == nothing, (way, one)
                    assert forbidden[0] in (302, 400, 403, 404, 405, 422), (way, one, forbidden[0])
                    tried.add(route)
    assert tried == set(naming())


def test_they_are_there(hidden):
    """The same names are found by who may: otherwise nothing above would have been tried."""
    opened = set()
    for officer in (hidden.a.coordinator, hidden.a.counter, hidden.a.examiner):
        client = Client()
        client.force_login(officer)
        for route, kind in naming().items():
            for there, _absent in hidden.names[kind]:
                response = client.get(filled(route, *there, word="halt"))
                for close in response._resource_closers:  # its own `close` would end the test's transaction, too
                    close()
                opened |= {(kind, there)} if response.status_code in (200, 302) else set()
    every = {(kind, there) for kind, names in hidden.names.items() for there, _absent in names}
    unopened = {kind for kind, _there in every - opened}
    assert unopened <= {"exhibits", "filter"}  # edited while a record is a draft; and forgotten by a form

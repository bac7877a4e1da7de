"""The OpenAPI document is stored, current, valid and complete."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from limen.node.api.document import written
from limen.node.api.site import api
from limen.node.api.wording import FIELDS
from limen.node.reports.fields import BY_NAME

STORED = Path(__file__).parents[3] / "docs" / "openapi.json"
DOCUMENT = json.loads(written())


def test_the_stored_document_is_current():
    """Renew it with `python -m limen.node.api.document docs/openapi.json`."""
    assert STORED.read_text(encoding="utf-8") == written()


def test_the_document_is_valid():
    """By the specification's own schema."""
    validate(DOCUMENT)


def test_every_field_of_a_report_is_described():
    """And none that is no field."""
    assert FIELDS.keys() == BY_NAME.keys()


def test_every_operation_is_described():
    """With words, a name, who may call it, and how it refuses."""
    for path in DOCUMENT["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
            assert operation["operationId"]
            assert [*map(list, operation["security"])] == [["TokenAuth"], ["SessionAuth"]]
            assert {"400", "401", "403", "429"} <= operation["responses"].keys()
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description") or parameter["in"] == "path"


@pytest.mark.django_db
def test_the_document_is_served_and_nothing_else_of_ninjas(client):
    """Interactive pages come from elsewhere and break the content security policy: there are none."""
    assert api.docs_url is None
    assert client.get("/api/v1/openapi.json").json() == DOCUMENT
    assert client.get("/api/v1/docs").status_code in (401, 404)

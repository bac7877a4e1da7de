"""The OpenAPI document, beyond what ninja writes: problems' media type, headers, and which operation follows which.

`python -m limen.node.api.document docs/openapi.json` writes it; a test holds the stored one against the code.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

_FOLLOWING = {
    "getReport": "Read it",
    "changeReport": "Change it while it is a draft",
    "releaseReport": "Release it, or propose to",
    "discardReport": "Discard it while it is a draft",
}


def finished(document: Any) -> Any:
    """Complete what ninja wrote."""
    document["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    document["servers"] = [{"url": "/"}]
    for path in document["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _never_null(parameter["schema"])
                parameter.pop("examples", None)  # they are in the schema, and may not be a list here
            for status, response in operation["responses"].items():
                _finish_response(int(status), response)
    created = document["paths"]["/api/v1/reports"]["post"]["responses"]
    for status in created:
        if int(status) < 300:
            created[status]["headers"] = {"Location": _header("string", "Where the report can be read.")}
            created[status]["links"] = {name: _link(name, words) for name, words in _FOLLOWING.items()}
    return document


def written() -> str:
    """The document as it is stored."""
    from limen.node.api.site import api  # noqa: PLC0415 - that module imports this one

    return json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=1, ensure_ascii=False) + "\n"


def _finish_response(status: int, response: dict[str, Any]) -> None:
    content = response.get("content", {})
    if status >= 400 and "application/json" in content:
        content["application/problem+json"] = content.pop("application/json")
    if status == 401:
        response["headers"] = {"WWW-Authenticate": _header("string", "How to sign a request.")}
    if status == 429:
        response["headers"] = {"Retry-After": _header("integer", "Seconds to wait.")}


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """What an address or header leaves out is not there; it is never null."""
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) != 1:
        return schema
    return {name: value for name, value in schema.items() if name not in ("anyOf", "default")} | options[0]


def _header(kind: str, description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}}


def _link(operation: str, description: str) -> dict[str, Any]:
    return {
        "operationId": operation,
        "parameters": {"reference": "$response.body#/reference"},
        "description": f"{description}.",
    }


def _main() -> None:
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limen.node.settings")
    django.setup()
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    _main()

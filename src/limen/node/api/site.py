"""The interface itself: its operations, and the OpenAPI document that describes them."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from limen.node.api import problems
from limen.node.api.authenticating import SessionAuth, TokenAuth
from limen.node.api.document import finished
from limen.node.api.operations import alerts, images, knowledge, releases, reports
from limen.node.api.reading_json import StrictParser

DESCRIPTION = """Send and read reports of fraudulent travel documents.

Field classes say what a field tells of a person: 0 statistical, 1 document numbers, 2 the bearer, 3 biometric. What a
caller sees of a report follows the report's audience and the caller's scopes; fields of classes that are not seen are
absent, and a report that is not seen answers like one that is not there. docs/api.md has examples.
"""


class LimenAPI(NinjaAPI):
    """Ninja's, with a document that tells of problems as they are told."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Describe the interface."""
        return finished(super().get_openapi_schema(**kwargs))


api = LimenAPI(
    title="Limen",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    auth=[TokenAuth(), SessionAuth()],
    parser=StrictParser(),
)
api.add_router("/reports", reports.router)
api.add_router("/reports", releases.router)
api.add_router("", images.router)
api.add_router("", knowledge.router)
api.add_router("/alerts", alerts.router)
problems.register(api)

"""What an inspection found, in words: its result and each check that counts, for both sides of a request."""

from __future__ import annotations

from typing import Any

from limen.inspection.registry import all_checks
from limen.node.assistance.models import Request
from limen.node.reports.sentences import said
from limen.node.reports.views.verifying import VERDICTS
from limen.node.terms import label


def results_of(request: Request) -> list[dict[str, Any]]:
    """Each document's result."""
    titles = {check.code: check.title for check in all_checks()}
    return [_told(each, titles) for each in request.results if each.get("of") == "document"]


def _told(result: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    look, icon, words = VERDICTS.get(result["verdict"], VERDICTS["undetermined"])
    counted = [each for each in result["checks"] if each["counts"]]
    found = {
        verdict: [said(titles.get(each["code"], each["code"])) for each in counted if each["verdict"] == verdict]
        for verdict in ("failed", "undetermined", "aborted")
    }
    return {
        "look": look,
        "icon": icon,
        "words": words,
        "failed": found["failed"],
        "open": found["undetermined"] + found["aborted"],
        "passed": sum(each["verdict"] == "successful" for each in counted),
        "lights": [label("image_light", each) for each in result["shown"] if each in ("white", "ir", "uv")],
        "chip": result["chip"],
        "pages": result["pages"],
    }

"""Finding case studies in the library: what was asked, and the rows, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from limen.node.casebook import reading
from limen.node.casebook.models import CaseStudy, Difficulty
from limen.node.reports import words
from limen.node.sharing.models import State
from limen.node.terms import normalise

_KINDS = {"issuer": "issuer", "category": "document_category", "fraud_class": "fraud_class", "method": "method"}


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for; empty fields ask for nothing, `state` for what is released."""

    q: str = ""
    issuer: str = ""
    category: str = ""
    fraud_class: str = ""
    method: str = ""
    difficulty: str = ""
    language: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Search:
        """Read a query string; what is not understood is left out."""
        found = {name: str(asked.get(name, "")).replace("\x00", "").strip()[:100] for name in cls.__slots__}
        for name, kind in _KINDS.items():
            try:
                found[name] = normalise.code(kind, found[name]) if found[name] else ""
            except normalise.Unknown:
                found[name] = ""
        if found["difficulty"] not in {str(each) for each in Difficulty.values}:
            found["difficulty"] = ""
        if found["language"] not in dict(settings.LANGUAGES):
            found["language"] = ""
        if found["state"] not in ("draft", "any"):
            found["state"] = ""
        return cls(**found)

    def asked(self) -> dict[str, str]:
        """The conditions that ask for something."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def query(self) -> str:
        """The same as an address holds it."""
        return urlencode(self.asked())

    def rows(self) -> QuerySet[CaseStudy]:
        """What answers, of what the viewer sees."""
        found = reading.cases()
        if self.state == "draft":
            found = found.exclude(state=State.RELEASED)
        elif self.state != "any":
            found = found.filter(state=State.RELEASED)
        for name in ("issuer", "category", "fraud_class", "difficulty", "language"):
            if value := getattr(self, name):
                found = found.filter(**{name: value})
        if self.method:
            found = found.filter(methods__contains=[self.method])
        if self.q:
            asked = words.query(self.q)
            if not asked:
                return found.none()
            found = found.filter(search=SearchQuery(asked, config="simple", search_type="raw"))
        return found.order_by("-released_at", "-updated_at", "-pk")

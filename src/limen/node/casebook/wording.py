"""What full text search finds a case study by: its texts, and the English label of every code in it."""

from __future__ import annotations

from collections.abc import Iterable

from limen.node.casebook.models import CaseStudy
from limen.node.reports.words import folded
from limen.node.terms import label

_KINDS = {"issuer": "issuer", "category": "document_category", "fraud_class": "fraud_class"}


def words_of(case: CaseStudy, steps: Iterable[str] = ()) -> str:
    """Gather the words, each once, as `reports.words` writes them."""
    texts = [case.reference, case.title, case.model_name, case.features, case.lesson, *steps]
    for name, kind in _KINDS.items():
        code = getattr(case, name)
        texts += [code, label(kind, code, "en")] if code else []
    texts += [label("method", code, "en") for code in case.methods]
    return folded(texts)

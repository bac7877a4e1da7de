"""What full text search finds a report by.

PostgreSQL's `simple` configuration splits at spaces, which Thai, Lao, Khmer, Burmese, Chinese and Japanese do not
write. Runs of those scripts are therefore indexed as overlapping pairs of characters, and asked for in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from limen.node.terms import label

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_TOKENS = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_RUN = re.compile(rf"[{_UNSPACED}]")

_KINDS = {
    "issuer": "issuer",
    "category": "document_category",
    "fraud_class": "fraud_class",
    "method": "method",
    "detection_country": "country",
    "place": "place",
    "nationality_claimed": "issuer",
    "nationality_established": "issuer",
    "supply_country": "country",
    "outcome": "outcome",
}


def tokens(text: str) -> Iterator[str]:
    """Split a text into what the index holds: folded words, and pairs of characters where words are not spaced."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    folded = "".join(c for c in decomposed if not 0x300 <= ord(c) <= 0x36F)
    for token in _TOKENS.findall(folded):
        if not _RUN.match(token) or len(token) < 3:
            yield token
        else:
            yield from (token[i : i + 2] for i in range(len(token) - 1))


def folded(texts: Iterable[str]) -> str:
    """Join texts into the words of the index, each once."""
    return " ".join(dict.fromkeys(token for text in texts for token in tokens(text)))


def words_of_report(report: object, legs: Iterable[object] = ()) -> str:
    """Gather what a report is found by: its free text, and the English label of every code in it."""
    texts = [getattr(report, name) for name in ("reference", "model_name", "summary", "supply_place")]
    for name, kind in _KINDS.items():
        code = getattr(report, name)
        texts += [code, label(kind, code, "en")] if code else []
    texts += [label("method", code, "en") for code in getattr(report, "other_methods")]  # noqa: B009
    for leg in legs:
        place, country, carrier = (getattr(leg, name) for name in ("place", "country", "carrier"))
        texts += [place, label("place", place, "en") if place else "", country, carrier, getattr(leg, "service")]  # noqa: B009
    return folded(texts)


def query(text: str) -> str:
    """Turn what somebody typed into a query of `to_tsquery('simple', ...)`: every word, the last as a beginning.

    One or two letters are a word: as a beginning they would stand for half of all words.
    """
    found = list(tokens(text))[:12]
    if not found:
        return ""
    quoted = [f"'{token}'" for token in found]
    if len(found[-1]) > 2 and not _RUN.match(found[-1]) and not text[-1:].isspace():
        quoted[-1] += ":*"
    return " & ".join(quoted)

"""Writing invented reports into the database by COPY, thousands a second, as the keeper.

The triggers stay on: what was not released as the rules want is refused by the database here too, parts inherit their
report's audience, and roll-ups are counted. `bench/node_data.py` shows how to go without them.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db import connection

from limen.node.demo.audiences import Placed
from limen.node.demo.inventing import Invented
from limen.node.reports import words
from limen.node.reports.drafting import number_key
from limen.node.sharing.references import ALPHABET
from limen.node.terms import label

BATCH: Final = 5000
_PLAIN: Final = (
    "issuer", "category", "document_type", "model_name", "model_year", "fraud_class", "method", "detected_on",
    "detection_country", "place", "setting", "line", "nationality_claimed", "nationality_established", "sex",
    "age_band", "facilitated", "summary", "price", "currency", "supply_country", "supply_place", "outcome",
    "source_reliability", "information_credibility",
)  # fmt: skip
"""Columns that hold what the invented report says, under the same name."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "reports_report": (
        "id", "uid", "reference", "owner_id", "author_id", "audience_id", "marking", "state", "released_at",
        "retain_until", "created_at", "updated_at", "words", "other_methods", "means", "companions", "route_origin",
        "route_via", "route_end", *_PLAIN,
    ),
    "reports_leg": (
        "report_id", "owner_id", "author_id", "audience_id", "position", "role", "country", "place", "carrier",
        "service", "on",
    ),
    "reports_documentdetail": (
        "report_id", "owner_id", "author_id", "audience_id", "number", "number_key", "series", "personal_number", "mrz",
        "issued_on", "expires_on",
    ),
    "reports_bearerdetail": (
        "report_id", "owner_id", "author_id", "audience_id", "surname", "given_names", "birth_date", "established_name",
        "facilitator", "narrative", "words",
    ),
    "sharing_release": (
        "kind", "record", "owner_id", "audience_id", "basis", "proposed_by_id", "proposed_at", "decision",
        "decided_by_id", "decided_at", "comment",
    ),
}  # fmt: skip

_ROLES: Final = ("embarkation", "transit", "destination", "final")
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Tokens:
    """Words of the index as `words.words_of_report` gathers them, those of codes remembered."""

    _FIELDS: Final = tuple(words._KINDS.items())

    def __init__(self) -> None:
        self._of_code: dict[tuple[str, str], list[str]] = {}
        self._of_text: dict[str, list[str]] = {}

    def of_report(self, one: Invented) -> str:
        """Gather the words of one report."""
        found: list[str] = list(words.tokens(one.reference))
        for text in (one.model_name, one.summary, one.supply_place):
            found += self._text(text)
        for name, kind in self._FIELDS:
            if code := getattr(one, name):
                found += self._text(code) + self._code(kind, code)
        for method in one.other_methods:
            found += self._code("method", method)
        for leg in one.legs:
            found += self._text(leg.place) + self._code("place", leg.place)
            found += self._text(leg.country) + self._text(leg.carrier) + self._text(leg.service)
        return " ".join(dict.fromkeys(found))

    def _text(self, text: str) -> list[str]:
        if text not in self._of_text:
            self._of_text[text] = list(words.tokens(text))
        return self._of_text[text]

    def _code(self, kind: str, code: str) -> list[str]:
        if (kind, code) not in self._of_code:
            self._of_code[kind, code] = list(words.tokens(label(kind, code, "en") if code else ""))
        return self._of_code[kind, code]


def reserve(count: int) -> int:
    """Take numbers for so many reports from the sequence, and say the first."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_report IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reports_report', 'id'))")
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval(pg_get_serial_sequence('reports_report', 'id'), %s)", [first + count - 1])
    return first


@dataclass(slots=True)
class Writer:
    """Numbers reports, and writes them with their parts and releases, some thousands at a time."""

    rng: random.Random
    place: Callable[[random.Random, Invented], Placed]
    reserve: Callable[[int], int] = reserve
    """Takes numbers for so many reports, and says the first."""
    initials: str = ALPHABET
    """With which references begin: several writers at once take different ones."""
    taken: set[str] = field(default_factory=set)
    tokens: Tokens = field(default_factory=Tokens)

    def write(self, reports: Iterable[Invented], batch: int = BATCH) -> Iterator[list[tuple[int, Invented]]]:
        """Write all; give each batch back as it has been written, with its numbers."""
        source = iter(reports)
        while some := list(islice(source, batch)):
            yield list(zip(self._copy(some), some, strict=True))

    def _copy(self, some: Sequence[Invented]) -> range:
        first = self.reserve(len(some))
        lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        for number, one in enumerate(some, start=first):
            self._add(lines, number, one, self.place(self.rng, one))
        with connection.cursor() as cursor:
            for table, columns in COLUMNS.items():
                names = ", ".join(f'"{column}"' for column in columns)
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    copy.write("".join(lines[table]))
        return range(first, first + len(some))

    def _add(self, lines: dict[str, list[str]], number: int, one: Invented, placed: Placed) -> None:
        one.reference = self._reference(placed.created_at)
        whose = (number, placed.owner, placed.author, placed.audience)
        lines["reports_report"].append(_line(self._report(number, one, placed)))
        lines["reports_leg"] += [_line((*whose, at, *leg)) for at, leg in enumerate(one.legs)]
        if (paper := one.document) is not None:
            row = (paper.number, number_key(paper.number), *paper[1:])
            lines["reports_documentdetail"].append(_line((*whose, *row)))
        if (who := one.bearer) is not None:
            told = words.folded((who.surname, who.given_names, who.established_name, who.facilitator, who.narrative))
            lines["reports_bearerdetail"].append(_line((*whose, *who, told)))
        for made in placed.proposals:
            lines["sharing_release"].append(_line(("reports", number, placed.owner, *made)))

    def _report(self, number: int, one: Invented, placed: Placed) -> tuple[Any, ...]:
        return (
            number,
            uuid.UUID(int=self.rng.getrandbits(128), version=4),
            one.reference,
            placed.owner,
            placed.author,
            placed.audience,
            placed.marking,
            placed.state,
            placed.released_at,
            placed.retain_until,
            placed.created_at,
            placed.released_at or placed.created_at,
            self.tokens.of_report(one),
            _array(one.other_methods),
            _array(one.means),
            json.dumps(one.companions),
            *_ends(one),
            *(getattr(one, name) for name in _PLAIN),
        )

    def _reference(self, begun: datetime.datetime) -> str:
        while True:
            drawn = self.rng.choice(self.initials) + "".join(self.rng.choices(ALPHABET, k=7))
            reference = f"R{begun:%y}-{drawn[:4]}-{drawn[4:]}"
            if reference not in self.taken:
                self.taken.add(reference)
                return reference


def _ends(one: Invented) -> tuple[str, str, str]:
    """The ends of the route as the database derives them from the legs (reports/migrations/sql/0006_routes.sql)."""
    places = {role: [leg.place or leg.country for leg in one.legs if leg.role == role] for role in _ROLES}
    ends = places["destination"] or places["final"]
    return (*places["embarkation"][:1], "")[0], ["", *places["transit"]][-1], ["", *ends][-1]


def _array(codes: Sequence[str]) -> str:
    return "{" + ",".join(codes) + "}"


def _line(values: Iterable[Any]) -> str:
    """Write a row as COPY reads it; few hold anything to escape, so that is looked for once a row."""
    texts = [None if value is None else str(value) for value in values]
    if _SPECIAL.search("".join(text for text in texts if text)):
        texts = [text and text.translate(_ESCAPED) for text in texts]
    return "\t".join(["\\N" if text is None else text for text in texts]) + "\n"

"""An answer in words, for its page and for the report alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from limen.node.assistance import scale
from limen.node.assistance.answers import Answer, Bearer, Document, Outcome, Source
from limen.node.assistance.models import Request
from limen.node.exhibits import showing
from limen.node.terms import label


@dataclass(frozen=True, slots=True)
class Opinion:
    """One conclusion in words."""

    asked: str
    degree: int | None
    words: str
    pair: scale.Pair
    note: str

    @property
    def steps(self) -> list[tuple[int, bool]]:
        """The places of the scale from A to B, and which of them is the opinion's."""
        return [(step, step == self.degree) for step in range(scale.STRONGEST, -scale.STRONGEST - 1, -1)]


@dataclass(frozen=True, slots=True)
class Places:
    """What was marked on one picture, numbered through the whole answer."""

    picture: showing.Picture
    regions: list[dict[str, Any]]

    @property
    def regions_json(self) -> str:
        """The marked places as the viewer reads them."""
        return json.dumps([each | {"label": str(each["number"]), "text": each["told"]} for each in self.regions])


@dataclass(frozen=True, slots=True)
class Told:
    """A whole answer in words."""

    answer: Answer
    title: str
    opinions: list[Opinion]
    places: list[Places]
    methods: list[str]
    signatures: list[str]


def told(answer: Answer, pictures: Sequence[showing.Picture]) -> Told:
    """Say an answer; marked places are shown on those pictures that may be shown."""
    return Told(
        answer=answer,
        title=_("Supplement %(number)d") % {"number": answer.number - 1} if answer.is_supplement else _("Opinion"),
        opinions=opinions(answer),
        places=places(answer, pictures),
        methods=[str(scale.Method(code).label) for code in scale.Method.values if code in answer.methods],
        signatures=signatures(answer),
    )


def opinions(answer: Answer) -> list[Opinion]:
    """The conclusions in the order of the questions."""
    found = {each.asked: each for each in answer.conclusions.all()}
    return [
        Opinion(
            str(asked.label),
            found[asked].degree,
            scale.words(found[asked].degree),
            scale.STATEMENTS[asked],
            found[asked].note,
        )
        for asked in map(scale.Asked, scale.Asked.values)
        if asked in found
    ]


def places(answer: Answer, pictures: Sequence[showing.Picture]) -> list[Places]:
    """The marked places, picture by picture."""
    marked = {each.exhibit: each.regions for each in answer.marked.all()}
    found, number = [], 0
    for picture in pictures:
        regions = []
        for region in marked.get(picture.exhibit.uid, []):
            number += 1
            regions.append(region | {"number": number, "told": _told(region)})
        if regions:
            found.append(Places(picture, regions))
    return found


def signatures(answer: Answer) -> list[str]:
    """Who signed, by agency and function: an officer's name is the agency's own to tell."""
    if not answer.is_signed or answer.signed_at is None:
        return []
    when = date_format(timezone.localtime(answer.signed_at), "DATETIME_FORMAT")
    told = {"agency": answer.agency.name, "when": when}
    found = [_("Signed by a document examiner of %(agency)s, %(when)s") % told]
    if answer.second_by_id is not None:
        found.append(_("Signed by a second document examiner of the same agency"))
    return found


def facts(request: Request) -> list[tuple[str, str]]:
    """Label and value of what the report is about."""
    document = (
        request.issuer and label("issuer", request.issuer),
        request.category and label("document_category", request.category),
        request.model_name,
    )
    found = [
        (_("Asked by"), request.owner.name),
        (_("Examined by"), request.asked.name),
        (_("Document"), ", ".join(part for part in document if part)),
    ]
    if request.sent_at is not None:
        found.append((_("Asked on"), date_format(timezone.localtime(request.sent_at), "DATETIME_FORMAT")))
    return [(name, value) for name, value in found if value]


def _told(region: dict[str, Any]) -> str:
    named = label("region_property", region["label"]) if region.get("label") else ""
    return ": ".join(part for part in (named, region.get("text", "")) if part)


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """What came of it, in words."""

    row: Outcome
    facts: list[tuple[str, str]]
    truths: list[tuple[str, str]]
    """Question, and the statement that turned out to be true."""


def outcome(row: Outcome) -> ToldOutcome:
    """Say what the asker fed back."""
    facts = [
        (_("The document"), str(Document(row.document).label)),
        (_("The bearer"), str(Bearer(row.bearer).label)),
        (_("Found out by"), str(Source(row.source).label)),
    ]
    truths = [
        (str(asked.label), str(getattr(scale.STATEMENTS[asked], row.truths[asked])))
        for asked in map(scale.Asked, scale.Asked.values)
        if row.truths.get(asked) in ("a", "b")
    ]
    return ToldOutcome(row, facts, truths)

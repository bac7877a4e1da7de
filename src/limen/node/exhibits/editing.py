"""What the pages show to whoever edits a record's exhibits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from limen.node.exhibits import adding, fitting, showing
from limen.node.exhibits.holders import holder_of, kind_of
from limen.node.exhibits.models import Exhibit, Role
from limen.node.exhibits.reading import exhibits_of
from limen.node.people.models import Officer
from limen.node.reports.models import Image, Report
from limen.node.sharing import policy
from limen.node.sharing.models import Shareable, State
from limen.node.terms import choices


@dataclass(frozen=True, slots=True)
class Card:
    """One exhibit to be edited."""

    picture: showing.Picture
    others: list[showing.Picture]
    """What it may be compared with."""
    source: Report | None
    """The report that it was taken from, where the officer sees it."""

    @property
    def exhibit(self) -> Exhibit:
        """The row."""
        return self.picture.exhibit

    @property
    def is_recalled(self) -> bool:
        """Whether its source, a report of the own agency, was recalled: for the agency to judge what that means."""
        return self.source is not None and not self.exhibit.is_foreign and self.source.state == State.RECALLED


@dataclass(frozen=True, slots=True)
class Offer:
    """A picture of a report that could be taken."""

    image: Image
    alt: str
    is_taken: bool


def editor_of(record: Shareable, officer: Officer, reference: str = "") -> dict[str, Any]:
    """All that `exhibits/editor.html` shows. `reference`: a report whose pictures are asked for."""
    holder = holder_of(kind_of(record))
    offers = [(report, offers_of(record, report, officer)) for report in holder.reports(record)]
    return {
        "record": record,
        "kind": holder.kind,
        "cards": cards(record),
        "offered": [(report, pictures) for report, pictures in offers if pictures],
        "reference": reference,
        "most": adding.MOST,
        **lists(),
    }


def cards(record: Shareable) -> list[Card]:
    """The exhibits of a record, to be edited."""
    shown = [showing.picture(number, each) for number, each in enumerate(exhibits_of(record), start=1)]
    return [
        Card(each, [other for other in shown if other is not each], fitting.source_of(each.exhibit)) for each in shown
    ]


def card(exhibit: Exhibit, record: Shareable) -> Card:
    """One of them."""
    return next(each for each in cards(record) if each.exhibit.pk == exhibit.pk)


def lists() -> dict[str, Any]:
    """What is chosen from."""
    return {"lights": choices("image_light"), "subjects": choices("image_subject"), "roles": Role.choices}


def offers_of(record: Shareable, report: Report, officer: Officer) -> list[Offer]:
    """The pictures of a report that could be taken into a record; none where the report lets nothing be taken."""
    if not adding.may_take(report, officer):
        return []
    taken = set(exhibits_of(record).exclude(source_image=None).values_list("source_image", flat=True))
    images = policy.visible(Image.objects.filter(report=report, masks_confirmed=True))
    return [
        Offer(each, showing.described(each, number), each.uid in taken) for number, each in enumerate(images, start=1)
    ]

"""Making a brief: who may, what it holds, and that it was made."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.sharing.copying import marked_at_most
from limen.node.trends import counting
from limen.node.trends.briefing import as_pdf
from limen.node.trends.briefing.asking import Wanted
from limen.node.trends.briefing.gathering import gather
from limen.node.trends.counting import Asked


@dataclass(frozen=True, slots=True)
class Made:
    """A brief as a file."""

    name: str
    pdf: bytes


def make(wanted: Wanted, officer: Officer) -> Made:
    """Make a brief of what the officer sees and its marking lets it hold.

    It is counted for the one who looks (`sharing.viewer`), so nobody gets more by it than charts show them anyway.
    """
    with transaction.atomic():
        with marked_at_most(wanted.marking):
            brief = gather(wanted, officer)
        pdf = as_pdf.write(brief)
        log("trends.brief_made", details={**_told(wanted), "count": brief.count})
    return Made(_name(wanted), pdf)


def _name(wanted: Wanted) -> str:
    return "-".join(["limen-brief", *wanted.about.values(), f"{wanted.month:%Y-%m}"]).lower() + ".pdf"


def _told(wanted: Wanted) -> dict[str, str]:
    return {
        **wanted.about,
        "since": wanted.since.isoformat(),
        "until": wanted.until.isoformat(),
        "marking": wanted.marking.value,
    }


def counted(wanted: Wanted) -> tuple[int, int]:
    """How many reports the brief would count, and how many its maker sees that its marking leaves out."""
    asked = Asked(wanted.search, "month", *wanted.span)
    with marked_at_most(wanted.marking):
        held = counting.series(asked).total
    return held, counting.series(asked).total - held

"""The quality gate of a request: what is missing or poor in its pictures, and what to do before it is sent.

It advises: whoever sends all the same says why. The limits are those of `limen verify` (`limen.inspection.gate`), for
comparing line work, which is what another agency's examiner is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from limen.inspection.gate import ARTWORK_EDGE_MM, ARTWORK_PPI, OUTSIDE_SHARE
from limen.node.assistance.measuring import LIGHTS, PAGES
from limen.node.assistance.models import Request
from limen.node.assistance.reading import report_of
from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.reading import exhibits_of

LONGEST_PAGE_INCHES = 125 / 25.4
"""Of a passport's data page; of a card it is less, so that a picture of this many pixels shows a card better."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that could be better, in a sentence that says what to do."""

    sentence: str
    counts: bool = True
    """Whether sending without it takes a reason."""


def advice(request: Request) -> list[Advice]:
    """Say what could be better, the gravest first; nothing where the pictures are as an examiner needs them."""
    left = list(_left_behind(request))
    shown = [each for each in exhibits_of(request) if not each.is_reference]
    if not shown:
        return [
            Advice(_("There is no picture: add the page in white, infrared and ultraviolet light."), counts=False),
            *left,
        ]
    figures = {each["exhibit"]: each for each in request.results if each.get("of") == "picture"}
    found = list(_lights(shown))
    for number, exhibit in enumerate(shown, start=1):
        found += [
            Advice(_("Picture %(number)d: %(fault)s") % {"number": number, "fault": fault})
            for fault in _faults(exhibit, figures.get(str(exhibit.uid)))
        ]
    return found + list(_chip(request)) + left


def _lights(shown: list[Exhibit]) -> Iterator[Advice]:
    there = {each.light for each in shown}
    if there.isdisjoint(LIGHTS):
        yield Advice(_("There is no picture in white light: take the page flat, sharp and without glare."))
    if "uv" not in there:
        yield Advice(_("There is no ultraviolet picture: take the same page under 365 nm in a darkened place."))
    if "ir" not in there:
        yield Advice(_("There is no infrared picture: take the same page in a document reader."))


def _faults(exhibit: Exhibit, figures: dict[str, Any] | None) -> Iterator[str]:
    if exhibit.light not in LIGHTS or exhibit.subject not in PAGES:
        return
    if figures is None:
        most = max(exhibit.width, exhibit.height) / LONGEST_PAGE_INCHES
        if most < ARTWORK_PPI:
            yield _coarse(most)
    elif not figures["found"]:
        yield _("no page is found in it: show the whole page, upright and in focus.")
    else:
        yield from _poor(figures)


def _poor(figures: dict[str, Any]) -> Iterator[str]:
    if figures["ppi"] < ARTWORK_PPI:
        yield _coarse(figures["ppi"])
    if figures["edge_mm"] is not None and figures["edge_mm"] > ARTWORK_EDGE_MM:
        yield _("its print is not sharp: hold the document still and in focus.")
    if figures["glare"]:
        yield _("glare hides print: turn the document or the lamp.")
    if figures["outside"] > OUTSIDE_SHARE:
        yield _("the page is cut off: show all of it.")


def _coarse(ppi: float) -> str:
    return _("%(ppi)d pixels per inch are too few, %(needed)d are needed: move closer, or scan it.") % {
        "ppi": ppi,
        "needed": ARTWORK_PPI,
    }


def _chip(request: Request) -> Iterator[Advice]:
    told = [each for each in request.results if each.get("of") == "document"]
    if any("chip" in each.get("not_shown", []) for each in told):
        yield Advice(_("The chip was not read: read it, if the document has one."), counts=False)


def _left_behind(request: Request) -> Iterator[Advice]:
    """Pictures of the report that were not copied, since nobody has confirmed their masks."""
    report = report_of(request)
    if report and (count := report.images.filter(masks_confirmed=False).count()):
        told = _("Pictures of the report that stay behind until their masks are confirmed there: %(count)d.")
        yield Advice(told % {"count": count}, counts=False)

"""What the worker does for the demonstration while the first pages are open: pictures, alerts, case studies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from procrastinate.contrib.django import app

from limen.node.demo.inventing import Invented
from limen.node.demo.stories import LABEL, OUTBREAK

SHOWN: Final = {OUTBREAK: "demo-thailand", LABEL: "demo-vietnam"}
"""Whose report of a story gives the pictures of its alert and case study, where there is one."""


PARTS: Final = {
    "subscriptions": "",
    OUTBREAK: OUTBREAK,
    LABEL: LABEL,
    "alerts": "",
    **dict.fromkeys(("photograph", "date", "paper", "glow", "ground", "inkjet"), ""),
    "practice": "",
    "agreements": "",
}
"""What officers made of the reports, part by part, and the story of which a part shows a report (`making.py`)."""


@app.task(name="limen.node.demo.draw", lock="demo.pictures")
def draw(report: int, category: str, method: str, seed: int, story: str) -> None:
    """Draw the pictures of one report."""
    from limen.node.demo.picturing import picture  # noqa: PLC0415 - the site needs no specimens

    picture(report, category, method, seed, story)


@app.task(name="limen.node.demo.tell", lock="demo.pictures")
def tell(part: str, report: dict[str, Any]) -> None:
    """Tell one part of what officers made of the reports; `report` is a story's, as `draw` takes it."""
    from limen.node.demo import making  # noqa: PLC0415 - the site needs no specimens

    making.tell(part, report)


def put_off(reports: Iterable[tuple[int, Invented]]) -> None:
    """Leave the rest to the worker: what officers made of the stories first, then all pictures, the newest first."""
    wanted = [(one, _job(number, one)) for number, one in reports if one.specimen is not None]
    newest = [pair for pair in reversed(wanted) if pair[0].story]
    if newest:
        shown = {story: _shown(newest, story) for story in SHOWN}
        tell.batch_defer(*({"part": part, "report": shown.get(story, {})} for part, story in PARTS.items()))
    draw.batch_defer(*(job for _one, job in reversed(wanted)))


def _shown(newest: list[tuple[Invented, dict[str, Any]]], story: str) -> dict[str, Any]:
    """The newest report of a story by the agency that tells it; else the newest of all."""
    told = [pair for pair in newest if pair[0].story == story]
    return next((job for one, job in told if one.site == SHOWN[story]), told[0][1])


def _job(number: int, one: Invented) -> dict[str, Any]:
    return {"report": number, "category": one.category, "method": one.method, "seed": one.specimen, "story": one.story}

"""What the worker does for the demonstration: draw the pictures, while the first pages are already open."""

from __future__ import annotations

from collections.abc import Iterable

from procrastinate.contrib.django import app

from limen.node.demo.inventing import Invented


@app.task(name="limen.node.demo.draw", lock="demo.pictures")
def draw(report: int, category: str, method: str, seed: int, story: str) -> None:
    """Draw the pictures of one report."""
    from limen.node.demo.picturing import picture  # noqa: PLC0415 - the site needs no specimens

    picture(report, category, method, seed, story)


def put_off(reports: Iterable[tuple[int, Invented]]) -> None:
    """Leave the drawing to the worker, the newest report first."""
    wanted = [
        {"report": number, "category": one.category, "method": one.method, "seed": one.specimen, "story": one.story}
        for number, one in reports
        if one.specimen is not None
    ]
    draw.batch_defer(*reversed(wanted))

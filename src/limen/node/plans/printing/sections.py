"""Tables that the paper of a plan holds beside its own: each registers a function, as `plans.parts` does for the page.

sections.register("days", table, order=40)        table(plan, officer) -> Section, or None
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from limen.node.people.models import Officer
from limen.node.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Section:
    """A table: its title, the names of its columns, and its rows in words."""

    title: str
    columns: list[str]
    rows: list[list[str]]


Make = Callable[[Plan, Officer], Section | None]

_SECTIONS: dict[str, tuple[int, Make]] = {}


def register(name: str, make: Make, *, order: int = 50) -> None:
    """Make a table known, once, as its app is made ready."""
    _SECTIONS[name] = (order, make)


def of(plan: Plan, officer: Officer) -> list[Section]:
    """The tables of a plan, as far as who prints it may see what is in them; empty ones are left out."""
    made = [
        make(plan, officer)
        for _name, (_order, make) in sorted(_SECTIONS.items(), key=lambda each: (each[1][0], each[0]))
    ]
    return [section for section in made if section is not None and section.rows]

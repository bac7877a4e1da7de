"""Sections that the page of a plan is made of: each registers a function, which says nothing where there is nothing.

    parts.register("chart", render, order=40)        render(request, plan) -> markup, or ""

`render` is asked for every plan that the viewer sees, a partner that has not joined yet among them: what it reads must
be what row-level security lets this viewer read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from limen.node.plans.models import Plan

Render = Callable[[HttpRequest, Plan], str]


@dataclass(frozen=True, slots=True)
class Part:
    """One section, and where it stands among the others."""

    name: str
    render: Render
    order: int
    aside: bool
    """Whether it stands at the side."""


_PARTS: dict[str, Part] = {}


def register(name: str, render: Render, *, order: int = 50, aside: bool = False) -> None:
    """Make a section known, once, as its app is made ready."""
    _PARTS[name] = Part(name, render, order, aside)


def rendered(request: HttpRequest, plan: Plan, *, aside: bool = False) -> list[str]:
    """The sections of a plan for who asks, in their order."""
    chosen = sorted((part for part in _PARTS.values() if part.aside == aside), key=lambda part: (part.order, part.name))
    return [markup for part in chosen if (markup := part.render(request, plan))]

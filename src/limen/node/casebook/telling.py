"""A case study in words: its steps with light, tool and place, and what is known of the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from limen.node.casebook import fields
from limen.node.casebook.models import CaseStudy, Step
from limen.node.exhibits import showing
from limen.node.terms import label


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step, and where it leads on which picture."""

    step: Step
    light: str
    tool: str
    picture: showing.Picture | None
    region: int | None
    """Which marked place of the picture, from 0; None for the picture as a whole."""
    place: str
    """Picture and marked place in words; empty where the step names none that may be shown."""


def steps(case: CaseStudy) -> list[ToldStep]:
    """The steps in their order."""
    pictures = {each.exhibit.uid: each for each in showing.pictures(case)}
    return [_step(step, pictures.get(step.exhibit) if step.exhibit else None) for step in case.steps.all()]


def places(case: CaseStudy) -> list[tuple[str, str]]:
    """Each picture and each marked place: the value by which a step names it, and how it is called."""
    found = []
    for picture in showing.pictures(case):
        uid = str(picture.exhibit.uid)
        found.append((uid, place_words(picture, None)))
        found += [(f"{uid}:{number}", place_words(picture, number)) for number in range(len(picture.regions))]
    return found


def place_words(picture: showing.Picture, region: int | None) -> str:
    """Say which picture, and which marked place on it."""
    named = _("Picture %(number)d") % {"number": picture.number}
    whole = ", ".join(dict.fromkeys(part for part in (named, picture.subject, picture.name) if part))
    if region is None:
        return whole
    marked = picture.regions[region]
    told = marked["label"] or marked["text"] or str(region + 1)
    return f"{whole}: {told}"


def value_of(step: Step) -> str:
    """Picture and marked place of a step as the form sends them."""
    if step.exhibit is None:
        return ""
    return str(step.exhibit) if step.region is None else f"{step.exhibit}:{step.region}"


def facts(case: CaseStudy) -> list[tuple[str, str]]:
    """Label and value of what is known, but for title, features and lesson, which stand by themselves."""
    apart = {"title", "features", "lesson"}
    told = [(field, fields.told(field, getattr(case, field.name))) for field in fields.FIELDS]
    return [
        (field.label[:1].upper() + field.label[1:], value) for field, value in told if value and field.name not in apart
    ]


def _step(step: Step, picture: showing.Picture | None) -> ToldStep:
    region = step.region
    if picture is None or region is None or region >= len(picture.regions):
        region = None
    return ToldStep(
        step,
        label("image_light", step.light) if step.light else "",
        label("detection_means", step.tool) if step.tool else "",
        picture,
        region,
        place_words(picture, region) if picture else "",
    )


def known(case: CaseStudy) -> dict[str, Any]:
    """What page and print say of a case study alike."""
    return {"case": case, "facts": facts(case), "steps": steps(case)}

"""Pictures of alerts and case studies: taken from the stories' reports, or of specimens, each beside its reference.

A reference is the same document, drawn from the same seed without the fraud and captured from the same place, so that
slider and blinking show the fraud and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from limen.node.demo import persons, picturing
from limen.node.exhibits import adding, changing
from limen.node.exhibits.models import Exhibit, Role
from limen.node.images import intake
from limen.node.images.masks import masks_to_json
from limen.node.people.models import Officer
from limen.node.reports.models import Report
from limen.specimen import Capture, Light, Specimen, capture, falsified, render

SUBJECTS = {"visa_label": "visa_page"}
"""What a picture of a kind of document shows; of all others it is the data page."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that shows the fraud: millimetres of the page (left, top, width, height), or the name of an entry."""

    where: Box | str
    label: str
    text: str
    room: float = 0.8


@dataclass(frozen=True, slots=True)
class Scene:
    """A document as it was found, and what is marked on it in each light."""

    category: str
    seed: int
    places: Mapping[str, tuple[Place, ...]]
    """By light. Lights in which nothing is marked are shown too, where they stand here."""
    frauds: tuple[str, ...] = ()
    shown: Collection[str] = ()
    """Entries that are not masked: what was altered, where that tells of nobody."""
    portrait_mm: float = 1.4
    """Room of the mask around the portrait; below zero its rim is in sight."""

    @property
    def subject(self) -> str:
        """What its pictures show."""
        return SUBJECTS.get(self.category, "data_page")


@dataclass(frozen=True, slots=True)
class Pair:
    """What was found in one light, and the reference."""

    found: Exhibit
    reference: Exhibit


def of_specimen(record: Any, officer: Officer, scene: Scene, captions: Mapping[str, str]) -> dict[str, Pair]:
    """Add what was found and the reference, in each light of the scene."""
    made = _drawn(scene)
    pairs = {}
    for position, light in enumerate(_lights(scene), start=1):
        seen = _seen(made, scene.seed, position, light)
        found = _uploaded(record, officer, scene, seen)
        changing.set_regions(found, officer, _regions(scene, seen))
        pairs[light.value] = _paired(record, officer, scene, found, captions)
    return pairs


def of_report(
    record: Any, officer: Officer, report: Report, scene: Scene, captions: Mapping[str, str]
) -> dict[str, Pair]:
    """Take the pictures of a report of a story, and add the reference to each."""
    pairs = {}
    for position, light in enumerate(_lights(scene), start=1):
        found = adding.take(record, officer, report.images.get(light=light.value))
        seen = _seen(_unfalsified(scene), scene.seed, position, light)
        if scene.places[light.value]:
            changing.set_regions(found, officer, _regions(scene, seen))
        pairs[light.value] = _paired(record, officer, scene, found, captions)
    return pairs


def _paired(record: Any, officer: Officer, scene: Scene, found: Exhibit, captions: Mapping[str, str]) -> Pair:
    """Add the reference to what was found, in the same light."""
    light = Light(found.light)
    position = _lights(scene).index(light) + 1
    reference = _uploaded(record, officer, scene, _seen(_unfalsified(scene), scene.seed, position, light))
    told = {"role": str(Role.REFERENCE), "caption": captions["reference"], "subject": scene.subject}
    changing.describe(reference, officer, told)
    told = {"caption": captions[light.value], "compared_with": str(reference.uid), "subject": scene.subject}
    changing.describe(found, officer, told)
    return Pair(found, reference)


def _lights(scene: Scene) -> list[Light]:
    return [light for light in (Light.WHITE, Light.UV) if light.value in scene.places]


def _unfalsified(scene: Scene) -> Specimen:
    return _drawn(replace(scene, frauds=()))


def _drawn(scene: Scene) -> Specimen:
    recipe = replace(persons.specimen(scene.category, scene.seed, picturing.PPI), lights=(Light.WHITE, Light.UV))
    for fraud in scene.frauds:
        recipe = falsified(recipe, fraud, scene.seed)
    return render(recipe)


def _seen(made: Specimen, seed: int, position: int, light: Light) -> Capture:
    return capture(made, seed + position, "reader", light=light, ppi=picturing.PPI)


def _uploaded(record: Any, officer: Officer, scene: Scene, seen: Capture) -> Exhibit:
    """Upload a picture, and confirm the masks that hide its persons."""
    data = intake.encode(seen.image).data
    (exhibit,) = adding.upload(record, officer, data, seen.light.value, scene.subject)
    masks = picturing.masks_of(seen, scene.shown, scene.portrait_mm)
    return changing.set_masks(exhibit, officer, masks_to_json(masks))


def _regions(scene: Scene, seen: Capture) -> list[dict[str, Any]]:
    found = []
    for place in scene.places[seen.light.value]:
        if isinstance(place.where, str):
            item = seen.truth.field(place.where)
            assert item is not None, place.where
            corners: Any = item.quad
        else:
            corners = picturing.on_page(seen, place.where)
        found.append(picturing.region(seen, corners, place.label, place.text, place.room))
    return found

"""What of a case study can be practised: its pictures, paired light by light with the reference.

A *scene* is one subject (the data page, say): what was found, in one light or several, and the reference. Both sides
are shown in the same lights, in the same order and on canvases of the same size, so that none of these tells which it
is. Without a reference in any light in which something is marked, the scene is practised for place only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from limen.node.casebook.models import CaseStudy
from limen.node.casebook.practice.scoring import Box
from limen.node.exhibits.models import Exhibit
from limen.node.sharing import policy
from limen.node.terms.registry import words

ALIKE = 0.02
"""By how much the shapes of two pictures may differ that are taken to show the same cut."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One subject of a case study: pairs of what was found and the reference, a pair a light."""

    case: int
    pairs: tuple[tuple[Exhibit, Exhibit | None], ...]

    @property
    def two_sided(self) -> bool:
        """Whether the reference can be shown in its place."""
        return all(reference is not None for _found, reference in self.pairs)


def scenes_of(cases: Iterable[CaseStudy]) -> dict[int, list[Scene]]:
    """The scenes of each case study that has any, for whoever looks."""
    rows = Exhibit.objects.filter(
        kind=CaseStudy._meta.app_label,
        record__in=[case.pk for case in cases],
        masks_confirmed=True,
        withheld=False,
    )
    by_case: dict[int, list[Exhibit]] = {}
    for exhibit in policy.visible(rows):
        by_case.setdefault(exhibit.record, []).append(exhibit)
    found = {case: list(_scenes(case, exhibits)) for case, exhibits in by_case.items()}
    return {case: scenes for case, scenes in found.items() if scenes}


def regions_of(found: Exhibit, others: Iterable[Exhibit]) -> list[Box]:
    """Where the fraud shows on a picture: its own regions, and those of its other lights in the same cut."""
    alike = [each for each in others if abs(_shape(each) / _shape(found) - 1) <= ALIKE]
    return [
        Box(region["x"], region["y"], region["w"], region["h"])
        for each in (found, *(each for each in alike if each.pk != found.pk))
        for region in each.regions
    ]


def _shape(exhibit: Exhibit) -> float:
    return exhibit.width / max(exhibit.height, 1)


def _scenes(case: int, exhibits: list[Exhibit]) -> Iterable[Scene]:
    """A scene a subject, of what was found in it."""
    numbered = {each.pk: each for each in exhibits}
    subjects: dict[str, list[Exhibit]] = {}
    for each in exhibits:
        if not each.is_reference:
            subjects.setdefault(each.subject or f"#{each.pk}", []).append(each)
    for found in subjects.values():
        if not any(each.regions for each in found):
            continue
        lights = _by_light(found)
        references = {light: _reference(each, exhibits, numbered) for light, each in lights.items()}
        pairs = tuple((each, references[light]) for light, each in lights.items())
        both = tuple(pair for pair in pairs if pair[1] is not None)
        if not any(each.regions for each, _reference in both):
            both = tuple((each, None) for each, _reference in pairs)
        yield Scene(case, both)


def _by_light(exhibits: list[Exhibit]) -> dict[str, Exhibit]:
    """One picture a light, that with marked places before others; lights in the order of the taxonomy."""
    order = {code: number for number, code in enumerate(words("image_light"))}
    chosen: dict[str, Exhibit] = {}
    for each in sorted(exhibits, key=lambda each: (order.get(each.light, len(order)), not each.regions, each.position)):
        chosen.setdefault(each.light, each)
    return chosen


def _reference(found: Exhibit, exhibits: list[Exhibit], numbered: dict[int, Exhibit]) -> Exhibit | None:
    """The reference in the same light: that which was named, else one of the same subject."""
    named = numbered.get(found.compared_with_id or 0)
    if named is not None and named.is_reference and named.light == found.light:
        return named
    subject = found.subject or (named.subject if named else "")
    alike = (each for each in exhibits if each.is_reference and each.light == found.light)
    return next((each for each in alike if subject and each.subject == subject), None)

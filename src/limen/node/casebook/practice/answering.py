"""Taking an officer's answer: judged once, and kept for that officer alone. It is recorded in no log."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.casebook.models import Question
from limen.node.casebook.practice import drawing, scoring
from limen.node.casebook.practice.asking import Asked
from limen.node.casebook.practice.scenes import regions_of
from limen.node.casebook.practice.scoring import Box
from limen.node.people.models import Officer
from limen.node.web.errors import Invalid, Refused


def answer(
    asked: Asked, officer: Officer, objects: bool | None, picture: int = 0, place: Box | None = None
) -> Question:
    """Judge an answer: whether the officer objects, and where on which picture (shares of its canvas).

    Where the question is of place only, `objects` does not count. Raises `Invalid`, and `Refused` for a second answer.
    """
    if not 0 <= picture < len(asked.pairs):
        picture = 0
    if asked.question.two_sided and objects is None:
        raise Invalid(_("Say whether anything speaks against it."), field="objects")
    if (objects or not asked.question.two_sided) and place is None:
        raise Invalid(_("Mark the place, or choose the field of the grid that it lies in."), field="place")
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=asked.question.pk, officer=officer)
        if question.answered_at is not None:
            raise Refused(_("This question was answered already."))
        question.answered_at = timezone.now()
        question.objected = objects if question.two_sided else None
        question.right = objects == question.shows_fraud if question.two_sided else None
        if place is not None and question.objected is not False:
            question.place = {"picture": picture, **_as_json(place)}
            question.hit = _hits(asked, picture, place) if question.shows_fraud else None
        question.save(update_fields=["answered_at", "objected", "right", "place", "hit"])
    return question


def _hits(asked: Asked, picture: int, place: Box) -> bool:
    one, other = asked.pairs[picture]
    regions = regions_of(one, [found for found, _reference in asked.pairs])
    return scoring.hits(place.within(drawing.frame(one, other)), regions)


def _as_json(place: Box) -> dict[str, float]:
    return {"x": round(place.x, 5), "y": round(place.y, 5), "w": round(place.w, 5), "h": round(place.h, 5)}

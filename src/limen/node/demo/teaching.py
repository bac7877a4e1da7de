"""The case studies of the demonstration, and an officer who practises with them."""

from __future__ import annotations

import datetime

from django.db.models import F

from limen.node.casebook import drafting, stepping
from limen.node.casebook.finding import Search
from limen.node.casebook.models import CaseStudy, Question
from limen.node.casebook.practice import answering, asking
from limen.node.casebook.practice.scenes import regions_of
from limen.node.casebook.practice.scoring import Box
from limen.node.demo import exhibiting
from limen.node.demo.acting import acting, moved_back, release
from limen.node.demo.exhibiting import Pair, Scene
from limen.node.demo.lessons import Lesson
from limen.node.people.models import Officer
from limen.node.reports.models import Report

LINKED = 6
"""Reports of a story to which its case study leads."""
PRACTISED = ("counter@thailand", (True, True, False, True, True, False, True))
"""Who practises, and which answers are right."""


def of_story(lesson: Lesson, reports: list[Report], scene: Scene, alert: str) -> CaseStudy:
    """Work a story's report up; it leads to the reports of its own agency, and to the alert."""
    with acting(lesson.author, _language(lesson)) as officer:
        case = drafting.begin(officer, lesson.fields)
        pairs = exhibiting.of_report(case, officer, reports[0], scene, lesson.captions)
        _steps(case, lesson, pairs)
        for report in reports[:LINKED]:
            stepping.link(case, officer, report.reference)
        stepping.link(case, officer, alert)
    return _released(case, lesson)


def of_specimen(lesson: Lesson, scene: Scene) -> CaseStudy:
    """Write one of the smaller case studies, whose pictures are uploaded."""
    with acting(lesson.author, _language(lesson)) as officer:
        case = drafting.begin(officer, lesson.fields)
        pairs = exhibiting.of_specimen(case, officer, scene, lesson.captions)
        _steps(case, lesson, pairs)
    return _released(case, lesson)


def practise() -> None:
    """Let an officer answer some questions, and then move the answers back, to one a day."""
    address, answers = PRACTISED
    with acting(address) as officer:
        answered = [_answered(officer, is_right) for is_right in answers]
        for back, number in enumerate(reversed(answered), start=1):
            days = datetime.timedelta(days=back)
            rows = Question.objects.filter(pk=number)
            rows.update(asked_at=F("asked_at") - days, answered_at=F("answered_at") - days)


def _answered(officer: Officer, is_right: bool) -> int:
    """Answer the next question, rightly or wrongly."""
    asked = asking.question_of(officer, asking.ask(officer, Search()).token)
    objects = asked.question.shows_fraud == is_right
    place = (_place(asked) if is_right else None) or Box(0.4, 0.4, 0.1, 0.1)
    answering.answer(asked, officer, objects, 0, place if objects else None)
    return int(asked.question.pk)


def _place(asked: asking.Asked) -> Box | None:
    """Where the fraud shows on the first picture."""
    shown = [one for one, _other in asked.pairs]
    regions = regions_of(shown[0], shown)
    return regions[0] if regions else None


def _steps(case: CaseStudy, lesson: Lesson, pairs: dict[str, Pair]) -> None:
    officer = case.author
    for step in lesson.steps:
        light, _hash, number = step.place.partition("#")
        place = f"{pairs[light].found.uid}:{int(number) - 1}" if light in pairs else ""
        stepping.add_step(case, officer, {"text": step.text, "light": step.light, "tool": step.tool, "place": place})


def _language(lesson: Lesson) -> str:
    return str(lesson.fields.get("language", "en"))


def _released(case: CaseStudy, lesson: Lesson) -> CaseStudy:
    case.refresh_from_db()
    release(case, lesson.author, lesson.second)
    moved_back(case, lesson.days)
    return case

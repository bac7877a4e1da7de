"""What the indicators amount to. A result never decides on a person: an officer may refer whatever it says.

The ILO's list calls a dimension positive where there are at least two strong indicators; one strong with a medium or
a weak one; three medium; or two medium with a weak one. A dimension that is positive calls for a referral, as do danger
and, of a child, any indicator at all. Answers that were not given never lower anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from limen.node.protection.models import Age, Result, Said
from limen.node.protection.questions import BY_CODE, Dimension, Question, Weight


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to a question, and whether the officer saw it."""

    said: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result, and what it rests on."""

    result: Result
    signs: tuple[Question, ...]
    positive: tuple[Dimension, ...]


def is_sign(question: Question, given: Given) -> bool:
    """Whether this is an indicator: said so, or seen."""
    return given.seen or (question.ask and given.said == question.sign)


def positive(weights: Counter[Weight]) -> bool:
    """Whether indicators of one dimension make it positive."""
    strong, medium, weak = weights[Weight.STRONG], weights[Weight.MEDIUM], weights[Weight.WEAK]
    return strong >= 2 or (strong == 1 and medium + weak >= 1) or medium >= 3 or (medium == 2 and weak >= 1)


def assess(age: str, danger: str, given: Mapping[str, Given]) -> Assessment:
    """Say what was answered and seen amounts to."""
    signs = tuple(question for code, question in BY_CODE.items() if code in given and is_sign(question, given[code]))
    by_dimension: dict[Dimension, Counter[Weight]] = defaultdict(Counter)
    for question in signs:
        by_dimension[question.dimension][question.weight] += 1
    found = tuple(dimension for dimension in Dimension if positive(by_dimension[dimension]))
    if found or danger == str(Said.YES) or (signs and age != str(Age.ADULT)):
        return Assessment(Result.CALLS, signs, found)
    return Assessment(Result.SOME if signs else Result.NONE, signs, found)

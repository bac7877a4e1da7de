"""What notices can be about: each app that tells registers its kind as it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise

from limen.node.sharing.viewer import viewing


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing that officers are told of."""

    kind: str
    """The app's label."""
    sentence: str | Promise
    """The whole of what is said of it outside the site: "A new alert is on Limen: %(number)s."."""
    urgent: str | Promise
    """The same of an urgent one: "A new alert is on Limen: %(number)s (urgent)."."""
    find: Callable[[str], Any]
    """The record of a number, as far as whoever looks may see it. Raises `Http404`."""

    def say(self, number: str, *, urgent: bool) -> str:
        """Say it in the active language."""
        return str(self.urgent if urgent else self.sentence) % {"number": number}


_SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> Subject:
    """Make a kind known."""
    _SUBJECTS[subject.kind] = subject
    return subject


def subject_of(kind: str) -> Subject:
    """The subject of a kind. Raises `KeyError` where there is none."""
    return _SUBJECTS[kind]


def still_open_to(officer: int, kind: str, number: str) -> bool:
    """Whether this officer may see it now: not after a recall, nor once officer or agency are deactivated."""
    with viewing(officer):
        try:
            _SUBJECTS[kind].find(number)
        except (Http404, KeyError):
            return False
    return True

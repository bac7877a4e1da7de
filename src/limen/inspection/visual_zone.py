"""Finds where the visual zone prints a value and says whether it prints that value: Doc 9303-3, 8th edition, 3.

Three things are asked in turn. Does any line say the value? If not: is there a line of which it is sure that the
value should stand there, by its label or because it differs at one or two characters only? And if so: does the print
there really say something else, or was it misread? For the last the place is read again in several ways, and the text
that was read is weighed against the text that would agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from statistics import median

from limen.icao.visual import Compared, Field
from limen.inspection.evidence import PageEvidence
from limen.inspection.visual_print import Print, Printed
from limen.vision.text import TextLine, likelihood

Compare = Callable[[str], Compared]

SURE = 2.0
"""How much likelier the print has to be one text than the other to be held for it: a logarithm, for each look."""
_SMALLEST, _LARGEST = 0.6, 1.35
"""An entry is so high, as shares of the usual entry's height; what is lower is a piece of a label, higher a title."""
_SMALLEST_LETTER = 0.5
"""The same for a letter by itself, about which the box is tight."""
_READ = 0.5
"""A letter or code that was read no surer than this is no entry: signatures look like letters."""
_PLACE_MM = 40.0
"""Width of the place below a label in which an entry is looked for that was not found."""
_SHORT_PLACE_MM = 7.0
_ENTRY_MM = 3.2
"""Height of the box about an entry, where none was found to measure it by."""


class State(Enum):
    """What came of looking for a value."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNSURE = "unsure"
    """Something is there that does not agree, but was not read surely or may be something else."""
    MISSING = "missing"
    """Nothing was found that is or should be the value."""


_ORDER = {State.AGREES: 0, State.DIFFERS: 1, State.UNSURE: 2, State.MISSING: 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a value was found, and whether the print says it."""

    state: State
    printed: Printed | None = None
    compared: Compared | None = None
    margin: float | None = None
    """How much likelier the print is to differ than to agree, as a logarithm; None where it was not weighed."""


@dataclass(frozen=True, slots=True)
class Value:
    """What the visual zone should say in one field."""

    field: Field
    shown: str
    """For a person."""
    compare: Compare
    near: int = 0
    """A line that differs at so few characters is the value's without a label; 0 if only a label can tell."""
    short: bool = False
    """Whether it is a letter or a code, which may stand anywhere by chance."""
    expected: bool = True
    """Whether every document prints it, so that it is worth a second look where it was not found."""
    little: bool = False
    """Whether so little of it is known, say one letter of a name cut short, that only its label tells its entry."""


class VisualZone:
    """The print of all sides that were shown, held against the values that it should say."""

    def __init__(self, pages: Sequence[PageEvidence], values: Mapping[Field, Value]) -> None:
        self._print = Print(pages)
        self._values = values
        self._found: dict[Field, Finding] = {}

    def find(self, field: Field) -> Finding:
        """Where the value of that field is printed, and whether it is. Raises KeyError for a field without a value."""
        if field not in self._found:
            self._found[field] = self._find(self._values[field])
        return self._found[field]

    def _find(self, value: Value) -> Finding:
        if value.short or value.little:
            agreeing = self._letter(value) if value.short else self._labelled(value)
        else:
            agreeing = self._agreeing.get(value.field)
        if agreeing is not None and not value.short and not self._is_anothers(agreeing, value):
            return Finding(State.AGREES, agreeing, value.compare(agreeing.text))
        suspects = [
            one for one in self._print.lines if self._is_suspect(one, value, look=value.expected and agreeing is None)
        ]
        found = min((self._weighed(one, value) for one in suspects), key=_rank, default=Finding(State.MISSING))
        if agreeing is not None and found.state is not State.DIFFERS:
            return Finding(State.AGREES, agreeing, value.compare(agreeing.text))
        return self._below_label(value) if found.state is State.MISSING and value.expected else found

    @cached_property
    def _agreeing(self) -> dict[Field, Printed]:
        """By field the first entry that says its value, if possible one that no label gives to another field."""
        found: dict[Field, Printed] = {}
        for field, value in self._values.items():
            if value.short or value.little:
                continue
            # Comparing is what costs: lines after the first that is the value's own are not looked at.
            for one in self._print.entries:
                if value.compare(one.text).agrees:
                    found.setdefault(field, one)
                    if not self._is_anothers(one, value):
                        found[field] = one
                        break
        return found

    def _is_anothers(self, one: Printed, value: Value) -> bool:
        """Whether a label gives the line to another field than that part of the name: both parts may be one word."""
        if value.field not in _LABELLED:
            return False
        others = (self._values[field] for field in _LABELLED if field is not value.field and field in self._values)
        alike = any(other.compare(value.shown).agrees or value.compare(other.shown).agrees for other in others)
        return self._print.label(one, look=alike) not in (None, *_LABELLED[value.field])

    def _labelled(self, value: Value) -> Printed | None:
        """The first line that says a value of which little is known, and whose label is the value's."""
        return next((one for one in self._print.lines if self._is_entry(one, value) and self._says(one, value)), None)

    def _says(self, one: Printed, value: Value) -> bool:
        """Whether the line says the value, and may be its entry."""
        if not value.compare(one.text).agrees:
            return False
        return not value.little or self._print.label(one) in _LABELLED.get(value.field, {value.field})

    def _letter(self, value: Value) -> Printed | None:
        """The first line of an entry's height that says a letter or code."""
        lines = (one for one in self._print.lines if self._is_entry(one, value) and one.confidence >= _READ)
        return next((one for one in lines if value.compare(one.text).agrees), None)

    @cached_property
    def _height(self) -> float:
        """The usual height of an entry's box, in millimetres."""
        heights = [one.lines[0].rect[3] for one in self._agreeing.values()]
        return median(heights) if heights else _ENTRY_MM

    def _is_suspect(self, one: Printed, value: Value, *, look: bool) -> bool:
        """Whether the value should stand here though something else does."""
        if not self._is_entry(one, value):
            return False
        compared = value.compare(one.text)
        if not compared.differs or self._says_another(one, value):
            return False
        # Reading small print again takes time: only where the line is not wholly another one.
        label = self._print.label(one, look=look and compared.edits <= max(2, len(value.shown) // 3))
        if label is None or not (value.expected or value.short):
            # What need not be printed at all is known by standing near to it only.
            return compared.edits <= value.near
        return label in _LABELLED.get(value.field, {value.field})

    def _is_entry(self, one: Printed, value: Value) -> bool:
        """Whether the line is print of an entry's height, and no label."""
        line = one.lines[0]
        least = _SMALLEST_LETTER if value.short else _SMALLEST
        return id(line) not in self._print.of_labels and least <= line.rect[3] / self._height <= _LARGEST

    def _says_another(self, one: Printed, value: Value) -> bool:
        """Whether the line is the entry of another field."""
        others = (other for other in self._values.values() if other.field is not value.field and not other.short)
        return any(self._says(one, other) for other in others)

    def _weighed(self, one: Printed, value: Value) -> Finding:
        """Reads the line again in several ways, and weighs what differs against what would agree."""
        looks = one.again([one.rect])[0] or one.lines[:1]
        compared = [value.compare(text) for text in (one.text, *(look.text for look in looks))]
        differing = {each.text: each for each in compared if each.differs and each.nearest}
        agreeing = {each.text for each in compared if each.agrees} | {each.nearest for each in differing.values()}
        folded = [look for look in looks if look.folded is not None]
        if not differing or not folded:
            return Finding(State.UNSURE, one, compared[0])
        most, likeliest = _likeliest(folded, differing)
        margin = likeliest - _likeliest(folded, agreeing)[1]
        state = State.DIFFERS if margin >= SURE else State.AGREES if margin <= -SURE else State.UNSURE
        return Finding(state, one, differing[most], margin)

    def _below_label(self, value: Value) -> Finding:
        """Looks for an entry where its label says that it stands; finders of print overlook single letters."""
        wide = _SHORT_PLACE_MM if value.short else _PLACE_MM
        for label, field in self._print.labels:
            if field is not value.field:
                continue
            left, top, _, high = label.rect
            places = [(left - 0.5, top + high - up, wide, self._height) for up in (0.5, 0.0)]
            for looks in label.again(places):
                for look in looks:
                    if value.compare(look.text).agrees:
                        return Finding(State.AGREES, Printed(label.evidence, (look,)), value.compare(look.text))
        return Finding(State.MISSING)


_LABELLED = {
    Field.SURNAME: {Field.SURNAME, Field.NAME},
    Field.GIVEN_NAMES: {Field.GIVEN_NAMES, Field.NAME},
}
"""By field, the labels that its entry may have where it is not the field's own alone."""


def _rank(found: Finding) -> int:
    return _ORDER[found.state]


def _likeliest(looks: Sequence[TextLine], texts: Iterable[str]) -> tuple[str, float]:
    """The text that the looks together are likeliest to say, and the mean logarithm of how likely."""
    folded = [look.folded for look in looks if look.folded is not None]
    rated = {text: sum(likelihood(one, text) for one in folded) / len(folded) for text in texts}
    best = max(rated, key=lambda text: rated[text])
    return best, rated[best]

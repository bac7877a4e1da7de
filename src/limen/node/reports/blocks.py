"""The blocks of a report, as the form asks for them and the report's page shows them.

Every field stands in exactly one block; `tests/node/reports/test_blocks.py` holds this against `fields.FIELDS`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from limen.node.reports import telling
from limen.node.reports.fields import BY_NAME, MODELS, Field
from limen.node.sharing.classes import FieldClass
from limen.node.terms import choices, label

SUGGEST = "/terms/suggest/%s/"


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that belong together. `is_open` says whether the form shows it from the start."""

    key: str
    title: str | Promise
    names: tuple[str, ...]
    part: str = ""
    is_open: bool = False
    hint: str | Promise = ""

    @property
    def field_class(self) -> FieldClass:
        """The class of its fields."""
        return {"": FieldClass.STATISTICAL, "document": FieldClass.DOCUMENT, "bearer": FieldClass.BEARER}[self.part]


BLOCKS = (
    Block(
        "case",
        _lazy("Document, fraud and detection"),
        (
            "fraud_class",
            "method",
            "issuer",
            "category",
            "detected_on",
            "detection_country",
            "place",
            "setting",
            "summary",
        ),
        is_open=True,
    ),
    Block(
        "detail",
        _lazy("Model and detection in detail"),
        ("model_name", "model_year", "document_type", "other_methods", "line", "means"),
    ),
    Block(
        "person",
        _lazy("The bearer, without names"),
        ("nationality_claimed", "nationality_established", "sex", "age_band", "facilitated"),
    ),
    Block("supply", _lazy("Supply and price"), ("price", "currency", "supply_country", "supply_place")),
    Block("outcome", _lazy("Outcome and reliability"), ("outcome", "source_reliability", "information_credibility")),
    Block(
        "document",
        _lazy("Document numbers"),
        ("number", "series", "personal_number", "issued_on", "expires_on", "mrz"),
        "document",
    ),
    Block(
        "bearer",
        _lazy("The bearer's data and what happened"),
        ("surname", "given_names", "birth_date", "established_name", "facilitator", "narrative"),
        "bearer",
    ),
)

ROWS = ("companions",)
"""Fields that are edited as rows (`rows.py`)."""

_WIDGETS = {
    "issuer": "suggest",
    "category": "select",
    "fraud_class": "radio",
    "method": "suggest",
    "other_methods": "suggest_many",
    "detection_country": "suggest",
    "place": "suggest",
    "setting": "radio",
    "line": "radio",
    "means": "checks",
    "nationality_claimed": "suggest",
    "nationality_established": "suggest",
    "sex": "radio",
    "age_band": "select",
    "facilitated": "radio",
    "supply_country": "suggest",
    "outcome": "select",
    "source_reliability": "select",
    "information_credibility": "select",
    "detected_on": "date",
    "issued_on": "date",
    "expires_on": "date",
    "summary": "long",
    "facilitator": "long",
    "narrative": "long",
    "mrz": "mrz",
    "number": "mono",
    "personal_number": "mono",
    "series": "mono",
    "model_year": "number",
    "price": "decimal",
}
_WIDE = {
    "fraud_class",
    "setting",
    "sex",
    "line",
    "facilitated",
    "summary",
    "means",
    "mrz",
    "facilitator",
    "narrative",
    "other_methods",
}
_HELP = {
    "birth_date": _lazy("2001-05-31; where day or month are unknown, 2001-05 or 2001."),
    "currency": _lazy("Three letters, such as THB."),
    "document_type": _lazy("One or two letters, as in the machine readable zone."),
    "number": _lazy("Compared with other reports without spaces and signs."),
}


@dataclass(frozen=True)
class Control:
    """One field of the form: what is in it, how it is asked, and what was wrong with what was typed."""

    field: Field
    value: Any
    error: str = ""

    WIDGETS: ClassVar[Mapping[str, str]] = _WIDGETS
    WIDE: ClassVar[frozenset[str]] = frozenset(_WIDE)
    """How fields are asked, and which take a whole line: other kinds of records have their own."""

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    @property
    def widget(self) -> str:
        """How it is asked: `reports/field.html` has a way for each."""
        return self.WIDGETS.get(self.name, "text")

    @property
    def wide(self) -> bool:
        """Whether it takes a whole line."""
        return self.name in self.WIDE

    @property
    def help(self) -> str:
        """What to know before one types."""
        stored = MODELS[self.field.part]._meta.get_field(self.name)
        return str(_HELP.get(self.name) or stored.help_text)

    @property
    def suggest(self) -> str:
        """Where its suggestions come from."""
        return SUGGEST % self.field.terms

    @property
    def plain(self) -> str:
        """The value as a text field holds it."""
        if isinstance(self.value, list):
            return ",".join(str(code) for code in self.value)
        return "" if self.value is None else str(self.value)

    @property
    def told(self) -> str:
        """The value in words."""
        return telling.told(self.field, self.value)

    @property
    def coded(self) -> str:
        """The value in words, with the code that officers know it by."""
        return telling.coded(self.field, self.value)

    @property
    def is_filled(self) -> bool:
        """Whether something is in it."""
        return self.value not in ("", None, [])

    @property
    def selected(self) -> str:
        """What a type-ahead field has chosen, as its script reads it."""
        codes = self.value if isinstance(self.value, list) else [self.value] if self.value else []
        return json.dumps([{"value": code, "label": label(self.field.terms, code)} for code in codes])

    @cached_property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Code, label and whether it is chosen; a code that is no longer offered stays while it is chosen."""
        chosen = [str(code) for code in self.value] if isinstance(self.value, list) else [self.plain]
        offered = list(choices(self.field.terms))
        known = {code for code, _label in offered}
        offered += [(code, label(self.field.terms, code)) for code in chosen if code and code not in known]
        return [(code, text, code in chosen) for code, text in offered]


@dataclass(frozen=True, slots=True)
class Filled:
    """A block with its values."""

    block: Block
    controls: list[Control]

    @property
    def is_open(self) -> bool:
        """Whether the form shows it: the required ones, and where something is wrong."""
        return self.block.is_open or any(control.error for control in self.controls)

    @property
    def shown(self) -> list[Control]:
        """The fields that hold something."""
        return [control for control in self.controls if control.is_filled]

    @property
    def in_short(self) -> str:
        """What is in it, for its closed card: in words for class 0, as a number beyond."""
        if not self.shown:
            return _("nothing yet")
        if self.block.part:
            return _("%(filled)d of %(all)d filled in") % {"filled": len(self.shown), "all": len(self.controls)}
        return " · ".join(f"{control.field.label}: {control.told}" for control in self.shown)


def filled(
    rows: Mapping[str, Any], typed: Mapping[str, Any] | None = None, errors: Mapping[str, str] | None = None
) -> list[Filled]:
    """Fill in the blocks from rows by part ('' is the report), leaving out parts that are not among them.

    `typed` are values that could not be stored; the form shows them again, with what was wrong.
    """
    return [
        Filled(block, [control(name, rows[block.part], typed or {}, errors or {}) for name in block.names])
        for block in BLOCKS
        if block.part in rows
    ]


def control(name: str, row: Any, typed: Mapping[str, Any], errors: Mapping[str, str]) -> Control:
    """One field of the form."""
    value = typed[name] if name in typed else getattr(row, name, "" if BY_NAME[name].kind != "terms" else [])
    return Control(BY_NAME[name], value, errors.get(name, ""))


def label_of(names: Iterable[str]) -> str:
    """Name fields in a sentence."""
    return ", ".join(BY_NAME[name].label for name in names)

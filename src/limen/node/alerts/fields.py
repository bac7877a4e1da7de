"""Every field of an alert that is typed: how what was sent becomes its value, and how it is asked.

They are fields as reports have them (`limen.node.reports.fields`), of another model; all are class 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from limen.node.alerts.models import Alert, Urgency
from limen.node.reports.blocks import Control as ReportControl
from limen.node.reports.fields import BY_NAME as OF_REPORT
from limen.node.reports.fields import Field as ReportField
from limen.node.reports.fields import Parser
from limen.node.terms import label
from limen.node.web.errors import Invalid

_plain, _code, _codes = (OF_REPORT[name].parse for name in ("summary", "issuer", "other_methods"))
_date, _year = OF_REPORT["issued_on"].parse, OF_REPORT["model_year"].parse


@dataclass(frozen=True, slots=True)
class Field(ReportField):
    """One field of an alert."""

    @property
    def label(self) -> str:
        """What people call it, in the language in force."""
        return str(Alert._meta.get_field(self.name).verbose_name)

    @property
    def limit(self) -> int:
        """The most characters that it holds."""
        return getattr(Alert._meta.get_field(self.name), "max_length", None) or LONGEST


LONGEST = 2000
"""Characters of a text that is read in seconds, and already too many."""


def _urgency(field: ReportField, value: Any) -> int:
    return int(Urgency(int(_plain(field, value))))


def _language(field: ReportField, value: Any) -> str:
    code = _plain(field, value)
    if code not in dict(settings.LANGUAGES):
        raise ValueError
    return str(code)


def _supersedes(field: ReportField, value: Any) -> Alert | None:
    """An alert of any agency that the officer sees; `drafting` holds it against the owner."""
    if value in (None, "") or isinstance(value, Alert):
        return value or None
    found = Alert.objects.filter(reference=str(value).strip().upper()[:16]).exclude(state="draft").first()
    if found is None:
        raise Invalid(_("There is no such alert of your agency that was ever released."), field=field.name)
    return found


def _field(name: str, parse: Parser, kind: str, terms: str = "", *, required: bool = False) -> Field:
    return Field(name, parse, kind, "", terms, required)


FIELDS: tuple[Field, ...] = (
    _field("title", _plain, "text", required=True),
    _field("urgency", _urgency, "urgency"),
    _field("fraud_class", _code, "term", "fraud_class"),
    _field("methods", _codes, "terms", "method"),
    _field("issuers", _codes, "terms", "issuer"),
    _field("category", _code, "term", "document_category"),
    _field("model_name", _plain, "text"),
    _field("model_year", _year, "year"),
    _field("countries", _codes, "terms", "country"),
    _field("places", _codes, "terms", "place"),
    _field("route", _plain, "text"),
    _field("summary", _plain, "long", required=True),
    _field("action", _plain, "long", required=True),
    _field("contact", _plain, "text", required=True),
    _field("language", _language, "language"),
    _field("valid_from", _date, "date", required=True),
    _field("valid_until", _date, "date", required=True),
    _field("supersedes", _supersedes, "alert"),
)
BY_NAME = {field.name: field for field in FIELDS}
TEXTS = ("title", "model_name", "route", "summary", "action", "contact")
"""Fields that a person wrote in words."""


def field_named(name: str) -> Field:
    """Find a field. Raises `Invalid` for a name that is none."""
    try:
        return BY_NAME[name]
    except KeyError:
        raise Invalid(_("An alert has no field “%(name)s”.") % {"name": name[:60]}, field=name[:60]) from None


def clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what was sent into values of fields. Raises `Invalid` for the first that is not understood."""
    return {name: field_named(name).clean(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that belong together in the form."""

    key: str
    title: str | Promise
    names: tuple[str, ...]
    is_open: bool = True


BLOCKS = (
    Block(
        "what",
        _lazy("What it is about"),
        ("title", "urgency", "fraud_class", "methods", "issuers", "category", "summary"),
    ),
    Block(
        "where", _lazy("Model, places and route"), ("model_name", "model_year", "countries", "places", "route"), False
    ),
    Block("do", _lazy("On a hit"), ("action", "contact")),
    Block("validity", _lazy("Validity"), ("valid_from", "valid_until", "language", "supersedes")),
)

_WIDGETS = {
    "fraud_class": "radio",
    "urgency": "urgency",
    "category": "select",
    "language": "select",
    "summary": "long",
    "action": "long",
    "valid_from": "date",
    "valid_until": "date",
    "model_year": "number",
    **dict.fromkeys(("methods", "issuers", "countries", "places"), "suggest_many"),
}
_WIDE = frozenset(
    {"title", "urgency", "fraud_class", "methods", "issuers", "summary", "action", "contact", "route", "places"}
)


@dataclass(frozen=True)
class Control(ReportControl):
    """One field of the form."""

    @property
    def widget(self) -> str:
        """How it is asked: `reports/field.html` has a way for each."""
        return _WIDGETS.get(self.name, "text")

    @property
    def wide(self) -> bool:
        """Whether it takes a whole line."""
        return self.name in _WIDE

    @property
    def help(self) -> str:
        """What to know before one types."""
        return str(Alert._meta.get_field(self.name).help_text)

    @property
    def told(self) -> str:
        """The value in words."""
        return told(self.field.name, self.value)

    @cached_property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Code, label and whether it is chosen."""
        if self.name == "language":
            return [(code, str(name), code == self.value) for code, name in settings.LANGUAGES]
        if self.name == "urgency":
            return [(str(code), str(name), str(code) == self.plain) for code, name in Urgency.choices]
        return super().choices


@dataclass(frozen=True, slots=True)
class Filled:
    """A block with its values."""

    block: Block
    controls: list[Control]

    @property
    def is_open(self) -> bool:
        """Whether the form shows it: always, or where something is in it or wrong."""
        return self.block.is_open or any(control.error or control.is_filled for control in self.controls)


def filled(
    alert: Alert, typed: Mapping[str, Any] | None = None, errors: Mapping[str, str] | None = None
) -> list[Filled]:
    """Fill in the blocks; `typed` are values that could not be stored, shown again with what was wrong."""
    return [
        Filled(block, [_control(name, alert, typed or {}, errors or {}) for name in block.names]) for block in BLOCKS
    ]


def _control(name: str, alert: Alert, typed: Mapping[str, Any], errors: Mapping[str, str]) -> Control:
    value = typed[name] if name in typed else getattr(alert, name)
    return Control(BY_NAME[name], str(value) if isinstance(value, Alert) else value, errors.get(name, ""))


def told(name: str, value: Any) -> str:
    """Say a coded value in words; a list with commas."""
    terms = BY_NAME[name].terms
    codes: Iterable[str] = value if isinstance(value, list) else [value] if value else []
    return ", ".join(label(terms, code) if terms else str(code) for code in codes)

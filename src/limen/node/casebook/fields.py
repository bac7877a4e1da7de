"""Every field of a case study and of its steps: how what was typed becomes its value, and how it is asked.

Values are understood as those of reports are (`reports.fields`), and shown by the same controls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _

from limen.node.casebook.models import CaseStudy, Difficulty, Step
from limen.node.reports import blocks
from limen.node.reports.fields import BY_NAME as OF_REPORTS
from limen.node.reports.fields import Field
from limen.node.terms import label
from limen.node.web.errors import Invalid


@dataclass(frozen=True, slots=True)
class CaseField(Field):
    """A field of a case study; `part` is "step" for those of its steps."""

    @property
    def label(self) -> str:
        """What people call it, in the language in force."""
        return str(self._stored.verbose_name)

    @property
    def limit(self) -> int:
        """The most characters that it holds; 4,000 where the table sets no limit."""
        return getattr(self._stored, "max_length", None) or 4000

    @property
    def hint(self) -> str:
        """What to know before one types."""
        return str(self._stored.help_text)

    @property
    def _stored(self) -> Any:
        return (Step if self.part else CaseStudy)._meta.get_field(self.name)


def _language(field: Field, value: Any) -> str:
    if value not in dict(settings.LANGUAGES):
        raise ValueError
    return str(value)


def _difficulty(field: Field, value: Any) -> int | None:
    if value in (None, ""):
        return None
    if str(value) not in {str(number) for number in Difficulty.values}:
        raise ValueError
    return int(value)


_PLAIN, _CODE, _CODES = (OF_REPORTS[name].parse for name in ("summary", "issuer", "other_methods"))

FIELDS: tuple[CaseField, ...] = (
    CaseField("title", _PLAIN, "text", required=True),
    CaseField("language", _language, "language"),
    CaseField("issuer", _CODE, "issuer", terms="issuer", required=True),
    CaseField("category", _CODE, "term", terms="document_category", required=True),
    CaseField("model_name", _PLAIN, "text"),
    CaseField("model_year", OF_REPORTS["model_year"].parse, "year"),
    CaseField("fraud_class", _CODE, "term", terms="fraud_class", required=True),
    CaseField("methods", _CODES, "terms", terms="method"),
    CaseField("difficulty", _difficulty, "difficulty", required=True),
    CaseField("features", _PLAIN, "long", required=True),
    CaseField("lesson", _PLAIN, "long", required=True),
)
STEP_FIELDS: tuple[CaseField, ...] = (
    CaseField("text", _PLAIN, "long", "step"),
    CaseField("light", _CODE, "term", "step", "image_light"),
    CaseField("tool", _CODE, "term", "step", "detection_means"),
)
BY_NAME = {field.name: field for field in FIELDS}
STEP_BY_NAME = {field.name: field for field in STEP_FIELDS}

_WIDGETS = {
    "language": "select",
    "issuer": "suggest",
    "category": "select",
    "model_year": "number",
    "fraud_class": "radio",
    "methods": "suggest_many",
    "difficulty": "radio",
    "features": "long",
    "lesson": "long",
    "text": "long",
    "light": "select",
    "tool": "select",
}
_WIDE = {"title", "fraud_class", "methods", "difficulty", "features", "lesson", "text"}


@dataclass(frozen=True)
class CaseControl(blocks.Control):
    """One field of the form (`reports/field.html` shows it)."""

    field: CaseField
    WIDGETS: ClassVar[Mapping[str, str]] = _WIDGETS
    WIDE: ClassVar[frozenset[str]] = frozenset(_WIDE)

    @property
    def help(self) -> str:
        """What to know before one types."""
        return self.field.hint

    @property
    def told(self) -> str:
        """The value in words."""
        return told(self.field, self.value)

    @cached_property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Code, label and whether it is chosen."""
        if self.name == "language":
            return [(code, name, code == self.value) for code, name in settings.LANGUAGES]
        if self.name == "difficulty":
            return [(str(code), str(name), str(code) == self.plain) for code, name in Difficulty.choices]
        return super().choices


def controls(case: CaseStudy, typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None) -> list[Any]:
    """The fields of the form, with what could not be stored and why."""
    values = {field.name: getattr(case, field.name) for field in FIELDS} | (typed or {})
    return [CaseControl(field, values[field.name], (errors or {}).get(field.name, "")) for field in FIELDS]


def told(field: CaseField, value: Any) -> str:
    """Say a value in words; empty where there is none."""
    if value in ("", None, []):
        return ""
    if field.name == "language":
        return dict(settings.LANGUAGES).get(value, value)
    if field.name == "difficulty":
        return str(Difficulty(value).label)
    if isinstance(value, list):
        return ", ".join(label(field.terms, code) for code in value)
    return label(field.terms, value) if field.terms else str(value)


def clean(values: dict[str, Any], known: dict[str, CaseField] = BY_NAME) -> dict[str, Any]:
    """Turn what was sent into values. Raises `Invalid` for the first that is not understood."""
    for name in values:
        if name not in known:
            raise Invalid(_("A case study has no field “%(name)s”.") % {"name": name[:40]})
    return {name: known[name].clean(value) for name, value in values.items()}

"""Every field of a request: how what was typed becomes its value, and how it is asked.

Values are understood as those of reports are (`reports.fields`), and shown by the same controls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _

from limen.node.assistance.models import Priority, Request, RequestBearer, RequestDocument
from limen.node.people.models import Agency
from limen.node.reports import blocks
from limen.node.reports.fields import BY_NAME as OF_REPORTS
from limen.node.reports.fields import Field
from limen.node.sharing.classes import FieldClass
from limen.node.terms import label
from limen.node.web.errors import Invalid

PARTS: dict[str, Any] = {"": Request, "document": RequestDocument, "bearer": RequestBearer}
CLASSES = {"": FieldClass.STATISTICAL, "document": FieldClass.DOCUMENT, "bearer": FieldClass.BEARER}


@dataclass(frozen=True, slots=True)
class RequestField(Field):
    """A field of a request. `part` is the related name of its table, empty for the request itself."""

    @property
    def field_class(self) -> FieldClass:
        """The class of the table that it lies in."""
        return CLASSES[self.part]

    @property
    def label(self) -> str:
        """What people call it, in the language in force."""
        return str(self._stored.verbose_name)

    @property
    def limit(self) -> int:
        """The most characters that it holds; 10,000 where the table sets no limit."""
        return getattr(self._stored, "max_length", None) or 10_000

    @property
    def hint(self) -> str:
        """What to know before one types."""
        return str(self._stored.help_text)

    @property
    def _stored(self) -> Any:
        return PARTS[self.part]._meta.get_field(self.name)


def _language(field: Field, value: Any) -> str:
    if value not in dict(settings.LANGUAGES):
        raise ValueError
    return str(value)


def _priority(field: Field, value: Any) -> str:
    if value in (None, ""):
        return str(Priority.SOON)
    return str(Priority(value))


def _agency(field: Field, value: Any) -> Agency | None:
    """An active agency by its code."""
    if value in (None, "") or isinstance(value, Agency):
        return value or None
    found = Agency.objects.filter(code=str(value).replace("\x00", "").strip().lower(), is_active=True).first()
    if found is None:
        raise Invalid(
            _("Nobody on this platform is known as “%(name)s”.") % {"name": str(value)[:80]}, field=field.name
        )
    return found


_PLAIN, _CODE = (OF_REPORTS[name].parse for name in ("summary", "issuer"))
_UPPER, _MRZ, _BIRTH = (OF_REPORTS[name].parse for name in ("number", "mrz", "birth_date"))

FIELDS: tuple[RequestField, ...] = (
    RequestField("question", _PLAIN, "text", required=True),
    RequestField("priority", _priority, "priority"),
    RequestField("asked", _agency, "agency", required=True),
    RequestField("issuer", _CODE, "issuer", terms="issuer", required=True),
    RequestField("category", _CODE, "term", terms="document_category", required=True),
    RequestField("model_name", _PLAIN, "text"),
    RequestField("fraud_class", _CODE, "term", terms="fraud_class"),
    RequestField("language", _language, "language"),
    RequestField("overruled", _PLAIN, "text"),
    RequestField("number", _UPPER, "text", "document"),
    RequestField("personal_number", _UPPER, "text", "document"),
    RequestField("mrz", _MRZ, "mrz", "document"),
    RequestField("chip", _PLAIN, "text", "document"),
    RequestField("surname", _PLAIN, "text", "bearer"),
    RequestField("given_names", _PLAIN, "text", "bearer"),
    RequestField("birth_date", _BIRTH, "text", "bearer"),
    RequestField("narrative", _PLAIN, "text", "bearer"),
)
BY_NAME = {field.name: field for field in FIELDS}

_WIDGETS = {
    "question": "long",
    "priority": "select",
    "issuer": "suggest",
    "category": "select",
    "fraud_class": "radio",
    "language": "select",
    "overruled": "long",
    "number": "mono",
    "personal_number": "mono",
    "mrz": "mrz",
    "chip": "long",
    "narrative": "long",
}
_WIDE = {"question", "fraud_class", "overruled", "mrz", "chip", "narrative"}


@dataclass(frozen=True)
class RequestControl(blocks.Control):
    """One field of the form (`reports/field.html` shows it)."""

    field: RequestField
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
        if self.name == "priority":
            return [(code, str(name), code == self.value) for code, name in Priority.choices]
        return super().choices


def controls(
    row: Any, part: str = "", typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None
) -> list[RequestControl]:
    """The fields of one table, but for the agency; `row` may be None where there is none yet."""
    fields = [field for field in FIELDS if field.part == part and field.kind != "agency"]
    values = {field.name: getattr(row, field.name, "") for field in fields} | (typed or {})
    return [RequestControl(field, values[field.name], (errors or {}).get(field.name, "")) for field in fields]


def told(field: RequestField, value: Any) -> str:
    """Say a value in words; empty where there is none."""
    if value in ("", None):
        return ""
    if field.name == "language":
        return dict(settings.LANGUAGES).get(value, value)
    if field.name == "priority":
        return str(Priority(value).label)
    return label(field.terms, value) if field.terms else str(value)


def clean(values: dict[str, Any]) -> dict[str, Any]:
    """Turn what was sent into values. Raises `Invalid` for the first that is not understood."""
    for name in values:
        if name not in BY_NAME:
            raise Invalid(_("A request has no field “%(name)s”.") % {"name": name[:40]})
    return {name: BY_NAME[name].clean(value) for name, value in values.items()}

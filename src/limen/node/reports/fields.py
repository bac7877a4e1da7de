"""Every field of a report: in which table it lies, which class it is of, and how what was typed becomes its value.

The form, the API, exports and the log are all made from this list, so that a field cannot be forgotten in one of them.
"""

from __future__ import annotations

import datetime
import decimal
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from limen.node.reports.models import BearerDetail, DocumentDetail, Report
from limen.node.sharing.classes import FieldClass
from limen.node.terms import normalise
from limen.node.web.errors import Invalid

Parser = Callable[["Field", Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `part` is the related name of its table, empty for the report itself."""

    name: str
    parse: Parser
    kind: str
    part: str = ""
    terms: str = ""
    required: bool = False
    """Whether a release needs it."""

    @property
    def field_class(self) -> FieldClass:
        """The class of the table that it lies in."""
        return PART_CLASSES[self.part]

    @property
    def label(self) -> str:
        """What people call it, in the language in force."""
        return str(MODELS[self.part]._meta.get_field(self.name).verbose_name)

    @property
    def limit(self) -> int:
        """The most characters that it holds; 10,000 where the table sets no limit."""
        return getattr(MODELS[self.part]._meta.get_field(self.name), "max_length", None) or 10_000

    def clean(self, value: Any) -> Any:
        """Turn what was sent into the field's value. Raises `Invalid` in one sentence, naming the field."""
        try:
            return self.parse(self, value)
        except normalise.Unknown as error:
            raise Invalid(str(error), field=self.name) from error
        except (ValueError, TypeError, ArithmeticError) as error:
            raise Invalid(
                _("%(field)s: “%(value)s” is not understood.") % {"field": self.label, "value": str(value)[:60]},
                field=self.name,
            ) from error


MODELS: dict[str, Any] = {"": Report, "document": DocumentDetail, "bearer": BearerDetail}
PART_CLASSES = {"": FieldClass.STATISTICAL, "document": FieldClass.DOCUMENT, "bearer": FieldClass.BEARER}


def _plain(field: Field, value: Any, limit: int | None = None) -> str:
    text = "" if value is None else str(value)
    if not isinstance(value, str | int | float | None):
        raise TypeError
    if "\x00" in text:
        raise ValueError
    text = text.replace("\r\n", "\n").strip()
    most = limit or field.limit
    if len(text) > most:
        raise Invalid(
            _("%(field)s: %(given)d characters are too many; %(limit)d are stored.")
            % {"field": field.label, "given": len(text), "limit": most},
            field=field.name,
        )
    return text


def _upper(field: Field, value: Any) -> str:
    # Some letters become two as capitals: what is counted is what is stored.
    return _plain(field, value.upper() if isinstance(value, str) else value)


def _code(field: Field, value: Any) -> str:
    """A code, or a name that is longer than the code it means."""
    text = _plain(field, value, 200)
    return normalise.code(field.terms, text) if text else ""


def _codes(field: Field, value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else re.split(r"[,\s]+", _plain(field, value, 2000))
    if len(items) > 20:
        raise ValueError
    return list(dict.fromkeys(normalise.code(field.terms, str(item)) for item in items if item))


def _date(field: Field, value: Any) -> datetime.date | None:
    if isinstance(value, datetime.date) or value in (None, ""):
        return value or None
    day = datetime.date.fromisoformat(_plain(field, value))
    if not 1900 <= day.year <= 2100:
        raise ValueError
    return day


def _detection_date(field: Field, value: Any) -> datetime.date:
    day = _date(field, value)
    if day is None or day > datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1):
        raise Invalid(_("The date of detection lies in the future or is missing."), field=field.name)
    return day


def _birth_date(field: Field, value: Any) -> str:
    """A date of which day, or day and month, may be unknown: YYYY-MM-DD, YYYY-MM, YYYY."""
    text = _plain(field, value)
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if text and not match:
        raise ValueError
    if match:
        year, month, day = (int(part or 1) for part in match.groups())
        if year < 1880:
            raise ValueError
        datetime.date(year, month, day)
    return text


def _whole(low: int, high: int) -> Parser:
    def parse(field: Field, value: Any) -> int | None:
        if value in (None, ""):
            return None
        number = int(_plain(field, value))
        if not low <= number <= high:
            raise ValueError
        return number

    return parse


def _money(field: Field, value: Any) -> decimal.Decimal | None:
    if value in (None, ""):
        return None
    amount = decimal.Decimal(_plain(field, value).replace(",", ""))
    if not amount.is_finite():
        raise ValueError
    amount = amount.quantize(decimal.Decimal("0.01"))
    if not 0 <= amount < 10**10:
        raise ValueError
    return amount


def _currency(field: Field, value: Any) -> str:
    text = _upper(field, value)
    if text and not re.fullmatch("[A-Z]{3}", text):
        raise ValueError
    return text


def _companions(field: Field, value: Any) -> list[dict[str, str]]:
    """Other documents carried along: a list of {category, issuer, note}."""
    if value in (None, ""):
        return []
    if not isinstance(value, list) or len(value) > 20 or not all(isinstance(item, dict) for item in value):
        raise ValueError
    cleaned = []
    for item in value:
        if item.keys() - {"category", "issuer", "note"}:
            raise ValueError
        category, issuer = str(item.get("category") or ""), str(item.get("issuer") or "")
        cleaned.append(
            {
                "category": normalise.code("document_category", category) if category else "",
                "issuer": normalise.code("issuer", issuer) if issuer else "",
                "note": _plain(field, item.get("note", ""))[:200],
            }
        )
    return [item for item in cleaned if any(item.values())]


def _term(name: str, terms: str, *, part: str = "", required: bool = False) -> Field:
    return Field(name, _code, "term", part, terms, required)


FIELDS: tuple[Field, ...] = (
    Field("issuer", _code, "issuer", terms="issuer", required=True),
    _term("category", "document_category", required=True),
    Field("document_type", _upper, "text"),
    Field("model_name", _plain, "text"),
    Field("model_year", _whole(1950, 2100), "year"),
    _term("fraud_class", "fraud_class", required=True),
    _term("method", "method"),
    Field("other_methods", _codes, "terms", terms="method"),
    Field("detected_on", _detection_date, "date", required=True),
    Field("detection_country", _code, "country", terms="country", required=True),
    Field("place", _code, "place", terms="place"),
    _term("setting", "detection_setting"),
    Field("line", _whole(1, 3), "line", terms="line"),
    Field("means", _codes, "terms", terms="detection_means"),
    Field("nationality_claimed", _code, "country", terms="issuer"),
    Field("nationality_established", _code, "country", terms="issuer"),
    _term("sex", "sex"),
    _term("age_band", "age_band"),
    _term("facilitated", "facilitated"),
    Field("summary", _plain, "long"),
    Field("price", _money, "money"),
    Field("currency", _currency, "text"),
    Field("supply_country", _code, "country", terms="country"),
    Field("supply_place", _plain, "text"),
    Field("companions", _companions, "companions"),
    _term("outcome", "outcome"),
    _term("source_reliability", "source_reliability"),
    _term("information_credibility", "information_credibility"),
    Field("number", _upper, "text", "document"),
    Field("series", _upper, "text", "document"),
    Field("personal_number", _upper, "text", "document"),
    Field("mrz", _upper, "mrz", "document"),
    Field("issued_on", _date, "date", "document"),
    Field("expires_on", _date, "date", "document"),
    Field("surname", _plain, "text", "bearer"),
    Field("given_names", _plain, "text", "bearer"),
    Field("birth_date", _birth_date, "birth_date", "bearer"),
    Field("established_name", _plain, "text", "bearer"),
    Field("facilitator", _plain, "long", "bearer"),
    Field("narrative", _plain, "long", "bearer"),
)

BY_NAME = {field.name: field for field in FIELDS}


def field_named(name: str) -> Field:
    """Find a field. Raises `Invalid` for a name that is none."""
    try:
        return BY_NAME[name]
    except KeyError:
        raise Invalid(_("A report has no field “%(name)s”.") % {"name": name[:60]}, field=name[:60]) from None


def of_part(part: str) -> list[Field]:
    """List the fields of one table, in the order of the form."""
    return [field for field in FIELDS if field.part == part]

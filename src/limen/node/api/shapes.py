"""How a report's fields look in JSON: models made from `limen.node.reports.fields`, so that none can be forgotten."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints
from pydantic import create_model as _pydantic_model

from limen.node.api import wording
from limen.node.reports.fields import FIELDS
from limen.node.reports.fields import Field as ReportField

create_model: Any = _pydantic_model
"""Made from a list: what the fields are is not known to a checker of types."""

NO_NUL = r"^[^\x00]*$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
AMOUNT = r"^[0-9]{1,10}(\.[0-9]{1,2})?$"


class Sent(Schema):
    """What is sent: strictly of its type, and nothing that is not known."""

    model_config = ConfigDict(extra="forbid", strict=True)


def text(most: int, pattern: str = NO_NUL) -> StringConstraints:
    """Say what a text must be like: `Annotated[str, text(64)]`."""
    return StringConstraints(max_length=most, pattern=pattern)


def _sent_field(kind: Any, words: tuple[str, object], **extra: Any) -> tuple[Any, Any]:
    description, example = words
    return kind | None, Field(None, description=description, examples=[example], json_schema_extra=extra or None)


def _part(name: str, words: dict[str, tuple[str, object]], kinds: dict[str, Any], doc: str) -> type[Schema]:
    fields: dict[str, Any] = {key: _sent_field(kinds[key], each) for key, each in words.items()}
    made: type[Schema] = create_model(name, __base__=Sent, __doc__=doc, __module__=__name__, **fields)
    return made


_CODE: Any = Annotated[str, text(64)]
LegSent: Any = _part(
    "LegSent",
    wording.LEG,
    {
        "role": _CODE,
        "country": _CODE,
        "place": _CODE,
        "carrier": _CODE,
        "service": Annotated[str, text(12)],
        "on": Annotated[str, text(10, DAY)],
    },
    "One leg of the route.",
)
CompanionSent: Any = _part(
    "CompanionSent",
    wording.COMPANION,
    {"category": _CODE, "issuer": _CODE, "note": Annotated[str, text(200)]},
    "A document that was carried along.",
)

_SENT: dict[str, Any] = {
    "issuer": _CODE,
    "country": _CODE,
    "place": _CODE,
    "term": _CODE,
    "terms": Annotated[list[Annotated[str, text(64)]], Field(max_length=20)],
    "year": Annotated[int, Field(ge=1950, le=2100)],
    "line": Annotated[int, Field(ge=1, le=3)],
    "date": Annotated[str, text(10, DAY)],
    "birth_date": Annotated[str, text(10, r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$")],
    "money": Annotated[str, text(13, AMOUNT)] | Annotated[float, Field(ge=0, le=9_999_999_999.99, allow_inf_nan=False)],
    "companions": Annotated[list[CompanionSent], Field(max_length=20)],
}


def _sent(field: ReportField) -> tuple[Any, Any]:
    return _sent_field(_SENT.get(field.kind) or Annotated[str, text(field.limit)], wording.FIELDS[field.name])


FieldsSent: Any = create_model(
    "FieldsSent",
    __base__=Sent,
    __doc__="The fields of a report.",
    __module__=__name__,
    **{field.name: _sent(field) for field in FIELDS},
    legs=(
        Annotated[list[LegSent], Field(max_length=12)] | None,
        Field(None, description="The route, from embarkation to the final destination. Replaces the one before."),
    ),
)


class Leg(Schema):
    """One leg of the route; what is not known is empty."""

    role: str = Field(description=wording.LEG["role"][0], examples=["embarkation"])
    country: str = Field(description=wording.LEG["country"][0], examples=["UTO"])
    place: str = Field(description=wording.LEG["place"][0], examples=["THBKK"])
    carrier: str = Field(description=wording.LEG["carrier"][0], examples=["TG"])
    service: str = Field(description=wording.LEG["service"][0], examples=["TG600"])
    on: str | None = Field(description=wording.LEG["on"][0], examples=["2026-11-02"])


class Companion(Schema):
    """A document that was carried along."""

    category: str = Field(description=wording.COMPANION["category"][0], examples=["visa"])
    issuer: str = Field(description=wording.COMPANION["issuer"][0], examples=["UTO"])
    note: str = Field(description=wording.COMPANION["note"][0], examples=[""])


_SHOWN: dict[str, Any] = {
    "terms": list[str],
    "year": int | None,
    "line": int | None,
    "date": str | None,
    "money": str | None,
    "companions": list[Companion],
}


def _shown(field: ReportField) -> tuple[Any, Any]:
    """Fields of classes 1 and 2 are absent where they are not seen, or not asked for."""
    description, example = wording.FIELDS[field.name]
    kind = _SHOWN.get(field.kind, str)
    if field.part:
        kind, default = kind | None, None
        return kind, Field(default, description=description, examples=[example])
    return kind, Field(description=description, examples=[example])


FieldsShown: Any = create_model(
    "FieldsShown",
    __base__=Schema,
    __doc__="The fields of a report.",
    __module__=__name__,
    **{field.name: _shown(field) for field in FIELDS},
)

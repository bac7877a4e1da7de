"""Alerts as the interface tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from limen.node.alerts import linking, reading
from limen.node.alerts.finding import URGENCIES
from limen.node.api.copying import copies
from limen.node.api.presenting import PREFIX, moment
from limen.node.api.shapes import text
from limen.node.exhibits.showing import pictures
from limen.node.people.models import Officer
from limen.node.sharing.copying import may_copy

_NAMES = {code: name for name, code in URGENCIES.items()}
_PLAIN = (
    *("title", "issuers", "category", "model_name", "model_year", "fraud_class", "methods", "countries", "places"),
    *("route", "summary", "points", "action", "contact", "language"),
)


class Point(Schema):
    """One point to check."""

    look: str = Field(description="What to look at.", examples=["Watermark against the light"])
    light: str = Field(description="Light: code of the terms `image_light`, or empty.", examples=["transmitted"])
    right: str = Field(description="What is right there.", examples=["soft shades"])
    wrong: str = Field(description="What is wrong.", examples=["sharp edges"])
    picture: str = Field(description="Picture that shows it; behind #, the number of a marked place.", examples=[""])


class AlertPicture(Schema):
    """A masked picture of an alert."""

    uid: str = Field(description="Identifier.", examples=["0b5c1d3e-5c0f-4a53-8f0e-3f0a3b5b9a11"])
    light: str = Field(description="Light: code of the terms `image_light`.", examples=["white"])
    subject: str = Field(description="What it shows: code of the terms `image_subject`.", examples=["data_page"])
    caption: str = Field(description="What is said of it.", examples=[""])
    role: str = Field(description="`shown`, or `reference` for what others are compared with.", examples=["shown"])
    width: int = Field(description="Width in pixels.", examples=[1600])
    height: int = Field(description="Height in pixels.", examples=[1100])
    regions: list[dict[str, Any]] = Field(description="Marked regions, in parts of width and height.", examples=[[]])
    masked: str = Field(description="Address of the picture.", examples=["/api/v1/alerts/A26-7KQ2-MBX4/pictures/0b5c"])


class Alert(Schema):
    """An alert as this caller sees it; all of it is class 0."""

    reference: str = Field(description="Its name.", examples=["A26-7KQ2-MBX4"])
    uid: str = Field(description="Its identifier.", examples=["5f3f4c32-6c0a-4e0c-9c1b-0d6f7a1c2b3d"])
    agency: str = Field(description="Code of the agency that owns it.", examples=["uto-border"])
    standing: str = Field(
        description="draft, proposed, recalled, coming, in_force, replaced or lapsed.", examples=["in_force"]
    )
    marking: str = Field(description="TLP 2.0 marking in force.", examples=["green"])
    released_at: str | None = Field(description="When it was released.", examples=["2026-11-02T08:15:00Z"])
    urgency: str = Field(description="routine, important or urgent (imminent danger).", examples=["urgent"])
    title: str = Field(description="What is going round.", examples=["Counterfeits with a flat watermark"])
    issuers: list[str] = Field(description="Issuers of the documents; none is any.", examples=[["UTO"]])
    category: str = Field(description="Kind of document; empty is any.", examples=["passport"])
    model_name: str = Field(description="Model of the document.", examples=[""])
    model_year: int | None = Field(description="Model of the year.", examples=[2021])
    fraud_class: str = Field(description="Class of fraud.", examples=["counterfeit"])
    methods: list[str] = Field(description="Methods.", examples=[["whole_counterfeit"]])
    countries: list[str] = Field(description="Countries concerned.", examples=[["THA"]])
    places: list[str] = Field(description="Places concerned, by UN/LOCODE.", examples=[["THBKK"]])
    route: str = Field(description="The route, in words.", examples=[""])
    summary: str = Field(description="What it is.", examples=["Printed by ink jet."])
    points: list[Point] = Field(description="Points to check, in their order.")
    action: str = Field(description="What to do.", examples=["Refer to second line."])
    contact: str = Field(description="Desk that answers.", examples=["desk@uto.example"])
    language: str = Field(description="Language that it is written in.", examples=["en"])
    valid_from: str | None = Field(description="First day on which it holds.", examples=["2026-11-02"])
    valid_until: str | None = Field(description="Last day on which it holds.", examples=["2027-01-31"])
    replaces: str | None = Field(description="Alert that it takes the place of, where that is seen.", examples=[None])
    pictures: list[AlertPicture] = Field(description="Its pictures.")
    reports: list[str] = Field(description="Linked reports that the caller sees and may copy.", examples=[[]])


class Alerts(Schema):
    """The alerts in force, the most urgent first."""

    items: list[Alert] = Field(description="The alerts.")
    more: bool = Field(description="Whether there are more than were asked for.", examples=[False])


class FindAlerts(Schema):
    """What is asked for; whatever is not named asks for nothing."""

    issuer: Annotated[str, text(3, r"^[A-Z]{1,3}$")] | None = Field(
        None, description="About documents of this issuer, or of any.", examples=["UTO"]
    )
    method: Annotated[str, text(48, r"^[a-z_]*$")] | None = Field(
        None, description="About this method.", examples=["whole_counterfeit"]
    )
    place: Annotated[str, text(8, r"^[A-Z0-9]*$")] | None = Field(
        None, description="About this place, or its country.", examples=["THBKK"]
    )
    urgency: Annotated[str, Field(pattern="^(routine|important|urgent)$")] | None = Field(
        None, description="Of this urgency at least.", examples=["important"]
    )
    limit: int = Field(50, ge=1, le=200, description="Most alerts.")


def alerts_told(found: Iterable[Any], officer: Officer) -> list[dict[str, Any]]:
    """Tell alerts."""
    return [alert_told(alert) for alert in found if may_copy(alert, officer)]


def alert_told(alert: Any) -> dict[str, Any]:
    """Tell one alert."""
    replaced = copies(reading.alerts()).filter(pk=alert.supersedes_id or 0).first()
    return {name: getattr(alert, name) for name in _PLAIN} | {
        "reference": alert.reference,
        "uid": str(alert.uid),
        "agency": alert.owner.code,
        "standing": reading.standing(alert).value,
        "marking": alert.marking,
        "released_at": moment(alert.released_at),
        "urgency": _NAMES[alert.urgency],
        "valid_from": str(alert.valid_from) if alert.valid_from else None,
        "valid_until": str(alert.valid_until) if alert.valid_until else None,
        "replaces": replaced.reference if replaced else None,
        "pictures": [_picture(alert, each.exhibit) for each in pictures(alert)],
        "reports": list(copies(linking.rows(alert)).values_list("reference", flat=True)),
    }


def _picture(alert: Any, exhibit: Any) -> dict[str, Any]:
    names = ("light", "subject", "caption", "role", "width", "height", "regions")
    return {name: getattr(exhibit, name) for name in names} | {
        "uid": str(exhibit.uid),
        "masked": f"{PREFIX}/alerts/{alert.reference}/pictures/{exhibit.uid}",
    }

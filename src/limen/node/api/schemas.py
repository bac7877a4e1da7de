"""What goes in and comes out, beside the fields of a report (`shapes`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from limen.node.api.shapes import DAY, NO_NUL, FieldsSent, FieldsShown, Leg, Sent, text

MONTH = r"^[0-9]{4}-[0-9]{2}$"


class Problem(Schema):
    """What went wrong (RFC 9457); `detail` is one sentence to be shown to people."""

    type: str = Field(description="Names the kind of problem.", examples=["/problems/invalid"])
    title: str = Field(description="The status in words.", examples=["Unprocessable Entity"])
    status: int = Field(description="The HTTP status.", examples=[422])
    detail: str = Field(description="One sentence.", examples=["“issuer”: nothing is known as “Atlantis”."])
    instance: str = Field(description="The path that was asked.", examples=["/api/v1/reports"])
    errors: dict[str, str] | None = Field(None, description="A sentence for each field that is to blame.")


class Audience(Sent):
    """Whom a report is for. TLP:RED, which names persons, is released on the site alone."""

    marking: Literal["clear", "green", "amber", "amber_strict"] = Field(
        description="TLP 2.0 marking.", examples=["green"]
    )
    community: bool = Field(False, description="Every agency of the community; with TLP:CLEAR and TLP:GREEN alone.")
    agencies: Annotated[list[Annotated[str, text(24, r"^[-A-Za-z0-9_]+$")]], Field(max_length=200)] = Field(
        default_factory=list, description="Codes of the agencies that shall see it.", examples=[["uto-border"]]
    )
    classes: Annotated[list[Annotated[int, Field(ge=0, le=3)]], Field(max_length=4)] = Field(
        default_factory=lambda: [0],
        description="Field classes that the agencies named receive; the community receives class 0.",
        examples=[[0, 1]],
    )
    basis: Annotated[str, text(2000)] = Field(
        "", description="Agreement or approval that allows more than class 0 to be told.", examples=["MoU 2026/4"]
    )


class ReportSent(FieldsSent):
    """A report to begin. Codes are those of `GET /terms/{kind}`; many names are understood as well."""

    client_key: Annotated[str, Field(min_length=1, max_length=64, pattern=NO_NUL)] | None = Field(
        None,
        description="Key of your own for this report: sent again, the report that was begun the first time comes back.",
        examples=["post7-2026-11-02-0031"],
    )
    release: Audience | None = Field(
        None,
        description="Release it, or propose to: a machine's report is released at once where its agency has set so and "
        "one person would be enough; otherwise it waits for a person.",
    )


class ReportChanged(FieldsSent):
    """Fields to change; those that are not named stay, null empties."""


class Agency(Schema):
    """An agency of this node."""

    code: str = Field(description="Short name in addresses and audiences.", examples=["uto-border"])
    name: str = Field(description="Name.", examples=["Utopia Border Service"])
    country: str = Field(description="Three-letter code; empty for an organization.", examples=["UTO"])
    kind: str = Field(description="national, organization or centre.", examples=["national"])


class Image(Schema):
    """A picture: masked for everybody who sees the report, as it was taken for those who see class 3."""

    uid: str = Field(description="Identifier.", examples=["0b5c1d3e-5c0f-4a53-8f0e-3f0a3b5b9a11"])
    light: str = Field(description="Light: code of the terms `image_light`.", examples=["white"])
    subject: str = Field(description="What it shows: code of the terms `image_subject`.", examples=["data_page"])
    position: int = Field(description="Order among the report's pictures.", examples=[0])
    width: int = Field(description="Width in pixels.", examples=[1600])
    height: int = Field(description="Height in pixels.", examples=[1100])
    masks_confirmed: bool = Field(description="Whether a person confirmed what is masked.", examples=[False])
    regions: list[dict[str, Any]] = Field(description="Marked regions, in parts of width and height.", examples=[[]])
    masked: str = Field(description="Address of the masked picture.", examples=["/api/v1/images/0b5c1d3e/masked"])
    original: str | None = Field(None, description="Address of the picture as taken; absent where it is not seen.")


class Images(Schema):
    """Pictures that were added: one, or as many as a document of several pages had."""

    items: list[Image] = Field(description="The pictures.")


class Report(FieldsShown):
    """A report as this caller sees it: fields of classes that are not seen are absent."""

    reference: str = Field(description="Its name.", examples=["R26-7KQ2-MB3X"])
    uid: str = Field(description="Its identifier.", examples=["5f3f4c32-6c0a-4e0c-9c1b-0d6f7a1c2b3d"])
    agency: str = Field(description="Code of the agency that owns it.", examples=["uto-border"])
    state: str = Field(description="draft, proposed, released or recalled.", examples=["draft"])
    marking: str = Field(description="TLP 2.0 marking in force.", examples=["amber_strict"])
    classes: list[int] = Field(description="Field classes that this caller sees of it.", examples=[[0, 1]])
    client_key: str | None = Field(None, description="The key it was sent with; told to its own agency alone.")
    created_at: str = Field(description="When it was begun.", examples=["2026-11-02T08:15:00Z"])
    updated_at: str = Field(description="When it was last changed.", examples=["2026-11-02T08:15:00Z"])
    released_at: str | None = Field(description="When it was released.", examples=[None])
    legs: list[Leg] = Field(description="The route.")
    images: list[Image] = Field(description="The pictures.")


class Page(Schema):
    """Some reports, the newest first, and where to go on."""

    items: list[Report] = Field(description="The reports.")
    next: str | None = Field(description="Cursor of the next page; null on the last.", examples=[None])


class Comment(Sent):
    """Why something was decided."""

    comment: Annotated[str, text(2000)] = Field("", description="A sentence.", examples=["Masks looked at."])


class Reason(Sent):
    """Why something is taken back."""

    reason: Annotated[str, Field(min_length=1, max_length=2000, pattern=NO_NUL)] = Field(
        description="A sentence.", examples=["The document was found to be the issuer's own."]
    )


class Me(Schema):
    """Who calls."""

    name: str = Field(description="Name of the machine or person.", examples=["Counter 7"])
    agency: Agency = Field(description="Its agency.")
    is_machine: bool = Field(description="Whether a token was brought.", examples=[True])
    roles: list[str] = Field(description="Scopes of a machine, roles of a person.", examples=[["write", "read1"]])
    expires_at: str | None = Field(description="When the token expires.", examples=["2027-11-02T08:15:00Z"])
    requests_per_minute: int | None = Field(description="What the token may do.", examples=[600])
    machine_release: bool = Field(description="Whether the agency releases machines' reports at once.")


class TermShown(Schema):
    """A word that reports are written with."""

    code: str = Field(description="What reports hold.", examples=["counterfeit"])
    parent: str | None = Field(description="The code above it, if any.", examples=[None])
    labels: dict[str, str] = Field(description="What it is called, by language.", examples=[{"en": "Counterfeit"}])
    definition: str = Field(description="What it means.", examples=["Made without authority."])
    mappings: dict[str, str] = Field(description="What other schemes call it.", examples=[{"fado": "Counterfeit"}])
    active: bool = Field(description="Whether new reports should use it.", examples=[True])


class Terms(Schema):
    """The words of one kind."""

    kind: str = Field(description="The kind.", examples=["fraud_class"])
    items: list[TermShown] = Field(description="The words, in their order.")


class PlaceShown(Schema):
    """A place where documents are inspected, or travel begins or ends."""

    code: str = Field(description="UN/LOCODE.", examples=["THBKK"])
    iata: str = Field(description="IATA code, if any.", examples=["BKK"])
    name: str = Field(description="Name.", examples=["Bangkok"])
    country: str = Field(description="Three-letter code.", examples=["THA"])
    lat: float = Field(description="Latitude in degrees.", examples=[13.7])
    lon: float = Field(description="Longitude in degrees.", examples=[100.75])


class Places(Schema):
    """Places that were found."""

    items: list[PlaceShown] = Field(description="The places.")


class Agencies(Schema):
    """The agencies of this node."""

    items: list[Agency] = Field(description="The agencies, by name.")


class Count(Schema):
    """How many released reports have one value."""

    value: str = Field(description="A code; empty where the report does not say.", examples=["UTO"])
    n: int = Field(description="Number of reports.", examples=[12])


class Counts(Schema):
    """Numbers of released reports by one dimension."""

    by: str = Field(description="The dimension.", examples=["issuer"])
    total: int = Field(description="Number of reports in all.", examples=[12])
    items: list[Count] = Field(description="The values, the most frequent first; months in their order.")


_Asked = Annotated[str, text(64)] | None


class Find(Schema):
    """What is asked for; whatever is not named asks for nothing."""

    q: Annotated[str, text(200)] | None = Field(
        None, description="Words of the report, its reference, or a whole document number."
    )
    name: Annotated[str, text(200)] | None = Field(
        None, description="Names of the bearer (class 2). Each search is recorded."
    )
    issuer: _Asked = Field(None, description="Issuer of the document.", examples=["UTO"])
    category: _Asked = Field(None, description="Kind of document.", examples=["passport"])
    fraud_class: _Asked = Field(None, description="Class of fraud.", examples=["counterfeit"])
    method: _Asked = Field(None, description="Method, principal or other.", examples=["photo_substitution"])
    country: _Asked = Field(None, description="Country of detection.", examples=["UTO"])
    place: _Asked = Field(None, description="Place of detection.", examples=["THBKK"])
    setting: _Asked = Field(None, description="Setting of detection.", examples=["arrival"])
    nationality: _Asked = Field(None, description="Nationality, claimed or established.", examples=["UTO"])
    outcome: _Asked = Field(None, description="Outcome.", examples=["entry_refused"])
    document_type: Annotated[str, text(2)] | None = Field(None, description="Document code, as in the zone.")
    means: _Asked = Field(None, description="By what it was detected.", examples=["light"])
    line: Literal["1", "2", "3"] | None = Field(None, description="Line of inspection.")
    sex: _Asked = Field(None, description="Sex of the bearer.", examples=["F"])
    age_band: _Asked = Field(None, description="Age band of the bearer.", examples=["25_34"])
    facilitated: _Asked = Field(None, description="Whether somebody helped.", examples=["yes"])
    supply_country: _Asked = Field(None, description="Country of supply.", examples=["UTO"])
    source_reliability: _Asked = Field(None, description="Reliability of the source, A to F.", examples=["B"])
    information_credibility: _Asked = Field(None, description="Credibility of the information, 1 to 6.", examples=["2"])
    via: _Asked = Field(None, description="A place on the route.", examples=["THBKK"])
    via_country: _Asked = Field(None, description="A country on the route.", examples=["UTO"])
    carrier: _Asked = Field(None, description="A carrier on the route.", examples=["TG"])
    principal: _Asked = Field(None, description="Principal method alone.", examples=["photo_substitution"])
    nationality_claimed: _Asked = Field(None, description="Nationality claimed.", examples=["UTO"])
    nationality_established: _Asked = Field(None, description="Nationality established.", examples=["UTO"])
    route_from: _Asked = Field(None, description="Where the route began: a place or a country.", examples=["THBKK"])
    route_via: _Asked = Field(None, description="Last transit: a place or a country; `-`: none.", examples=["THBKK"])
    route_to: _Asked = Field(None, description="Where the route led: a place or a country.", examples=["THBKK"])
    model_name: Annotated[str, text(80)] | None = Field(None, description="Model, exactly as it was written.")
    model_year: Annotated[str, text(4)] | None = Field(None, description="Year of the model.", examples=["2021"])
    marking: Literal["clear", "green", "amber", "amber_strict", "red"] | None = Field(None, description="Marking.")
    agency: _Asked = Field(None, description="Code of the agency that owns it.", examples=["uto-border"])
    state: Literal["draft", "proposed", "released", "recalled", "any"] = Field("released", description="State.")
    mine: Literal["true", "false"] = Field("false", description="Only what this caller began.")
    since: Annotated[str, text(10, DAY)] | None = Field(None, description="Detected on this day or later.")
    until: Annotated[str, text(10, DAY)] | None = Field(None, description="Detected on this day or earlier.")
    similar: _Asked = Field(None, description="Reports with a picture similar to the one with this `uid`.")
    limit: int = Field(50, ge=1, le=200, description="Most reports on a page.")
    cursor: Annotated[str, text(400)] | None = Field(None, description="Where to go on: `next` of the page before.")


class Include(Schema):
    """What is asked for beyond the usual."""

    include: Literal["bearer"] | None = Field(
        None, description="`bearer`: the bearer's data too, where they are seen; the reading is recorded."
    )


class Key(Schema):
    """The key of a request that is sent once."""

    idempotency_key: Annotated[str, text(66, r"^[\x20-\x7e]+$")] | None = Field(
        None,
        alias="Idempotency-Key",
        description="Key of your own for this report, 1 to 64 characters; the same as `client_key`.",
        examples=["post7-2026-11-02-0031"],
    )


class FindPlaces(Schema):
    """Which places are asked for."""

    q: Annotated[str, text(80)] = Field(
        description="Beginning of a name, UN/LOCODE, IATA or ICAO code.", examples=["BKK"]
    )
    country: Annotated[str, text(3, r"^[A-Z]{1,3}$")] | None = Field(
        None, description="Three-letter code: places of this country come first.", examples=["THA"]
    )
    limit: int = Field(20, ge=1, le=100, description="Most places.")


class CountBy(Schema):
    """What is counted."""

    by: Literal["country", "place", "issuer", "fraud_class", "method", "month"] = Field(
        "issuer", description="The dimension."
    )
    since: Annotated[str, text(7, MONTH)] | None = Field(
        None, description="Detected in this month or later.", examples=["2026-01"]
    )
    until: Annotated[str, text(7, MONTH)] | None = Field(
        None, description="Detected in this month or earlier.", examples=["2026-12"]
    )

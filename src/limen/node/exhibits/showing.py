"""What the viewer shows of a record's exhibits, in the reader's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.reading import exhibits_of
from limen.node.reports.models import Image
from limen.node.sharing.models import Shareable
from limen.node.terms import label


@dataclass(frozen=True, slots=True)
class Picture:
    """One exhibit in words."""

    exhibit: Exhibit
    number: int
    name: str
    """What stands on the button that shows it."""
    light: str
    subject: str
    """What it shows; its number where that was not said."""
    alt: str
    """Its caption, or what it shows."""
    regions: list[dict[str, Any]]
    compared_with: str
    """The uid of the picture that it is compared with; empty where none was chosen."""

    @property
    def regions_json(self) -> str:
        """Marked places as the viewer reads them."""
        return json.dumps(self.regions)


def pictures(record: Shareable) -> list[Picture]:
    """The exhibits that may be shown, in their order."""
    shown = [each for each in exhibits_of(record) if not each.withheld]
    return [picture(number, each) for number, each in enumerate(shown, start=1)]


def viewer_of(record: Shareable) -> dict[str, Any]:
    """What `exhibits/viewer.html` shows: the pictures, and how many are withheld, which the own agency alone learns."""
    rows = list(exhibits_of(record))
    return {"pictures": pictures(record), "withheld": sum(each.withheld for each in rows)}


def picture(number: int, exhibit: Exhibit) -> Picture:
    """Put one exhibit in words."""
    light = label("image_light", exhibit.light)
    other = exhibit.compared_with
    return Picture(
        exhibit=exhibit,
        number=number,
        name=_("Reference: %(light)s") % {"light": light} if exhibit.is_reference else light,
        light=light,
        subject=_subject(exhibit, number),
        alt=exhibit.caption or described(exhibit, number),
        regions=[_region(region) for region in exhibit.regions],
        compared_with=str(other.uid) if other is not None and not other.withheld else "",
    )


def described(image: Exhibit | Image, number: int) -> str:
    """Say what a picture shows that has no caption."""
    words = {"subject": _subject(image, number), "light": label("image_light", image.light)}
    return _("%(subject)s, %(light)s, masked") % words


def _subject(image: Exhibit | Image, number: int) -> str:
    return label("image_subject", image.subject) if image.subject else _("Picture %(number)d") % {"number": number}


def _region(region: dict[str, Any]) -> dict[str, Any]:
    return region | {"label": label("region_property", region["label"]) if region["label"] else ""}

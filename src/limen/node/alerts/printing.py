"""The quick check card as PDF, typeset by Typst: always one page, the type as large as that lets it be."""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image

from limen.node.alerts.cards import Card, Shown
from limen.node.alerts.points import Point
from limen.node.people.models import Officer
from limen.node.reports.exporting.as_pdf import FONTS, font_folders

LONGEST = 1200
"""Longest side of a picture in pixels: sharp on A4, and light on a slow line."""


def write(card: Card, officer: Officer, paper: str = "a5") -> bytes:
    """Write the file."""
    with tempfile.TemporaryDirectory(prefix="limen-") as name:
        folder = Path(name)
        template = folder / "card.typ"
        template.write_bytes(resources.files(__package__).joinpath("card.typ").read_bytes())
        content = _content(card, officer, folder) | {"paper": paper}
        compiler = typst.Compiler(template, root=folder, font_paths=list(font_folders()))
        pdf = compiler.compile(sys_inputs={"content": json.dumps(content)})
    assert isinstance(pdf, bytes)
    return pdf


def _content(card: Card, officer: Officer, folder: Path) -> dict[str, Any]:
    alert = card.alert
    until = date_format(alert.valid_until, "DATE_FORMAT") if alert.valid_until else ""
    return {
        "language": (get_language() or "en")[:2],
        "fonts": [*FONTS],
        "heading": _("Quick check card"),
        "reference": alert.reference,
        "marking": card.marking.value,
        "marking_name": str(card.marking.label),
        "urgency": str(card.urgency.word),
        "rank": int(alert.urgency),
        "title": alert.title or alert.reference,
        "about": " · ".join(part for part in (card.subject, card.places) if part),
        "points": [_point(each) for each in card.points],
        "right_word": _("right"),
        "wrong_word": _("wrong"),
        "more": _("More points stand on the alert's page.") if card.left_out else "",
        "pictures": [found for number, each in enumerate(card.pictures) if (found := _picture(number, each, folder))],
        "do_word": _("What to do"),
        "action": alert.action,
        "contact": f"{_('Contact point')}: {alert.contact}" if alert.contact else "",
        "validity": _("valid until %(until)s") % {"until": until} if until else "",
        "owner": alert.owner.name,
        "made": _("Printed for %(agency)s; look at the alert on Limen for what holds now.")
        % {"agency": officer.agency.name},
    }


def _point(point: Point) -> dict[str, str]:
    return {
        "number": str(point.number),
        "look": point.look,
        "light": point.light,
        "right": point.right,
        "wrong": point.wrong,
    }


def _picture(number: int, shown: Shown, folder: Path) -> dict[str, Any]:
    """Write a masked picture beside the template; one whose file is gone is passed over."""
    exhibit = shown.picture.exhibit
    try:
        with exhibit.masked.open("rb") as file, Image.open(file) as image:
            image.thumbnail((LONGEST, LONGEST))
            image.convert("RGB").save(folder / f"{number}.jpg", quality=82)
    except (OSError, ValueError):
        return {}
    return {
        "file": f"{number}.jpg",
        "ratio": exhibit.height / exhibit.width,
        "caption": ", ".join(part for part in (shown.picture.subject, shown.picture.light) if part),
        "marks": [{"x": mark.x, "y": mark.y, "w": mark.w, "h": mark.h, "number": mark.number} for mark in shown.marks],
    }

"""Reports as PDF, typeset by Typst: one with its pictures, or a list in a table.

The fonts of the Typst wheel shape Latin (Vietnamese too), Greek and Cyrillic; Thai comes from the packages
`fontpkg-noto-sans` and `fontpkg-noto-sans-thai` where they are installed, else from the system.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from limen import __version__
from limen.node.reports.exporting import wording
from limen.node.reports.exporting.gathering import Gathered, Record
from limen.node.reports.models import Image
from limen.node.sharing import policy
from limen.node.sharing.markings import Marking
from limen.node.terms import label

FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_thai")
FONTS = ("Noto Sans", "Noto Sans Thai", "Libertinus Serif")
MOST_PICTURES = 6


def write(gathered: Gathered) -> bytes:
    """Write the file."""
    with tempfile.TemporaryDirectory(prefix="limen-") as name:
        folder = Path(name)
        template = folder / "reports.typ"
        source = resources.files(__package__).joinpath("reports.typ").read_bytes()
        template.write_bytes(source)
        content = _content(gathered, folder)
        compiler = typst.Compiler(template, root=folder, font_paths=list(font_folders()))
        pdf = compiler.compile(sys_inputs={"content": json.dumps(content)})
    assert isinstance(pdf, bytes)
    return pdf


def font_folders() -> list[Path]:
    """Where the fonts of the font packages lie."""
    found: list[Path] = []
    for package in FONT_PACKAGES:
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or []) if spec else []:
            found.append(Path(place, "files"))
    return found


def _content(gathered: Gathered, folder: Path) -> dict[str, Any]:
    single = gathered.records[0].report.reference if len(gathered.records) == 1 else ""
    return {
        "title": _("Report %(reference)s") % {"reference": single} if single else _("Reports"),
        "lead": wording.count(gathered),
        "marking": gathered.marking.value,
        "marking_name": str(gathered.marking.label),
        "exported": wording.exported_by(gathered),
        "left_out": gathered.left_out,
        "page_word": _("Page"),
        "version": __version__,
        "language": (get_language() or "en")[:2],
        "fonts": [*FONTS],
        "columns": [
            _("Reference"),
            _("Detected"),
            _("Issuer"),
            _("Kind of document"),
            _("Method"),
            _("Place"),
            _("Marking"),
            _("Agency"),
        ],
        "records": [_one(record, gathered, folder) if single else _row(record) for record in gathered.records],
    }


def _row(record: Record) -> dict[str, str]:
    report = record.report
    place, country = report.place, report.detection_country
    method, fraud = report.method, report.fraud_class
    return {
        "reference": report.reference,
        "detected_on": report.detected_on.isoformat(),
        "issuer": label("issuer", report.issuer) if report.issuer else "",
        "category": label("document_category", report.category) if report.category else "",
        "method": label("method", method) if method else (label("fraud_class", fraud) if fraud else ""),
        "place": label("place", place) if place else (label("country", country) if country else ""),
        "marking": report.marking,
        "marking_name": str(Marking(report.marking).label),
        "agency": report.owner.name,
    }


def _one(record: Record, gathered: Gathered, folder: Path) -> dict[str, Any]:
    row = _row(record)
    lead = (row["issuer"], row["category"], row["method"], row["agency"])
    return row | {
        "lead": " · ".join(part for part in lead if part),
        "blocks": [block for block in _blocks(record, gathered) if block["rows"]],
        "pictures": _pictures(record, folder),
    }


def _blocks(record: Record, gathered: Gathered) -> list[dict[str, Any]]:
    titles = {"": _("The case"), "document": _("Document numbers"), "bearer": _("The bearer")}
    blocks = []
    for part, title in titles.items():
        rows = [
            [each.label[:1].upper() + each.label[1:], wording.words(each, record.value(each))]
            for each in gathered.fields
            if each.part == part and record.value(each) not in (None, "", [])
        ]
        blocks.append({"title": title, "rows": rows})
    legs = [[label("leg_role", leg.role), wording.leg_words(leg)] for leg in record.legs]
    blocks.insert(1, {"title": _("Route"), "rows": legs})
    return blocks


def _pictures(record: Record, folder: Path) -> list[dict[str, str]]:
    """Write the masked pictures beside the template; one whose file is gone is passed over."""
    found = []
    images = policy.visible(Image.objects.filter(report=record.report)).order_by("position", "id")
    for number, image in enumerate(images[:MOST_PICTURES]):
        try:
            with image.masked.open("rb") as file:
                data = file.read()
        except (OSError, ValueError):
            continue
        name = f"{number}{Path(image.masked.name).suffix}"
        (folder / name).write_bytes(data)
        words = (label("image_light", image.light), label("image_subject", image.subject) if image.subject else "")
        found.append({"file": name, "caption": ", ".join(word for word in words if word)})
    return found

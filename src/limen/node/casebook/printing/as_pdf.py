"""A case study as PDF, typeset by Typst: its pictures with what is marked on them, and each step beside its place."""

from __future__ import annotations

import io
import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from PIL import Image

from limen import __version__
from limen.node.casebook import reading, telling
from limen.node.casebook.models import CaseStudy
from limen.node.exhibits import showing
from limen.node.exhibits.models import Role
from limen.node.people.models import Officer
from limen.node.reports.exporting.as_pdf import FONTS, font_folders
from limen.node.sharing.markings import Marking

LONGEST = 1400
"""Pixels of a picture on paper along its longer side."""

_TALL = 0.8
"""From which share of its width on a cut is set by its height."""

_AROUND = 0.06
"""How much of the picture is shown around a marked place."""


def write(case: CaseStudy, officer: Officer) -> bytes:
    """Write the file, in the language in force; the texts stay in their own."""
    with tempfile.TemporaryDirectory(prefix="limen-") as name:
        folder = Path(name)
        template = folder / "case.typ"
        template.write_bytes(resources.files(__package__).joinpath("case.typ").read_bytes())
        content = _content(case, officer, folder)
        compiler = typst.Compiler(template, root=folder, font_paths=list(font_folders()))
        pdf = compiler.compile(sys_inputs={"content": json.dumps(content)})
    assert isinstance(pdf, bytes)
    return pdf


def _content(case: CaseStudy, officer: Officer, folder: Path) -> dict[str, Any]:
    opened = {each.exhibit.uid: image for each in showing.pictures(case) if (image := _opened(each)) is not None}
    marking = Marking(case.marking)
    printed = {"agency": officer.agency.name, "day": date_format(timezone.localdate(), "DATE_FORMAT")}
    return {
        "title": case.title or case.reference,
        "reference": case.reference,
        "headline": reading.headline(case),
        "agency": case.owner.name,
        "marking": marking.value,
        "marking_name": str(marking.label),
        "printed": _("Printed for %(agency)s, %(day)s") % printed,
        "note": _("Personal data are masked. Nothing here names a person: write no names on it."),
        "page_word": _("Page"),
        "version": __version__,
        "language": (get_language() or "en")[:2],
        "text_language": case.language[:2],
        "rtl": get_language_bidi(),
        "fonts": [*FONTS],
        "words": {
            "steps": _("How it was found"),
            "features": _("What gave it away"),
            "lesson": _("The lesson"),
            "reference": str(Role("reference").label).capitalize(),
        },
        "facts": telling.facts(case),
        "pictures": [_picture(each, opened[each.exhibit.uid], folder) for each in _shown(case, opened)],
        "steps": [_step(number, each, opened, folder) for number, each in enumerate(telling.steps(case), start=1)],
        "features": case.key_features,
        "lesson": case.lesson,
    }


def _shown(case: CaseStudy, opened: dict[Any, Image.Image]) -> list[showing.Picture]:
    return [each for each in showing.pictures(case) if each.exhibit.uid in opened]


def _opened(picture: showing.Picture) -> Image.Image | None:
    """The masked picture; None where its file is gone."""
    try:
        with picture.exhibit.masked.open() as file, Image.open(file) as image:
            found = image.convert("RGB")
    except (OSError, ValueError):
        return None
    found.thumbnail((LONGEST, LONGEST))
    return found


def _picture(picture: showing.Picture, image: Image.Image, folder: Path) -> dict[str, Any]:
    return {
        "file": _written(image, folder, f"p{picture.number}"),
        "caption": f"{picture.number}. {_caption(picture)}",
        "width": image.width,
        "height": image.height,
        "is_reference": picture.exhibit.is_reference,
        "regions": [{name: region[name] for name in "xywh"} | {"told": _told(region)} for region in picture.regions],
    }


def _caption(picture: showing.Picture) -> str:
    parts = (picture.subject, picture.light, picture.exhibit.caption)
    return ", ".join(part for part in parts if part)


def _step(number: int, step: telling.ToldStep, opened: dict[Any, Image.Image], folder: Path) -> dict[str, Any]:
    image = opened.get(step.picture.exhibit.uid) if step.picture else None
    cut = _cut(step, image) if image is not None else None
    return {
        "text": step.step.text,
        "by": " · ".join(part for part in (step.tool, step.light) if part),
        "place": step.place,
        "file": _written(cut, folder, f"s{number}") if cut is not None else "",
        "is_tall": cut is not None and cut.height > _TALL * cut.width,
    }


def _cut(step: telling.ToldStep, image: Image.Image) -> Image.Image:
    """The marked place with a little around it; the whole picture where the step marks none."""
    if step.picture is None or step.region is None:
        return image
    region = step.picture.regions[step.region]
    left, top = region["x"] - _AROUND, region["y"] - _AROUND
    right, below = region["x"] + region["w"] + _AROUND, region["y"] + region["h"] + _AROUND
    edges = (max(left, 0.0), max(top, 0.0), min(right, 1.0), min(below, 1.0))
    x0, y0, x1, y1 = (round(at * side) for at, side in zip(edges, image.size * 2, strict=True))
    return image.crop((x0, y0, x1, y1))


def _told(region: dict[str, Any]) -> str:
    return ": ".join(part for part in (region["label"], region["text"]) if part)


def _written(image: Image.Image, folder: Path, name: str) -> str:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=88)
    (folder / f"{name}.jpg").write_bytes(written.getvalue())
    return f"{name}.jpg"

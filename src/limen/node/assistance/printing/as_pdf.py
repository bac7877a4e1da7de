"""An examination report as PDF, typeset by Typst, in the language of whoever asked; what people typed stays in its own.

It says which agencies asked and examined and in which function somebody signed; no officer's name stands in it.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from PIL import Image

from limen import __version__
from limen.node.assistance import scale, telling_answers
from limen.node.assistance.answers import Answer
from limen.node.assistance.models import Request
from limen.node.exhibits import showing
from limen.node.people.models import Agency
from limen.node.reports.exporting.as_pdf import FONTS, font_folders
from limen.node.sharing.markings import Marking

LONGEST = 1400
"""Pixels of a picture on paper along its longer side."""


def write(request: Request, answers: Sequence[Answer], agency: Agency) -> bytes:
    """Write the report of these signed answers, printed for an agency."""
    language = request.language if request.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with tempfile.TemporaryDirectory(prefix="limen-") as name, translation.override(language):
        folder = Path(name)
        template = folder / "examination.typ"
        template.write_bytes(resources.files(__package__).joinpath("examination.typ").read_bytes())
        content = _content(request, answers, agency, folder)
        compiler = typst.Compiler(template, root=folder, font_paths=list(font_folders()))
        pdf = compiler.compile(sys_inputs={"content": json.dumps(content)})
    assert isinstance(pdf, bytes)
    return pdf


def _content(request: Request, answers: Sequence[Answer], agency: Agency, folder: Path) -> dict[str, Any]:
    marking = Marking(request.marking)
    printed = {"agency": agency.name, "day": date_format(timezone.localdate(), "DATE_FORMAT")}
    pictures = showing.pictures(request)
    return {
        "title": _("Examination report"),
        "reference": request.reference,
        "marking": marking.value,
        "marking_name": str(marking.label),
        "printed": _("Printed for %(agency)s, %(day)s") % printed,
        "page_word": _("Page"),
        "version": __version__,
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "fonts": [*FONTS],
        "facts": telling_answers.facts(request),
        "question": request.question,
        "question_language": request.language[:2],
        "words": {
            "question": _("The question"),
            "findings": _("What was found"),
            "methods": _("How it was examined"),
            "equipment": _("Equipment and reference material"),
            "limits": _("Limits"),
            "scale": _("The scale"),
        },
        "limits": str(scale.LIMITS),
        "explained": str(scale.EXPLAINED),
        "meanings": [[str(word), str(meaning)] for word, meaning in scale.MEANINGS],
        "answers": [_answer(answer, pictures, folder) for answer in answers],
    }


def _answer(answer: Answer, pictures: Sequence[showing.Picture], folder: Path) -> dict[str, Any]:
    told = telling_answers.told(answer, pictures)
    drawn = [_picture(each, answer, folder) for each in told.places]
    return {
        "title": told.title,
        "language": answer.language[:2],
        "opinions": [
            {
                "asked": each.asked,
                "words": each.words,
                "degree": each.degree,
                "a": str(each.pair.a),
                "b": str(each.pair.b),
                "note": each.note,
                "language": answer.language[:2],
            }
            for each in told.opinions
        ],
        "findings": answer.findings,
        "pictures": [each for each in drawn if each],
        "methods": told.methods,
        "equipment": answer.equipment,
        "limits": answer.limits,
        "signatures": told.signatures,
    }


def _picture(places: telling_answers.Places, answer: Answer, folder: Path) -> dict[str, Any]:
    """A masked picture with what was marked; one whose file is gone is passed over."""
    exhibit = places.picture.exhibit
    try:
        with exhibit.masked.open() as file, Image.open(file) as image:
            found = image.convert("RGB")
    except (OSError, ValueError):
        return {}
    found.thumbnail((LONGEST, LONGEST))
    written = io.BytesIO()
    found.save(written, "JPEG", quality=88)
    name = f"a{answer.number}p{places.picture.number}.jpg"
    (folder / name).write_bytes(written.getvalue())
    caption = (places.picture.subject, places.picture.light, exhibit.caption)
    return {
        "file": name,
        "width": found.width,
        "height": found.height,
        "caption": f"{places.picture.number}. {', '.join(part for part in caption if part)}",
        "regions": [{side: each[side] for side in ("x", "y", "w", "h", "number", "told")} for each in places.regions],
    }

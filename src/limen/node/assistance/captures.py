"""The pictures of a document that was found in keeping with reference material, as `limen reference learn` takes them.

References are learned and kept at the verifier, so what leaves here is a folder: the pictures as they were taken, named
by their light, the name of the model, and a page that says what to type. They are class 3: only who sees the originals
of the request gets them, only where its marking and agreements let it be copied, and the log says so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from limen.node.assistance import answering, reading, scale
from limen.node.assistance.models import Request, RequestOriginal
from limen.node.audit import record as log
from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.reading import exhibits_of
from limen.node.people.models import Officer
from limen.node.sharing.copying import may_copy
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Refused
from limen.reference.errors import UnknownError
from limen.reference.model import Model

_LIGHTS: Final = {"white": "white", "uv": "uv", "ir": "ir"}
_FRONTS: Final = ("", "data_page", "visa_page", "whole")
_BACK: Final = "card_back"
_KINDS: Final = {
    "passport": "P TD3",
    "official_passport": "P TD3",
    "identity_card": "ID TD1",
    "residence_permit": "AR TD1",
    "visa_label": "V MRV-A",
}
"""Document code and format that a model's name most often has, by kind of document."""

README = """These are pictures of one document that an examiner found in keeping with reference material.
Request: {reference}. The request, its answer and its marking ({marking}) say what they may be used for.

A reference is learned from at least three documents of the model, five are better, each of another bearer.
Put the folders of several such documents beside each other, then at the verifier:

    limen reference learn "{model}" .

{note}It is on trial until `limen reference promote` has measured it on other captures.
A learned reference holds no pictures of these. Delete the folder once it is learned: it shows a person.
"""
NOTE = """Check the model's name first: issuer, document code, format, and the series or the year since it is issued.
"""


def offered(request: Request, officer: Officer) -> bool:
    """Whether the officer may take the pictures: the opinion says so, and there are originals to take."""
    return _in_keeping(answering.concluded(request)) and may_copy(request, officer) and bool(_named(request))


def pack(request: Request, officer: Officer) -> bytes:
    """Make the zip file; recorded. Raises `Refused`."""
    if not offered(request, officer):
        raise Refused(_("Only what an examiner found in keeping with reference material is taken to learn from."))
    name, sure = model_name(request)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        note = "" if sure else NOTE
        readme = README.format(
            reference=request.reference, marking=request.get_marking_display(), model=name, note=note
        )
        archive.writestr("README.txt", readme)
        for part, original in _named(request).items():
            with original.file.open("rb") as file:
                data = file.read()
            archive.writestr(f"{request.reference}/{part}.{_ending(data)}", data)
            log("request.original_seen", subject=subject_of(request), details={"picture": str(original.exhibit)})
        log("answer.captures_taken", subject=subject_of(request), details={"model": name})
    return written.getvalue()


def model_name(request: Request) -> tuple[str, bool]:
    """The model as `limen reference` names one, and whether the request named it so itself."""
    likely = f"{request.issuer or 'XXX'} {_KINDS.get(request.category, 'P TD3')}"
    for name, sure in ((request.model_name, True), (f"{likely} {request.model_name}", False)):
        try:
            return Model.parse(name).name, sure
        except UnknownError:
            continue
    return likely, False


def _in_keeping(concluded: Mapping[str, int | None]) -> bool:
    """The document was found in keeping, and nothing of it otherwise."""
    if (concluded.get(str(scale.Asked.DOCUMENT)) or 0) < scale.IN_KEEPING:
        return False
    return all(scale.favoured(degree) != str(scale.Truth.B) for degree in concluded.values())


def _named(request: Request) -> dict[str, RequestOriginal]:
    """The originals by what their files are called: one for each side and light, and white among them."""
    exhibits = {each.uid: each for each in exhibits_of(request)}
    found: dict[str, RequestOriginal] = {}
    for original in reading.originals_of(request):
        if (exhibit := exhibits.get(original.exhibit)) is not None and (part := _part(exhibit)):
            found.setdefault(part, original)
    return found if "white" in found else {}


def _part(exhibit: Exhibit) -> str:
    light = _LIGHTS.get(exhibit.light, "")
    if light and exhibit.subject in _FRONTS:
        return light
    if light and exhibit.subject == _BACK:
        return "back" if light == "white" else f"back-{light}"
    return ""


def _ending(data: bytes) -> str:
    return "png" if data.startswith(b"\x89PNG") else "jpg"

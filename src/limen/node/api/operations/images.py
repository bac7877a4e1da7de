"""Pictures of a report."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Status

from limen.node.api import copying, sending
from limen.node.api.operations.answers import answers
from limen.node.api.presenting import image_told
from limen.node.api.problems import Fault
from limen.node.api.schemas import Images
from limen.node.reports import picturing, reading
from limen.node.sharing.copying import leaving
from limen.node.sharing.releasing import may_edit
from limen.node.web.errors import Invalid, Refused

router = Router(tags=["images"])

_TEXT = {"type": "string", "maxLength": 64}
_SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["image"],
                    "properties": {
                        "image": {
                            "type": "string",
                            "format": "binary",
                            "description": "JPEG, PNG, WebP, TIFF, JPEG 2000, or PDF, of which each page is a picture.",
                        },
                        "light": {**_TEXT, "description": "Light: code of the terms `image_light`; white by default."},
                        "subject": {**_TEXT, "description": "What it shows: code of the terms `image_subject`."},
                    },
                }
            }
        },
    }
}
BYTES: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The picture.",
            "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.post(
    "/reports/{reference}/images",
    response=answers({201: Images}, 404, 413, 415, 422),
    operation_id="attachImage",
    summary="Add a picture to a draft",
    exclude_unset=True,
    openapi_extra=_SENT,
)
def attach_image(request: HttpRequest, reference: str) -> Status[Any]:
    """Add a picture, which is masked at once; a person must look at the masks before the report can be released."""
    officer = request.caller.officer
    sending.may_write(request.caller)
    report = copying.report_of(reference, officer)
    if not may_edit(report, officer):
        raise Refused(_("Only a draft takes pictures, from its author, an examiner or a coordinator of the agency."))
    data = _file(request)
    light, subject = (_text(request, name) for name in ("light", "subject"))
    images = picturing.attach(report, officer, data, light, subject)
    seen = reading.sight(report, officer)
    return Status(201, {"items": [image_told(image, seen) for image in images]})


@router.get(
    "/images/{uid}/masked",
    response=answers({}, 404),
    operation_id="getMaskedImage",
    summary="A picture with everything personal masked",
    openapi_extra=BYTES,
)
def get_masked_image(request: HttpRequest, uid: str) -> HttpResponse:
    """Read the picture that everybody who sees the report sees."""
    return picture(copying.image_of(uid, request.caller.officer).masked)


@router.get(
    "/images/{uid}/original",
    response=answers({}, 404),
    operation_id="getOriginalImage",
    summary="A picture as it was taken",
    openapi_extra=BYTES,
)
def get_original_image(request: HttpRequest, uid: str) -> HttpResponse:
    """Read the picture as it was taken, where class 3 is seen; the reading is recorded."""
    image = copying.image_of(uid, request.caller.officer)
    with leaving():
        original = reading.original_of(image)
    return picture(original.file)


def _file(request: HttpRequest) -> bytes:
    """Take the one file of the form. Raises `Fault`, `Invalid`."""
    if request.content_type != "multipart/form-data":
        raise Fault(415, _("Send a form, with the header Content-Type: multipart/form-data."))
    if int(request.headers.get("Content-Length") or 0) > settings.UPLOAD_MAX_BYTES + (1 << 20):
        raise Fault(413, _("What you sent is larger than this node accepts."))
    files = [file for _name, given in request.FILES.lists() for file in given]
    if len(files) != 1 or "image" not in request.FILES:
        raise Invalid(_("Send one file, as the form's field “image”."), field="image")
    if files[0].size > settings.UPLOAD_MAX_BYTES:
        raise Fault(413, _("What you sent is larger than this node accepts."))
    return bytes(files[0].read())


def _text(request: HttpRequest, name: str) -> str:
    text = request.POST.get(name, "")
    if len(text) > 64 or "\x00" in text:
        raise Invalid(_("“%(field)s” is not understood.") % {"field": name}, field=name)
    return text


def picture(file: FieldFile) -> HttpResponse:
    """A stored picture as an answer. Raises `Http404` where its file is gone."""
    if not file or not file.storage.exists(file.name):
        raise Http404
    with file.open() as opened:
        data = bytes(opened.read())
    # A stored file's name tells nothing; the node wrote it, as one of two kinds.
    return HttpResponse(data, content_type="image/webp" if data[8:12] == b"WEBP" else "image/jpeg")

"""A stored picture as an answer."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse

TYPES = ((b"RIFF", "image/webp"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"))
"""How files of pictures begin, and what they then are."""


def send_file(request: HttpRequest, file: FieldFile, *, keep: bool = True) -> HttpResponse:
    """Give out a file as what it is and nothing else; a browser that keeps it asks again each time."""
    tag = f'"{file.name.rpartition("/")[2]}"'
    if keep and request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        try:
            with file.open() as opened:
                data = opened.read()
        except FileNotFoundError as error:
            raise Http404 from error
        kind = next((kind for start, kind in TYPES if data.startswith(start)), "application/octet-stream")
        response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = "private, no-cache" if keep else "private, no-store"
    if keep:
        response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

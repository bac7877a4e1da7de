"""What pages about pictures are sent: files, and what was drawn over them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from limen.node.images.masks import Kind, Mask
from limen.node.web.errors import Invalid


def uploaded(request: HttpRequest) -> bytes:
    """The file that was sent. Raises `Invalid`."""
    file = request.FILES.get("image")
    if file is None:
        raise Invalid(_("Choose a picture first."), field="image")
    most = settings.UPLOAD_MAX_BYTES
    if file.size > most:
        raise Invalid(
            _("The file has more than %(most)d MB; save a smaller copy.") % {"most": most >> 20}, field="image"
        )
    return bytes(file.read())


def json_of(request: HttpRequest, name: str, otherwise: Any) -> Any:
    """What the marker sent: a JSON body, or a field of that name in a form. Raises `Invalid`."""
    whole = request.content_type == "application/json"
    text = request.body.decode("utf-8", "replace") if whole else request.POST.get(name, "")
    try:
        found = json.loads(text) if text else otherwise
    except (ValueError, RecursionError) as error:
        raise Invalid(_("What was drawn did not arrive whole; try again."), field=name) from error
    return found.get(name) if isinstance(found, dict) else found


def drawn_masks(request: HttpRequest, before: list[Any]) -> Any:
    """The masks that a person drew, or keeps. Raises `Invalid` where there are none, unexplained.

    Drawing none opens the whole picture, so it is asked twice.
    """
    if "keep" in request.POST:
        return before
    drawn = json_of(request, "masks", [])
    if not drawn and "none" not in request.POST:
        raise Invalid(_("Draw at least one mask, or say that nothing in the picture tells of a person."), field="masks")
    return [_mask(each) for each in drawn] if isinstance(drawn, list) else drawn


def box_of(mask: dict[str, Any]) -> dict[str, Any]:
    """The upright rectangle around a stored mask, which the marker can move."""
    x, y, w, h = Mask.from_json(mask).box
    return {"x": x, "y": y, "w": w, "h": h}


def _mask(drawn: Any) -> Any:
    """A mask as the marker sends it: rounded, and without a kind where it is new."""
    if not isinstance(drawn, dict):
        return drawn
    mask = {"kind": Kind.DATA.value, "source": "hand", **drawn}
    for side, corner in (("w", "x"), ("h", "y")):
        if isinstance(mask.get(side), int | float) and isinstance(mask.get(corner), int | float):
            mask[side] = min(mask[side], 1 - mask[corner])
    return mask

"""The pictures of a question: both sides on canvases of the same size, so that no measure tells which it is."""

from __future__ import annotations

import io

from django.http import Http404
from PIL import Image

from limen.node.casebook.practice.scoring import Box
from limen.node.exhibits.models import Exhibit

LONGEST = 1600
"""The most pixels of a canvas along its longer side."""

_GROUND = (120, 124, 128)
_QUALITY = 84


def canvas(one: Exhibit, other: Exhibit | None) -> tuple[int, int]:
    """Width and height that hold both, each with its longer side the same."""
    sizes = [_fitted(each, _longest(one, other)) for each in (one, other) if each is not None]
    return max(width for width, _height in sizes), max(height for _width, height in sizes)


def frame(one: Exhibit, other: Exhibit | None) -> Box:
    """Where the picture lies on its canvas, in shares."""
    whole_width, whole_height = canvas(one, other)
    width, height = _fitted(one, _longest(one, other))
    left, top = (whole_width - width) // 2, (whole_height - height) // 2
    return Box(left / whole_width, top / whole_height, width / whole_width, height / whole_height)


def draw(one: Exhibit, other: Exhibit | None) -> bytes:
    """The picture on its canvas, as a WebP file without metadata. Raises `Http404` where its file is gone."""
    try:
        with one.masked.open() as file, Image.open(file) as opened:
            picture = opened.convert("RGB")
    except FileNotFoundError as error:
        raise Http404 from error
    width, height = canvas(one, other)
    resized = picture.resize(_fitted(one, _longest(one, other)), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (width, height), _GROUND)
    whole.paste(resized, ((width - resized.width) // 2, (height - resized.height) // 2))
    written = io.BytesIO()
    whole.save(written, "WEBP", quality=_QUALITY, method=4)
    return written.getvalue()


def _longest(one: Exhibit, other: Exhibit | None) -> int:
    """The longer side of both: that of the smaller picture, so that neither is drawn larger than it is."""
    return min(LONGEST, *(max(each.width, each.height) for each in (one, other) if each is not None))


def _fitted(exhibit: Exhibit, longest: int) -> tuple[int, int]:
    factor = longest / max(exhibit.width, exhibit.height)
    return max(1, round(exhibit.width * factor)), max(1, round(exhibit.height * factor))

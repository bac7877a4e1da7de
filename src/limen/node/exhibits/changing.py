"""Changing the exhibits of a record that is being written: masked, marked, described, paired, put in order, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.exhibits.adding import lock
from limen.node.exhibits.holders import holder_of
from limen.node.exhibits.models import Exhibit, Original, Role
from limen.node.files.rows import delete_when_done, files_of_rows, named
from limen.node.images.masks import masks_to_json
from limen.node.people.models import Officer
from limen.node.reports import pictures
from limen.node.sharing.models import Shareable
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

CAPTION = 400
"""Characters of a caption."""


def record_of(exhibit: Exhibit) -> Any:
    """The record that an exhibit belongs to. Raises `Http404`."""
    return holder_of(exhibit.kind).find(exhibit.record)


def describe(exhibit: Exhibit, officer: Officer, values: Mapping[str, str]) -> Exhibit:
    """Set what is named of light, subject, caption, role and `compared_with` (a uid). Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        record, exhibit = _lock(exhibit, officer)
        cleaned = {_COLUMNS[name]: _CLEAN[name](exhibit, text) for name, text in values.items() if name in _CLEAN}
        _save(exhibit, cleaned)
        _log(record, "exhibit.changed", exhibit, fields=sorted(cleaned))
    return exhibit


def set_regions(exhibit: Exhibit, officer: Officer, regions: Any) -> Exhibit:
    """Mark places, and say what each shows. Raises `Refused`, `Invalid`."""
    cleaned = pictures.clean_regions(regions)
    with transaction.atomic():
        record, exhibit = _lock(exhibit, officer)
        _save(exhibit, {"regions": cleaned})
        _log(record, "exhibit.regions_set", exhibit, count=len(cleaned))
    return exhibit


def set_masks(exhibit: Exhibit, officer: Officer, masks: Any) -> Exhibit:
    """Hide what a person drew, and nothing else, which confirms the masks; the original is deleted with this.

    Where there is no original any more, or never was, what is drawn is hidden besides what was hidden before. The
    picture before goes in both cases. Raises `Refused`, `Invalid`.
    """
    drawn = pictures.masks_of(masks)
    with files_of_rows() as written, transaction.atomic():
        record, exhibit = _lock(exhibit, officer)
        original = original_row(exhibit)
        if original is None and not exhibit.masks_confirmed:
            raise Refused(not_seen())
        old = named([exhibit.masked, exhibit.thumbnail, *([original.file] if original else [])])
        hidden = [] if original else [mask for mask in exhibit.masks if mask not in masks_to_json(drawn)]
        picture = pictures.pixels_of(original.file if original else exhibit.masked)
        pictures.render(exhibit, picture, drawn, written)
        _save(exhibit, {"masks": hidden + exhibit.masks, "masks_confirmed": True}, "masked", "thumbnail")
        if original:
            original.delete()
        delete_when_done(old)
        _log(record, "exhibit.masks_set", exhibit, count=len(drawn))
    return exhibit


def move(exhibit: Exhibit, officer: Officer, *, later: bool) -> None:
    """Change places with the one before, or after. Raises `Refused`."""
    with transaction.atomic():
        record, exhibit = _lock(exhibit, officer)
        rows = _siblings(exhibit)
        at = next(number for number, each in enumerate(rows) if each.pk == exhibit.pk)
        to = at + (1 if later else -1)
        if not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for position, each in enumerate(rows, start=1):
            if each.position != position:
                _save(each, {"position": position})
        _log(record, "exhibit.moved", exhibit)


def remove(exhibit: Exhibit, officer: Officer) -> Shareable:
    """Delete an exhibit with its files; says of which record. Raises `Refused`."""
    with transaction.atomic():
        record, exhibit = _lock(exhibit, officer)
        original = original_row(exhibit)
        delete_when_done(named([exhibit.masked, exhibit.thumbnail, *([original.file] if original else [])]))
        uid = str(exhibit.uid)
        exhibit.delete()
        log("exhibit.removed", subject=subject_of(record), details={"exhibit": uid})
    return record


def original_row(exhibit: Exhibit) -> Original | None:
    """The picture before it was masked, if there is one that who looks may see."""
    return Original.objects.filter(exhibit=exhibit).first()


def not_seen() -> str:
    """Why somebody cannot confirm the masks of a picture whose original they may not see."""
    return _("Who uploaded this picture, or an examiner or coordinator, confirms its masks.")


def _lock(exhibit: Exhibit, officer: Officer) -> tuple[Any, Exhibit]:
    record = lock(record_of(exhibit), officer)
    row = Exhibit.objects.select_for_update(of=("self",)).filter(pk=exhibit.pk).first()
    if row is None:
        raise Refused(_("This picture was removed meanwhile."))
    return record, row


def _siblings(exhibit: Exhibit) -> list[Exhibit]:
    return list(Exhibit.objects.filter(kind=exhibit.kind, record=exhibit.record))


def _save(exhibit: Exhibit, values: Mapping[str, Any], *files: str) -> None:
    for name, value in values.items():
        setattr(exhibit, name, value)
    exhibit.save(update_fields=[*values, *files])


def _log(record: Shareable, action: str, exhibit: Exhibit, **details: Any) -> None:
    log(action, subject=subject_of(record), details={"exhibit": str(exhibit.uid)} | details)


def _caption(_exhibit: Exhibit, text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:CAPTION]


def _role(_exhibit: Exhibit, text: str) -> str:
    if text not in Role.values:
        raise Invalid(_("A picture shows what was found, or serves as reference."), field="role")
    return text


def _other(exhibit: Exhibit, text: str) -> int | None:
    if not text:
        return None
    found = next((each for each in _siblings(exhibit) if str(each.uid) == text and each.pk != exhibit.pk), None)
    if found is None:
        raise Invalid(_("Choose another picture of the same record to compare with."), field="compared_with")
    return int(found.pk)


_CLEAN = {
    "light": lambda _exhibit, text: pictures.code("image_light", text or "white"),
    "subject": lambda _exhibit, text: pictures.code("image_subject", text),
    "caption": _caption,
    "role": _role,
    "compared_with": _other,
}
DESCRIBED = tuple(_CLEAN)
"""What `describe` sets."""

_COLUMNS: Mapping[str, str] = {name: name for name in _CLEAN} | {"compared_with": "compared_with_id"}

"""Pictures of a report: taken in, masked, marked, put in order, taken away.

What others see is rendered from the original by covering the masks, and stored as a file of its own, so that no file
of class 0 holds anything of what is hidden. Files are written before their rows and removed again where the rows fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.files.rows import delete_when_done, files_of_rows, named
from limen.node.images import intake, masking
from limen.node.images.fingerprint import fingerprint
from limen.node.images.masks import Mask
from limen.node.people.models import Officer
from limen.node.reports import pictures
from limen.node.reports.drafting import lock_draft
from limen.node.reports.models import Image, Original, Report
from limen.node.reports.pictures import Taken, take
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

MOST = 24
"""Pictures of one report."""


def attach(
    report: Report, officer: Officer, data: bytes | Sequence[Taken], light: str = "white", subject: str = ""
) -> list[Image]:
    """Add the pictures of a file to a draft, masked as far as their pages are understood. Raises `Refused`, `Invalid`.

    Where the page was not found, everything is masked until a person draws masks and confirms them.
    """
    taken = take(data) if isinstance(data, bytes) else list(data)
    light, subject = pictures.code("image_light", light or "white"), pictures.code("image_subject", subject)
    with files_of_rows() as written:
        images = [_rendered(report, one, light, subject, written) for one in taken]
        with transaction.atomic():
            locked = lock_draft(report, officer)
            _make_room(locked, len(images))
            position = (locked.images.aggregate(last=Max("position"))["last"] or 0) + 1
            for number, (image, original) in enumerate(images):
                image.position = position + number
                image.save(force_insert=True)
                original.image_id = image.pk
                original.save(force_insert=True)
            log("report.pictures_added", subject=subject_of(locked), details={"count": len(images)})
    return [image for image, _original in images]


def set_masks(image: Image, officer: Officer, masks: Any) -> Image:
    """Hide what a person drew, and nothing else; this confirms the masks. Raises `Refused`, `Invalid`.

    The picture that others see is rendered anew from the original, and the one before is deleted.
    """
    drawn = pictures.masks_of(masks)
    with files_of_rows() as written, transaction.atomic():
        locked, image = _lock(image, officer)
        with _original(image).file.open() as file:
            (picture,) = intake.take(file.read())
        old = named([image.masked, image.thumbnail])
        _mask(image, picture.image, drawn, written)
        image.masks_confirmed = True
        image.save(update_fields=["masked", "thumbnail", "masks", "masks_confirmed", "fingerprint"])
        delete_when_done(old)
        log("report.masks_set", subject=subject_of(locked), details={"image": str(image.uid), "count": len(drawn)})
    return image


def set_regions(image: Image, officer: Officer, regions: Any) -> Image:
    """Mark places of a picture, and say what each shows. Raises `Refused`, `Invalid`."""
    cleaned = pictures.clean_regions(regions)
    return _change(image, officer, "report.regions_set", regions=cleaned)


def set_light(image: Image, officer: Officer, light: str, subject: str | None = None) -> Image:
    """Say in which light a picture was taken, and what it shows. Raises `Refused`, `Invalid`."""
    values = {"light": pictures.code("image_light", light or "white")}
    if subject is not None:
        values["subject"] = pictures.code("image_subject", subject)
    return _change(image, officer, "report.picture_changed", **values)


def reorder(report: Report, officer: Officer, uids: Sequence[str]) -> None:
    """Put the pictures of a draft in this order; those not named follow. Raises `Refused`."""
    with transaction.atomic():
        locked = lock_draft(report, officer)
        wanted = {str(uid): number for number, uid in enumerate(uids)}
        images = sorted(locked.images.all(), key=lambda image: wanted.get(str(image.uid), len(wanted)))
        for position, image in enumerate(images, start=1):
            image.position = position
            image.save(update_fields=["position"])
        log("report.pictures_ordered", subject=subject_of(locked))


def detach(image: Image, officer: Officer) -> None:
    """Delete a picture of a draft with its files. Raises `Refused`."""
    with transaction.atomic():
        locked, image = _lock(image, officer)
        files = [image.masked, image.thumbnail, *(row.file for row in Original.objects.filter(image=image))]
        uid = str(image.uid)
        delete_when_done(named(files))
        image.delete()
        log("report.picture_removed", subject=subject_of(locked), details={"image": uid})


def _rendered(
    report: Report, taken: Taken, light: str, subject: str, written: list[FieldFile]
) -> tuple[Image, Original]:
    """Write the files of one picture; its rows are not saved yet."""
    proposal = masking.propose(taken.picture.image, taken.zone)
    width, height = taken.picture.size
    image = Image(report=report, light=light, subject=subject, width=width, height=height)
    _mask(image, taken.picture.image, proposal.masks, written, proposal.windows)
    original = Original(report=report, sha256=taken.picture.sha256)
    pictures.write(original.file, intake.encode(taken.picture.image), written)
    return image, original


def _mask(
    image: Image,
    picture: intake.Image,
    masks: Sequence[Mask],
    written: list[FieldFile],
    windows: tuple[masking.Quad | None, masking.Quad | None] = (None, None),
) -> None:
    """Render what class 0 may hold of a picture, all of it from the masked pixels."""
    masked = pictures.render(image, picture, masks, written)
    found = fingerprint(masked, masks, windows)
    vector: Any = None if found is None else [float(x) for x in found]
    image.fingerprint = vector


def _make_room(report: Report, count: int) -> None:
    if report.images.count() + count > MOST:
        raise Invalid(_("A report holds at most %(most)d pictures.") % {"most": MOST}, field="image")


def _lock(image: Image, officer: Officer) -> tuple[Report, Image]:
    locked = lock_draft(image.report, officer)
    row = Image.objects.select_for_update(of=("self",)).filter(pk=image.pk).first()
    if row is None:
        raise Refused(_("This picture was removed meanwhile."))
    return locked, row


def _original(image: Image) -> Original:
    """The picture before it was masked; a machine may have sent none."""
    found = Original.objects.filter(image=image).first()
    if found is None:
        raise Invalid(_("The picture was sent masked already; to mask it otherwise, add the picture itself."))
    return found


def _change(image: Image, officer: Officer, action: str, **values: Any) -> Image:
    with transaction.atomic():
        locked, image = _lock(image, officer)
        for name, value in values.items():
            setattr(image, name, value)
        image.save(update_fields=list(values))
        log(action, subject=subject_of(locked), details={"image": str(image.uid)})
    return image

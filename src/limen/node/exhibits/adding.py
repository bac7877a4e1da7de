"""Adding pictures to a record: taken from a report, or uploaded."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import ProgrammingError, connection, transaction
from django.db.models import Max
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.exhibits.holders import holder_of, kind_of
from limen.node.exhibits.models import Exhibit, Original
from limen.node.files.rows import files_of_rows
from limen.node.images import intake, masking
from limen.node.people.models import Officer
from limen.node.reports import pictures
from limen.node.reports.models import Image
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Shareable
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

MOST = 24
"""Exhibits of one record."""


def take(record: Shareable, officer: Officer, image: Image) -> Exhibit:
    """Copy the masked picture of a report, with its marked places. Raises `Refused`, `Invalid`.

    The officer sees the report: it is the own agency's and not marked TLP:RED, or was released to the community.
    """
    _may_be_taken(image, officer)
    with files_of_rows() as written:
        exhibit = _copied(record, image, written)
        with transaction.atomic():
            locked = lock(record, officer)
            if Exhibit.objects.filter(kind=exhibit.kind, record=locked.pk, source_image=image.uid).exists():
                raise Invalid(_("This picture is there already."))
            try:
                _place(locked, [exhibit])
            except ProgrammingError as error:  # the report was recalled this instant
                raise Refused(_not_taken()) from error
            log(
                "exhibit.taken",
                subject=subject_of(locked),
                details={"exhibit": str(exhibit.uid), "report": image.report.reference},
            )
    return exhibit


def copy(record: Shareable, officer: Officer, picture: Exhibit, regions: list[dict[str, Any]]) -> Exhibit:
    """Copy an exhibit of another record of one's own agency, with other marked places. Raises `Refused`, `Invalid`."""
    if picture.owner_id != officer.agency_id or not picture.masks_confirmed or picture.withheld:
        raise Refused(_not_taken())
    with files_of_rows() as written:
        exhibit = Exhibit(kind=kind_of(record), record=record.pk, masks_confirmed=True, regions=regions)
        for name in (
            "light",
            "subject",
            "caption",
            "role",
            "width",
            "height",
            "masks",
            "source_report",
            "source_image",
        ):
            setattr(exhibit, name, getattr(picture, name))
        _copy_files(exhibit, picture, written)
        with transaction.atomic():
            locked = lock(record, officer)
            try:
                _place(locked, [exhibit])
            except ProgrammingError as error:  # the report that it was taken from was recalled this instant
                raise Refused(_not_taken()) from error
            details = {"exhibit": str(exhibit.uid), "from": str(picture.uid)}
            log("exhibit.copied", subject=subject_of(locked), details=details)
    return exhibit


def upload(record: Shareable, officer: Officer, data: bytes, light: str = "white", subject: str = "") -> list[Exhibit]:
    """Add the pictures of a file, masked as far as their pages are understood. Raises `Refused`, `Invalid`.

    Where the page was not found, everything is masked until a person draws masks and confirms them; so long the
    originals are kept, and no longer.
    """
    taken = pictures.take(data)
    light, subject = pictures.code("image_light", light or "white"), pictures.code("image_subject", subject)
    with files_of_rows() as written:
        rows = [_rendered(record, one, light, subject, written) for one in taken]
        with transaction.atomic():
            locked = lock(record, officer)
            _place(locked, [exhibit for exhibit, _original in rows])
            for exhibit, original in rows:
                original.exhibit_id, original.author_id = exhibit.pk, officer.pk
                original.save(force_insert=True)
            log("exhibit.uploaded", subject=subject_of(locked), details={"count": len(rows)})
    return [exhibit for exhibit, _original in rows]


def lock(record: Any, officer: Officer) -> Any:
    """Lock a record whose exhibits this officer may change. Raises `Refused`."""
    holder = holder_of(kind_of(record))
    rows = holder.model._default_manager.select_for_update(of=("self",)).select_related("owner")
    locked = rows.filter(pk=record.pk).first()
    if locked is None or not holder.may_edit(locked, officer):
        raise Refused(_("You cannot change these pictures: what was proposed or released stays as it is."))
    return locked


def may_take(report: Any, officer: Officer) -> bool:
    """Whether pictures of a report that the officer sees may be taken into other records of the officer's agency."""
    if report.owner_id == officer.agency_id:
        return Marking(report.marking) is not Marking.RED
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT exhibits_withheld(%s, %s, %s)", [report.pk, officer.agency_id, str(Marking.AMBER_STRICT)]
        )
        return bool(cursor.fetchone()[0])


def _may_be_taken(image: Image, officer: Officer) -> None:
    if not may_take(image.report, officer):
        raise Refused(_not_taken())
    if not image.masks_confirmed:
        raise Invalid(_("Confirm this picture's masks in its report first."))


def _not_taken() -> str:
    return _("Pictures are taken from reports of your own agency, and from those released to the whole community.")


def _copied(record: Shareable, image: Image, written: list[FieldFile]) -> Exhibit:
    exhibit = Exhibit(
        kind=kind_of(record),
        record=record.pk,
        light=image.light,
        subject=image.subject,
        width=image.width,
        height=image.height,
        masks=image.masks,
        masks_confirmed=True,
        regions=image.regions,
        source_report=image.report_id,
        source_image=image.uid,
    )
    _copy_files(exhibit, image, written)
    return exhibit


def _copy_files(exhibit: Exhibit, image: Image | Exhibit, written: list[FieldFile]) -> None:
    for name in ("masked", "thumbnail"):
        if file := getattr(image, name):
            with file.storage.open(file.name) as opened:
                getattr(exhibit, name).save(uuid.uuid4().hex, ContentFile(opened.read()), save=False)
            written.append(getattr(exhibit, name))


def _rendered(
    record: Shareable, taken: pictures.Taken, light: str, subject: str, written: list[FieldFile]
) -> tuple[Exhibit, Original]:
    """Write the files of one picture; its rows are not saved yet."""
    image = taken.picture.image
    width, height = taken.picture.size
    exhibit = Exhibit(kind=kind_of(record), record=record.pk, light=light, subject=subject, width=width, height=height)
    pictures.render(exhibit, image, masking.propose(image, taken.zone).masks, written)
    original = Original(sha256=taken.picture.sha256)
    pictures.write(original.file, intake.encode(image), written)
    return exhibit, original


def _place(record: Shareable, exhibits: list[Exhibit]) -> None:
    """Save exhibits after those that are there. Raises `Invalid` where they are too many."""
    rows = Exhibit.objects.filter(kind=kind_of(record), record=record.pk)
    if rows.count() + len(exhibits) > MOST:
        raise Invalid(_("There are at most %(most)d pictures.") % {"most": MOST}, field="image")
    last = rows.aggregate(last=Max("position"))["last"] or 0
    for number, exhibit in enumerate(exhibits, start=1):
        exhibit.position = last + number
        exhibit.save(force_insert=True)
        exhibit.refresh_from_db()

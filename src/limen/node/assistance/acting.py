"""What both sides do with a request that was sent: take it, give it back, talk about it, ask again, close it.

Each function is one action: it checks the right, does, and records. Where a request stands and its clock are moved by
the database (migrations/sql/0002_security.sql), which refuses the same once more; the row is locked, so that of two who
take it at once the second learns that it is taken.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from limen.node.assistance import reading, telling
from limen.node.assistance.answers import Answer, Signing
from limen.node.assistance.drafting import again, begin, discard, write
from limen.node.assistance.models import Message, Request, Stage
from limen.node.assistance.release import personal_in_request
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.sharing.models import State
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

__all__ = ["again", "begin", "close", "discard", "give_back", "lock", "move", "say", "take", "write"]

LONGEST = 4000


def take(request: Request, officer: Officer) -> Request:
    """Take a request to answer it. Raises `Refused`."""
    with transaction.atomic():
        locked = lock(request, officer, examiner=True)
        if locked.stage != Stage.OPEN:
            raise Refused(_("This request is taken already."))
        locked.taken_by = officer
        move(locked, Stage.TAKEN, "taken_by")
        log("request.taken", subject=subject_of(locked))
        telling.asker(locked)
    return locked


def give_back(request: Request, officer: Officer) -> Request:
    """Give a request back that one took; a coordinator gives back for others. Raises `Refused`."""
    with transaction.atomic():
        locked = lock(request, officer, examiner=True)
        if locked.stage not in (Stage.TAKEN, Stage.ASKED_BACK):
            raise Refused(_("Nobody has taken this request, or it was answered."))
        if locked.taken_by_id != officer.pk and not officer.has_role("coordinator"):
            raise Refused(_("Only who took it, or a coordinator, gives a request back."))
        if Answer.objects.filter(request=locked, stage=Signing.WAITING).exists():
            raise Refused(_("Its answer waits for a second signature; take that back first."))
        locked.taken_by = None
        move(locked, Stage.OPEN, "taken_by")
        log("request.given_back", subject=subject_of(locked))
    return locked


def say(request: Request, officer: Officer, text: str, *, asks: bool = False) -> Message:
    """Say something to the other side. Raises `Refused`, `Invalid`.

    The asked agency may ask back by it (`asks`): then the clock stands until the asking one says something.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise Invalid(_("Write something first."), field="text")
    if len(text) > LONGEST:
        raise Invalid(_("A message has at most %(most)d characters.") % {"most": LONGEST}, field="text")
    with transaction.atomic():
        locked = lock(request, officer, examiner=request.asked_id == officer.agency_id)
        if locked.stage == Stage.CLOSED:
            raise Refused(_("This request is closed."))
        if told := personal_in_request(locked, text):
            raise Invalid(
                _("Everybody who sees the request reads its texts, and they hold %(what)s.") % {"what": told},
                field="text",
            )
        asking = officer.agency_id == locked.owner_id
        if asks and (asking or locked.stage != Stage.TAKEN):
            raise Refused(_("Whoever took the request asks back, before it is answered."))
        message = Message.objects.create(
            request=locked, agency=officer.agency, officer=officer, text=text, asks=asks and not asking
        )
        if asks:
            move(locked, Stage.ASKED_BACK)
        elif asking and locked.stage == Stage.ASKED_BACK:
            move(locked, Stage.TAKEN)
        log("request.asked_back" if asks else "request.said", subject=subject_of(locked))
        (telling.taker if asking else telling.asker)(locked)
    return message


def close(request: Request, officer: Officer) -> Request:
    """Close a request of one's own agency: nothing more is said. Raises `Refused`."""
    with transaction.atomic():
        locked = lock(request, officer)
        if locked.owner_id != officer.agency_id or not reading.may_ask(officer):
            raise Refused(_("Only the asking agency closes a request."))
        if locked.stage == Stage.CLOSED:
            raise Refused(_("This request is closed."))
        move(locked, Stage.CLOSED)
        log("request.closed", subject=subject_of(locked))
    return locked


def lock(request: Request, officer: Officer, *, examiner: bool = False) -> Request:
    """Lock a request that is out, for one of its two sides. Raises `Refused`."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("owner", "asked", "taken_by")
    locked = rows.filter(pk=request.pk).first()
    if locked is None or (examiner and not reading.examines(locked, officer)):
        raise Refused(_("Examiners and coordinators of the asked agency do this."))
    if locked.state != State.RELEASED:
        raise Refused(_("This request is not out; it was not sent yet, or recalled."))
    return locked


def move(locked: Request, stage: Stage, *fields: str) -> None:
    """Move a locked request; moments and clock are the database's, and read again."""
    locked.stage = stage
    locked.save(update_fields=["stage", *fields, "updated_at"])
    locked.refresh_from_db()

"""Answering: a reply prepared item by item by one officer, released by another, taken back; a function each.

The second person can withhold more than the first did, never less. The database asks the same once more
(migrations/sql/0021_information.sql).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.files.rows import delete_when_done, files_of_rows, named
from limen.node.people.models import Officer
from limen.node.plans import rights as of_plans
from limen.node.plans.information import reading, telling
from limen.node.plans.information.asking import subject_of
from limen.node.plans.information.models import (
    Ground,
    InformationItem,
    InformationReply,
    InformationRequest,
    ReplyContent,
    ReplyItem,
    ReplyLink,
    ReplyStage,
    RequestStage,
    Verdict,
)
from limen.node.plans.information.wording import clean, open_text
from limen.node.plans.models import Stage
from limen.node.sharing.kinds import RELEASERS, kind_of
from limen.node.web.errors import Invalid, Refused

MOST_BYTES = 20 << 20
MOST_LINKS = 20


def begin(request: InformationRequest, officer: Officer) -> InformationReply:
    """Begin to prepare a reply, which nobody of the asker's learns of. Raises `Refused`."""
    _answers(request, officer)
    if request.stage != RequestStage.SENT:
        raise Refused(_("This has moved on meanwhile; look at it again."))
    try:
        with transaction.atomic():
            reply = InformationReply.objects.create(request=request, begun_by=officer)
            log("information.reply_begun", subject=subject_of(request))
    except IntegrityError as error:
        raise Refused(_("This has moved on meanwhile; look at it again.")) from error
    return reply


def write(reply: InformationReply, officer: Officer, basis: str, note: str) -> None:
    """Say on which basis one answers, and what else the asker should know. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.DRAFT)
        details = _protected(reply)
        reply.basis = open_text(basis, 400, "basis", details)
        reply.note = open_text(note, 4000, "note", details)
        reply.save(update_fields=["basis", "note"])
        log("information.reply_changed", subject=subject_of(reply.request))


def decide(
    reply: InformationReply, officer: Officer, item: InformationItem, values: Mapping[str, Any], file: Any = None
) -> ReplyItem:
    """Say what becomes of one item, and what is told on it. Raises `Refused`, `Invalid`; then nothing was changed."""
    with files_of_rows() as written, transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.DRAFT)
        verdict, text = _verdict(values), clean(values.get("text"), 20_000)
        ground, words = _why(values, verdict, [text])
        said, _new = ReplyItem.objects.update_or_create(
            reply=reply,
            item=item,
            defaults={"verdict": verdict, "ground": ground, "words": words, "written_by": officer},
        )
        if verdict == Verdict.WITHHELD:
            _drop(said)
        else:
            _tell_on(said, officer, values, file, written)
        log("information.reply_changed", subject=subject_of(reply.request), details={"item": item.position + 1})
    return said


def link(reply: InformationReply, officer: Officer, item: InformationItem, reference: str) -> ReplyLink:
    """Lead to a record of one's own: shown to whoever may open it. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.DRAFT)
        kind, record = _own_record(officer, reference.strip().upper())
        defaults = {"verdict": Verdict.RELEASED, "written_by": officer}
        said, _new = ReplyItem.objects.get_or_create(reply=reply, item=item, defaults=defaults)
        if said.links.count() >= MOST_LINKS:
            raise Invalid(_("An item leads to at most %(most)d records.") % {"most": MOST_LINKS}, field="link")
        made, _new = ReplyLink.objects.get_or_create(reply_item=said, kind=kind, record=record.pk)
        log("information.linked", subject=subject_of(reply.request), details={"record": record.reference})
    return made


def unlink(reply: InformationReply, officer: Officer, item: InformationItem, reference: str) -> None:
    """Lead to it no more. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.DRAFT)
        kind, record = _own_record(officer, reference.strip().upper())
        ReplyLink.objects.filter(reply_item__reply=reply, reply_item__item=item, kind=kind, record=record.pk).delete()
        log("information.unlinked", subject=subject_of(reply.request))


def missing(request: InformationRequest, reply: InformationReply, officer: Officer) -> list[str]:
    """Say what a reply lacks before it can be put forward, a sentence each."""
    found = []
    answers = reading.answers(request, reply, officer)
    if undecided := [each.asked.item.position + 1 for each in answers if each.said is None]:
        found.append(_("Decide on item %(numbers)s.") % {"numbers": ", ".join(map(str, undecided))})
    told = [each for each in answers if each.said and each.said.verdict != Verdict.WITHHELD]
    if empty := [each.asked.item.position + 1 for each in told if not each.content and not each.links]:
        found.append(_("Nothing is told on item %(numbers)s.") % {"numbers": ", ".join(map(str, empty))})
    if not reply.basis and any(each.content and each.content.field_class for each in told):
        found.append(_("Name the legal basis: numbers or names are told."))
    return found


def propose(reply: InformationReply, officer: Officer) -> None:
    """Put the reply to the approving officer; it changes no more. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.DRAFT)
        if faults := missing(reply.request, reply, officer):
            raise Invalid(" ".join(faults))
        reply.stage, reply.comment, reply.prepared_by = ReplyStage.PROPOSED, "", officer
        reply.save(update_fields=["stage", "comment", "prepared_by"])
        telling.tell_second(reply.request, officer)
        log("information.reply_proposed", subject=subject_of(reply.request))


def send_back(reply: InformationReply, officer: Officer, comment: str) -> None:
    """Make it a draft again, saying what must change. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.PROPOSED)
        mine = reply.prepared_by_id == officer.pk
        if not (mine or officer.has_role(*RELEASERS)):
            raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
        if not (said := clean(comment, 2000)) and not mine:
            raise Invalid(_("Say in a sentence why."), field="reason")
        reply.stage, reply.comment, reply.prepared_by = ReplyStage.DRAFT, said, None
        reply.save(update_fields=["stage", "comment", "prepared_by"])
        log("information.reply_returned", subject=subject_of(reply.request))


def withhold(reply: InformationReply, officer: Officer, item: InformationItem, values: Mapping[str, Any]) -> None:
    """Withhold, as the second person, one item more, saying why. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        reply = _deciding(reply, officer)
        said = reply.items.select_for_update(of=("self",)).filter(item=item).first()
        if said is None:
            raise Http404
        said.ground, said.words = _why(values, Verdict.WITHHELD, _protected(reply))
        said.verdict = Verdict.WITHHELD
        said.save(update_fields=["verdict", "ground", "words"])
        log("information.withheld", subject=subject_of(reply.request), details={"item": item.position + 1})


def release(reply: InformationReply, officer: Officer) -> None:
    """Release, as the second person, what another prepared. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        reply = _deciding(reply, officer)
        if reply.request.stage != RequestStage.SENT:
            raise Refused(_("This has moved on meanwhile; look at it again."))
        reply.stage, reply.comment = ReplyStage.RELEASED, ""
        reply.decided_by, reply.released_at = officer, timezone.now()
        reply.save(update_fields=["stage", "comment", "decided_by", "released_at"])
        telling.tell_asker(reply.request, officer)
        told = list(reply.items.order_by("item__position").values_list("verdict", flat=True))
        log("information.reply_released", subject=subject_of(reply.request), details={"items": told})


def recall(reply: InformationReply, officer: Officer, reason: str) -> None:
    """Take a released reply back: the asker sees nothing of it from that second. Raises `Refused`, `Invalid`."""
    if not (said := open_text(reason, 2000, "reason")):
        raise Invalid(_("Say in a sentence why."), field="reason")
    with transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.RELEASED, acting=False)
        if not officer.has_role(*RELEASERS):
            raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
        reply.stage, reply.recall_reason = ReplyStage.RECALLED, said
        reply.recalled_by, reply.recalled_at = officer, timezone.now()
        reply.save(update_fields=["stage", "recall_reason", "recalled_by", "recalled_at"])
        telling.tell_asker(reply.request, officer)
        log("information.reply_recalled", subject=subject_of(reply.request))


def discard(reply: InformationReply, officer: Officer) -> None:
    """Delete a reply that was not put forward. Raises `Refused`."""
    with transaction.atomic():
        reply = _locked(reply, officer, ReplyStage.DRAFT)
        files = named(each.file for each in ReplyContent.objects.filter(reply_item__reply=reply))
        request = reply.request
        reply.delete()
        delete_when_done(files)
        log("information.reply_discarded", subject=subject_of(request))


def _answers(request: InformationRequest, officer: Officer) -> None:
    if request.asked_id != officer.agency_id:
        raise Refused(_("Examiners, analysts and coordinators of the agencies in a plan do this, while it runs."))
    if request.plan.stage != Stage.RUNNING or not of_plans.may_act(request.plan, officer):
        raise Refused(_("Examiners, analysts and coordinators of the agencies in a plan do this, while it runs."))


def _locked(reply: InformationReply, officer: Officer, stage: ReplyStage, *, acting: bool = True) -> InformationReply:
    """The reply, locked, at this stage. Raises `Refused`, and `Http404` for whom there is none."""
    rows = InformationReply.objects.select_for_update(of=("self",)).select_related("request__plan__owner")
    found = rows.filter(pk=reply.pk).first()
    if found is None or found.request.asked_id != officer.agency_id:
        raise Http404
    if acting:
        _answers(found.request, officer)
    if found.stage != stage:
        raise Refused(_("This has moved on meanwhile; look at it again."))
    return found


def _deciding(reply: InformationReply, officer: Officer) -> InformationReply:
    """The same, for the approving officer: who neither prepared it nor wrote any of it. Raises `Refused`."""
    reply = _locked(reply, officer, ReplyStage.PROPOSED)
    if not officer.has_role(*RELEASERS) or officer.is_machine:
        raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
    if reply.prepared_by_id == officer.pk or reply.items.filter(written_by=officer).exists():
        raise Refused(_("You prepared this yourself; a second person must do it."))
    return reply


def _verdict(values: Mapping[str, Any]) -> Verdict:
    try:
        return Verdict(str(values.get("verdict") or ""))
    except ValueError as error:
        raise Invalid(_("Say whether the item is released, released in part, or withheld."), field="verdict") from error


def _why(values: Mapping[str, Any], verdict: Verdict, details: list[str]) -> tuple[str, str]:
    """The reason and its words, which the asker reads; none where all is released."""
    words = open_text(values.get("words"), 2000, "words", details)
    if verdict == Verdict.RELEASED:
        return "", words
    ground = str(values.get("ground") or "")
    if ground not in Ground.values or not words:
        raise Invalid(_("Say for which reason it is withheld, and in words that the asker reads."), field="ground")
    return ground, words


def _tell_on(said: ReplyItem, officer: Officer, values: Mapping[str, Any], file: Any, written: list[Any]) -> None:
    """Write what is told; a new file takes the place of the old one."""
    old, text = ReplyContent.objects.filter(reply_item=said).first(), clean(values.get("text"), 20_000)
    field_class = str(values.get("field_class") or said.item.field_class)
    if field_class not in ("0", "1", "2", "3"):
        raise Invalid(_("Choose for each item what is asked for, and its class."), field="field_class")
    if field_class == "0":
        text = open_text(text, 20_000, "text")
    content = old or ReplyContent(reply_item=said, writer=officer.agency, author=officer)
    content.field_class, content.text = int(field_class), text
    gone = named([content.file]) if old and old.file and (file is not None or values.get("drop_file")) else []
    if gone:
        content.file, content.file_name, content.file_sha256 = "", "", ""
    if file is not None:
        data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Invalid(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES >> 20}, field="file")
        content.file.save("file", ContentFile(data), save=False)
        written.append(content.file)
        content.file_name, content.file_sha256 = clean(file.name, 10_000)[-200:], hashlib.sha256(data).hexdigest()
    if not text and not content.file:
        if old:
            old.delete()
    else:
        _save(content)
    delete_when_done(gone)


def _save(content: ReplyContent) -> None:
    """Save it, unless another wrote what this officer's role does not see. Raises `Refused`."""
    try:
        with transaction.atomic():
            content.save()
    except IntegrityError as error:
        raise Refused(_("Your role does not see all that is written here; ask who wrote it.")) from error


def _drop(said: ReplyItem) -> None:
    """Keep nothing of what is withheld."""
    old = ReplyContent.objects.filter(reply_item=said).first()
    said.links.all().delete()
    if old:
        delete_when_done(named([old.file]))
        old.delete()


def _own_record(officer: Officer, reference: str) -> tuple[str, Any]:
    """A record of one's own agency by its reference. Raises `Invalid`, absent and another's alike."""
    for label in reading.LINKED:
        record = kind_of(label).rows().filter(reference=reference, owner=officer.agency_id).first()
        if record is not None:
            return label, record
    raise Invalid(_("Your agency has no report, alert or case study of this reference."), field="link")


def _protected(reply: InformationReply) -> list[str]:
    """What is told by class in a reply, so that no open text repeats it."""
    rows = ReplyContent.objects.filter(reply_item__reply=reply, field_class__gt=0)
    return [line for text in rows.values_list("text", flat=True) for line in text.splitlines()]

"""What examiners do with an answer, and the asker with its outcome, a function each: it checks, does, and records.

The database asks the same once more (migrations/sql/*_answers.sql): who took the request signs its answer, two where
two are needed, and nothing that was signed changes.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.assistance import reading, scale, telling
from limen.node.assistance.answers import Answer, Bearer, Conclusion, Document, Marked, Outcome, Signing, Source
from limen.node.assistance.models import Priority, Request, Stage
from limen.node.assistance.release import personal_in_request
from limen.node.audit import record as log
from limen.node.exhibits import showing
from limen.node.people.models import Officer
from limen.node.reports import pictures
from limen.node.sharing.models import State
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

EXAMINER = "examiner"
LONGEST = 4000
TEXTS = {"findings": LONGEST, "limits": LONGEST, "equipment": 400}


def answer(request: Request, officer: Officer, values: Mapping[str, Any]) -> Answer:
    """Write an answer and sign it in one go. Raises `Refused`, `Invalid`; then nothing was done."""
    with transaction.atomic():
        draft = write(begin(request, officer), officer, values)
        return sign(draft, officer)


def begin(request: Request, officer: Officer) -> Answer:
    """Begin the answer, or a supplement to what was signed; an open draft is gone on with. Raises `Refused`."""
    with transaction.atomic():
        locked = _request(request, officer)
        found = Answer.objects.filter(request=locked).exclude(stage=Signing.SIGNED).first()
        if found is not None:
            return found
        number = Answer.objects.filter(request=locked).count() + 1
        made = Answer.objects.create(
            request=locked,
            number=number,
            agency=officer.agency,
            author=officer,
            language=_language(officer.language) or settings.LANGUAGE_CODE,
        )
        log("answer.begun", subject=subject_of(locked), details={"number": number})
    return made


def write(draft: Answer, officer: Officer, values: Mapping[str, Any]) -> Answer:
    """Change what is named: texts, `methods`, `language`, `conclusions` as {asked: (degree, note)}.

    Raises `Refused`, `Invalid`.
    """
    with transaction.atomic():
        draft = _draft(draft, officer)
        for name, most in TEXTS.items():
            if name in values:
                setattr(draft, name, _text(values[name], most))
        if "methods" in values:
            draft.methods = _methods(values["methods"])
        if "language" in values:
            draft.language = _language(values["language"]) or draft.language
        draft.save(update_fields=[*TEXTS, "methods", "language"])
        if "conclusions" in values:
            _conclude(draft, values["conclusions"])
        log("answer.written", subject=subject_of(draft.request), details={"fields": sorted(values)})
    return draft


def mark(draft: Answer, officer: Officer, exhibit: uuid.UUID, regions: Any) -> Marked | None:
    """Mark places on one picture of the request; none takes those that were there away. Raises `Refused`, `Invalid`."""
    cleaned = pictures.clean_regions(regions)
    with transaction.atomic():
        draft = _draft(draft, officer)
        if exhibit not in {each.exhibit.uid for each in showing.pictures(draft.request)}:
            raise Http404
        details = {"exhibit": str(exhibit), "count": len(cleaned)}
        log("answer.marked", subject=subject_of(draft.request), details=details)
        if not cleaned:
            Marked.objects.filter(answer=draft, exhibit=exhibit).delete()
            return None
        return Marked.objects.update_or_create(answer=draft, exhibit=exhibit, defaults={"regions": cleaned})[0]


def missing(draft: Answer) -> list[str]:
    """Say what keeps a draft from being signed, a sentence each."""
    found = []
    conclusions = list(draft.conclusions.all())
    if not conclusions and not draft.is_supplement:
        found.append(_("Give an opinion on at least one question, or say that it cannot be examined."))
    if not draft.findings and any(each.degree is not None for each in conclusions):
        found.append(_("Say what was found."))
    if draft.is_supplement and not (draft.findings or conclusions):
        found.append(_("Say what is to be added."))
    if not draft.methods and any(each.degree is not None for each in conclusions):
        found.append(_("Say how it was examined."))
    if told := personal_in_request(draft.request, "\n".join(_texts(draft))):
        found.append(_("Everybody who sees the request reads the answer, and it holds %(what)s.") % {"what": told})
    return found


def needs_two(draft: Answer) -> bool:
    """Whether a second examiner signs: the agency asks for it always, or somebody waits on the end of the scale."""
    if draft.agency.second_person_always:
        return True
    urgent = Priority(draft.request.priority).is_urgent
    return urgent and any(abs(each.degree or 0) >= scale.STRONGEST for each in draft.conclusions.all())


def sign(draft: Answer, officer: Officer) -> Answer:
    """Sign in one's own name; where two examiners sign, it then waits for the second. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        draft = _draft(draft, officer)
        if faults := missing(draft):
            raise Invalid(" ".join(faults))
        two = needs_two(draft)
        draft.signed_by, draft.comment = officer, ""
        draft.stage = Signing.WAITING if two else Signing.SIGNED
        draft.save(update_fields=["signed_by", "stage", "comment"])
        if two:
            _tell_examiners(draft.request, officer)
            log("answer.waits", subject=subject_of(draft.request), details={"number": draft.number})
            return _again(draft)
        return _done(draft)


def countersign(waiting: Answer, officer: Officer) -> Answer:
    """Sign as the second examiner. Raises `Refused`."""
    with transaction.atomic():
        waiting = _waiting(waiting, officer)
        if waiting.signed_by_id == officer.pk:
            raise Refused(_("You signed this answer yourself; a second examiner must sign it, too."))
        waiting.second_by, waiting.stage = officer, Signing.SIGNED
        waiting.save(update_fields=["second_by", "stage"])
        return _done(waiting)


def send_back(waiting: Answer, officer: Officer, comment: str) -> Answer:
    """Make it a draft again, saying why; the first examiner may take it back without. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        waiting = _waiting(waiting, officer)
        comment = _text(comment, 1000)
        if not comment and waiting.signed_by_id != officer.pk:
            raise Invalid(_("Say in a sentence what must change before you sign."), field="comment")
        waiting.stage, waiting.signed_by, waiting.comment = Signing.DRAFT, None, comment
        waiting.save(update_fields=["stage", "signed_by", "comment"])
        log("answer.sent_back", subject=subject_of(waiting.request), details={"number": waiting.number})
    return waiting


def discard(draft: Answer, officer: Officer) -> None:
    """Delete a draft. Raises `Refused`."""
    with transaction.atomic():
        draft = _draft(draft, officer)
        draft.delete()
        log("answer.discarded", subject=subject_of(draft.request))


def feed_back(request: Request, officer: Officer, values: Mapping[str, Any]) -> Outcome:
    """Say what became of document and bearer, and which statements turned out true. Raises `Refused`, `Invalid`.

    A later one takes the place of an earlier one; none of them changes.
    """
    with transaction.atomic():
        request = reading.find(request.reference)
        if request.owner_id != officer.agency_id or officer.is_machine:
            raise Refused(_("The agency that asked tells what came of it."))
        told = concluded(request)
        if not told:
            raise Refused(_("There is no signed answer yet."))
        made = Outcome.objects.create(
            request=request,
            author=officer,
            document=_choice(values, "document", Document),
            bearer=_choice(values, "bearer", Bearer),
            source=_choice(values, "source", Source),
            truths=_truths(values.get("truths", {}), set(told)),
            text=_open(_text(values.get("text", ""), LONGEST), request),
        )
        _tell_signers(request)
        log("answer.outcome", subject=subject_of(request), details={"known": sorted(made.truths)})
    return made


def concluded(request: Request) -> dict[str, int | None]:
    """The opinion that holds for each question: that of the last signed answer which has one, in their order."""
    rows = Conclusion.objects.filter(answer__request=request, answer__stage=Signing.SIGNED).order_by("answer__number")
    found = dict(rows.values_list("asked", "degree"))
    return {str(asked): found[asked] for asked in scale.Asked.values if asked in found}


def may_write(request: Request, officer: Officer) -> bool:
    """Whether the officer may write an answer now: who took the request, or an examiner where one was signed."""
    if request.asked_id != officer.agency_id or officer.is_machine or not officer.has_role(EXAMINER):
        return False
    if request.state != State.RELEASED or request.sent_at is None:
        return False
    if request.stage in (Stage.TAKEN, Stage.ASKED_BACK):
        return bool(request.taken_by_id == officer.pk)
    answered = Answer.objects.filter(request=request, number=1, stage=Signing.SIGNED).exists()
    return answered and request.stage in (Stage.ANSWERED, Stage.CLOSED)


def _request(request: Request, officer: Officer) -> Request:
    """The request, locked, to which this officer may write an answer now. Raises `Refused`."""
    found = (
        Request.objects.select_for_update(of=("self",)).select_related("owner", "asked").filter(pk=request.pk).first()
    )
    if found is None or not may_write(found, officer):
        raise Refused(
            _("The examiner who took the request writes its answer, and any examiner of the agency adds to it.")
        )
    return found


def _draft(draft: Answer, officer: Officer) -> Answer:
    found = _locked(draft)
    if not may_write(found.request, officer):
        raise Refused(
            _("The examiner who took the request writes its answer, and any examiner of the agency adds to it.")
        )
    if found.stage != Signing.DRAFT:
        raise Refused(_("What was signed does not change; write a supplement."))
    return found


def _waiting(waiting: Answer, officer: Officer) -> Answer:
    found = _locked(waiting)
    if found.agency_id != officer.agency_id or officer.is_machine or not officer.has_role(EXAMINER):
        raise Refused(_("A document examiner of the same agency signs it."))
    if found.stage != Signing.WAITING:
        raise Refused(_("This answer does not wait for a second examiner any more."))
    if found.request.stage == Stage.OPEN or found.request.state != State.RELEASED:
        raise Refused(_("Nobody has taken this request now; take it first."))
    return found


def _locked(row: Answer) -> Answer:
    """The row locked, so that of two who sign at once the second sees the first."""
    rows = Answer.objects.select_for_update(of=("self",)).select_related("request__owner", "request__asked", "agency")
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Http404
    return found


def _done(signed: Answer) -> Answer:
    telling.asker(signed.request)
    details = {"number": signed.number, "two": signed.second_by_id is not None}
    log("answer.signed", subject=subject_of(signed.request), details=details)
    return _again(signed)


def _tell_examiners(request: Request, but: Officer) -> None:
    """Tell the other examiners of the agency that an answer waits for one of them."""
    others = Officer.objects.filter(agency=but.agency, roles__contains=[EXAMINER], is_active=True).exclude(pk=but.pk)
    telling.tell_officers(request, list(others.values_list("pk", flat=True)))


def _tell_signers(request: Request) -> None:
    """Tell whoever signed what came of it."""
    rows = Answer.objects.filter(request=request, stage=Signing.SIGNED).values_list("signed_by", "second_by")
    telling.tell_officers(request, sorted({number for row in rows for number in row if number is not None}))


def _again(row: Answer) -> Answer:
    """As the database has it now: the moment of the signature, and the stage of its request."""
    row.refresh_from_db()
    row.request.refresh_from_db()
    return row


def _conclude(draft: Answer, conclusions: Mapping[str, Any]) -> None:
    """Replace the conclusions by those that say something."""
    cleaned = {asked: _conclusion(asked, given) for asked, given in conclusions.items() if given is not None}
    draft.conclusions.all().delete()
    for asked in scale.Asked.values:
        if asked in cleaned:
            degree, note = cleaned[asked]
            Conclusion.objects.create(answer=draft, asked=asked, degree=degree, note=note)


def _conclusion(asked: str, given: tuple[int | None, str]) -> tuple[int | None, str]:
    degree, note = given
    if asked not in scale.Asked.values or (degree is not None and degree not in scale.Degree.values):
        raise Invalid(_("Choose a degree of the scale."), field=asked)
    note = _text(note, 1000)
    if degree is None and not note:
        raise Invalid(_("Say what would be needed to examine it."), field=asked)
    return degree, note


def _texts(draft: Answer) -> list[str]:
    """Every text that a person typed."""
    texts = [getattr(draft, name) for name in TEXTS] + [each.note for each in draft.conclusions.all()]
    return texts + [str(region.get("text", "")) for each in draft.marked.all() for region in each.regions]


def _open(text: str, request: Request) -> str:
    if told := personal_in_request(request, text):
        raise Invalid(_("Both agencies read this text, and it holds %(what)s.") % {"what": told}, field="text")
    return text


def _text(value: Any, most: int) -> str:
    return str(value).replace("\x00", "").strip()[:most]


def _methods(values: Any) -> list[str]:
    chosen = {str(each) for each in values}
    if unknown := chosen - set(scale.Method.values):
        raise Invalid(_("There is no method “%(name)s”.") % {"name": min(unknown)[:40]}, field="methods")
    return [each for each in scale.Method.values if each in chosen]


def _language(code: Any) -> str:
    return str(code) if code in dict(settings.LANGUAGES) else ""


def _choice(values: Mapping[str, Any], name: str, choices: Any) -> str:
    value = str(values.get(name, choices.values[-1]))
    if value not in choices.values:
        raise Invalid(_("Choose one of the answers that are offered."), field=name)
    return value


def _truths(values: Mapping[str, Any], asked: set[str]) -> dict[str, str]:
    known = {name: str(truth) for name, truth in values.items() if truth}
    if set(known) - asked or set(known.values()) - {str(scale.Truth.A), str(scale.Truth.B)}:
        raise Invalid(_("Choose one of the answers that are offered."), field="truths")
    return known

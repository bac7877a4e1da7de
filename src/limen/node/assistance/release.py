"""What a request needs before it is sent, and what follows; sending itself is `sharing.releasing`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.node.assistance import quality, reading, telling
from limen.node.assistance.fields import FIELDS
from limen.node.assistance.models import Request, RequestBearer
from limen.node.exhibits import fitting
from limen.node.exhibits.holders import Holder
from limen.node.exhibits.holders import register as register_holder
from limen.node.exhibits.reading import exhibits_of
from limen.node.reports.release import personal_in
from limen.node.sharing import policy, rules
from limen.node.sharing.kinds import Kind, register
from limen.node.sharing.markings import Marking


def missing(request: Request) -> list[str]:
    """Say what keeps the request from being sent, a sentence each; empty where nothing does."""
    found = [
        _("“%(field)s” is missing.") % {"field": field.label}
        for field in FIELDS
        if field.required and getattr(request, field.name) in ("", None)
    ]
    if request.asked is not None and not request.asked.is_active:
        found.append(_("The asked agency is no longer on this platform; choose another."))
    if told := personal_in_request(request, open_texts(request)):
        found.append(_("Everybody who sees the request reads its texts, and they hold %(what)s.") % {"what": told})
    if not request.overruled and any(each.counts for each in quality.advice(request)):
        found.append(_("The pictures could be better: mend what is listed, or say why it is sent all the same."))
    return found + fitting.fit(request)


def unfit(request: Request, audience: rules.Audience) -> list[str]:
    """Say why this audience is not that of a request, a sentence each."""
    found = []
    if audience.community or audience.officers:
        found.append(_("A request is sent to the asked agency alone: take TLP:AMBER or TLP:AMBER+STRICT, and name it."))
    if request.asked_id and audience.agencies - {request.asked_id, request.owner_id}:
        found.append(_("Only the asked agency can receive the request: %(agency)s.") % {"agency": request.asked})
    if audience.agreements and not _told_by_agreement(request, audience):
        found.append(_("This agreement tells the asked agency of no requests."))
    return found


def personal_in_request(request: Request, text: str) -> str:
    """Name what of a person stands in a text, as far as who looks sees the request's own data and its report's."""
    parts: Any = SimpleNamespace(
        document=reading.document_of(request),
        bearer=RequestBearer.objects.filter(request=request).first(),
    )
    return personal_in(text, parts) or personal_in(text, reading.report_of(request))


def open_texts(request: Request) -> str:
    """Every text of class 0 that a person typed, those at the pictures too."""
    texts = [request.question, request.model_name, request.overruled]
    return "\n".join(texts + [text for exhibit in exhibits_of(request) for text in fitting.texts_of(exhibit)])


def _told_by_agreement(request: Request, audience: rules.Audience) -> bool:
    return any(rules.tells(clause, audience) and clause.receiver == request.asked_id for clause in policy.in_force())


def start(request: Request) -> str:
    """What the form of sending proposes: the asked agency alone, with the classes that the request holds."""
    classes = [1] * (reading.document_of(request) is not None)
    classes += [2] * reading.has_bearer(request) + [3] * reading.originals_of(request).exists()
    told = [("marking", str(Marking.AMBER_STRICT)), *(("classes", number) for number in classes)]
    return urlencode([*told, ("agencies", request.asked.code)] if request.asked else told)


KIND = register(
    Kind(
        "assistance",
        gettext_lazy("Request"),
        find=reading.find,
        rows=reading.in_sight,
        headline=reading.headline,
        missing=missing,
        unfit=unfit,
        proposers=reading.ASKERS,
        start=start,
        released=telling.sent,
    )
)
register_holder(Holder(Request, may_edit=reading.may_edit))

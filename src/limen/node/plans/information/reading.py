"""Reading information requests: row-level security gives them to asker and asked; absent and forbidden are alike."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.people.models import Agency, Officer
from limen.node.plans import reading as plans
from limen.node.plans import rights as of_plans
from limen.node.plans.information.models import (
    Ground,
    InformationItem,
    InformationReply,
    InformationRequest,
    ItemDetail,
    ReplyContent,
    ReplyItem,
    ReplyStage,
    RequestStage,
    Verdict,
)
from limen.node.plans.models import Plan, Stage
from limen.node.sharing import policy, rules
from limen.node.sharing.kinds import RELEASERS, kind_of

OPEN = (ReplyStage.DRAFT, ReplyStage.PROPOSED)
LINKED = ("reports", "alerts", "casebook")
"""Kinds of records that a reply may lead to."""


def requests() -> QuerySet[InformationRequest]:
    """All that the viewer may see."""
    return InformationRequest.objects.select_related("plan", "asker", "asked", "author")


def find(reference: str) -> InformationRequest:
    """The request with this reference. Raises `Http404` where there is none for this viewer."""
    found = requests().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def within(plan: Plan) -> list[InformationRequest]:
    """The requests of a plan that the viewer may see, the newest first."""
    return list(requests().filter(plan=plan))


def open_reply(request: InformationRequest) -> InformationReply | None:
    """The reply that is being prepared; to the asked side alone."""
    return request.replies.filter(stage__in=OPEN).select_related("prepared_by", "begun_by").first()


def told_replies(request: InformationRequest) -> list[InformationReply]:
    """The replies that were released, taken back ones among them, the newest first."""
    return list(request.replies.filter(stage__in=[ReplyStage.RELEASED, ReplyStage.RECALLED]).order_by("-released_at"))


def partners_to_ask(plan: Plan, officer: Officer) -> list[Agency]:
    """Whom an officer's agency may ask: the others in the plan."""
    return [agency for agency in plans.members(plan) if agency.pk != officer.agency_id and agency.is_active]


@dataclass(frozen=True, slots=True)
class Asked:
    """One item as this viewer sees it; `detail` is None where there is none for the viewer's role."""

    item: InformationItem
    detail: ItemDetail | None


def items(request: InformationRequest) -> list[Asked]:
    """What is asked, with the details that the viewer's role may see."""
    details = {each.item_id: each for each in ItemDetail.objects.filter(item__request=request)}
    return [Asked(item, details.get(item.pk)) for item in request.items.all()]


@dataclass(frozen=True, slots=True)
class Answer:
    """One item and what a reply says of it, as this viewer sees it."""

    asked: Asked
    said: ReplyItem | None
    content: ReplyContent | None = None
    links: list[dict[str, Any]] = field(default_factory=list)

    @property
    def look(self) -> tuple[str, str]:
        """Badge and icon of the decision."""
        looks = {
            Verdict.RELEASED: ("good", "success"),
            Verdict.PART: ("warn", "warning"),
            Verdict.WITHHELD: ("bad", "danger"),
        }
        return looks[Verdict(self.said.verdict)] if self.said else ("", "clock")

    @property
    def ground(self) -> str:
        """The reason from the list, in words."""
        return str(Ground(self.said.ground).label) if self.said and self.said.ground else ""


def answers(request: InformationRequest, reply: InformationReply, officer: Officer) -> list[Answer]:
    """What a reply says item by item, as far as the viewer may see it."""
    said = {each.item_id: each for each in reply.items.prefetch_related("links")}
    contents = {each.reply_item.item_id: each for each in _contents(reply)}
    return [
        Answer(
            each, said.get(each.item.pk), contents.get(each.item.pk), _links(said.get(each.item.pk), request, officer)
        )
        for each in items(request)
    ]


def content_of(request: InformationRequest, uid: uuid.UUID) -> ReplyContent:
    """What is told on an item, with a file, by its drawn number. Raises `Http404` where the viewer sees none."""
    rows = ReplyContent.objects.filter(reply_item__reply__request=request).exclude(file="")
    found = rows.select_related("reply_item").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _contents(reply: InformationReply) -> QuerySet[ReplyContent]:
    return ReplyContent.objects.filter(reply_item__reply=reply).select_related("reply_item")


def _links(said: ReplyItem | None, request: InformationRequest, officer: Officer) -> list[dict[str, Any]]:
    """The linked records that the viewer may open; to the owner also whether the asker sees them."""
    found = []
    for link in said.links.all() if said else ():
        kind = kind_of(link.kind)
        record = kind.rows().filter(pk=link.record).first()
        if record is not None:
            shown = {"link": link, "record": record, "url": kind.url("show", record), "headline": kind.headline(record)}
            if officer.agency_id == request.asked_id and record.owner_id == officer.agency_id:
                shown |= {"mine": True, "seen": seen_by(record, request.asker_id), "release": _release_url(record)}
            found.append(shown)
    return found


def seen_by(record: Any, agency: int) -> bool:
    """Whether an agency sees a record of one's own now, whatever the roles of its officers."""
    audience = policy.described(record.audience)
    clauses = policy.in_force() if audience.agreements else []
    return bool(rules.granted(rules.Looker(0, agency, ()), audience, clauses).classes)


def _release_url(record: Any) -> str:
    return kind_of(record).url("release", record)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands for who looks, in a word and a look."""

    word: str
    look: str


def standing(request: InformationRequest, officer: Officer) -> Standing:
    """Say where it stands; of a reply in preparation the asked side alone is told."""
    if request.stage in (RequestStage.CLOSED, RequestStage.WITHDRAWN):
        return Standing(RequestStage(request.stage).label, "")
    if request.stage != RequestStage.SENT:
        return Standing(RequestStage(request.stage).label, "note")
    if request.asked_id == officer.agency_id and (reply := open_reply(request)) is not None:
        return Standing(ReplyStage(reply.stage).label, "note")
    if request.replies.filter(stage=ReplyStage.RELEASED).exists():
        return Standing(_("answered"), "good")
    if request.wanted_by and request.wanted_by < timezone.localdate():
        return Standing(_("overdue"), "bad")
    return Standing(_("waiting for an answer"), "warn")


def rights(request: InformationRequest, officer: Officer) -> dict[str, bool]:
    """Which actions the page offers; the actions ask again, and the database a third time."""
    asks, answers_it = request.asker_id == officer.agency_id, request.asked_id == officer.agency_id
    acts = request.plan.stage == Stage.RUNNING and of_plans.may_act(request.plan, officer)
    decides = officer.has_role(*RELEASERS) and not officer.is_machine
    at, reply = request.stage, open_reply(request) if answers_it else None
    waits = reply is not None and reply.stage == ReplyStage.PROPOSED
    return {
        "may_edit": asks and acts and at == RequestStage.DRAFT,
        "may_confirm": asks and acts and decides and at == RequestStage.WAITING
        and request.proposed_by_id != officer.pk,
        "may_return": asks and acts and at == RequestStage.WAITING,
        "may_end": asks and at == RequestStage.SENT and (decides or request.author_id == officer.pk),
        "may_answer": answers_it and acts and at == RequestStage.SENT and reply is None,
        "may_prepare": acts and reply is not None and reply.stage == ReplyStage.DRAFT,
        "may_decide": acts and decides and waits and reply is not None and reply.prepared_by_id != officer.pk,
        "may_unpropose": acts and waits and reply is not None
        and (decides or reply.prepared_by_id == officer.pk),
        "may_recall": answers_it and decides,
    }  # fmt: skip

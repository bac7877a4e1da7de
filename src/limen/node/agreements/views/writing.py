"""Writing an edition: what it says, whom it binds, who tells whom what, the signed text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.agreements import acting, reading
from limen.node.agreements.acting import Tells
from limen.node.people.models import Officer
from limen.node.sharing.agreed import Edition, Onward, Purpose, Stage
from limen.node.sharing.classes import NAMES, FieldClass
from limen.node.sharing.kinds import RELEASERS, kinds
from limen.node.web.errors import Invalid, Refused

NEW_ROWS = 3
"""Empty rows in the form of parties."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draw an agreement up."""
    officer: Officer = request.user
    if not officer.has_role(*RELEASERS):
        raise Refused(_("Coordinators and examiners decide on agreements; ask one of your agency."))
    wrong, title = "", request.POST.get("title", "")
    if request.method == "POST":
        try:
            edition = acting.draw_up(officer, title)
        except Invalid as error:
            wrong = error.message
        else:
            return redirect("agreements:edit", edition.agreement.reference)
    return render(request, "agreements/new.html", {"wrong": wrong, "title": title}, status=422 if wrong else 200)


@require_POST
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the next edition."""
    agreement = reading.agreement_of(reference)
    acting.amend(agreement, request.user)
    return redirect("agreements:edit", agreement.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft's form; a post saves what it says."""
    edition = _draft(request, reference)
    if request.method != "POST":
        return _form(request, edition)
    values = {name: request.POST.get(name, "") for name in ("title", "begins_on", "ends_on", "onward", "note")}
    try:
        acting.write(edition, request.user, values | {"purposes": request.POST.getlist("purposes")})
    except Invalid as error:
        return _form(request, edition, error)
    return _saved(request, edition)


@require_POST
def parties(request: HttpRequest, reference: str) -> HttpResponse:
    """Whom the draft binds."""
    edition = _draft(request, reference)
    try:
        acting.set_parties(edition, request.user, _parties(request.POST))
    except Invalid as error:
        return _form(request, edition, error)
    return _saved(request, edition)


@require_POST
def clauses(request: HttpRequest, reference: str) -> HttpResponse:
    """Who tells whom what."""
    edition = _draft(request, reference)
    try:
        acting.set_clauses(edition, request.user, _clauses(request.POST, edition))
    except Invalid as error:
        return _form(request, edition, error)
    return _saved(request, edition)


@require_POST
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """The signed text."""
    edition = _draft(request, reference)
    file = request.FILES.get("document")
    try:
        if file is None:
            raise Invalid(_("Choose a file first."), field="document")
        acting.attach(edition, request.user, file.name or "", file.read())
    except Invalid as error:
        return _form(request, edition, error)
    return _saved(request, edition)


def _draft(request: HttpRequest, reference: str) -> Edition:
    """The draft of the officer's own agency; others' are as absent as those that do not exist."""
    officer: Officer = request.user
    edition = reading.open_edition(reading.agreement_of(reference))
    if edition is None or edition.stage != Stage.DRAFT or edition.maker_id != officer.agency_id:
        raise Http404
    return edition


def _saved(request: HttpRequest, edition: Edition) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("agreements:edit", edition.agreement.reference)


def _form(request: HttpRequest, edition: Edition, fault: Invalid | None = None) -> HttpResponse:
    edition.refresh_from_db()
    bound = list(edition.parties.select_related("agency"))
    context = {
        "agreement": edition.agreement,
        "edition": edition,
        "parties": bound,
        "new_rows": range(NEW_ROWS),
        "directions": _directions(edition, bound),
        "kinds": [(kind.label, kind.noun) for kind in kinds()],
        "classes": [(each.number, name) for each, name in NAMES.items() if each != FieldClass.STATISTICAL],
        "purposes": [(code, label, code in edition.purposes) for code, label in Purpose.choices],
        "onward": [(code, label, code == edition.onward) for code, label in Onward.choices],
        "missing": acting.missing(edition),
        "wrong": fault.message if fault else "",
        "field": fault.field if fault else None,
    }
    return render(request, "agreements/edit.html", context, status=422 if fault else 200)


def _directions(edition: Edition, bound: list[Any]) -> list[dict[str, Any]]:
    """Every direction between two parties, with what it tells; empty ones among them."""
    told = {(each.giver_id, each.receiver_id): each for each in edition.clauses.all()}
    found = []
    for giver in bound:
        for receiver in bound:
            if giver.agency_id == receiver.agency_id:
                continue
            clause = told.get((giver.agency_id, receiver.agency_id))
            classes = FieldClass(clause.classes) if clause else FieldClass.NONE
            found.append(
                {
                    "name": f"{giver.agency_id}-{receiver.agency_id}",
                    "giver": giver.agency,
                    "receiver": receiver.agency,
                    "kinds": set(clause.kinds) if clause else set(),
                    "classes": {each.number for each in NAMES if classes & each},
                }
            )
    return found


def _parties(data: QueryDict) -> list[tuple[str, str, str]]:
    rows = zip(data.getlist("code"), data.getlist("contact"), data.getlist("signed_on"), strict=False)
    gone = set(data.getlist("remove"))
    return [(code.strip(), contact, signed) for code, contact, signed in rows if code.strip() and code not in gone]


def _clauses(data: QueryDict, edition: Edition) -> list[Tells]:
    found = []
    parties = [party.agency_id for party in edition.parties.all()]
    for giver in parties:
        for receiver in parties:
            name = f"{giver}-{receiver}"
            told = frozenset(data.getlist(f"kinds-{name}"))
            if giver != receiver and told:
                classes = FieldClass.STATISTICAL
                for number in data.getlist(f"classes-{name}"):
                    if number in ("1", "2", "3"):
                        classes |= FieldClass(1 << int(number))
                found.append(Tells(giver, receiver, told, classes))
    return found

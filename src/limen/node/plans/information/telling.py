"""Telling the two sides that there is something to look at: a reference, and nothing that it is about."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from limen.node.notices import tell
from limen.node.notices.subjects import Subject, register, still_open_to
from limen.node.people.models import Agency, Officer
from limen.node.plans.information import reading
from limen.node.plans.information.models import InformationRequest
from limen.node.plans.rights import WRITERS
from limen.node.sharing.kinds import RELEASERS

SUBJECT = register(
    Subject(
        "information",
        gettext_lazy("There is something new about information request %(number)s. Sign in to read it."),
        gettext_lazy("There is something new about information request %(number)s. Sign in to read it."),
        find=reading.find,
    )
)


def tell_asked(request: InformationRequest, but: Officer) -> None:
    """Tell those who answer for the asked agency."""
    _tell(request, request.asked, but)


def tell_asker(request: InformationRequest, but: Officer) -> None:
    """Tell those who ask."""
    _tell(request, request.asker, but)


def tell_second(request: InformationRequest, first: Officer) -> None:
    """Tell those of one's own agency who may be the second person."""
    _tell(request, first.agency, first, RELEASERS)


def _tell(request: InformationRequest, agency: Agency, but: Officer, roles: tuple[str, ...] = WRITERS) -> None:
    """Only whoever sees it: of a plan for named persons not all of an agency do."""
    rows = Officer.objects.filter(agency=agency, is_active=True, is_machine=False, roles__overlap=list(roles))
    officers = [
        each.pk for each in rows if each.pk != but.pk and still_open_to(each.pk, "information", request.reference)
    ]
    tell(officers, "information", request.reference, reverse("plans:information", args=[request.reference]))

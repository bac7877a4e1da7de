"""Searches that officers keep under a name, for themselves or for their agency."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports.finding import Search
from limen.node.reports.models import SavedFilter
from limen.node.sharing.classes import FieldClass, ceiling
from limen.node.web.errors import Invalid

MOST = 60
"""Searches that one officer keeps."""


def may_search_names(officer: Officer) -> bool:
    """Whether the officer's roles see names at all (class 2): others are not offered the field."""
    return bool(ceiling(officer.roles, own=True) & FieldClass.BEARER)


def saved(officer: Officer) -> QuerySet[SavedFilter]:
    """List the officer's own searches and the agency's; row-level security asks the same."""
    return SavedFilter.objects.filter(Q(officer=officer) | Q(for_agency=True, agency=officer.agency_id)).select_related(
        "officer"
    )


def save(officer: Officer, name: str, search: Search, *, for_agency: bool = False) -> SavedFilter:
    """Keep a search; one of the same name is replaced. A name searched for is not kept: it tells of a person.

    Raises `Invalid`.
    """
    name = name.replace("\x00", "").strip()
    if not 1 <= len(name) <= 80:
        raise Invalid(_("Give the search a name of at most 80 characters."), field="name")
    query = urlencode(search.without("name").asked())
    if not query:
        raise Invalid(_("There is nothing to keep: set at least one condition first."), field="name")
    if SavedFilter.objects.filter(officer=officer).exclude(name=name).count() >= MOST:
        raise Invalid(_("You keep %(most)d searches already; delete one first.") % {"most": MOST}, field="name")
    values = {"query": query, "for_agency": for_agency, "agency": officer.agency}
    try:
        with transaction.atomic():
            found, _made = SavedFilter.objects.update_or_create(officer=officer, name=name, defaults=values)
            log("report.filter_saved", subject=f"filter:{found.pk}", details={"for_agency": for_agency})
    except IntegrityError as error:
        raise Invalid(_("This name was given a moment ago; choose another."), field="name") from error
    return found


def forget(officer: Officer, number: int) -> None:
    """Delete one of the officer's own searches. Raises `Http404`."""
    with transaction.atomic():
        gone, _each = SavedFilter.objects.filter(officer=officer, pk=number).delete()
        if not gone:
            raise Http404
        log("report.filter_deleted", subject=f"filter:{number}")

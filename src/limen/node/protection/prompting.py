"""The part that the page of a record shows of screening: an offer, and to who screened from there, that they did.

A record's own app calls `part`; nothing is stored with the record, and nobody else's page differs.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from limen.node.people.models import Officer
from limen.node.protection import reading


def part(request: HttpRequest, kind: str, reference: str, *, prompted: bool = False) -> str:
    """The part for the side of a page of a record of the officer's own agency, empty for who meets no persons.

    `prompted`: what the record says is a reason to think of it, as where papers were another's or false.
    """
    officer: Officer = request.user
    if not reading.may_screen(officer):
        return ""
    context = {
        "kind": kind,
        "reference": reference,
        "prompted": prompted,
        "begun": reading.begun_from(kind, reference),
        "sees": reading.is_protection(officer),
    }
    return render_to_string("protection/offer.html", context, request)

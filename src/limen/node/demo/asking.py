"""Requests of the demonstration: one that was answered and fed back, one that an examiner asks back, one that waits."""

from __future__ import annotations

from typing import Final

from limen.node.assistance import acting as assisting
from limen.node.assistance import answering, expertise
from limen.node.assistance.answers import Bearer, Document, Source
from limen.node.assistance.models import Request
from limen.node.assistance.scale import Asked, Degree, Method, Truth
from limen.node.demo.acting import acting, moved_back
from limen.node.people.models import Agency
from limen.node.reports.models import Report
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking

KNOWN: Final = (
    ("coordinator@centre", ["UTO"], ["passport", "visa_label"], ["en", "th", "vi"]),
    ("examiner@vietnam", ["UTO", "LAO"], ["visa_label"], ["en", "vi"]),
    ("examiner@malaysia", ["UTO", "LKA"], ["passport"], ["en"]),
)
"""Who says for an agency which issuers, kinds of documents and languages it knows."""
WRITTEN: Final = {
    "findings": "The title is set twice, half a millimetre apart. The rosette has no lines at its lower left, where "
    "the reference has eleven. Under ultraviolet light the paper shines and the printed sun is missing.",
    "methods": [str(Method.REFERENCE), str(Method.LIGHTS), str(Method.MAGNIFIED)],
    "limits": "The printing process can be told only from the page itself.",
    "conclusions": {
        str(Asked.DATA_PAGE): (Degree(-2).value, ""),
        str(Asked.PORTRAIT): (None, "A picture without masks would be needed."),
    },
}
ON_DUTY: Final = ("examiner@centre", "examiner2@centre", "examiner@vietnam")


def tell(outbreak: list[Report]) -> list[Request]:
    """Ask three times, about reports of the story; the first with pictures, where the agency has some."""
    for address, issuers, categories, languages in KNOWN:
        with acting(address) as officer:
            said = {"issuers": issuers, "categories": categories, "languages": languages}
            expertise.state(officer, said, whole=True)
    for address in ON_DUTY:
        with acting(address) as officer:
            expertise.set_duty(officer, on_duty=True)
    return [_answered(outbreak), _asked_back(outbreak), _waiting()]


def _answered(outbreak: list[Report]) -> Request:
    """Thailand asks the centre about a passport of the story."""
    question = "Were title and rosette of this page printed with the rest of it? Nothing else speaks against it."
    request = _sent("thailand", "centre", question, "urgent", _of("demo-thailand", outbreak))
    with acting("examiner@centre") as officer:
        assisting.take(request, officer)
        assisting.say(request, officer, "Received. The ultraviolet picture is the one that helps most here.")
        answer = answering.begin(request, officer)
        answering.write(answer, officer, WRITTEN)
        answering.sign(answer, officer)
    with acting("counter@thailand") as officer:
        answering.feed_back(
            request,
            officer,
            {
                "document": str(Document.LABORATORY),
                "bearer": str(Bearer.PROTECTED),
                "source": str(Source.LABORATORY),
                "truths": {str(Asked.DATA_PAGE): str(Truth.B)},
                "text": "The laboratory found an ink-jet print. The bearer had paid a placement firm for it.",
            },
        )
    moved_back(request, 5)
    return request


def _asked_back(outbreak: list[Report]) -> Request:
    """Sri Lanka asks Malaysia, whose examiner wants another picture."""
    question = "Have you seen this doubled title on a page with the later rosette, too?"
    request = _sent("srilanka", "malaysia", question, "soon", _of("demo-srilanka", outbreak))
    with acting("examiner@malaysia") as officer:
        assisting.take(request, officer)
        assisting.say(request, officer, "Is there a picture of the next page, against the light?", asks=True)
    return request


def _waiting() -> Request:
    """Laos asks Viet Nam, with a traveller at the counter."""
    question = "A visa label glows around its dates. Is this the washing that your alert describes?"
    return _sent("laos", "vietnam", question, "traveller_waits", None)


def _of(agency: str, reports: list[Report]) -> Report | None:
    """The first report of an agency."""
    return next((report for report in reports if report.owner.code == agency), None)


def _sent(site: str, asked: str, question: str, priority: str, report: Report | None) -> Request:
    """Write a request and send it, class 0 alone, by its author."""
    with acting(f"counter@{site}") as officer:
        values = {
            "question": question,
            "priority": priority,
            "asked": f"demo-{asked}",
            "overruled": "What is here is all that can be had at this counter.",
        }
        if report is None:
            values |= {"issuer": "UTO", "category": "visa_label"}
        request = assisting.begin(officer, report, values=values)
        agency = Agency.objects.get(code=f"demo-{asked}")
        audience = rules.Audience(officer.agency_id, Marking.AMBER_STRICT, agencies=frozenset({agency.pk}))
        releasing.propose(request, officer, audience)
    return request

"""The alerts of the demonstration, from the first draft to what counters answer."""

from __future__ import annotations

import datetime

from django.utils import timezone

from limen.node.alerts import acknowledging, answering, drafting, linking
from limen.node.alerts.models import Alert
from limen.node.demo import bulletins, exhibiting
from limen.node.demo.acting import acting, moved_back, propose, release
from limen.node.demo.bulletins import Bulletin
from limen.node.demo.exhibiting import Pair, Scene
from limen.node.reports.models import Report

LINKED = 12
"""Reports of a story that are linked to its alert."""

READ = (
    "counter@malaysia", "counter2@malaysia", "examiner@malaysia", "counter@srilanka", "coordinator@srilanka",
    "counter@australia", "analyst@australia", "examiner@vietnam", "counter@singapore", "counter@thailand",
    "counter3@thailand",
)  # fmt: skip
"""Who has read and understood the alert on the passport."""
READ_LABEL = ("counter@laos", "examiner@laos", "counter2@vietnam", "counter@thailand", "examiner@cambodia")

CAPTIONS = {
    "white": "Counterfeit in white light: doubled title, gap in the rosette.",
    "uv": "The same under ultraviolet light: the paper shines, the fluorescent print is missing.",
    "reference": "Reference: the same model as issued.",
}
LABEL_CAPTIONS = {
    "white": "Visa label in white light: the line work around the dates is gone.",
    "uv": "The same under ultraviolet light: the paper glows where the solvent was.",
    "reference": "Reference: the same model as issued.",
}


def outbreak(reports: list[Report], scene: Scene) -> Alert:
    """Warn of the counterfeit passport: a first alert, and the urgent one that replaces it, with what came back."""
    first = _drafted(bulletins.FIRST_WORD)
    release(first, bulletins.FIRST_WORD.author, bulletins.FIRST_WORD.second)
    moved_back(first, bulletins.FIRST_WORD.days[0])
    _read(first, READ[:4])
    alert = _drafted(bulletins.OUTBREAK, reports, scene, CAPTIONS, supersedes=first.reference)
    release(alert, bulletins.OUTBREAK.author, bulletins.OUTBREAK.second)
    moved_back(alert, bulletins.OUTBREAK.days[0] - 1)
    _read(alert, READ)
    for address, place, count in (("examiner@malaysia", "MYKUL", "3"), ("counter@srilanka", "LKCMB", "1")):
        _seen(alert, address, place, count)
        _sighted(alert, address, reports)
    with acting("analyst@australia") as officer:
        answering.answer(alert, officer, {"verdict": "useful", "comment": "The broken rosette is seen at once."})
    return alert


def label(reports: list[Report], scene: Scene) -> Alert:
    """Warn of the washed visa labels."""
    alert = _drafted(bulletins.LABEL, reports, scene, LABEL_CAPTIONS)
    release(alert, bulletins.LABEL.author, bulletins.LABEL.second)
    moved_back(alert, bulletins.LABEL.days[0] - 1)
    _read(alert, READ_LABEL)
    _seen(alert, "examiner@laos", "LAVTE", "2")
    _sighted(alert, "examiner@laos", reports)
    return alert


def others() -> None:
    """An alert that has lapsed, and a draft that waits for a second person."""
    lapsed = _drafted(bulletins.LAPSED)
    release(lapsed, bulletins.LAPSED.author, bulletins.LAPSED.second)
    moved_back(lapsed, bulletins.LAPSED.days[0])
    propose(_drafted(bulletins.WAITING), bulletins.WAITING.author)


def _drafted(
    said: Bulletin,
    reports: list[Report] | None = None,
    scene: Scene | None = None,
    captions: dict[str, str] | None = None,
    **more: str,
) -> Alert:
    """Write the alert; the first of the reports gives its pictures."""
    today = timezone.localdate()
    since, until = said.days
    with acting(said.author, said.fields.get("language", "en")) as officer:
        known = said.fields | more | {
            "language": said.fields.get("language", "en"),
            "valid_from": (today - datetime.timedelta(days=since)).isoformat(),
            "valid_until": (today + datetime.timedelta(days=until)).isoformat(),
        }  # fmt: skip
        alert = drafting.begin(officer, known)
        pairs = {}
        if reports and scene and captions:
            pairs = exhibiting.of_report(alert, officer, reports[0], scene, captions)
            for report in [one for one in reports if one.owner_id == officer.agency_id][:LINKED] or reports[:1]:
                linking.add(alert, officer, report)
        return drafting.set_points(alert, officer, [_point(row, pairs) for row in said.points])


def _point(row: dict[str, str], pairs: dict[str, Pair]) -> dict[str, str]:
    light, _hash, number = row.get("picture", "").partition("#")
    return row | {"picture": f"{pairs[light].found.uid}#{number}"} if light in pairs else row | {"picture": ""}


def _read(alert: Alert, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        with acting(address) as officer:
            acknowledging.acknowledge(alert, officer)


def _seen(alert: Alert, address: str, place: str, count: str) -> None:
    today = timezone.localdate().isoformat()
    with acting(address) as officer:
        answering.answer(alert, officer, {"verdict": "seen", "count": count, "place": place, "on": today})


def _sighted(alert: Alert, address: str, reports: list[Report]) -> None:
    """Link a report of the officer's agency, as seen there too."""
    with acting(address) as officer:
        for report in [one for one in reports if one.owner_id == officer.agency_id][:3]:
            linking.sight(alert, officer, report)

"""Random questions to the counting, and every figure of the answers with the link that stands beside it."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import QueryDict

from limen.node.reports.finding import Search
from limen.node.reports.models import Leg, Report
from limen.node.reports.tallying import merge, settle
from limen.node.sharing import policy
from limen.node.sharing.models import State
from limen.node.trends import counting
from limen.node.trends.counting import DIMENSIONS, Asked

from ..sharing.world import ISSUERS, PLACES

METHODS = ["whole_counterfeit", "photo_substitution", "altered_data", "visa_altered"]
END = datetime.date(2026, 10, 31)
CONDITIONS = {
    "issuer": [*ISSUERS, "-"],
    "method": METHODS,
    "principal": [*METHODS, "-"],
    "fraud_class": ["counterfeit", "forgery"],
    "category": ["passport", "visa_label"],
    "country": ["THA", "VNM"],
    "place": ["THBKK", "VNSGN"],
    "setting": ["arrival", "transit", "-"],
    "nationality": ["UTO"],
    "nationality_claimed": ["UTO", "-"],
    "outcome": ["entry_refused", "-"],
    "marking": ["green", "amber"],
    "route_from": ["LKCMB", "LKA", "LKA-", "-"],
    "route_via": ["MYKUL", "-"],
    "route_to": ["THBKK", "THA"],
    "q": ["counterfeit"],
    "sex": ["F"],
    "model_year": ["2021"],
}


@dataclass(slots=True)
class Answer:
    """What one chart says: figures with their links, the rest that has none, and all of it."""

    figures: list[tuple[int, str]] = field(default_factory=list)
    """Figures, each with the query string of its reports."""
    apart: list[tuple[int, str]] = field(default_factory=list)
    """Those of them that share no report and, with the rest, are all of it."""
    rest: int = 0
    total: int = 0
    query: str = ""


def enrich(world, rng: random.Random) -> None:
    """Let the world's reports differ in all that can be counted by, and travel. Done as the keeper."""
    for report in world.reports:
        country, place = rng.choice(PLACES)
        values = {
            "category": rng.choice(["passport", "passport", "visa_label"]),
            "fraud_class": rng.choice(["counterfeit", "forgery"]),
            "method": rng.choice([*METHODS, ""]),
            "other_methods": rng.sample(METHODS, rng.choice([0, 0, 1])),
            "detection_country": country,
            "place": rng.choice([place, place, ""]),
            "setting": rng.choice(["arrival", "transit", ""]),
            "nationality_claimed": rng.choice(["UTO", "THA", ""]),
            "nationality_established": rng.choice(["UTO", "LKA", ""]),
            "outcome": rng.choice(["entry_refused", ""]),
            "sex": rng.choice(["F", "M", ""]),
            "model_year": rng.choice([None, 2021, 2024]),
        }
        Report.objects.filter(pk=report.pk).update(**values)
        travel(report, rng)


def travel(report, rng: random.Random) -> None:
    """Give a report another route."""
    Leg.objects.filter(report=report).delete()
    stops = [("embarkation", "LKA", "LKCMB"), ("transit", "MYS", "MYKUL"), ("destination", "THA", "THBKK")]
    for position, (role, country, place) in enumerate(stops):
        if rng.random() < 0.8:
            shown = rng.choice([place, place, ""])
            Leg.objects.create(report=report, position=position, role=role, country=country, place=shown)


def disturb(world, rng: random.Random) -> None:
    """Recall, release to others, delete, date back, send elsewhere, tally, halt, lift, amend or end, as the keeper."""
    if rng.random() < 0.2:
        world.change()
        return
    report = rng.choice(world.reports)
    row = Report.objects.get(pk=report.pk)
    match rng.choice(["recall", "release", "release", "delete", "day", "travel", "method", "settle", "settle"]):
        case "settle":
            settle()
            merge()
        case "delete":
            row.delete()
            world.reports.remove(report)
        case "day":
            Report.objects.filter(pk=row.pk).update(detected_on=END - datetime.timedelta(days=rng.randrange(400)))
        case "travel":
            travel(row, rng)
        case "method":
            Report.objects.filter(pk=row.pk).update(method=rng.choice([*METHODS, ""]))
        case "recall":
            _set(world, report, row, policy.rules.Audience.private(row.owner_id), State.RECALLED)
        case _:
            audience = world.audience(rng, row.owner)
            _set(world, report, row, audience, State.RELEASED)


def _set(world, report, row, audience, state) -> None:
    row.audience_id, row.state = policy.intern(audience), state
    row.save()
    world.audiences[report.pk] = audience


def asked(rng: random.Random) -> Asked:
    """Ask for anything: conditions, months or weeks, whole or cut, or the usual span."""
    names = rng.sample(sorted(CONDITIONS), rng.choice([0, 0, 0, 1, 1, 1, 2]))
    search = Search(**{name: rng.choice(CONDITIONS[name]) for name in names})
    grain = rng.choice(["month", "week"])
    match rng.choice(["usual", "whole", "cut", "day"]):
        case "usual":
            return Asked(search, grain)
        case "whole":
            return Asked(search, "month", datetime.date(2025, rng.randint(1, 12), 1), END)
        case "cut":
            since = END - datetime.timedelta(days=rng.randrange(10, 500))
            return Asked(search, grain, since, since + datetime.timedelta(days=rng.randrange(200)))
        case _:
            return Asked(search, grain, END, END)


def answers(asked: Asked, rng: random.Random) -> Iterator[Answer]:
    """Ask each chart for something."""
    by, other = rng.sample(sorted(DIMENSIONS), 2)
    top = rng.choice([1, 2, 6])
    yield _series(counting.series(asked, rng.choice([by, None]), top))
    yield _ranking(counting.ranking(asked, by, top))
    yield _cross(counting.cross(asked, by, other, top))
    yield _flows(counting.flows(asked, top))
    yield _places(asked, counting.places(asked))
    yield from _compare(asked, counting.compare(asked, END.replace(year=2025), END, by, top))


def opened(query: str) -> set[int]:
    """The reports that the list shows for a link."""
    return set(Search.of(QueryDict(query)).rows().values_list("pk", flat=True))


def _series(series) -> Answer:
    answer = Answer(total=series.total, query=series.query)
    for row in series.rows:
        if row.head.kind == "others":
            answer.rest += row.total
            continue
        answer.apart += zip(row.values, row.queries, strict=True)
        answer.figures.append((row.total, row.query))
    assert sum(series.totals) == series.total
    return answer


def _ranking(ranking) -> Answer:
    apart = [(row.n, row.query) for row in ranking.rows if row.head.kind != "others"]
    return Answer(apart=apart, rest=ranking.total - sum(n for n, _ in apart), total=ranking.total, query=ranking.query)


def _cross(cross) -> Answer:
    answer = Answer(total=cross.total, query=cross.query)
    pairs = [
        pair for row, links in zip(cross.cells, cross.queries, strict=True) for pair in zip(row, links, strict=True)
    ]
    answer.apart = [pair for pair in pairs if pair[1]]
    answer.rest = sum(n for n, link in pairs if not link)
    answer.figures = [pair for pair in zip(cross.row_totals, cross.row_queries, strict=True) if pair[1]]
    answer.figures += [pair for pair in zip(cross.column_totals, cross.column_queries, strict=True) if pair[1]]
    return answer


def _flows(flows) -> Answer:
    apart = [(row.n, row.query) for row in flows.rows]
    return Answer(apart=apart, rest=flows.total - sum(n for n, _ in apart), total=flows.total, query=flows.query)


def _places(asked, spots) -> Answer:
    apart = [(spot.count, spot.query) for spot in spots]
    return Answer(apart=apart, total=sum(n for n, _ in apart), query=asked.query)


def _compare(asked, compared) -> Iterator[Answer]:
    for side, link in (("n", "query"), ("other", "other_query")):
        apart = [(getattr(row, side), getattr(row, link)) for row in compared.rows if row.head.kind != "others"]
        total = getattr(compared.total, side)
        rest = sum(getattr(row, side) for row in compared.rows if row.head.kind == "others")
        yield Answer(apart=apart, rest=rest, total=total, query=getattr(compared.total, link))

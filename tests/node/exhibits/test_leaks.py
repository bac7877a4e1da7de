"""An exhibit is seen exactly when its record is: random worlds of officers, audiences and records."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.http import Http404

from limen.node.exhibits import reading
from limen.node.exhibits.models import Exhibit
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing

from ..sharing.world import World, as_site, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holder")]


def furnish(world: World, rng: random.Random, keeping) -> dict[int, Exhibit]:
    """Give each record an exhibit: some whose masks are not confirmed, most taken from another report."""
    made = {}
    with keeping():
        for report in world.reports:
            exhibit = Exhibit(kind="reports", record=report.pk, width=1, height=1, caption=f"zq{report.pk}c0")
            exhibit.masks_confirmed = rng.random() < 0.8
            exhibit.masked = exhibit.thumbnail = f"exhibits/zq{report.pk}c0"
            if sources := list(_sources(world, report)):
                exhibit.source_report = rng.choice(sources).pk
            exhibit.save()
            exhibit.refresh_from_db()
            made[report.pk] = exhibit
    return made


def _sources(world: World, report) -> Iterator:
    for each in world.reports:
        audience, mine = world.audiences[each.pk], world.audiences[report.pk]
        if each.owner_id == report.owner_id:
            fits = audience.marking is not Marking.RED
        else:
            green_to_clear = mine.marking is Marking.CLEAR and audience.marking is not Marking.CLEAR
            fits = each.state == State.RELEASED and audience.community and not green_to_clear
        if fits and each.pk != report.pk:
            yield each


def recall_some(world: World, rng: random.Random, keeping) -> set[int]:
    """Recall reports as their owners would; returns their numbers."""
    from limen.node.sharing import policy, rules

    gone = set()
    with keeping():
        for report in rng.sample(world.reports, len(world.reports) // 4):
            private = rules.Audience.private(report.owner_id)
            report.state, report.audience_id = State.RECALLED, policy.intern(private)
            report.save(update_fields=["state", "audience"])
            world.audiences[report.pk] = private
            gone.add(report.pk)
    return gone


@pytest.mark.parametrize("seed", range(2))
def test_nothing_leaks(make, keeping, seed):
    """By raw SQL of the site's role and by the functions behind pages, before and after sources were recalled."""
    rng = random.Random(50 + seed)
    world = build(make, keeping, seed, reports=60)
    made = furnish(world, rng, keeping)
    _ask_all(world, made, set())
    _ask_all(world, made, recall_some(world, rng, keeping))


def _ask_all(world: World, made: dict[int, Exhibit], gone: set[int]) -> None:
    for officer in world.officers[::2]:
        with viewing(officer.pk):
            _ask(world, made, gone, officer)


def _ask(world: World, made: dict[int, Exhibit], gone: set[int], officer) -> None:
    shown = set()
    for report in world.reports:
        exhibit = made[report.pk]
        mine = report.owner_id == officer.agency_id
        withheld = exhibit.source_report in gone and exhibit.is_foreign
        open_to_others = exhibit.masks_confirmed and not withheld
        if world.classes(officer, report) and (mine or open_to_others):
            shown.add(report.pk)
        assert _opens(exhibit) == (report.pk in shown and not withheld)
    assert {key for (key,) in as_site("SELECT record FROM exhibits_exhibit")} == shown
    assert not world.leaks(officer, " ".join(text for (text,) in as_site("SELECT t::text FROM exhibits_exhibit t")))


def _opens(exhibit: Exhibit) -> bool:
    try:
        return bool(reading.picture_of(exhibit.uid))
    except Http404:
        return False

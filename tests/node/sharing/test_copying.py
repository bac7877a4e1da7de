"""Whoever makes a paper of figures sees, for that long, nothing that is marked more strictly than the paper."""

import pytest
from django.db import DatabaseError, connection, transaction

from limen.node.reports.finding import Search
from limen.node.reports.models import Report, Rollup
from limen.node.sharing import policy
from limen.node.sharing.copying import COPIED, marked_at_most, no_stricter
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

from .world import as_site, build

pytestmark = pytest.mark.django_db


def _seen() -> dict[str, set[int]]:
    """The released reports that every way shows: the rule's own query, a search, raw SQL."""
    return {
        "policy": set(policy.visible(Report.objects.filter(state="released")).values_list("pk", flat=True)),
        "search": set(Search().rows().values_list("pk", flat=True)),
        "sql": {row[0] for row in as_site("SELECT id FROM reports_report WHERE state = 'released'")},
    }


@pytest.mark.parametrize("marking", list(Marking))
def test_nothing_stricter_is_seen(make, keeping, marking):
    """Rows, searches, raw SQL and roll-ups hold what the viewer sees and the marking allows; afterwards all is back."""
    world = build(make, keeping, 7, reports=80)
    allowed = no_stricter(marking)
    for officer in world.officers[::3]:
        with viewing(officer.pk):
            before = _seen()
            with marked_at_most(marking):
                narrowed = _seen()
                tallied = (
                    as_site("SELECT count(*) FROM reports_tally")[0][0]
                    + as_site("SELECT count(*) FROM reports_moved")[0][0]
                )
                rolled = sum(Rollup.objects.filter(dimension="all").values_list("n", flat=True))
            assert _seen() == before
        fit = {report.pk for report in world.reports if world.audiences[report.pk].marking in allowed}
        assert narrowed == {name: rows & fit for name, rows in before.items()}
        assert rolled == len(narrowed["policy"])
        assert marking is not Marking.CLEAR or not tallied  # TLP:GREEN is in the tally too


def test_it_only_takes_away(make, keeping):
    """Nobody sees more by naming markings: neither by the block nor by setting it oneself."""
    world = build(make, keeping, 8, reports=60)
    officer = world.officers[0]
    with viewing(officer.pk):
        before = _seen()["sql"]
        for said in ("red", "clear,green,amber,amber_strict,red", "nothing", "'"):
            as_site("SELECT set_config('limen.markings', %s, true)", (said,))
            assert _seen()["sql"] <= before


def test_blocks_within_blocks_and_failures(make):
    """An inner block gives back what the outer one set; a failed statement inside leaves the outer transaction wide."""
    with viewing(make.officer().pk):
        with marked_at_most(Marking.AMBER):
            with marked_at_most(Marking.CLEAR):
                assert _setting() == "clear"
            assert _setting() == "clear,green,amber"
        with pytest.raises(DatabaseError), transaction.atomic(), marked_at_most(Marking.GREEN):
            as_site("SELECT 1/0")
        assert _setting() == ""


def test_what_can_be_copied():
    """Papers are marked as widely as copies can be, and no stricter."""
    assert list(COPIED) == [Marking.CLEAR, Marking.GREEN, Marking.AMBER]


def _setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('limen.markings', true), '')")
        return cursor.fetchone()[0]
